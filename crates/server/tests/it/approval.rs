//! What becomes of a conversation in which a person had to agree.

use crate::service::{open, says, text};

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
            lin.messages(|all| all.iter().any(|one| text(one).contains("这件事没有办理"))).await;
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
