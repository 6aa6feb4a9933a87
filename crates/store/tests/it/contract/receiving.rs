//! Messages come in.

use std::collections::HashSet;

use domain::{Author, Lang, Stage};
use store::{JobKind, Store};

use crate::scene::{Scene, at, inbound, until};

pub(crate) async fn a_first_message_opens_a_conversation(store: &dyn Store) {
    let scene = Scene::new(store);
    let received = scene.receive(inbound("李雷", "1"), 5, None).await;

    assert!(!received.repeated);
    assert_eq!(received.claimed, None);
    assert_eq!(received.message.seq, 1);
    assert_eq!(received.message.author, Author::Customer);
    assert_eq!(received.message.at, at(5));
    assert_eq!(received.message.content.text, "李雷 说 1");
    assert_eq!(received.message.external_id.as_deref(), Some("1"));
    let conversation = received.conversation;
    assert_eq!((conversation.last_seq, conversation.answered_seq, conversation.revision), (1, 0, 0));
    assert_eq!(conversation.stage, Stage::WithAssistant);
    assert_eq!(store.conversation(&conversation.id).await.unwrap(), Some(conversation.clone()));
    assert_eq!(store.message(&received.message.id).await.unwrap(), Some(received.message));
    let customer = store.customer(&conversation.customer).await.unwrap().unwrap();
    assert_eq!((customer.name, customer.lang, customer.since), (None, Lang::Zh, at(5)));
    assert_eq!(store.backlog().await.unwrap(), [(JobKind::Answer, 1)]);
}

pub(crate) async fn the_same_message_again_changes_nothing(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let again = scene.receive(inbound("李雷", "1"), 1, Some(until(60))).await;

    assert!(again.repeated);
    assert_eq!(again.message, first.message);
    assert_eq!(again.conversation, first.conversation);
    assert_eq!(again.claimed, None);
    assert_eq!(scene.places(&first.conversation.id).await, [1]);
}

pub(crate) async fn the_same_call_again_changes_nothing(store: &dyn Store) {
    let fresh = || ("customer".into(), "conversation".into(), "message".into());
    let first = store.receive(inbound("李雷", "1"), fresh(), at(0), None).await.unwrap();
    let again = store.receive(inbound("李雷", "1"), fresh(), at(0), None).await.unwrap();

    assert!(again.repeated);
    assert_eq!(again.message, first.message);
}

pub(crate) async fn a_repeat_finds_its_closed_conversation(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, None).await;
    let closed = scene.closes(first.conversation, 1).await;
    let again = scene.receive(inbound("李雷", "1"), 2, None).await;

    assert!(again.repeated);
    assert_eq!(again.conversation, closed);
    assert_eq!(store.thread(&"shop".into(), "李雷", 10).await.unwrap(), [closed]);
}

pub(crate) async fn two_hundred_at_once_with_repeats(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = |n: usize| inbound(&format!("customer {}", n % 10), &format!("words {}", n % 100));
    let received = scene.all_at_once((0..200).map(said).collect()).await;

    assert_eq!(received.iter().filter(|one| !one.repeated).count(), 100);
    let names: HashSet<_> = received.iter().map(|one| one.message.id.clone()).collect();
    assert_eq!(names.len(), 100);
    for (n, one) in received.iter().enumerate() {
        assert_eq!(one.message.external_id, Some(format!("words {}", n % 100)));
        assert_eq!(one.message.id, received[n % 100].message.id);
    }
    for one in &received[..10] {
        assert_eq!(scene.places(&one.conversation.id).await, (1..=10).collect::<Vec<_>>());
    }
    assert_eq!(store.backlog().await.unwrap(), [(JobKind::Answer, 10)]);
}

pub(crate) async fn places_have_no_gaps(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut expected = Vec::new();
    for (burst, size) in [1, 7, 40].into_iter().enumerate() {
        let words = |n| inbound("李雷", &format!("{burst}/{n}"));
        let received = scene.all_at_once((0..size).map(words).collect()).await;
        let mut places: Vec<i64> = received.iter().map(|one| one.message.seq).collect();
        places.sort_unstable();
        expected.extend(places);
    }
    assert_eq!(expected, (1..=48).collect::<Vec<_>>());
    let thread = store.thread(&"shop".into(), "李雷", 10).await.unwrap();
    assert_eq!(thread.len(), 1);
    assert_eq!(thread[0].last_seq, 48);
    assert_eq!(scene.places(&thread[0].id).await, expected);
}

