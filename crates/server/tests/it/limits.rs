//! A flood stays the flooder's problem, and a message has a length.

use serde_json::json;
use testkit::TestServer;

use crate::{is, shop};

#[tokio::test]
async fn who_writes_too_often_is_told_when_to_come_back_and_others_are_not_affected() {
    let server = TestServer::around(shop().limits(|limits| limits.visitor_per_minute = 3)).await;
    let (li, tom) = (server.visitor().await, server.visitor().await);
    for at in 0..3 {
        assert_eq!(li.say(&format!("m-{at}"), "你好").await.status, 200);
    }
    let refused = li.say("m-3", "你好").await;
    assert_eq!(refused.refusal(), (429, "rate_limited".to_owned()));
    let seconds: u64 = refused.header("retry-after").expect("it says when").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(refused.json()["retry_after"], seconds);

    let mut socket = li.socket(None).await;
    socket.until(is("ready")).await;
    socket.say("m-3", "你好").await.unwrap();
    let refused = socket.until(is("refused")).await.pop().unwrap();
    assert_eq!((&refused["id"], &refused["code"]), (&json!("m-3"), &json!("rate_limited")));
    assert!(refused["retry_after"].is_u64());

    assert_eq!(tom.say("m-1", "你好").await.status, 200);
    let kept = li.messages(|all| all.iter().filter(|said| said["author"] == "customer").count() >= 3).await;
    assert!(kept.iter().all(|said| said["client_id"] != "m-3"), "what was refused is not kept");
}

#[tokio::test]
async fn one_address_has_a_limit_too() {
    let server = TestServer::around(shop().limits(|limits| limits.address_per_minute = 2)).await;
    for _ in 0..2 {
        assert_eq!(server.visitor().await.say("m-1", "你好").await.status, 200);
    }
    assert_eq!(server.visitor().await.say("m-1", "你好").await.refusal(), (429, "rate_limited".to_owned()));
    let forged = ("x-forwarded-for", "203.0.113.7");
    let li = server.visitor().await;
    let token = format!("Bearer {}", li.token);
    let headers = [forged, ("authorization", token.as_str()), ("content-type", "application/json")];
    let answer = server.post("/v1/widget/messages", &headers, br#"{"id":"1","text":"hi"}"#).await;
    assert_eq!(answer.status, 429, "nobody is believed who is not a proxy of ours");
}

#[tokio::test]
async fn length_is_counted_as_people_count() {
    let server = TestServer::around(shop().limits(|limits| limits.message_chars = 10)).await;
    let li = server.visitor().await;
    assert_eq!(li.say("m-1", &"😀".repeat(10)).await.status, 200, "forty bytes, ten characters");
    assert_eq!(li.say("m-2", &"字".repeat(11)).await.refusal(), (413, "too_long".to_owned()));
    let mut socket = li.socket(None).await;
    socket.say("m-3", &"a".repeat(11)).await.unwrap();
    let refused = socket.until(is("refused")).await.pop().unwrap();
    assert_eq!((&refused["id"], &refused["code"]), (&json!("m-3"), &json!("too_long")));
}
