//! A conversation goes on from what was said in it, also after a restart, and people may have spoken in between.

use domain::{Author, Message, Rung};
use testkit::TestDesk;

async fn desk() -> TestDesk {
    TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows_as(&["退货的运费谁出", "退货运费"], "没有质量问题时由您承担。")
        .knows("运费多少", "满 99 元包邮。")
        .knows_as(&["马克杯有多大", "马克杯"], "有两种容量。")
        .knows_as(&["马克杯能刻字吗", "马克杯"], "可以刻字。")
        .open()
        .await
}

async fn english() -> TestDesk {
    TestDesk::with()
        .knows("How do I return something?", "Within 7 days.")
        .knows_as(
            &["Who pays the return shipping?", "return shipping"],
            "You pay it, unless the item is faulty.",
        )
        .knows("How much is shipping?", "Free from ¥99.")
        .open()
        .await
}

async fn last(desk: &TestDesk, id: &domain::ConversationId) -> Message {
    desk.log(id).await.into_iter().rfind(|message| message.author == Author::Assistant).unwrap()
}

#[tokio::test]
async fn a_follow_up_is_answered_from_the_conversation_and_its_trace_says_so() {
    let stories = [
        (desk().await, "怎么退货", "那运费呢", "没有质量问题时由您承担。"),
        (
            english().await,
            "How do I return something?",
            "and the shipping?",
            "You pay it, unless the item is faulty.",
        ),
    ];
    for (desk, question, follow, answer) in stories {
        let customer = desk.customer(question);
        customer.says(question).await;
        let id = customer.says(follow).await;
        let said = last(&desk, &id).await;
        assert_eq!(said.content.text, answer);
        let trace = desk.reception.operator().trace(&said.content.answer.unwrap()).await.unwrap().unwrap();
        let context = trace.context.expect("the trace says what it was understood from");
        assert!(context.contains("退货") || context.contains("return"), "{context}");
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_conversation_is_remembered_over_a_restart() {
    let desk = desk().await;
    let token = {
        let li = desk.customer("李雷");
        li.says("怎么退货").await;
        li.view.token().to_owned()
    };
    let desk = desk.restart().await;
    desk.quiet().await;
    let view = desk.reception.visitor(Some(&token));
    let accepted = view
        .say("again".to_owned(), "那运费呢".to_owned(), domain::Lang::Zh, domain::Attributes::default())
        .await
        .unwrap();
    desk.quiet().await;
    assert_eq!(last(&desk, &accepted.conversation).await.content.text, "没有质量问题时由您承担。");
}

#[tokio::test]
async fn another_customers_conversation_is_no_context() {
    let desk = desk().await;
    desk.customer("李雷").says("怎么退货").await;
    let id = desk.customer("韩梅").says("那运费呢").await;
    let said = last(&desk, &id).await;
    let trace = desk.reception.operator().trace(&said.content.answer.unwrap()).await.unwrap().unwrap();
    assert!(!trace.context.as_deref().unwrap_or_default().contains("退货"), "{:?}", trace.context);
    assert_ne!(said.content.text, "没有质量问题时由您承担。");
}

#[tokio::test]
async fn one_question_is_asked_back_and_the_choice_is_answered() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("马克杯").await;
    let asked = last(&desk, &id).await;
    assert_eq!(asked.content.rung, Some(Rung::Clarify));
    assert_eq!(asked.content.suggestions.last().map(String::as_str), Some("转人工"));
    li.says("第二个").await;
    assert_eq!(last(&desk, &id).await.content.rung, Some(Rung::Exact));
}

#[tokio::test]
async fn a_person_who_was_offered_comes_when_the_customer_says_yes() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("量子力学是什么").await;
    assert_eq!(desk.stage(&id).await, "assistant");
    li.says("好的").await;
    assert_eq!(desk.stage(&id).await, "waiting");
}

#[tokio::test]
async fn going_round_in_circles_ends_with_a_person() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let mut id = li.says("怎么退货").await;
    for _ in 0..3 {
        id = li.says("还是没用").await;
    }
    assert_eq!(desk.stage(&id).await, "waiting");
    desk.is_sound().await;
}
