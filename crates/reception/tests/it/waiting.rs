//! While a person is awaited.

use domain::Stage;
use reception::{ActError, Listing, Page};
use testkit::{BREAKS, TestDesk};

async fn desk() -> TestDesk {
    let known = TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。");
    known
        .limits(|limits| {
            limits.notice_seconds = 45;
            limits.wait_seconds = 120;
        })
        .open()
        .await
}

#[tokio::test]
async fn who_waits_hears_how_it_stands_and_after_the_limit_gets_the_form_once() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("转人工").await;
    for _ in 0..10 {
        desk.clock.step(45);
        desk.quiet().await;
    }
    let told = desk.told(&id).await;
    let notices: Vec<&str> = told[1..].iter().map(|line| line.split(['，', '。']).next().unwrap()).collect();
    assert_eq!(
        notices,
        ["notice: 正在为您转接人工", "notice: 还在为您转接", "notice: 还在为您转接", "notice: 抱歉让您久等"],
        "and then nobody is pestered"
    );
    assert!(desk.conversation(&id).await.form);
    desk.is_sound().await;
}

#[tokio::test]
async fn asking_again_is_answered_each_time_and_changes_nothing() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("找个活人").await;
    let Stage::Waiting { since } = desk.conversation(&id).await.stage else { panic!("a person is awaited") };
    desk.clock.step(10);
    for _ in 0..3 {
        li.asks_for_person().await.unwrap();
        li.says("真人客服").await;
    }
    assert_eq!(
        desk.conversation(&id).await.stage,
        Stage::Waiting { since },
        "the place in the queue is kept"
    );
    let told = desk.told(&id).await;
    let count = |words: &str| told.iter().filter(|line| line.contains(words)).count();
    assert_eq!((count("正在为您转接人工"), count("消息已收到，同事接手后会看到")), (1, 6));
}

#[tokio::test]
async fn everyone_is_told_their_own_place() {
    let desk = desk().await;
    let (first, second, third) = (desk.customer("一"), desk.customer("二"), desk.customer("三"));
    let mut ids = Vec::new();
    for customer in [&first, &second, &third] {
        ids.push(customer.says("转人工").await);
        desk.clock.step(1);
    }
    first.asks_for_person().await.unwrap();
    second.says("还要多久").await;
    for (id, place) in ids.iter().zip(["第 1 位", "第 2 位", "第 3 位"]) {
        let told = desk.told(id).await;
        assert!(told.last().unwrap().contains(place), "{told:?}");
    }
    desk.agent("Wang").await.takes_over(&ids[0]).await.unwrap();
    let (_, standing, _) = third.view.latest().await.unwrap().unwrap();
    assert_eq!(standing.place, Some(2));
}

#[tokio::test]
async fn the_customer_may_go_back_to_the_assistant_and_is_left_in_peace() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("转人工").await;
    li.view.back_to_assistant().await.unwrap();
    li.says("怎么退货").await;
    desk.clock.step(600);
    desk.quiet().await;
    let told = desk.told(&id).await;
    assert_eq!(told.last().unwrap(), "assistant: 签收后 7 天内可以退。", "no notice after that: {told:?}");

    li.says("转人工").await;
    desk.clock.step(45);
    desk.quiet().await;
    assert!(
        desk.told(&id).await.last().unwrap().contains("还在为您转接"),
        "a second wait is looked after too"
    );
}

#[tokio::test]
async fn what_was_asked_in_the_wait_is_answered_when_the_customer_goes_back() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("转人工").await;
    for text in ["怎么退货", "真人客服", "谢谢"] {
        li.says(text).await;
    }
    assert_eq!(desk.assistant.heard(), ["转人工"], "while a person is awaited it keeps silent");

    li.view.back_to_assistant().await.unwrap();
    desk.quiet().await;

    assert_eq!(desk.assistant.heard(), ["转人工", "怎么退货"], "the question, not the wish for a person");
    let told = desk.told(&id).await;
    assert_eq!(
        told[told.len() - 2..],
        ["notice: 您已回到 AI 助手，可以继续提问。", "assistant: 签收后 7 天内可以退。"]
    );
    li.says("你好").await;
    assert_eq!(desk.assistant.heard().last().unwrap(), "你好", "it is answered once");
    desk.is_sound().await;
}

