//! Vectors from an endpoint that works, hesitates or talks rubbish.

use std::time::Duration;

use assistant::embeddings::{Embeddings, EmbeddingsError, EndpointSettings};
use testkit::{EmbeddingsStub, Fault};

const PATIENCE: Duration = Duration::from_secs(20);
const TEXTS: [&str; 3] = ["怎么退货", "how do I return it", "运费多少"];

fn at(stub: &EmbeddingsStub) -> Embeddings {
    let (url, model, key) = (stub.url(), "bge-m3".to_owned(), "s3cret".to_owned());
    Embeddings::new(EndpointSettings { url, model, key })
}

#[tokio::test]
async fn vectors_come_in_the_order_of_the_texts() {
    let stub = EmbeddingsStub::open().await;
    let client = at(&stub);
    let vectors = client.vectors(&TEXTS, PATIENCE).await.unwrap();
    let expected = language::embed::shipped().embed(TEXTS[2]).unwrap();
    let told = language::embed::Meaning::of(&vectors[2]).unwrap();
    assert!(told.closeness(&expected) > 0.99, "they came in reverse, each with its index");
    let (head, body) = stub.asked().remove(0);
    assert!(
        head.starts_with("post /v1/embeddings ") && head.contains("authorization: bearer s3cret"),
        "{head}"
    );
    assert_eq!((&body["model"], &body["input"][0]), (&"bge-m3".into(), &TEXTS[0].into()));
    assert_eq!(client.vectors(&[], PATIENCE).await.unwrap().len(), 0);
    assert_eq!(stub.asked().len(), 1, "nothing is asked for nothing");
}

#[tokio::test]
async fn what_fails_for_now_may_be_tried_again() {
    let stub = EmbeddingsStub::open().await;
    stub.does(&[Fault::Status(500), Fault::Busy(7), Fault::Hangs]);
    let client = at(&stub);
    let mut after = Vec::new();
    for patience in [PATIENCE, PATIENCE, Duration::from_millis(200)] {
        let error = client.vectors(&TEXTS, patience).await.unwrap_err();
        assert!(error.may_retry(), "{error}");
        after.push(error.after());
    }
    assert_eq!(after, [None, Some(Duration::from_secs(7)), None]);
    assert_eq!(client.vectors(&TEXTS, PATIENCE).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_not_tried_again() {
    let stub = EmbeddingsStub::open().await;
    let client = at(&stub);
    client.vectors(&TEXTS, PATIENCE).await.unwrap();
    let faults = [Fault::Status(401), Fault::Rubbish, Fault::OneShort, Fault::OtherSize];
    stub.does(&faults);
    for (fault, word) in faults.into_iter().zip(["key", "url", "3 vectors", "another model"]) {
        let error = client.vectors(&TEXTS, PATIENCE).await.unwrap_err();
        assert!(!error.may_retry() && error.to_string().contains(word), "{fault:?}: {error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
}

#[tokio::test]
async fn nobody_there_is_told_with_its_cause() {
    let settings = EndpointSettings {
        url: "http://127.0.0.1:1/v1/".to_owned(),
        model: "bge-m3".to_owned(),
        key: String::new(),
    };
    let client = Embeddings::new(settings);
    let error = client.vectors(&TEXTS, PATIENCE).await.unwrap_err();
    assert!(matches!(error, EmbeddingsError::Unreachable(_)) && error.may_retry(), "{error}");
}
