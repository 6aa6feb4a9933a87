//! Out to a foreign platform, once.

use domain::{ChannelId, ConversationId, DeliveryState, Inbound, Lang, Message, MessageId};
use store::Work;
use testkit::{Callback, Does, TestDesk};

async fn desk(callback: &Callback) -> TestDesk {
    TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").channel("shop", &callback.url()).open().await
}

async fn says(desk: &TestDesk, id: &str, text: &str) -> ConversationId {
    let inbound = Inbound {
        channel: ChannelId::from("shop"),
        sender: "li".to_owned(),
        external_id: id.to_owned(),
        text: text.to_owned(),
        name: None,
        lang: Lang::Zh,
        attributes: domain::Attributes::default(),
    };
    let conversation = desk.reception.receive(inbound).await.expect("accepted").conversation;
    desk.quiet().await;
    conversation
}

async fn last(desk: &TestDesk, id: &ConversationId) -> Message {
    desk.log(id).await.pop().expect("something was said")
}

async fn state(desk: &TestDesk, message: &MessageId) -> DeliveryState {
    desk.store.delivery(message).await.unwrap().expect("it is pushed").state
}

async fn later(desk: &TestDesk, seconds: i64) {
    desk.clock.step(seconds);
    desk.quiet().await;
}

#[tokio::test]
async fn an_answer_is_sent_once_signed_and_in_the_customers_terms() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    let id = says(&desk, "m1", "怎么退货").await;
    let answer = last(&desk, &id).await;
    later(&desk, 3_600).await;

    let taken = callback.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].id, answer.id.as_str());
    assert_eq!(
        (&taken[0].body["data"]["to"], &taken[0].body["data"]["text"]),
        (&"li".into(), &"签收后 7 天内可以退。".into())
    );
    assert_eq!(state(&desk, &answer.id).await, DeliveryState::Sent);
    assert_eq!(
        desk.store.delivery(&desk.log(&id).await[0].id).await.unwrap(),
        None,
        "their own words are not sent back"
    );
    desk.is_sound().await;
}

#[tokio::test]
async fn where_nobody_listens_it_is_tried_again_until_somebody_does() {
    let address = Callback::open().await.address;
    let desk = TestDesk::with().channel("shop", &format!("http://{address}/replies")).open().await;
    let id = says(&desk, "m1", "你好").await;
    let answer = last(&desk, &id).await;
    assert_eq!(state(&desk, &answer.id).await, DeliveryState::Queued);
    later(&desk, 10).await;
    assert_eq!(state(&desk, &answer.id).await, DeliveryState::Queued);

    let callback = Callback::open_at(address).await;
    desk.quiet().await;
    assert_eq!(callback.taken().len(), 0, "not before its time");
    later(&desk, 10).await;
    assert_eq!((callback.taken().len(), state(&desk, &answer.id).await), (1, DeliveryState::Sent));
}

#[tokio::test]
async fn a_platform_in_trouble_is_given_more_time_after_every_try() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    callback.does(&[Does::Answers(500), Does::Answers(429), Does::Answers(503)]);
    let id = says(&desk, "m1", "怎么退货").await;
    let answer = last(&desk, &id).await.id;
    // Two, four, eight seconds, and up to a quarter more of each.
    for (tries, seconds) in [(1, 2), (2, 4), (3, 8)] {
        assert_eq!((callback.taken().len(), state(&desk, &answer).await), (tries, DeliveryState::Queued));
        later(&desk, seconds - 1).await;
        assert_eq!(callback.taken().len(), tries, "not before its time");
        later(&desk, 1 + seconds / 4 + 1).await;
    }
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (4, DeliveryState::Sent));
    assert!(
        callback.taken().iter().all(|taken| taken.id == answer.as_str()),
        "under the same name each time"
    );
}

#[tokio::test]
async fn after_a_day_of_trying_it_has_failed_and_people_see_it() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    let wang = desk.agent("Wang").await;
    callback.does(&[Does::Answers(500); 40]);
    let id = says(&desk, "m1", "怎么退货").await;
    for _ in 0..40 {
        later(&desk, 6 * 3_600).await;
    }
    assert_eq!(callback.taken().len(), 12);
    let troubled = wang.view.conversation(&id).await.unwrap().troubled;
    assert_eq!(
        troubled.iter().map(|one| (one.state, one.attempts)).collect::<Vec<_>>(),
        [(DeliveryState::Failed, 12)]
    );
    assert!(troubled[0].error.as_deref().is_some_and(|why| why.contains("500")), "{troubled:?}");
}

