//! Accepting customers' messages: all that arrived together by a handful of statements.
//!
//! The key of `inbox` decides what is new. [`super::senders`] reads what must be known, the rest is
//! worked out in arrival order by [`super::thread`] (which place, who gets the job), and
//! [`super::intake`] writes it.

use std::collections::BTreeMap;

use domain::{Author, Content, ConversationId, CustomerId, Inbound, Message, MessageId, Timestamp};
use sqlx::SqliteConnection;

use super::{intake, senders, thread::Thread, values::kept};
use crate::{Claimed, Fence, Lease, Received, Result};

/// A message that came in, with what is needed to accept it.
pub(super) struct Arrival {
    pub(super) inbound: Inbound,
    pub(super) fresh: (CustomerId, ConversationId, MessageId),
    pub(super) now: Timestamp,
    pub(super) lease: Option<Lease>,
}

/// A sender on a channel.
pub(super) type Sender<'a> = (&'a str, &'a str);

impl Arrival {
    pub(super) fn sender(&self) -> Sender<'_> {
        (self.inbound.channel.as_str(), &self.inbound.sender)
    }
}

/// Accepts messages; the answers are in the order of the arrivals.
pub(super) async fn receive(db: &mut SqliteConnection, arrivals: &[Arrival]) -> Result<Vec<Received>> {
    let is_new = senders::register(db, arrivals).await?;
    let new: Vec<&Arrival> =
        arrivals.iter().zip(&is_new).filter(|(_, new)| **new).map(|(arrival, _)| arrival).collect();
    let mut fresh = accept(db, &new).await?.into_iter();
    let mut received = Vec::with_capacity(arrivals.len());
    for (arrival, is_new) in arrivals.iter().zip(is_new) {
        match if is_new { fresh.next() } else { None } {
            Some(accepted) => received.push(accepted),
            None => received.push(senders::earlier(db, &arrival.inbound).await?),
        }
    }
    Ok(received)
}

/// Accepts messages that were not here before.
async fn accept(db: &mut SqliteConnection, new: &[&Arrival]) -> Result<Vec<Received>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let mut threads = find_threads(db, new).await?;
    let mut received: Vec<Received> =
        new.iter().enumerate().filter_map(|(at, arrival)| place(&mut threads, at, arrival)).collect();
    intake::write(db, &mut threads, &received).await?;
    for job in threads.values().filter_map(|thread| thread.job.as_ref()) {
        if let Some(lucky) = job.claimed_by() {
            received[lucky].claimed = Some(Claimed { fence: Fence(job.fence), seq: job.wanted_seq });
        }
    }
    Ok(received)
}

/// The open conversation of everyone who wrote, opened where there is none.
async fn find_threads<'a>(
    db: &mut SqliteConnection,
    arrivals: &[&'a Arrival],
) -> Result<BTreeMap<Sender<'a>, Thread>> {
    let mut first: BTreeMap<Sender<'a>, &'a Arrival> = BTreeMap::new();
    for arrival in arrivals {
        first.entry(arrival.sender()).or_insert(arrival);
    }
    let senders: Vec<&'a Arrival> = first.into_values().collect();
    let mut threads = BTreeMap::new();
    for (place, thread) in senders::open_threads(db, &senders).await? {
        threads.insert(senders[place].sender(), thread);
    }
    let without: Vec<&'a Arrival> =
        senders.into_iter().filter(|arrival| !threads.contains_key(&arrival.sender())).collect();
    if without.is_empty() {
        return Ok(threads);
    }
    for arrival in &without {
        threads.insert(arrival.sender(), Thread::open(arrival));
    }
    for (place, customer, face) in senders::known_customers(db, &without).await? {
        if let Some(thread) = threads.get_mut(&without[place].sender()) {
            thread.conversation.customer = customer;
            thread.customer = face;
        }
    }
    Ok(threads)
}

/// Gives a message its place in its conversation.
fn place<'a>(
    threads: &mut BTreeMap<Sender<'a>, Thread>,
    at: usize,
    arrival: &'a Arrival,
) -> Option<Received> {
    let thread = threads.get_mut(&arrival.sender())?;
    let seq = thread.hear(arrival);
    thread.want_answer(at, arrival);
    let Inbound { lang, text, external_id, .. } = &arrival.inbound;
    let message = Message {
        id: arrival.fresh.2.clone(),
        conversation: thread.conversation.id.clone(),
        seq,
        author: Author::Customer,
        at: kept(arrival.now),
        content: Content::plain(*lang, text.clone()),
        external_id: Some(external_id.clone()),
    };
    Some(Received { conversation: thread.conversation.clone(), message, repeated: false, claimed: None })
}
