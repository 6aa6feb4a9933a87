//! Numbers from a reranker that works, hesitates or talks rubbish.

use std::time::Duration;

use assistant::{
    embeddings::EndpointSettings,
    rerank::{Rerank, RerankError},
};
use domain::Timestamp;
use testkit::{RerankFault, RerankStub};

const PATIENCE: Duration = Duration::from_secs(20);
const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const TEXTS: [&str; 3] = ["运费多少", "怎么把东西退回去", "what is your phone number"];

fn at(stub: &RerankStub) -> Rerank {
    let (url, model, key) = (stub.url(), "bge-reranker-v2-m3".to_owned(), "s3cret".to_owned());
    Rerank::new(EndpointSettings { url, model, key })
}

#[tokio::test]
async fn numbers_come_in_the_order_of_the_texts() {
    let stub = RerankStub::open().await;
    let client = at(&stub);
    let scores = client.scores("怎么退货", &TEXTS, PATIENCE, NOW).await.unwrap();
    assert!(scores[1] > scores[0] && scores[1] > scores[2], "best first, each with its index: {scores:?}");
    let (head, body) = stub.asked().remove(0);
    assert!(head.starts_with("post /v1/rerank ") && head.contains("authorization: bearer s3cret"), "{head}");
    assert_eq!((&body["model"], &body["query"]), (&"bge-reranker-v2-m3".into(), &"怎么退货".into()));
    assert_eq!((&body["documents"][1], &body["top_n"]), (&TEXTS[1].into(), &3.into()));
    assert_eq!(client.scores("怎么退货", &[], PATIENCE, NOW).await.unwrap().len(), 0);
    assert_eq!(stub.asked().len(), 1, "nothing is asked for nothing");
}

#[tokio::test]
async fn who_fails_three_times_is_left_alone_and_then_tried_with_one_question() {
    let stub = RerankStub::open().await;
    stub.does(&[RerankFault::Status(500), RerankFault::Hangs, RerankFault::Status(503)]);
    let client = at(&stub);
    let mut codes = Vec::new();
    for patience in [PATIENCE, Duration::from_millis(200), PATIENCE, PATIENCE] {
        let error = client.scores("怎么退货", &TEXTS, patience, NOW).await.unwrap_err();
        assert!(error.may_retry(), "{error}");
        codes.push(error.code());
    }
    assert_eq!(codes, ["busy", "late", "busy", "resting"]);
    assert_eq!(stub.asked().len(), 3, "nobody is sent to who rests");
    let later = NOW + jiff::SignedDuration::from_secs(20);
    assert_eq!(client.scores("怎么退货", &TEXTS, PATIENCE, later).await.unwrap().len(), 3);
    assert_eq!(client.standing(later).name(), "closed");
}

#[tokio::test]
async fn what_is_wrong_is_told_and_not_tried_again() {
    let faults = [
        (RerankFault::Status(401), "key"),
        (RerankFault::Rubbish, "url"),
        (RerankFault::OneShort, "2 numbers"),
        (RerankFault::OutOfRange, "3 texts"),
        (RerankFault::Twice, "3 texts"),
        (RerankFault::NotANumber, "no reranker"),
    ];
    for (fault, word) in faults {
        let stub = RerankStub::open().await;
        stub.always(Some(fault));
        let client = at(&stub);
        let error = client.scores("怎么退货", &TEXTS, PATIENCE, NOW).await.unwrap_err();
        assert!(!error.may_retry() && error.to_string().contains(word), "{fault:?}: {error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
        let next = client.scores("怎么退货", &TEXTS, PATIENCE, NOW).await.unwrap_err();
        assert!(matches!(next, RerankError::Resting), "{fault:?}: {next}");
    }
}

#[tokio::test]
async fn nobody_there_is_told_with_its_cause() {
    let settings = EndpointSettings {
        url: "http://127.0.0.1:1/v1/".to_owned(),
        model: "bge-reranker".to_owned(),
        key: String::new(),
    };
    let error = Rerank::new(settings).scores("怎么退货", &TEXTS, PATIENCE, NOW).await.unwrap_err();
    assert!(matches!(error, RerankError::Unreachable(_)) && error.code() == "unreachable", "{error}");
}
