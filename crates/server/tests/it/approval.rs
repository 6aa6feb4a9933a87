//! What becomes of a conversation in which a person had to agree.

use domain::{Call, CallState, ConversationId};
use reception::{Listing, Page};
use serde_json::{Value, json};
use testkit::{TestAgent, TestServer, TestVisitor};

use crate::service::{open, says, text};

/// Asks for a refund to which a person has to agree.
async fn asks_for_a_refund<'a>(
    server: &'a TestServer,
    lin: &TestVisitor,
    wang: &TestAgent<'a>,
    order: &str,
) -> (ConversationId, Call) {
    for (step, words) in [("1", "我要退款"), ("2", order), ("3", "颜色和图片不一样")] {
        says(lin, step, words).await;
    }
    let told = says(lin, "4", "确认").await;
    let talk = told["conversation"].as_str().unwrap().into();
    server.desk.quiet().await;
    let calls = wang.view.calls(&talk).await.unwrap();
    let call = calls.into_iter().find(|call| call.state == CallState::Proposed).unwrap();
    (talk, call)
}

/// What needs a person, and whether it is their decision.
async fn needs_someone(wang: &TestAgent<'_>) -> Vec<(ConversationId, bool)> {
    let rows = wang.view.conversations(Listing::Waiting, &Page { after: None, limit: 9 }).await.unwrap();
    assert_eq!(wang.view.count(Listing::Waiting).await.unwrap(), rows.len() as u64);
    rows.into_iter().map(|row| (row.conversation.id, row.undecided.is_some())).collect()
}

fn told(all: &[Value], words: &str) -> bool {
    all.iter().any(|one| text(one).contains(words))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_before_it_is_decided_is_told_where_they_come_back_to() {
    let (orders, server) = open().await;
    let wang = server.desk.agent("Wang").await;
    let both = [("lin", "QH20261101", false), ("tom", "QH20261102", true)];
    for (at, (who, order, comes_back)) in both.into_iter().enumerate() {
        let lin = server.signed_in(who).await;
        let (talk, call) = asks_for_a_refund(&server, &lin, &wang, order).await;
        assert_eq!(lin.post("close", &json!({})).await.status, 204);
        assert_eq!(server.desk.stage(&talk).await, "closed");
        assert_eq!(needs_someone(&wang).await, [(talk.clone(), true)], "the desk has not forgotten it");
        let mut here = talk.to_string();
        if comes_back {
            here = says(&lin, "5", "怎么退货").await["conversation"].as_str().unwrap().to_owned();
        }
        wang.view.agree(&call.id).await.unwrap();
        server.desk.quiet().await;
        assert_eq!(orders.written().len(), at + 1);
        let said = lin.messages(|all| told(all, "退款申请已提交")).await;
        assert_eq!(said.last().unwrap()["conversation"], here.as_str());
        assert_eq!(needs_someone(&wang).await, []);
    }
    server.desk.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_back_to_the_assistant_meanwhile_is_answered_and_told_later() {
    let (orders, server) = open().await;
    let wang = server.desk.agent("Wang").await;
    let lin = server.signed_in("lin").await;
    let (talk, call) = asks_for_a_refund(&server, &lin, &wang, "QH20261101").await;
    assert_eq!(lin.post("assistant", &json!({})).await.status, 204);
    assert_eq!(text(&says(&lin, "5", "怎么退货").await), "7 天内可退。");
    assert_eq!(
        (server.desk.stage(&talk).await, needs_someone(&wang).await),
        ("assistant", vec![(talk, true)])
    );
    wang.view.decline(&call.id).await.unwrap();
    let said = lin.messages(|all| told(all, "没有办理")).await;
    assert!(text(said.last().unwrap()).contains("想知道原因可以转人工"), "{said:?}");
    assert_eq!((orders.written().len(), needs_someone(&wang).await), (0, vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_asked_for_may_be_taken_back_until_it_is_decided() {
    let (orders, server) = open().await;
    let wang = server.desk.agent("Wang").await;
    let lin = server.signed_in("lin").await;
    let (talk, call) = asks_for_a_refund(&server, &lin, &wang, "QH20261101").await;
    says(&lin, "5", "为什么不退了？").await;
    assert_eq!(needs_someone(&wang).await, [(talk.clone(), true)], "a question takes nothing back");
    // Asked for again, perhaps for another reason, it is still one refund.
    assert_eq!(lin.post("assistant", &json!({})).await.status, 204);
    server.desk.quiet().await;
    for (step, words) in [("a", "我要退款"), ("b", "QH20261101"), ("c", "不想要了")] {
        says(&lin, step, words).await;
    }
    let answer = says(&lin, "d", "确认").await;
    assert!(text(&answer).contains("之前已经提交"), "{answer}");
    assert_eq!(wang.view.calls(&talk).await.unwrap().iter().filter(|call| call.writes).count(), 1);
    let answer = says(&lin, "6", "算了不退了，我留着用").await;
    assert!(text(&answer).contains("已撤回，什么都没有改动"), "{answer}");
    assert_eq!((server.desk.stage(&talk).await, needs_someone(&wang).await), ("assistant", vec![]));
    assert!(wang.view.agree(&call.id).await.is_err(), "it is no longer wanted");
    let calls = wang.view.calls(&talk).await.unwrap();
    let done = calls.into_iter().find(|one| one.id == call.id).unwrap();
    assert_eq!((done.state, done.by.as_deref()), (CallState::Discarded, Some("customer")));
    assert_eq!(orders.written().len(), 0);
    server.desk.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_said_more_meanwhile_still_gets_a_person_and_a_no_is_told() {
    let (orders, server) = open().await;
    let wang = server.desk.agent("Wang").await;
    let lin = server.signed_in("lin").await;
    for (at, decision) in ["agree", "decline"].into_iter().enumerate() {
        let id = |step: &str| format!("m-{at}-{step}");
        for (step, words) in [("1", "我要退款"), ("2", "QH20261101"), ("3", "颜色和图片不一样")] {
            says(&lin, &id(step), words).await;
        }
        let told = says(&lin, &id("4"), "确认").await;
        let talk = told["conversation"].as_str().unwrap().into();
        server.desk.quiet().await;
        // Both refunds stand in one conversation.
        let calls = wang.view.calls(&talk).await.unwrap();
        let call = calls.into_iter().find(|call| call.state == domain::CallState::Proposed).unwrap();
        if decision == "decline" {
            wang.view.decline(&call.id).await.unwrap();
            lin.messages(|all| all.iter().any(|one| text(one).contains("核对之后没有办理"))).await;
            assert_eq!(server.desk.stage(&talk).await, "waiting", "a person explains");
            continue;
        }
        assert_eq!(lin.say(&id("5"), "还有一件事想问").await.status, 200);
        server.desk.quiet().await;
        wang.view.agree(&call.id).await.unwrap();
        server.desk.quiet().await;
        assert_eq!(server.desk.stage(&talk).await, "waiting", "the other thing waits for them");
        wang.view.take_over(&talk).await.unwrap();
        wang.view.give_back(&talk).await.unwrap();
    }
    assert_eq!(orders.written().len(), 1);
}
