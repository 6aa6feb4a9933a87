//! Conversations change.

use domain::{AgentId, HandoverReason, Lang, Timestamp};
use store::{Applied, Change, Fence, JobKind, NewDelivery, NewJob, Settled, Store};

use super::judging::trace;
use crate::scene::{Scene, at, inbound, until};

pub(crate) async fn an_answer_is_written_with_all_that_follows(store: &dyn Store) {
    let scene = Scene::new(store);
    let received = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let mut change = Change::of(received.conversation.clone(), at(1));
    change.conversation.intent = Some("returns".to_owned());
    change.messages = vec![scene.answer("七天内可退"), scene.notice()];
    change.traces = vec![trace("answer-1", &received.conversation.id, 1)];
    let pushed = change.messages[0].id.clone();
    change.deliveries = vec![NewDelivery { message: pushed.clone() }];
    change.jobs = vec![NewJob { kind: JobKind::Notice, key: "later".to_owned(), due: at(90) }];
    change.settles = Some(Settled { fence: received.claimed.unwrap().fence, seq: 1 });
    let applied = store.apply(change).await.unwrap();

    let Applied::Done { conversation, messages, more: None } = applied else { panic!("{applied:?}") };
    assert_eq!((conversation.revision, conversation.last_seq, conversation.answered_seq), (1, 3, 1));
    assert_eq!(conversation.intent.as_deref(), Some("returns"));
    assert_eq!(store.conversation(&conversation.id).await.unwrap(), Some(conversation.clone()));
    assert_eq!(store.messages(&conversation.id, 1, 10).await.unwrap(), messages);
    assert_eq!(scene.places(&conversation.id).await, [1, 2, 3]);
    let trace = trace("answer-1", &conversation.id, 1);
    assert_eq!(store.trace(&trace.id).await.unwrap().as_ref(), Some(&trace));
    assert_eq!(store.traces(&conversation.id).await.unwrap(), [trace]);
    assert_eq!(store.delivery(&pushed).await.unwrap().unwrap().attempts, 0);
    let mut backlog = store.backlog().await.unwrap();
    backlog.sort_by_key(|(kind, _)| kind.name());
    assert_eq!(backlog, [(JobKind::Deliver, 1), (JobKind::Notice, 1)], "the answered job is gone");
}

pub(crate) async fn an_old_revision_is_refused(store: &dyn Store) {
    let scene = Scene::new(store);
    let received = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let old = received.conversation.clone();
    let current = scene.waits(received.conversation, 1).await;
    let mut change = Change::of(old, at(2));
    change.messages = vec![scene.answer("too late")];
    change.traces = vec![trace("answer-1", &current.id, 2)];
    change.settles = Some(Settled { fence: received.claimed.unwrap().fence, seq: 1 });

    assert_eq!(store.apply(change).await.unwrap(), Applied::Conflict);
    assert_eq!(scene.places(&current.id).await, [1]);
    assert_eq!(store.traces(&current.id).await.unwrap(), []);
    assert_eq!(store.conversation(&current.id).await.unwrap(), Some(current));
    assert_eq!(store.backlog().await.unwrap(), [(JobKind::Answer, 1)]);
}

pub(crate) async fn a_lost_lease_is_refused(store: &dyn Store) {
    let scene = Scene::new(store);
    let received = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let lost = received.claimed.unwrap().fence;
    let job = &store.claim(JobKind::Answer, at(61), until(120), 1).await.unwrap()[0];
    assert!(job.fence > lost);
    let mut change = Change::of(received.conversation.clone(), at(62));
    change.messages = vec![scene.answer("from the grave")];
    for fence in [lost, Fence(job.fence.0 + 1), Fence(0)] {
        change.settles = Some(Settled { fence, seq: 1 });
        assert_eq!(store.apply(change.clone()).await.unwrap(), Applied::Conflict);
    }

    assert_eq!(scene.places(&received.conversation.id).await, [1]);
    change.settles = Some(Settled { fence: job.fence, seq: 1 });
    scene.change(change).await;
}

pub(crate) async fn an_old_lease_never_fits_a_later_job(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let old = first.claimed.unwrap().fence;
    assert!(store.finish(JobKind::Answer, first.conversation.id.as_str(), old).await.unwrap());
    let second = scene.receive(inbound("李雷", "2"), 1, Some(until(60))).await;

    assert!(second.claimed.unwrap().fence > old);
    let mut change = Change::of(second.conversation, at(2));
    change.settles = Some(Settled { fence: old, seq: 2 });
    assert_eq!(store.apply(change).await.unwrap(), Applied::Conflict);
}

pub(crate) async fn a_newer_message_keeps_the_lease(store: &dyn Store) {
    let scene = Scene::new(store);
    let received = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let fence = received.claimed.unwrap().fence;
    scene.says("李雷").await;
    scene.says("李雷").await;

    let settle = |conversation, seq| {
        let mut change = Change::of(conversation, at(1));
        change.messages = vec![scene.answer("好")];
        change.settles = Some(Settled { fence, seq });
        store.apply(change)
    };
    let applied = settle(received.conversation, 1).await.unwrap();
    let Applied::Done { conversation, more: Some(3), .. } = applied else { panic!("{applied:?}") };
    assert_eq!(conversation.answered_seq, 1);
    assert_eq!(store.claim(JobKind::Answer, at(1), until(60), 1).await.unwrap(), []);
    let applied = settle(conversation, 3).await.unwrap();
    let Applied::Done { conversation, more: None, .. } = applied else { panic!("{applied:?}") };
    assert_eq!((conversation.answered_seq, conversation.last_seq), (3, 5));
    assert_eq!(store.backlog().await.unwrap(), []);
}

