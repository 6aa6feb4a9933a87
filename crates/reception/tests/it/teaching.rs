//! The owner says what customers mean, and the desk learns it while answers go on.

use domain::IntentExample;
use reception::{ActError, DeskEvent};
use testkit::{TestDesk, eventually};

const INVOICE: [&str; 6] = [
    "怎么开发票",
    "发票抬头写错了",
    "我要一张电子发票",
    "I need an invoice",
    "send me the invoice please",
    "发票什么时候寄",
];

#[tokio::test(flavor = "multi_thread")]
async fn examples_are_learnt_in_the_background_while_answers_go_on() {
    let desk = TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("我想把东西退回去", "请先申请。")
        .knows("How do I return it?", "Within 7 days.")
        .open()
        .await;
    desk.start();
    let owner = desk.owner().await;
    let mut watch = desk.reception.events().watch_desk();
    assert_eq!(owner.teach("invoice", &INVOICE).await.unwrap(), INVOICE.len() as u64);
    assert_eq!(watch.recv().await.unwrap(), DeskEvent { conversation: None, waiting: false });
    assert_eq!(owner.teach("invoice", &INVOICE).await.unwrap(), 0, "again changes nothing");

    let mut asked = 0;
    eventually("the new intent is learnt", async || {
        asked += 1;
        let id = desk.customer(&format!("顾客 {asked}")).says("怎么退货").await;
        assert_eq!(desk.told(&id).await.pop().unwrap(), "assistant: 签收后 7 天内可以退。");
        owner.intents().await.unwrap().iter().any(|intent| intent.learnt).then_some(())
    })
    .await;

    let intents = owner.intents().await.unwrap();
    let told: Vec<_> =
        intents.iter().map(|one| (one.name.as_str(), one.from_knowledge, one.own, one.learnt)).collect();
    assert_eq!(told, [("invoice", 0, 6, true), ("test", 3, 0, true)]);
    let id = desk.customer("李雷").says("发票抬头写错了怎么办").await;
    let traces = owner.conversation(&id).await.unwrap().traces;
    assert_eq!(traces[0].intent.as_ref().map(|intent| intent.name.as_str()), Some("invoice"));
    desk.is_sound().await;
}

#[tokio::test]
async fn what_is_removed_counts_no_longer() {
    let desk = TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").open().await;
    let owner = desk.owner().await;
    owner.teach("invoice", &INVOICE).await.unwrap();
    desk.reception.adapt().await;
    assert_eq!(owner.recognise("怎么开发票").await[0].name, "invoice");

    for text in INVOICE {
        assert!(owner.forget(&IntentExample::new("invoice", text).unwrap()).await.unwrap());
    }
    assert!(!owner.forget(&IntentExample::new("invoice", INVOICE[0]).unwrap()).await.unwrap());
    desk.reception.adapt().await;
    assert!(owner.recognise("怎么开发票").await.is_empty());
    assert_eq!(owner.intents().await.unwrap().len(), 1, "what is left comes from the knowledge");
}

#[tokio::test]
async fn what_was_taught_survives_a_restart() {
    let desk = TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").open().await;
    desk.owner().await.teach("invoice", &INVOICE).await.unwrap();
    let desk = desk.restart().await;
    desk.reception.adapt().await;
    assert_eq!(desk.owner().await.recognise("I need an invoice").await[0].name, "invoice");
}

#[tokio::test]
async fn only_editors_and_owners_teach_and_nothing_empty_is_taught() {
    let desk = TestDesk::new().await;
    let wang = desk.agent("Wang").await.view;
    assert!(matches!(wang.teach("invoice", &INVOICE).await, Err(ActError::NotAllowed(_))));
    let example = IntentExample::new("invoice", INVOICE[0]).unwrap();
    assert!(matches!(wang.forget(&example).await, Err(ActError::NotAllowed(_))));

    let owner = desk.owner().await;
    assert!(matches!(owner.teach("invoice", &[]).await, Err(ActError::Empty)));
    for (intent, text) in [("", "x"), ("two\nlines", "x"), ("invoice", "\u{0}")] {
        let refused = owner.teach(intent, &["fine", text]).await;
        assert!(matches!(refused, Err(ActError::Invalid(_))), "{refused:?}");
    }
    assert_eq!(owner.intents().await.unwrap(), [], "all of them or none");
}
