//! What a visitor may do, and to whom it belongs.

use serde_json::{Value, json};
use testkit::{Answer, TestServer};

use crate::{by, is, said, shop, stage};

fn refused(answer: &Answer) -> (u16, String) {
    answer.refusal()
}

#[tokio::test]
async fn to_a_person_and_back_as_the_widget_shows_it() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let wang = server.desk.agent("Wang").await;
    let mut socket = li.socket(None).await;
    socket.until(is("ready")).await;

    assert_eq!(li.post("person", &json!({ "lang": "zh" })).await.status, 204);
    let waiting = socket.until(stage("waiting")).await.pop().unwrap();
    assert_eq!(
        (&waiting["place"], &waiting["form"], &waiting["agent"]),
        (&json!(1), &json!(false), &Value::Null)
    );

    assert_eq!(li.post("assistant", &json!({})).await.status, 204);
    socket.until(stage("assistant")).await;
    li.say("m-1", "找个活人").await;
    let waiting = socket.until(stage("waiting")).await.pop().unwrap();

    let id = waiting["conversation"].as_str().unwrap().into();
    wang.takes_over(&id).await.unwrap();
    assert_eq!(socket.until(stage("agent")).await.pop().unwrap()["agent"], "Wang");
    wang.view.typing(&id, true).await.unwrap();
    assert_eq!(
        socket.until(is("typing")).await.pop().unwrap(),
        json!({ "type": "typing", "author": "agent", "on": true })
    );
    wang.says(&id, "您好，我是小王").await.unwrap();
    assert_eq!(socket.until(by("agent")).await.pop().unwrap()["name"], "Wang");

    assert_eq!(li.post("close", &json!({})).await.status, 204);
    socket.until(stage("closed")).await;
    for act in ["close", "assistant"] {
        assert_eq!(refused(&li.post(act, &json!({})).await), (409, "closed".to_owned()), "{act}");
    }
    server.desk.is_sound().await;
}

#[tokio::test]
async fn who_waited_too_long_is_offered_the_form_and_leaves_word() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let mut socket = li.socket(None).await;
    li.post("person", &json!({ "lang": "zh" })).await;
    socket.until(stage("waiting")).await;
    server.desk.clock.step(300);
    socket.until(|event| event["type"] == "stage" && event["form"] == true).await;

    assert_eq!(
        refused(&li.post("contact", &json!({ "contact": "", "text": "请回电" })).await),
        (400, "empty".to_owned())
    );
    let long = json!({ "contact": "1".repeat(201), "text": "请回电" });
    assert_eq!(refused(&li.post("contact", &long).await), (413, "too_long".to_owned()));
    let word = json!({ "name": "李雷", "contact": "13800000000", "text": "请回电" });
    assert_eq!(li.post("contact", &word).await.status, 204);
    let events =
        socket.until(|event| event["text"].as_str().is_some_and(|text| text.contains("留言已收到"))).await;
    assert!(
        said(&events).iter().any(|(_, author, text)| *author == "customer" && text.contains("13800000000"))
    );
}

#[tokio::test]
async fn an_answer_is_judged_by_who_got_it() {
    let server = TestServer::around(shop()).await;
    let (li, tom) = (server.visitor().await, server.visitor().await);
    let sent = li.say("m-1", "怎么退货").await.json();
    let answer = li.messages(|all| all.len() == 2).await[1]["answer_id"].clone();
    let judge = |thumb: Value| json!({ "answer_id": answer, "thumb": thumb, "reason": "outdated", "comment": "去年改了" });

    assert_eq!(li.post("feedback", &judge(json!("down"))).await.status, 204);
    let id = sent["conversation"].as_str().unwrap().into();
    let kept = &server.desk.agent("Wang").await.view.conversation(&id).await.unwrap().feedback[0];
    assert_eq!((kept.thumb, kept.reason), (Some(domain::Thumb::Down), Some(domain::Reason::Outdated)));
    assert_eq!(kept.comment.as_deref(), Some("去年改了"));
    assert_eq!(li.post("feedback", &judge(Value::Null)).await.status, 204, "and taken back");

    assert_eq!(refused(&tom.post("feedback", &judge(json!("up"))).await), (404, "not_found".to_owned()));
    let unknown = json!({ "answer_id": "no-such", "thumb": "up" });
    assert_eq!(refused(&li.post("feedback", &unknown).await), (404, "not_found".to_owned()));
    for thumb in [json!("sideways"), json!(1)] {
        assert_eq!(refused(&li.post("feedback", &judge(thumb)).await).1, "bad_request");
    }
}