pub(crate) async fn the_same_name_from_elsewhere_is_no_repeat(store: &dyn Store) {
    let scene = Scene::new(store);
    let lilei = scene.receive(inbound("李雷", "1"), 0, None).await;
    let meimei = scene.receive(inbound("韩梅梅", "1"), 0, None).await;
    let mut on_wechat = inbound("李雷", "1");
    on_wechat.channel = "wechat".into();
    let on_wechat = scene.receive(on_wechat, 0, None).await;

    assert!(!meimei.repeated && !on_wechat.repeated);
    assert_ne!(lilei.conversation.customer, meimei.conversation.customer);
    assert_ne!(lilei.conversation.id, on_wechat.conversation.id);
}

pub(crate) async fn a_lease_is_given_once(store: &dyn Store) {
    let scene = Scene::new(store);
    let words = |n| scene.receive(inbound("李雷", n), 0, Some(until(60)));
    let received = tokio::join!(words("1"), words("2"), words("3"));
    let claims = [received.0.claimed, received.1.claimed, received.2.claimed];

    let given: Vec<_> = claims.into_iter().flatten().collect();
    assert_eq!(given.len(), 1);
    let due = store.claim(JobKind::Answer, at(0), until(60), 10).await.unwrap();
    assert_eq!(due, [], "a leased job is nobody else's");
}

pub(crate) async fn messages_join_a_leased_job(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let second = scene.receive(inbound("李雷", "2"), 1, Some(until(60))).await;

    assert_eq!(first.claimed.map(|claimed| claimed.seq), Some(1));
    assert_eq!(second.claimed, None);
    assert_eq!(second.message.seq, 2);
    assert_eq!(second.conversation.revision, first.conversation.revision);
    assert_eq!(store.backlog().await.unwrap(), [(JobKind::Answer, 1)]);
}

pub(crate) async fn a_lease_that_ran_out_goes_to_the_next(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await.claimed.unwrap();
    let second = scene.receive(inbound("李雷", "2"), 60, Some(until(120))).await.claimed.unwrap();

    assert!(second.fence > first.fence);
    assert_eq!(second.seq, 2);
    let conversation = &store.thread(&"shop".into(), "李雷", 1).await.unwrap()[0];
    assert!(!store.finish(JobKind::Answer, conversation.id.as_str(), first.fence).await.unwrap());
}

pub(crate) async fn with_an_agent_there_is_nothing_to_answer(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let key = first.conversation.id.as_str().to_owned();
    assert!(store.finish(JobKind::Answer, &key, first.claimed.unwrap().fence).await.unwrap());
    scene.takes_over("wang", first.conversation, 1).await;
    let second = scene.receive(inbound("李雷", "2"), 2, Some(until(60))).await;

    assert_eq!(second.claimed, None);
    assert_eq!(second.conversation.stage.name(), "agent");
    assert_eq!(store.backlog().await.unwrap(), []);
}

pub(crate) async fn after_the_end_a_new_conversation_of_the_same_customer(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut first = inbound("李雷", "1");
    first.name = Some("Li Lei".to_owned());
    let first = scene.receive(first, 0, None).await;
    scene.closes(first.conversation.clone(), 1).await;
    let second = scene.receive(inbound("李雷", "2"), 2, None).await;

    assert_ne!(second.conversation.id, first.conversation.id);
    assert_eq!(second.conversation.customer, first.conversation.customer);
    assert_eq!(second.message.seq, 1);
    let newest_first: Vec<_> = store.thread(&"shop".into(), "李雷", 10).await.unwrap();
    assert_eq!(
        newest_first.iter().map(|c| &c.id).collect::<Vec<_>>(),
        [&second.conversation.id, &first.conversation.id]
    );
    let customer = store.customer(&first.conversation.customer).await.unwrap().unwrap();
    assert_eq!(customer.name.as_deref(), Some("Li Lei"));
    assert_eq!(customer.since, at(0));
}

pub(crate) async fn a_name_is_learnt_and_kept(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut customer = None;
    for (n, name) in [None, Some("Li Lei"), Some("Somebody Else"), None].into_iter().enumerate() {
        let mut said = inbound("李雷", &n.to_string());
        said.name = name.map(str::to_owned);
        customer = Some(scene.receive(said, 0, None).await.conversation.customer);
    }
    let customer = store.customer(&customer.unwrap()).await.unwrap().unwrap();
    assert_eq!(customer.name.as_deref(), Some("Li Lei"));
}

pub(crate) async fn the_language_is_the_last_spoken(store: &dyn Store) {
    let scene = Scene::new(store);
    scene.says("李雷").await;
    let mut english = inbound("李雷", "in English");
    english.lang = Lang::En;
    let received = scene.receive(english, 0, None).await;

    assert_eq!(received.conversation.lang, Lang::En);
    assert_eq!(received.message.content.lang, Lang::En);
    let customer = store.customer(&received.conversation.customer).await.unwrap().unwrap();
    assert_eq!(customer.lang, Lang::En);
}