#[tokio::test]
async fn what_the_platform_refuses_is_not_tried_again_unless_a_person_says_so() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    let wang = desk.agent("Wang").await;
    callback.does(&[Does::Answers(400)]);
    let id = says(&desk, "m1", "怎么退货").await;
    let answer = last(&desk, &id).await.id;
    later(&desk, 86_400).await;
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (1, DeliveryState::Failed));

    assert!(wang.view.resolve_doubt(&answer, true).await.unwrap());
    desk.quiet().await;
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (2, DeliveryState::Sent));
}

#[tokio::test]
async fn what_is_in_doubt_is_shown_and_never_sent_again_by_itself() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    callback.does(&[Does::HangsUp]);
    let id = says(&desk, "m1", "怎么退货").await;
    let answer = last(&desk, &id).await.id;
    later(&desk, 86_400).await;
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (1, DeliveryState::InDoubt));

    let desk = desk.restart().await;
    later(&desk, 86_400).await;
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (1, DeliveryState::InDoubt));
    let wang = desk.agent("Wang").await;
    let troubled = wang.view.conversation(&id).await.unwrap().troubled;
    assert_eq!(troubled.iter().map(|one| &one.message).collect::<Vec<_>>(), [&answer]);

    assert!(wang.view.resolve_doubt(&answer, true).await.unwrap());
    desk.quiet().await;
    let taken = callback.taken();
    assert_eq!(
        (taken.len(), &taken[1].id),
        (2, &taken[0].id),
        "the same name, so that the platform may notice"
    );
    assert_eq!(state(&desk, &answer).await, DeliveryState::Sent);
    assert!(!wang.view.resolve_doubt(&answer, true).await.unwrap(), "what was sent stays sent");
    desk.is_sound().await;
}

#[tokio::test]
async fn a_person_may_also_know_that_it_arrived() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    callback.does(&[Does::HangsUp]);
    let id = says(&desk, "m1", "怎么退货").await;
    let answer = last(&desk, &id).await.id;
    let wang = desk.agent("Wang").await;
    assert!(wang.view.resolve_doubt(&answer, false).await.unwrap());
    later(&desk, 86_400).await;
    assert_eq!((callback.taken().len(), state(&desk, &answer).await), (1, DeliveryState::Sent));
}

#[tokio::test]
async fn messages_leave_in_their_order_also_when_the_first_is_held_up() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    let wang = desk.agent("Wang").await;
    let id = says(&desk, "m1", "怎么退货").await;
    desk.clock.step(1);
    callback.does(&[Does::Answers(500)]);
    wang.takes_over(&id).await.unwrap();
    for text in ["一", "二", "三"] {
        desk.clock.step(1);
        wang.says(&id, text).await.unwrap();
    }
    for _ in 0..10 {
        later(&desk, 1).await;
    }
    let texts: Vec<String> = callback
        .taken()
        .iter()
        .map(|taken| taken.body["data"]["text"].as_str().unwrap().to_owned())
        .collect();
    let joined = "Wang 已接手，将由人工为您服务。";
    assert_eq!(texts, ["签收后 7 天内可以退。", joined, joined, "一", "二", "三"]);
}

#[tokio::test]
async fn messages_of_the_same_moment_leave_in_their_order() {
    let callback = Callback::open().await;
    let desk = desk(&callback).await;
    let wang = desk.agent("Wang").await;
    let id = says(&desk, "m1", "转人工").await;
    wang.takes_over(&id).await.unwrap();
    // The clock stands still: the names of these differ by chance alone.
    let numbers: Vec<String> = (0..12).map(|at| at.to_string()).collect();
    for text in &numbers {
        wang.says(&id, text).await.unwrap();
    }
    for _ in 0..numbers.len() + 2 {
        later(&desk, 1).await;
    }
    let taken = callback.taken();
    let texts: Vec<&str> = taken.iter().map(|taken| taken.body["data"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts[texts.len() - numbers.len()..], numbers);
}

#[tokio::test]
async fn a_dead_platform_holds_up_no_other() {
    let (dead, alive) = (Callback::open().await.address, Callback::open().await);
    let desk = TestDesk::with()
        .channel("shop", &format!("http://{dead}/replies"))
        .channel("other", &alive.url())
        .open()
        .await;
    says(&desk, "m1", "你好").await;
    let inbound = Inbound {
        channel: ChannelId::from("other"),
        sender: "tom".to_owned(),
        external_id: "m1".to_owned(),
        text: "hello".to_owned(),
        name: None,
        lang: Lang::En,
        attributes: domain::Attributes::default(),
    };
    desk.reception.receive(inbound).await.unwrap();
    desk.quiet().await;
    assert_eq!(alive.taken().len(), 1);
}