#[tokio::test]
async fn a_conversation_is_rated_by_whose_it_is_also_when_no_person_was_in_it() {
    let server = TestServer::around(shop()).await;
    let (li, tom) = (server.visitor().await, server.visitor().await);
    let id = li.say("m-1", "怎么退货").await.json()["conversation"].clone();
    let rate = |score: Value| json!({ "conversation": id, "score": score, "comment": "很快" });
    li.post("close", &json!({})).await;

    assert_eq!(li.post("csat", &rate(json!(2))).await.status, 204);
    assert_eq!(li.post("csat", &rate(json!(5))).await.status, 204, "a later one replaces it");
    let wang = server.desk.agent("Wang").await;
    let rating = wang.view.conversation(&id.as_str().unwrap().into()).await.unwrap().rating.unwrap();
    assert_eq!((rating.score, rating.comment.as_deref()), (5, Some("很快")));

    for score in [json!(0), json!(6), json!(256), json!(-1), json!(4.5), json!("5"), Value::Null] {
        let refusal = refused(&li.post("csat", &rate(score.clone())).await);
        assert!(refusal.0 < 500 && refusal.1 == "bad_request", "{score}: {refusal:?}");
    }
    assert_eq!(refused(&tom.post("csat", &rate(json!(1))).await), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn another_visitors_conversation_does_not_exist() {
    let server = TestServer::around(shop()).await;
    let (li, tom) = (server.visitor().await, server.visitor().await);
    let id = li.say("m-1", "怎么退货").await.json()["conversation"].as_str().unwrap().to_owned();
    li.messages(|all| all.len() == 2).await;
    assert_eq!(tom.poll(Some((&id, 0)), 0).await.json(), json!({ "events": [] }));
    let mut socket = tom.socket(Some((&id, 0))).await;
    assert_eq!(socket.until(is("ready")).await.len(), 1, "nothing is shown");
    // The same name for a message of somebody else is another message.
    assert_eq!(tom.say("m-1", "你好").await.json()["seq"], 1);
    assert_eq!(said(&tom.messages(|all| all.len() == 2).await)[0], (1, "customer", "你好"));
}

#[tokio::test]
async fn before_the_first_message_there_is_nothing_to_end() {
    let server = TestServer::new().await;
    let li = server.visitor().await;
    let word = json!({ "contact": "a@b.cn", "text": "你好" });
    for (act, body) in [("assistant", json!({})), ("close", json!({})), ("contact", word)] {
        assert_eq!(refused(&li.post(act, &body).await), (404, "not_found".to_owned()), "{act}");
    }
    assert_eq!(li.post("person", &json!({})).await.status, 204, "but a person may be asked for");
}

#[tokio::test]
async fn every_act_wants_a_token_that_holds() {
    let server = TestServer::new().await;
    let acts = ["messages", "person", "assistant", "close", "feedback", "csat", "contact"];
    let wrong = ["", "Bearer ", "Bearer x", "Basic abc", "Bearer a.20780.c"];
    for (act, token) in acts.iter().flat_map(|act| wrong.map(|token| (act, token))) {
        let headers = [("authorization", token), ("content-type", "application/json")];
        let answer = server.post(&format!("/v1/widget/{act}"), &headers, b"{}").await;
        assert_eq!(answer.refusal(), (401, "unauthorised".to_owned()), "{act} {token}");
    }
    for path in ["/v1/widget/messages", "/v1/widget/events", "/v1/entries", "/v1/conversations", "/v1/check"]
    {
        assert_eq!(server.get(path).await.refusal(), (401, "unauthorised".to_owned()), "{path}");
    }
    let li = server.visitor().await;
    let own = format!("Bearer {}", li.token);
    let answer = server.http().request("GET", "/v1/entries", &[("authorization", &own)], b"").await.unwrap();
    assert_eq!(answer.refusal().0, 401, "a visitor is no operator");
}
