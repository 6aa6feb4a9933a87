//! Accepting customers' messages: all that arrived together by a handful of statements.
//!
//! The key of `inbox` decides what is new. The rest is worked out here in arrival order (which
//! conversation, which place, who gets the job) and then written by [`super::intake`].

use std::collections::BTreeMap;

use domain::{
    Author, Content, Conversation, ConversationId, Customer, CustomerId, Inbound, Lang, Message, MessageId,
    Stage, Timestamp,
};
use sqlx::SqliteConnection;

use super::{
    intake,
    rows::{kept, micros},
    senders,
};
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

/// The `Answer` job of a conversation as it will be.
#[derive(Default)]
pub(super) struct AnswerJob {
    pub(super) due: i64,
    pub(super) lease_until: Option<i64>,
    pub(super) fence: i64,
    pub(super) wanted_seq: i64,
    pub(super) leased_seq: i64,
    /// The arrival whose caller gets the lease.
    pub(super) claimed_by: Option<usize>,
}

/// The open conversation of a sender, as it is and as it will be.
pub(super) struct Thread {
    pub(super) customer: Customer,
    pub(super) conversation: Conversation,
    pub(super) job: Option<AnswerJob>,
    pub(super) new_customer: bool,
    pub(super) new_conversation: bool,
    pub(super) customer_changed: bool,
}

/// Accepts messages; the answers are in the order of the arrivals.
pub(super) async fn receive(db: &mut SqliteConnection, arrivals: &[Arrival]) -> Result<Vec<Received>> {
    let mut new = senders::register(db, arrivals).await?;
    // In a repeat within the group, the first one is the message.
    let is_new: Vec<bool> = arrivals.iter().map(|arrival| new.remove(arrival.fresh.2.as_str())).collect();
    let first: Vec<&Arrival> =
        arrivals.iter().zip(&is_new).filter(|(_, new)| **new).map(|(arrival, _)| arrival).collect();

    let mut threads = if first.is_empty() { BTreeMap::new() } else { find_threads(db, &first).await? };
    let mut received: Vec<Received> =
        first.iter().enumerate().filter_map(|(at, arrival)| place(&mut threads, at, arrival)).collect();
    intake::write(db, &mut threads, &received).await?;
    for job in threads.values().filter_map(|thread| thread.job.as_ref()) {
        if let Some(lucky) = job.claimed_by {
            received[lucky].claimed = Some(Claimed { fence: Fence(job.fence), seq: job.wanted_seq });
        }
    }
    if first.len() == arrivals.len() {
        return Ok(received);
    }
    let mut fresh = received.into_iter();
    let mut answers = Vec::with_capacity(arrivals.len());
    for (arrival, is_new) in arrivals.iter().zip(is_new) {
        match if is_new { fresh.next() } else { None } {
            Some(received) => answers.push(received),
            None => answers.push(senders::earlier(db, &arrival.inbound).await?),
        }
    }
    Ok(answers)
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
    let strangers: Vec<&'a Arrival> =
        senders.into_iter().filter(|arrival| !threads.contains_key(&arrival.sender())).collect();
    if strangers.is_empty() {
        return Ok(threads);
    }
    let mut known: BTreeMap<usize, Customer> =
        senders::known_customers(db, &strangers).await?.into_iter().collect();
    for (place, arrival) in strangers.iter().enumerate() {
        threads.insert(arrival.sender(), open(arrival, known.remove(&place)));
    }
    Ok(threads)
}

fn open(arrival: &Arrival, known: Option<Customer>) -> Thread {
    let now = kept(arrival.now);
    let (customer, conversation, _) = arrival.fresh.clone();
    let Inbound { channel, sender, name, lang, .. } = arrival.inbound.clone();
    let new_customer = known.is_none();
    let customer = known.unwrap_or(Customer { id: customer, name, contact: None, lang, since: now });
    Thread {
        conversation: Conversation::open(conversation, customer.id.clone(), channel, sender, lang, now),
        customer,
        job: None,
        new_customer,
        new_conversation: true,
        customer_changed: false,
    }
}

/// Gives a message its place in its conversation.
fn place<'a>(
    threads: &mut BTreeMap<Sender<'a>, Thread>,
    at: usize,
    arrival: &'a Arrival,
) -> Option<Received> {
    let thread = threads.get_mut(&arrival.sender())?;
    let now = kept(arrival.now);
    let Inbound { name, lang, text, external_id, .. } = &arrival.inbound;
    thread.meet(name.as_deref(), *lang);
    let conversation = &mut thread.conversation;
    conversation.last_seq += 1;
    conversation.lang = *lang;
    conversation.updated_at = conversation.updated_at.max(now);
    let message = Message {
        id: arrival.fresh.2.clone(),
        conversation: conversation.id.clone(),
        seq: conversation.last_seq,
        author: Author::Customer,
        at: now,
        content: Content::plain(*lang, text.clone()),
        external_id: Some(external_id.clone()),
    };
    thread.want_answer(at, arrival);
    Some(Received { conversation: thread.conversation.clone(), message, repeated: false, claimed: None })
}

impl Thread {
    /// Whether a caller of this group gets the lease of the job.
    pub(super) fn is_claimed(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.claimed_by.is_some())
    }

    /// Gives the lease its number.
    pub(super) fn fence(&mut self, fence: i64) {
        if let Some(job) = &mut self.job {
            job.fence = fence;
        }
    }

    /// Learns what the customer is called, if we did not know, and what they speak.
    fn meet(&mut self, name: Option<&str>, lang: Lang) {
        if self.customer.name.is_none() && name.is_some() {
            self.customer.name = name.map(str::to_owned);
            self.customer_changed = true;
        }
        if self.customer.lang != lang {
            self.customer.lang = lang;
            self.customer_changed = true;
        }
    }

    /// Queues the answer where the assistant has something to do, and leases it if nobody works on it.
    fn want_answer(&mut self, at: usize, arrival: &Arrival) {
        if !matches!(self.conversation.stage, Stage::WithAssistant | Stage::Waiting { .. }) {
            return;
        }
        let now = micros(arrival.now);
        let job = self.job.get_or_insert_with(|| AnswerJob { due: now, ..AnswerJob::default() });
        job.wanted_seq = self.conversation.last_seq;
        if job.claimed_by.is_some() {
            job.leased_seq = job.wanted_seq;
        } else if job.lease_until.is_none_or(|until| until <= now) {
            job.due = job.due.min(now);
            job.lease_until = arrival.lease.map(|lease| micros(lease.until));
            if arrival.lease.is_some() {
                job.claimed_by = Some(at);
                job.leased_seq = job.wanted_seq;
            }
        }
    }
}
