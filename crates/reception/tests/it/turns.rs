//! One conversation is worked on by one worker at a time, and nothing is answered twice.

use domain::{Attributes, Author, Lang};
use serde_json::Value;
use testkit::{TestDesk, eventually};

async fn desk() -> TestDesk {
    let known =
        TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").knows("运费多少", "满 99 元包邮。");
    known
        .article("保修政策", "## 范围\n\n自签收起一年内，自然使用出现的问题免费修理。人为摔坏不在范围内。")
        .open()
        .await
}

#[tokio::test]
async fn messages_that_arrive_during_a_turn_join_the_next_one() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    desk.assistant.hold();
    let id = li.writes("怎么退货").await.unwrap().conversation;
    eventually("the first turn has begun", async || (desk.assistant.heard().len() == 1).then_some(())).await;
    for text in ["另外", "运费多少", "谢谢"] {
        li.writes(text).await.unwrap();
    }
    desk.assistant.release();
    desk.quiet().await;

    assert_eq!(desk.assistant.heard(), ["怎么退货", "另外\n运费多少\n谢谢"]);
    let told = desk.told(&id).await;
    assert_eq!(told[..4], ["customer: 怎么退货", "customer: 另外", "customer: 运费多少", "customer: 谢谢"]);
    assert_eq!(told[4], "assistant: 签收后 7 天内可以退。");
    assert_eq!(told.iter().filter(|line| line.starts_with("assistant")).count(), 2, "{told:?}");
    desk.is_sound().await;
}

#[tokio::test]
async fn the_same_message_again_and_again_is_kept_and_answered_once() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let view = li.view.clone();
        sent.spawn(async move {
            view.say("m1".to_owned(), "怎么退货".to_owned(), Lang::Zh, Attributes::default()).await.unwrap()
        });
    }
    let accepted = sent.join_all().await;
    desk.quiet().await;
    assert!(accepted.iter().all(|one| (&one.conversation, one.seq) == (&accepted[0].conversation, 1)));
    assert_eq!(accepted.iter().filter(|one| !one.repeated).count(), 1);
    assert_eq!(desk.told(&accepted[0].conversation).await.len(), 2);
    assert_eq!(li.sends("m1", "怎么退货").await.unwrap().seq, 1, "also long after");
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_says_nothing() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    desk.assistant.hold();
    let id = li.writes("怎么退货").await.unwrap().conversation;
    eventually("the first worker is at it", async || (desk.assistant.heard().len() == 1).then_some(())).await;
    desk.clock.step(61);
    let second = async {
        eventually("a second worker is at it", async || (desk.assistant.heard().len() == 2).then_some(()))
            .await;
        desk.assistant.release();
    };
    tokio::join!(desk.reception.work_off(reception::JobKind::Answer), second);
    desk.quiet().await;
    assert_eq!(desk.told(&id).await, ["customer: 怎么退货", "assistant: 签收后 7 天内可以退。"]);
    desk.is_sound().await;
}

#[tokio::test]
async fn what_was_being_answered_when_the_desk_stopped_is_answered_after_the_restart() {
    let desk = desk().await;
    desk.assistant.hold();
    let id = desk.customer("李雷").writes("怎么退货").await.unwrap().conversation;
    eventually("the turn has begun", async || (desk.assistant.heard().len() == 1).then_some(())).await;

    let desk = desk.restart().await;
    desk.quiet().await;

    assert_eq!(desk.told(&id).await, ["customer: 怎么退货", "assistant: 签收后 7 天内可以退。"]);
    desk.is_sound().await;
}

#[tokio::test]
async fn a_long_talk_with_an_agent_is_not_answered_afterwards() {
    let desk = desk().await;
    let (li, wang) = (desk.customer("李雷"), desk.agent("Wang").await);
    let id = li.says("转人工").await;
    wang.takes_over(&id).await.unwrap();
    for at in 0..70 {
        li.writes(&format!("第{at}句")).await.unwrap();
        wang.says(&id, "嗯").await.unwrap();
    }
    wang.gives_back(&id).await.unwrap();
    li.says("运费多少").await;
    assert_eq!(desk.assistant.heard(), ["转人工", "运费多少"]);
}

#[tokio::test]
async fn a_message_without_words_is_answered_in_the_language_of_the_conversation() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    li.says("怎么退货").await;
    // The page is in English.
    for text in ["https://shop.example/items/mug", "2026112300017"] {
        let id = li
            .view
            .say(text.to_owned(), text.to_owned(), Lang::En, Attributes::default())
            .await
            .unwrap()
            .conversation;
        desk.quiet().await;
        let answer = desk.log(&id).await.pop().unwrap();
        assert_eq!((answer.author, answer.content.lang), (Author::Assistant, Lang::Zh), "{text}");
        assert_eq!(desk.conversation(&id).await.lang, Lang::Zh);
    }
}

#[tokio::test]
async fn a_conversation_that_begins_without_words_is_in_the_language_of_the_page() {
    let desk = desk().await;
    for lang in Lang::ALL {
        let view = desk.reception.visitor(None);
        let link = "https://shop.example/items/mug".to_owned();
        let id = view.say("1".to_owned(), link, lang, Attributes::default()).await.unwrap().conversation;
        desk.quiet().await;
        assert_eq!(desk.log(&id).await.pop().unwrap().content.lang, lang);
    }
}

#[tokio::test]
async fn the_same_story_gives_the_same_bytes() {
    async fn story(seed: u64) -> Vec<Value> {
        let desk = TestDesk::with()
            .knows("怎么退货", "签收后 7 天内可以退。")
            .article(
                "保修政策",
                "## 范围\n\n自签收起一年内，自然使用出现的问题免费修理。人为摔坏不在范围内。",
            )
            .seed(seed)
            .open()
            .await;
        let li = desk.customer("李雷");
        let mut id = None;
        for text in [
            "怎么退货",
            "退货怎么弄",
            "保修范围",
            "你好",
            "😀",
            "量子力学是什么",
            "how do I return it",
            "转人工",
        ] {
            id = Some(li.says(text).await);
            desk.clock.step(7);
        }
        let mut told = Vec::new();
        for message in desk.log(&id.unwrap()).await {
            let view = desk.reception.operator();
            let mut trace = match &message.content.answer {
                Some(answer) => serde_json::to_value(view.trace(answer).await.unwrap()).unwrap(),
                None => Value::Null,
            };
            trace.as_object_mut().map(|trace| trace.remove("timings"));
            told.extend([serde_json::to_value(message).unwrap(), trace]);
        }
        told
    }
    let first = story(7).await;
    assert!(first.len() > 20);
    assert_eq!(first, story(7).await);
    assert_ne!(first, story(8).await, "the names of things come from the seed");
}
