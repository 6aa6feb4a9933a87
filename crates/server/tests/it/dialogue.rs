//! A conversation in the widget, by the road without sockets: follow-ups, a question back, and what the figures count.

use serde_json::Value;
use testkit::{TestDesk, TestServer, TestVisitor};

async fn server() -> TestServer {
    let desk = TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows_as(&["退货的运费谁出", "退货运费"], "没有质量问题时由您承担。")
        .knows_as(&["马克杯有多大", "马克杯"], "有两种容量。")
        .knows_as(&["马克杯能刻字吗", "马克杯"], "可以刻字。")
        .knows("我付了多少钱", "实付{订单金额|金额见订单页}。")
        .knows("运费多少", "满 99 元包邮。");
    TestServer::around(desk).await
}

/// Says something and returns the answer to it.
async fn says(visitor: &TestVisitor, id: &str, text: &str) -> Value {
    let answers = |said: &[Value]| said.iter().filter(|message| message["author"] == "assistant").count();
    let before = answers(&visitor.messages(|_| true).await);
    visitor.say(id, text).await;
    let said = visitor.messages(|said| answers(said) > before).await;
    said.into_iter().rfind(|message| message["author"] == "assistant").unwrap()
}

#[tokio::test]
async fn a_follow_up_in_the_widget_is_understood_in_both_languages() {
    let server = server().await;
    let li = server.visitor().await;
    assert_eq!(says(&li, "1", "怎么退货").await["text"], "签收后 7 天内可以退。");
    assert_eq!(says(&li, "2", "那运费呢").await["text"], "没有质量问题时由您承担。");
    let desk = TestDesk::with()
        .knows("How do I return something?", "Within 7 days.")
        .knows_as(
            &["Who pays the return shipping?", "return shipping"],
            "You pay it, unless the item is faulty.",
        )
        .knows("How much is shipping?", "Free from ¥99.");
    let server = TestServer::around(desk).await;
    let tom = server.visitor().await;
    assert_eq!(says(&tom, "1", "How do I return something?").await["text"], "Within 7 days.");
    assert_eq!(says(&tom, "2", "and the shipping?").await["text"], "You pay it, unless the item is faulty.");
}

#[tokio::test]
async fn a_question_back_has_its_choices_as_buttons_and_is_counted() {
    let server = server().await;
    let li = server.visitor().await;
    let asked = says(&li, "1", "马克杯").await;
    let choices = asked["suggestions"].as_array().unwrap();
    assert_eq!((choices.len(), choices[2].as_str()), (3, Some("转人工")), "{asked}");
    let metrics = server.get("/metrics").await.text();
    assert!(metrics.contains("answers_total{rung=\"clarify\"}"), "{metrics}");
    assert_eq!(asked["rung"], "clarify");
    let first = if choices[0] == "马克杯有多大" { "有两种容量。" } else { "可以刻字。" };
    assert_eq!(says(&li, "2", "前者").await["text"], first);
}

#[tokio::test]
async fn two_questions_in_one_message_are_both_answered_and_no_braces_are_shown() {
    let server = server().await;
    let li = server.visitor().await;
    let both = says(&li, "1", "怎么退货？退货运费谁出？").await;
    assert_eq!(both["text"], "签收后 7 天内可以退。\n\n没有质量问题时由您承担。");
    assert_eq!(both["sources"].as_array().map(Vec::len), Some(2));
    assert_eq!(says(&li, "2", "我付了多少钱").await["text"], "实付金额见订单页。");
    let page = server.get("/help/e5?lang=zh").await.text();
    assert!(page.contains("实付金额见订单页。") && !page.contains('{'), "{page}");
}