#[tokio::test]
async fn who_waits_may_say_that_they_want_the_assistant_back() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("转人工").await;
    li.says("不用等了，回到小二").await;
    assert_eq!(desk.told(&id).await.last().unwrap(), "notice: 您已回到 AI 助手，可以继续提问。");
    assert_eq!(desk.stage(&id).await, "assistant");

    for text in ["转人工", "怎么退货", "算了你来答吧"] {
        li.says(text).await;
    }
    let told = desk.told(&id).await;
    assert_eq!(
        told[told.len() - 2..],
        ["notice: 您已回到 AI 助手，可以继续提问。", "assistant: 签收后 7 天内可以退。"],
        "what was asked meanwhile is answered: {told:?}"
    );
    desk.is_sound().await;
}

#[tokio::test]
async fn a_question_on_which_the_assistant_breaks_does_not_keep_the_customer_from_coming_back() {
    let desk = desk().await;
    let li = desk.customer("李雷");
    let id = li.says("转人工").await;
    li.says(BREAKS).await;
    for stage in ["waiting", "assistant"] {
        li.view.back_to_assistant().await.unwrap();
        desk.quiet().await;
        assert_eq!(desk.stage(&id).await, stage, "{:?}", desk.told(&id).await);
    }
    desk.is_sound().await;
}

#[tokio::test]
async fn who_gets_angry_in_the_wait_is_seen_first_and_loses_it_no_more() {
    let desk = desk().await;
    let wang = desk.agent("Wang").await;
    let (first, second) = (desk.customer("一"), desk.customer("二"));
    let calm = first.says("转人工").await;
    desk.clock.step(1);
    let angry = second.says("转人工").await;
    let listed = async || {
        let rows = wang.view.conversations(Listing::Waiting, &Page { after: None, limit: 9 }).await.unwrap();
        rows.into_iter().map(|row| row.conversation.id).collect::<Vec<_>>()
    };
    assert_eq!(listed().await, [calm.clone(), angry.clone()]);
    for text in ["你们太垃圾了，气死我了！！！", "谢谢", "有点失望"] {
        second.says(text).await;
    }
    assert_eq!(desk.conversation(&angry).await.mood, "angry");
    assert_eq!(listed().await, [angry, calm]);
}

#[tokio::test]
async fn no_notices_once_a_person_is_there() {
    let desk = desk().await;
    let wang = desk.agent("Wang").await;
    let id = desk.customer("李雷").says("转人工").await;
    wang.takes_over(&id).await.unwrap();
    let before = desk.told(&id).await;
    desk.clock.step(600);
    desk.quiet().await;
    assert_eq!(desk.told(&id).await, before);
}

#[tokio::test]
async fn word_left_in_the_form_is_for_people_and_not_for_the_assistant() {
    let desk = desk().await;
    let (li, wang) = (desk.customer("李雷"), desk.agent("Wang").await);
    let id = li.says("转人工").await;
    desk.clock.step(300);
    desk.quiet().await;
    let leave = |contact: &str, text: &str| {
        li.view.leave_word(Some("李雷".to_owned()), contact.to_owned(), text.to_owned())
    };
    assert!(matches!(leave(" ", "请回电").await, Err(ActError::Empty)));
    assert!(matches!(leave(&"1".repeat(201), "请回电").await, Err(ActError::TooLong(_))));
    leave("13800000000", "请回电").await.unwrap();

    let told = wang.view.conversation(&id).await.unwrap();
    let customer = told.customer.unwrap();
    assert_eq!((customer.name.as_deref(), customer.contact.as_deref()), (Some("李雷"), Some("13800000000")));
    assert!(desk.told(&id).await.last().unwrap().contains("留言已收到"));

    li.view.back_to_assistant().await.unwrap();
    li.says("怎么退货").await;
    assert_eq!(desk.assistant.heard(), ["转人工", "怎么退货"]);
    desk.is_sound().await;
}
