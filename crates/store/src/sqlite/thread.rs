//! What a message does to its conversation, to the job of answering it, and to what we know of the
//! customer. Nothing here touches the database.

use domain::{Conversation, Inbound, Lang, Stage};

use super::{
    inbox::Arrival,
    values::{kept, micros},
};

/// The open conversation of a sender, as it is and as it will be.
pub(super) struct Thread {
    pub(super) customer: Face,
    pub(super) conversation: Conversation,
    /// It was opened just now.
    pub(super) is_new: bool,
    pub(super) job: Option<AnswerJob>,
}

/// What matters here of a customer.
pub(super) struct Face {
    named: bool,
    /// What they call themselves, if that is news.
    pub(super) name: Option<String>,
    pub(super) lang: Lang,
    /// There is something to be written.
    pub(super) changed: bool,
}

/// The `Answer` job of a conversation.
#[derive(Default)]
pub(super) struct AnswerJob {
    pub(super) due: i64,
    pub(super) lease_until: Option<i64>,
    pub(super) fence: i64,
    pub(super) wanted_seq: i64,
    pub(super) leased_seq: i64,
    pub(super) news: News,
}

/// What a job has to be told.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// Nothing.
    #[default]
    None,
    /// Somebody works on it: that there is more to answer.
    More,
    /// It is due now, and nobody works on it.
    Due,
    /// It is leased to the caller of this arrival.
    Claimed(usize),
}

impl AnswerJob {
    /// The arrival whose caller gets the lease.
    pub(super) fn claimed_by(&self) -> Option<usize> {
        if let News::Claimed(at) = self.news { Some(at) } else { None }
    }
}

impl Thread {
    /// A new conversation with somebody whom we may not know yet.
    pub(super) fn open(arrival: &Arrival) -> Self {
        let (customer, conversation, _) = arrival.fresh.clone();
        let Inbound { channel, sender, lang, .. } = arrival.inbound.clone();
        let now = kept(arrival.now);
        Self {
            customer: Face { named: false, name: None, lang, changed: true },
            conversation: Conversation::open(conversation, customer, channel, sender, lang, now),
            is_new: true,
            job: None,
        }
    }

    /// Takes a message in and returns its place.
    pub(super) fn hear(&mut self, arrival: &Arrival) -> i64 {
        let Inbound { name, lang, attributes, .. } = &arrival.inbound;
        self.customer.speak(name.as_deref(), *lang);
        self.conversation.last_seq += 1;
        self.conversation.lang = *lang;
        if !attributes.is_empty() {
            self.conversation.attributes.clone_from(attributes);
        }
        self.conversation.updated_at = self.conversation.updated_at.max(kept(arrival.now));
        self.conversation.last_seq
    }

    /// Queues the answer where the assistant has something to do, and leases it if nobody works on it.
    pub(super) fn want_answer(&mut self, at: usize, arrival: &Arrival) {
        if !matches!(self.conversation.stage, Stage::WithAssistant | Stage::Waiting { .. }) {
            return;
        }
        let now = micros(arrival.now);
        let job = self.job.get_or_insert_with(|| AnswerJob { due: now, ..AnswerJob::default() });
        job.wanted_seq = self.conversation.last_seq;
        if job.claimed_by().is_some() {
            job.leased_seq = job.wanted_seq;
        } else if job.lease_until.is_some_and(|until| until > now) {
            job.news = News::More;
        } else {
            job.due = job.due.min(now);
            job.lease_until = arrival.lease.map(|lease| micros(lease.until));
            job.news = News::Due;
            if arrival.lease.is_some() {
                job.news = News::Claimed(at);
                job.leased_seq = job.wanted_seq;
            }
        }
    }

    /// Gives the lease, if there is one, its number.
    pub(super) fn fence(&mut self, fence: i64) {
        if let Some(job) = self.job.as_mut().filter(|job| job.claimed_by().is_some()) {
            job.fence = fence;
        }
    }
}

impl Face {
    /// A customer who was here before.
    pub(super) fn known(named: bool, lang: Lang) -> Self {
        Self { named, name: None, lang, changed: false }
    }

    /// Learns what the customer is called, if we did not know, and what they speak.
    fn speak(&mut self, name: Option<&str>, lang: Lang) {
        if let (false, Some(name)) = (self.named, name) {
            self.name = Some(name.to_owned());
            self.named = true;
            self.changed = true;
        }
        self.changed |= self.lang != lang;
        self.lang = lang;
    }
}
