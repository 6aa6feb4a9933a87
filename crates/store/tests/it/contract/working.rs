//! Jobs are worked on, and messages find their way out.

use domain::{ConversationId, DeliveryState, MessageId};
use store::{Change, JobKind, Lease, NewDelivery, NewJob, Store};

use crate::scene::{Scene, at, inbound, until};

fn job(key: &str, due: i64) -> NewJob {
    NewJob { kind: JobKind::Notice, key: key.to_owned(), due: at(due) }
}

async fn claim(store: &dyn Store, now: i64, limit: u32) -> Vec<store::Job> {
    store.claim(JobKind::Notice, at(now), Lease { until: at(now + 60) }, limit).await.unwrap()
}

fn keys(jobs: &[store::Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.key.as_str()).collect()
}

pub(crate) async fn due_jobs_are_leased_oldest_first(store: &dyn Store) {
    for (key, due) in [("third", 3), ("first", 1), ("second", 2), ("later", 100)] {
        store.enqueue(job(key, due)).await.unwrap();
    }
    assert_eq!(store.claim(JobKind::Deliver, at(10), until(60), 9).await.unwrap(), []);
    assert_eq!(keys(&claim(store, 0, 9).await), [""; 0]);
    let early = claim(store, 10, 2).await;
    assert_eq!(keys(&early), ["first", "second"]);
    assert_eq!(keys(&claim(store, 10, 9).await), ["third"]);
    assert_eq!(keys(&claim(store, 69, 9).await), [""; 0]);

    let again = claim(store, 70, 1).await;
    assert_eq!(keys(&again), ["first"], "its lease ran out");
    assert!(again[0].fence > early[0].fence);
    assert_eq!(store.backlog().await.unwrap(), [(JobKind::Notice, 4)]);
}

pub(crate) async fn a_job_that_failed_comes_again(store: &dyn Store) {
    store.enqueue(job("push", 0)).await.unwrap();
    let first = &claim(store, 1, 1).await[0];
    assert_eq!(first.attempts, 0);
    assert!(store.retry(first.kind, &first.key, first.fence, at(30), "no answer").await.unwrap());
    assert!(!store.retry(first.kind, &first.key, first.fence, at(2), "again").await.unwrap());

    assert_eq!(claim(store, 29, 1).await, []);
    let second = &claim(store, 30, 1).await[0];
    assert_eq!(second.attempts, 1);
    assert!(store.finish(second.kind, &second.key, second.fence).await.unwrap());
    assert_eq!(store.backlog().await.unwrap(), []);
}

pub(crate) async fn a_lost_lease_finishes_nothing(store: &dyn Store) {
    store.enqueue(job("push", 0)).await.unwrap();
    let slow = &claim(store, 0, 1).await[0];
    let quick = &claim(store, 60, 1).await[0];

    assert!(!store.finish(slow.kind, &slow.key, slow.fence).await.unwrap());
    assert!(!store.retry(slow.kind, &slow.key, slow.fence, at(0), "late").await.unwrap());
    assert!(store.finish(quick.kind, &quick.key, quick.fence).await.unwrap());
    assert!(!store.finish(quick.kind, &quick.key, quick.fence).await.unwrap());
}

pub(crate) async fn finishing_forgets_no_message(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    scene.receive(inbound("李雷", "2"), 1, None).await;
    let key = first.conversation.id.as_str();
    assert!(store.finish(JobKind::Answer, key, first.claimed.unwrap().fence).await.unwrap());

    let left = store.claim(JobKind::Answer, at(2), until(60), 1).await.unwrap();
    assert_eq!(left.len(), 1, "the second message came while the first was worked on");
    assert_eq!(left[0].seq, 2);
    assert!(store.finish(JobKind::Answer, key, left[0].fence).await.unwrap());
    assert_eq!(store.backlog().await.unwrap(), []);
}

pub(crate) async fn queueing_again_only_hurries(store: &dyn Store) {
    store.enqueue(job("notice", 50)).await.unwrap();
    store.enqueue(job("notice", 90)).await.unwrap();
    assert_eq!(claim(store, 49, 1).await, []);
    store.enqueue(job("notice", 20)).await.unwrap();
    assert_eq!(keys(&claim(store, 20, 9).await), ["notice"]);

    let scene = Scene::new(store);
    let said = scene.receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    let key = said.conversation.id.as_str().to_owned();
    assert!(store.finish(JobKind::Answer, &key, said.claimed.unwrap().fence).await.unwrap());
    store.enqueue(NewJob { kind: JobKind::Answer, key, due: at(0) }).await.unwrap();
    let answer = store.claim(JobKind::Answer, at(0), until(60), 1).await.unwrap();
    assert_eq!(answer[0].seq, 1, "an answer that is asked for covers all that was said");
}

pub(crate) async fn what_is_wanted_again_while_it_is_worked_on_is_not_lost(store: &dyn Store) {
    store.enqueue(job("call", 0)).await.unwrap();
    let first = &claim(store, 0, 1).await[0];
    store.enqueue(job("call", 1)).await.unwrap();
    assert_eq!(claim(store, 1, 1).await, [], "one at a time");
    assert!(store.finish(first.kind, &first.key, first.fence).await.unwrap());
    let second = &claim(store, 1, 1).await[0];
    assert!(store.finish(second.kind, &second.key, second.fence).await.unwrap());
    assert_eq!(store.backlog().await.unwrap(), []);
}