pub(crate) async fn a_message_meanwhile_is_no_conflict(store: &dyn Store) {
    let scene = Scene::new(store);
    let read = scene.says("李雷").await.conversation;
    let mut english = inbound("李雷", "in English");
    english.lang = Lang::En;
    scene.receive(english, 9, None).await;
    let mut change = Change::of(read, at(5));
    change.messages = vec![scene.answer("好的")];
    let conversation = scene.change(change).await;

    assert_eq!(conversation.last_seq, 3);
    assert_eq!(conversation.lang, Lang::En, "the customer spoke last");
    assert_eq!(conversation.updated_at, at(9), "time does not run backwards");
}

pub(crate) async fn two_agents_take_over_and_one_wins(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = scene.says("李雷").await.conversation;
    let waiting = scene.waits(said, 1).await;
    let take = |agent: &str| {
        let mut mine = waiting.clone();
        mine.take_over(&AgentId::from(agent), at(2)).unwrap();
        store.apply(Change::of(mine, at(2)))
    };
    let (wang, zhao) = tokio::join!(take("wang"), take("zhao"));

    let won = [wang.unwrap(), zhao.unwrap()].map(|applied| applied != Applied::Conflict);
    assert!(won[0] ^ won[1], "{won:?}");
    let owner = store.conversation(&waiting.id).await.unwrap().unwrap();
    assert_eq!(owner.stage.agent(), Some(&AgentId::from(if won[0] { "wang" } else { "zhao" })));
}

pub(crate) async fn an_agents_repeat_is_written_once(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = scene.says("李雷").await.conversation;
    let taken = scene.takes_over("wang", said, 1).await;
    let say = |id: &str| {
        let mut change = Change::of(taken.clone(), at(2));
        change.messages = vec![scene.reply("wang", id)];
        store.apply(change)
    };
    let first = say("uuid-1").await.unwrap();
    let Applied::Done { messages, .. } = &first else { panic!("{first:?}") };
    assert_eq!(messages[0].seq, 2);

    assert_eq!(say("uuid-1").await.unwrap(), first, "also from a revision that is long gone");
    assert_eq!(say("uuid-2").await.unwrap(), Applied::Conflict);
    assert_eq!(scene.places(&taken.id).await, [1, 2]);
}

pub(crate) async fn answers_beside_a_person_are_counted(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = scene.says("李雷").await.conversation;
    let mut handing_over = Change::of(said, at(1));
    handing_over.conversation.ask_for_person(HandoverReason::Asked, at(1));
    handing_over.messages = vec![scene.answer("我请同事来")];
    let waiting = scene.change(handing_over).await;
    let taken = scene.takes_over("wang", waiting, 2).await;
    let mut right = Change::of(taken, at(3));
    right.messages = vec![scene.notice(), scene.reply("wang", "uuid-1")];
    let taken = scene.change(right).await;
    assert_eq!(store.count_violations().await.unwrap(), 0);

    let mut wrong = Change::of(taken, at(4));
    wrong.messages = vec![scene.answer("我也在")];
    scene.change(wrong).await;
    assert_eq!(store.count_violations().await.unwrap(), 1);
}

pub(crate) async fn there_is_no_such_conversation(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut conversation = scene.says("李雷").await.conversation;
    conversation.id = "elsewhere".into();

    assert_eq!(store.conversation(&conversation.id).await.unwrap(), None);
    assert_eq!(store.apply(Change::of(conversation, at(1))).await.unwrap(), Applied::Conflict);
    assert_eq!(store.message(&"nothing".into()).await.unwrap(), None);
    assert_eq!(store.trace(&"nothing".into()).await.unwrap(), None);
    assert_eq!(store.customer(&"nobody".into()).await.unwrap(), None);
}

pub(crate) async fn times_are_kept_to_the_microsecond(store: &dyn Store) {
    let scene = Scene::new(store);
    let now = Timestamp::from_nanosecond(1_780_000_000_123_456_789).unwrap();
    let received = store.receive(inbound("李雷", "1"), scene.fresh(), now, None).await.unwrap();
    let mut waiting = received.conversation.clone();
    waiting.ask_for_person(HandoverReason::Asked, now);
    let mut change = Change::of(waiting, now);
    change.messages = vec![scene.answer("请稍候")];
    let applied = store.apply(change).await.unwrap();
    let Applied::Done { conversation, messages, .. } = applied else { panic!("{applied:?}") };

    assert_eq!(received.message.at.subsec_nanosecond(), 123_456_000);
    let kept = store.messages(&conversation.id, 0, 10).await.unwrap();
    assert_eq!(kept, [received.message, messages[0].clone()]);
    assert_eq!(store.conversation(&conversation.id).await.unwrap(), Some(conversation));
}
