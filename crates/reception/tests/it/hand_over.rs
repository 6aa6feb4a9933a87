//! From the assistant to a person and back, one story each.

use reception::ActError;
use testkit::{BREAKS, TestDesk};

async fn desk() -> TestDesk {
    TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("运费多少", "满 99 元包邮。")
        .open()
        .await
}

#[tokio::test]
async fn a_person_takes_over_answers_and_gives_back() {
    let desk = desk().await;
    let (li, wang) = (desk.customer("李雷"), desk.agent("Wang").await);

    let id = li.says("怎么退货").await;
    li.says("转人工").await;
    wang.takes_over(&id).await.unwrap();
    li.says("我的杯子碎了").await;
    wang.says(&id, "给您补发一个。").await.unwrap();
    wang.gives_back(&id).await.unwrap();
    li.says("运费多少").await;

    assert_eq!(
        desk.told(&id).await,
        [
            "customer: 怎么退货",
            "assistant: 签收后 7 天内可以退。",
            "customer: 转人工",
            "notice: 正在为您转接人工，您排在第 1 位。等待时可以继续留言，也可以回到 AI 助手。",
            "notice: Wang 已接手，将由人工为您服务。",
            "customer: 我的杯子碎了",
            "Wang: 给您补发一个。",
            "notice: 人工服务已结束，AI 助手继续为您服务。",
            "customer: 运费多少",
            "assistant: 满 99 元包邮。",
        ]
    );
    assert_eq!(desk.assistant.heard(), ["怎么退货", "转人工", "运费多少"], "what was said to Wang was his");
    desk.is_sound().await;
}

#[tokio::test]
async fn of_two_agents_at_once_one_wins_and_the_other_is_told_who() {
    let desk = desk().await;
    let (wang, li) = (desk.agent("Wang").await, desk.agent("Li").await);
    for _ in 0..20 {
        let id = desk.customer("李雷").says("转人工").await;
        let outcomes = tokio::join!(wang.takes_over(&id), li.takes_over(&id));
        let (winner, told) = match outcomes {
            (Ok(()), Err(ActError::TakenBy(who))) => (wang.view.agent().id.clone(), who),
            (Err(ActError::TakenBy(who)), Ok(())) => (li.view.agent().id.clone(), who),
            other => panic!("exactly one wins: {other:?}"),
        };
        assert_eq!(told, winner);
        assert_eq!(desk.conversation(&id).await.stage.agent(), Some(&winner));
    }
    desk.is_sound().await;
}

#[tokio::test]
async fn only_who_has_the_word_may_speak_give_back_or_close() {
    let desk = desk().await;
    let (wang, li) = (desk.agent("Wang").await, desk.agent("Li").await);
    let id = desk.customer("李雷").says("怎么退货").await;

    assert!(matches!(wang.says(&id, "您好").await, Err(ActError::NotYours)), "not taken over yet");
    wang.takes_over(&id).await.unwrap();
    assert!(matches!(li.says(&id, "您好").await, Err(ActError::NotYours)));
    assert!(matches!(li.gives_back(&id).await, Err(ActError::NotYours)));
    assert!(matches!(li.view.close(&id).await, Err(ActError::TakenBy(_))));
    assert!(matches!(wang.says(&id, " \n").await, Err(ActError::Empty)));
    wang.view.close(&id).await.unwrap();
    assert!(matches!(wang.says(&id, "还在吗").await, Err(ActError::Closed)));
    assert!(matches!(li.takes_over(&id).await, Err(ActError::Closed)));
    assert_eq!(desk.stage(&id).await, "closed");
}

#[tokio::test]
async fn a_reply_sent_twice_by_the_browser_is_said_once() {
    let desk = desk().await;
    let wang = desk.agent("Wang").await;
    let id = desk.customer("李雷").says("转人工").await;
    wang.takes_over(&id).await.unwrap();
    let reply = reception::Reply { text: "您好".to_owned(), client_id: "form-1".to_owned() };
    let (first, second) = tokio::join!(wang.view.reply(&id, &reply), wang.view.reply(&id, &reply));
    assert!(first.is_ok() && second.is_ok());
    wang.view.reply(&id, &reply).await.unwrap();
    let said = desk.told(&id).await.iter().filter(|line| *line == "Wang: 您好").count();
    assert_eq!(said, 1);
}

#[tokio::test]
async fn a_closed_conversation_stays_closed_and_the_next_message_opens_another() {
    let desk = desk().await;
    let (li, wang) = (desk.customer("李雷"), desk.agent("Wang").await);
    let first = li.says("怎么退货").await;
    li.view.close().await.unwrap();
    assert!(matches!(li.view.close().await, Err(ActError::Closed)));
    assert!(matches!(li.view.back_to_assistant().await, Err(ActError::Closed)));
    desk.clock.step(60);

    let second = li.says("运费多少").await;

    assert_ne!(first, second);
    assert_eq!([desk.stage(&first).await, desk.stage(&second).await], ["closed", "assistant"]);
    let told = wang.view.conversation(&second).await.unwrap();
    assert_eq!(told.conversation.customer, desk.conversation(&first).await.customer);
    assert_eq!(told.earlier.iter().map(|earlier| &earlier.id).collect::<Vec<_>>(), [&first]);
    desk.is_sound().await;
}

#[tokio::test]
async fn a_person_may_be_asked_for_before_anything_was_said() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    li.asks_for_person().await.unwrap();
    desk.quiet().await;
    let (conversation, standing, _) = li.view.latest().await.unwrap().unwrap();
    assert_eq!((standing.stage, standing.place), ("waiting", Some(1)));
    assert!(desk.told(&conversation.id).await.last().unwrap().contains("正在为您转接人工"));
}

#[tokio::test]
async fn when_the_assistant_breaks_people_are_asked_and_the_customer_is_told() {
    let desk = desk().await;
    let (li, wang) = (desk.customer("李雷"), desk.agent("Wang").await);
    let id = li.says(&format!("怎么退货{BREAKS}")).await;

    let conversation = desk.conversation(&id).await;
    assert_eq!(conversation.stage.name(), "waiting");
    assert_eq!(conversation.handover, Some(domain::HandoverReason::Failure));
    assert!(desk.told(&id).await.last().unwrap().starts_with("notice: 我这边出了点问题"));

    wang.takes_over(&id).await.unwrap();
    wang.gives_back(&id).await.unwrap();
    li.says("运费多少").await;
    assert_eq!(desk.told(&id).await.last().unwrap(), "assistant: 满 99 元包邮。", "it works again");
    desk.is_sound().await;
}