pub(crate) async fn a_new_process_frees_all_leases(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = scene.receive(inbound("李雷", "1"), 0, Some(until(3600))).await;
    store.enqueue(job("notice", 0)).await.unwrap();
    let notice = &claim(store, 0, 1).await[0];
    assert_eq!(store.release_leases().await.unwrap(), 2);
    assert_eq!(store.release_leases().await.unwrap(), 0);

    assert!(!store.finish(notice.kind, &notice.key, notice.fence).await.unwrap());
    assert_eq!(keys(&claim(store, 0, 1).await), ["notice"]);
    let answer = store.claim(JobKind::Answer, at(0), until(60), 1).await.unwrap();
    assert!(answer[0].fence > said.claimed.unwrap().fence);
}

async fn pushed(scene: &Scene<'_>, sender: &str) -> (ConversationId, MessageId) {
    let mut change = Change::of(scene.says(sender).await.conversation, at(0));
    change.messages = vec![scene.answer("好")];
    let message = change.messages[0].id.clone();
    change.deliveries = vec![NewDelivery { message: message.clone() }];
    (scene.change(change).await.id, message)
}

/// Every move that is possible, from every state; all others are refused.
pub(crate) async fn deliveries_only_move_forward(store: &dyn Store) {
    use DeliveryState::{Failed, InDoubt, Queued, Sending, Sent};
    let scene = Scene::new(store);
    let states = [Queued, Sending, Sent, Failed, InDoubt];
    let ways: [(DeliveryState, &[DeliveryState]); 5] = [
        (Queued, &[]),
        (Sending, &[Sending]),
        (Sent, &[Sending, Sent]),
        (Failed, &[Sending, Failed]),
        (InDoubt, &[Sending, InDoubt]),
    ];
    let mut possible = Vec::new();
    for (from, way) in ways {
        for to in states {
            let (_, message) = pushed(&scene, &format!("{from:?} {to:?}")).await;
            let mut now = Queued;
            for step in way {
                assert!(store.move_delivery(&message, now, *step, None, at(1)).await.unwrap());
                now = *step;
            }
            let elsewhere = if from == Queued { Sending } else { Queued };
            assert!(!store.move_delivery(&message, elsewhere, Failed, None, at(2)).await.unwrap());
            if store.move_delivery(&message, from, to, Some("why"), at(2)).await.unwrap() {
                possible.push((from, to));
                let delivery = store.delivery(&message).await.unwrap().unwrap();
                assert_eq!(
                    (delivery.state, delivery.error.as_deref(), delivery.at),
                    (to, Some("why"), at(2))
                );
                let tries = u32::from(from != Queued) + u32::from(to == Sending);
                assert_eq!(delivery.attempts, tries);
            }
        }
    }
    assert_eq!(
        possible,
        [
            (Queued, Sending),
            (Queued, Sent),
            (Queued, Failed),
            (Queued, InDoubt),
            (Sending, Queued),
            (Sending, Sent),
            (Sending, Failed),
            (Sending, InDoubt),
            (Sent, Failed),
            (Failed, Queued),
            (InDoubt, Queued),
            (InDoubt, Sent),
            (InDoubt, Failed),
        ]
    );
}

pub(crate) async fn deliveries_are_told_in_the_order_of_their_messages(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut change = Change::of(scene.says("李雷").await.conversation, at(0));
    let names: [MessageId; 3] = ["z".into(), "a".into(), "m".into()];
    for name in &names {
        change.messages.push(store::NewMessage { id: name.clone(), ..scene.answer("好") });
        change.deliveries.push(NewDelivery { message: name.clone() });
    }
    let conversation = scene.change(change).await.id;
    let troubled = store.troubled_deliveries(&conversation).await.unwrap();
    assert_eq!(troubled.into_iter().map(|one| one.message).collect::<Vec<_>>(), names);
}

pub(crate) async fn what_was_being_sent_is_in_doubt(store: &dyn Store) {
    let scene = Scene::new(store);
    let (conversation, sending) = pushed(&scene, "李雷").await;
    let (elsewhere, sent) = pushed(&scene, "韩梅梅").await;
    let (_, queued) = pushed(&scene, "小明").await;
    for message in [&sending, &sent] {
        let from = DeliveryState::Queued;
        assert!(store.move_delivery(message, from, DeliveryState::Sending, None, at(1)).await.unwrap());
    }
    let done = store.move_delivery(&sent, DeliveryState::Sending, DeliveryState::Sent, None, at(2));
    assert!(done.await.unwrap());

    assert_eq!(store.doubt_unfinished_deliveries(at(3)).await.unwrap(), 1);
    assert_eq!(store.doubt_unfinished_deliveries(at(4)).await.unwrap(), 0);
    let troubled = store.troubled_deliveries(&conversation).await.unwrap();
    assert_eq!(troubled.len(), 1);
    assert_eq!((&troubled[0].message, troubled[0].state), (&sending, DeliveryState::InDoubt));
    assert_eq!(troubled[0].at, at(3));
    assert_eq!(store.troubled_deliveries(&elsewhere).await.unwrap(), []);
    assert_eq!(store.delivery(&queued).await.unwrap().unwrap().state, DeliveryState::Queued);
    assert_eq!(store.delivery(&"fetched".into()).await.unwrap(), None);
}
