//! Who was away is shown the rest: no gaps, no repeats, on every road.

use serde_json::Value;
use testkit::{TestServer, TestVisitor};

use crate::{is, said, shop, stage};

/// The messages that each road shows after a cursor.
async fn shown(li: &TestVisitor, after: Option<(&str, i64)>) -> [Vec<(String, i64)>; 3] {
    let places = |events: &[Value]| {
        let messages = events.iter().filter(|event| event["type"] == "message");
        messages
            .map(|said| (said["conversation"].as_str().unwrap().to_owned(), said["seq"].as_i64().unwrap()))
            .collect::<Vec<_>>()
    };
    let socket = li.socket(after).await.until(is("ready")).await;
    let stream = li.stream(after).await.until(is("ready")).await.unwrap();
    let polled = li.poll(after, 0).await.json()["events"].as_array().unwrap().clone();
    [places(&socket), places(&stream), places(&polled)]
}

async fn three_questions(server: &TestServer, li: &TestVisitor, name: &str) -> String {
    let mut conversation = String::new();
    for at in 1..=3 {
        let sent = li.say(&format!("{name}-{at}"), "怎么退货").await.json();
        sent["conversation"].as_str().unwrap().clone_into(&mut conversation);
        server.desk.quiet().await;
    }
    conversation
}

#[tokio::test]
async fn from_every_place_of_a_conversation() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let id = three_questions(&server, &li, "a").await;
    for seen in 0..=6 {
        let rest: Vec<(String, i64)> = (seen + 1..=6).map(|seq| (id.clone(), seq)).collect();
        assert_eq!(shown(&li, Some((&id, seen))).await, [rest.clone(), rest.clone(), rest], "after {seen}");
    }
}

#[tokio::test]
async fn into_later_conversations() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(three_questions(&server, &li, name).await);
        assert_eq!(li.post("close", &serde_json::json!({})).await.status, 204);
        server.desk.clock.step(60);
    }
    let all = |conversations: &[String], from: i64| -> Vec<(String, i64)> {
        let first = (from..=7).map(|seq| (conversations[0].clone(), seq));
        let later = conversations[1..].iter().flat_map(|id| (1..=7).map(|seq| (id.clone(), seq)));
        first.chain(later).collect()
    };
    let rest = all(&ids, 5);
    assert_eq!(shown(&li, Some((&ids[0], 4))).await, [rest.clone(), rest.clone(), rest]);
    let latest_two = all(&ids[1..], 1);
    assert_eq!(
        shown(&li, None).await,
        [latest_two.clone(), latest_two.clone(), latest_two],
        "without a cursor"
    );
    let strange = shown(&li, Some(("somebody-elses", 3))).await;
    assert_eq!(strange[0], strange[2], "a cursor of another thread is as none");
    assert_eq!(strange[0].len(), 14);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_many_write_at_once_every_line_shows_all_in_order() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut lines = Vec::new();
    for _ in 0..3 {
        let mut socket = li.socket(None).await;
        socket.until(is("ready")).await;
        lines.push(tokio::spawn(async move { socket.until(stage("closed")).await }));
    }
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..3 {
        let li = li.clone();
        writers.spawn(async move {
            for at in 0..10 {
                assert_eq!(li.say(&format!("{writer}-{at}"), "你好").await.status, 200);
            }
        });
    }
    writers.join_all().await;
    server.desk.quiet().await;
    let total = li.messages(|all| all.len() > 30).await.len();
    assert_eq!(li.post("close", &serde_json::json!({})).await.status, 204);

    for line in lines {
        let events = line.await.unwrap();
        let places: Vec<i64> = said(&events).iter().map(|(seq, ..)| *seq).collect();
        let end = i64::try_from(total).unwrap() + 1;
        assert_eq!(places, (1..=end).collect::<Vec<_>>());
    }
    server.desk.is_sound().await;
}

#[tokio::test]
async fn a_conversation_that_begins_after_another_ended_follows_it_on_the_same_line() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut socket = li.socket(None).await;
    li.say("a", "你好").await;
    li.messages(|all| all.len() == 2).await;
    li.post("close", &serde_json::json!({})).await;
    server.desk.clock.step(1);
    li.say("b", "怎么退货").await;
    let events = socket.until(|event| event["text"] == "签收后 7 天内可以退。").await;
    let seqs: Vec<i64> = said(&events).iter().map(|(seq, ..)| *seq).collect();
    assert_eq!(seqs, [1, 2, 3, 1, 2]);
}
