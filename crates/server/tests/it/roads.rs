//! One vocabulary, three roads: WebSocket, server-sent events, asking again.

use serde_json::{Value, json};
use testkit::{Socket, TestServer};

use crate::{by, is, said, shop};

const ASKED_AND_ANSWERED: [(i64, &str, &str); 2] =
    [(1, "customer", "怎么退货"), (2, "assistant", "签收后 7 天内可以退。")];

#[tokio::test]
async fn a_question_is_answered_on_the_socket() {
    let server = TestServer::around(shop()).await;
    let mut socket = server.visitor().await.socket(None).await;
    socket.until(is("ready")).await;
    socket.say("m-1", "怎么退货").await.unwrap();
    let events = socket.until(by("assistant")).await;

    assert_eq!(said(&events), ASKED_AND_ANSWERED);
    let accepted = events.iter().find(|event| event["type"] == "accepted").expect("it is acknowledged");
    assert_eq!((&accepted["id"], &accepted["seq"]), (&json!("m-1"), &json!(1)));
    let own = events.iter().find(|event| event["author"] == "customer").unwrap();
    assert_eq!((&own["client_id"], &own["format"]), (&json!("m-1"), &json!("plain")));
    let answer = events.last().unwrap();
    assert_eq!(
        (&answer["rung"], &answer["lang"], &answer["format"]),
        (&json!("exact"), &json!("zh"), &json!("markdown"))
    );
    assert_eq!(answer["sources"], json!([{ "title": "怎么退货", "url": "/help/e1" }]));
    assert!(answer["answer_id"].is_string() && answer["at"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn a_question_is_answered_on_the_stream() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut stream = li.stream(None).await;
    stream.until(is("ready")).await.unwrap();
    let sent = li.say("m-1", "怎么退货").await;
    assert_eq!((sent.status, &sent.json()["seq"]), (200, &json!(1)));
    assert_eq!(said(&stream.until(by("assistant")).await.unwrap()), ASKED_AND_ANSWERED);
}

#[tokio::test]
async fn a_question_is_answered_by_asking_again() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    assert_eq!(li.poll(None, 0).await.json(), json!({ "events": [] }));
    let sent = li.say("m-1", "怎么退货").await.json();
    let conversation = sent["conversation"].as_str().unwrap();
    let mut events: Vec<Value> = Vec::new();
    // What passes by is not kept, so an answer may hold other things first.
    while said(&events).is_empty() {
        events
            .extend(li.poll(Some((conversation, 1)), 20).await.json()["events"].as_array().unwrap().clone());
    }
    assert_eq!(said(&events), ASKED_AND_ANSWERED[1..]);
}

#[tokio::test]
async fn an_answer_that_is_being_written_arrives_word_by_word_and_then_whole() {
    let shop = testkit::TestDesk::with().article(
        "保修政策",
        "## 保修范围\n\n自签收起一年内，自然使用中出现的问题免费修理。人为摔坏不在保修范围内。\n\n## 怎么送修\n\n在订单里点申请售后。",
    );
    let server = TestServer::around(shop).await;
    let mut socket = server.visitor().await.socket(None).await;
    socket.say("m-1", "保修范围").await.unwrap();
    let events = socket.until(by("assistant")).await;
    let whole = events.last().unwrap();
    let pieces: Vec<&Value> = events.iter().filter(|event| event["type"] == "delta").collect();
    assert_eq!(whole["rung"], "composed", "{events:?}");
    let written: String = pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert_eq!(written, whole["text"].as_str().unwrap());
    assert!(pieces.iter().all(|piece| piece["answer_id"] == whole["answer_id"]));
}

#[tokio::test]
async fn the_same_message_again_is_harmless_on_every_road() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut socket = li.socket(None).await;
    for _ in 0..2 {
        socket.say("m-1", "怎么退货").await.unwrap();
        let accepted = socket.until(is("accepted")).await.pop().unwrap();
        assert_eq!(accepted["seq"], 1);
        assert_eq!(li.say("m-1", "怎么退货").await.json()["seq"], 1);
    }
    assert_eq!(said(&li.messages(|all| all.len() >= 2).await), ASKED_AND_ANSWERED);
    server.desk.is_sound().await;
}

#[tokio::test]
async fn a_token_that_does_not_hold_opens_no_line() {
    let server = TestServer::new().await;
    let stranger = TestServer::around(shop().seed(2)).await.visitor().await.token;
    for token in ["", "x", "a.20780.c", stranger.as_str()] {
        let mut socket = Socket::hello(server.address, token, None).await.unwrap();
        let told = socket.next().await.expect("it is told why");
        assert_eq!((&told["type"], &told["code"]), (&json!("refused"), &json!("unauthorised")), "{token}");
        assert_eq!(socket.next().await, None, "and the line is closed");
    }
}

#[tokio::test]
async fn a_token_that_holds_is_kept_and_another_is_replaced() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    li.say("m-1", "怎么退货").await;
    let session = |token: Value| {
        let body = json!({ "visitor": token, "locale": "zh" }).to_string();
        let http = server.http();
        async move {
            let kind = ("content-type", "application/json");
            http.request("POST", "/v1/widget/session", &[kind], body.as_bytes()).await.unwrap().json()
        }
    };
    let known = session(json!(li.token)).await;
    assert_eq!(known["visitor"], json!(li.token));
    assert_eq!(
        (&known["conversation"]["stage"], &known["conversation"]["rated"]),
        (&json!("assistant"), &json!(false))
    );
    assert_eq!(known["settings"]["max_chars"], 2000);
    let other = session(json!("nonsense")).await;
    assert_ne!(other["visitor"], json!(li.token));
    assert_eq!(other["conversation"], Value::Null);
}
