//! A customer's message comes in.

use domain::{Conversation, ConversationId, CustomerId, Inbound, Lang, MessageId, Timestamp};
use store::{Lease, StoreError};

use crate::{
    Delivered, Reception, Rejected,
    events::{Event, Said},
};

/// Why a message was not taken. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Longer than allowed.
    #[error("the message is too long: at most {0} characters")]
    TooLong(usize),
    /// A name that a channel gave is unusable.
    #[error("{0} must have between 1 and 200 characters")]
    BadName(&'static str),
    /// The shop talks only with customers whom it signs in, and nobody is.
    #[error("sign in at the shop first: only its own customers can write here")]
    SignIn,
    /// No channel of that name is configured.
    #[error("there is no channel of that name")]
    NoChannel,
    /// The webhook was not verified or not understood.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A message that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Where.
    pub conversation: ConversationId,
    /// Its place.
    pub seq: i64,
    /// It was here before.
    pub repeated: bool,
}

/// So long may one worker take for a turn before another may try.
pub(crate) const LEASE_SECONDS: i64 = 60;

impl Reception {
    /// Accepts a message: when this returns it is on disk with its work item, once.
    pub async fn receive(&self, mut inbound: Inbound) -> Result<Accepted, ReceiveError> {
        self.check(&inbound)?;
        inbound.attributes = inbound.attributes.checked();
        inbound.lang = self.language_of(&inbound).await?;
        let now = self.now();
        let chance = self.chance();
        let fresh = (
            CustomerId::fresh(now, chance),
            ConversationId::fresh(now, chance),
            MessageId::fresh(now, chance),
        );
        let received = self.store().receive(inbound, fresh, now, Some(lease(now))).await?;
        let accepted = Accepted {
            conversation: received.conversation.id.clone(),
            seq: received.message.seq,
            repeated: received.repeated,
        };
        if !received.repeated {
            metrics::counter!("messages_received_total").increment(1);
            self.inner
                .events
                .committed(&received.conversation, [Event::Message(Said::from(&received.message))]);
            // Before the turn is taken: it forgets what it will hear itself.
            self.hurry_for(&received.conversation, &received.message.content.text);
        }
        if let Some(claimed) = received.claimed {
            self.take_turn(received.conversation.id, claimed);
        }
        Ok(accepted)
    }

    /// Accepts a webhook of a configured channel: verified before it is parsed.
    pub async fn receive_webhook(
        &self,
        channel: &str,
        delivered: &Delivered<'_>,
    ) -> Result<usize, ReceiveError> {
        let account = self.parts().channels.get(&channel.into()).ok_or(ReceiveError::NoChannel)?;
        let inbound = account.receive(delivered, self.now())?;
        let count = inbound.len();
        for message in inbound {
            self.receive(message).await?;
        }
        Ok(count)
    }

    /// The words decide; where they show no language (a link, a number), what was spoken before; at the very start
    /// the page's or platform's language.
    async fn language_of(&self, inbound: &Inbound) -> Result<Lang, StoreError> {
        if let Some(lang) = assistant::spoken(&inbound.text).pick(Some(Lang::Zh), Some(Lang::En), None) {
            return Ok(lang);
        }
        let latest = self.store().thread(&inbound.channel, &inbound.sender, 1).await?.pop();
        Ok(latest.filter(Conversation::is_open).map_or(inbound.lang, |conversation| conversation.lang))
    }

    fn check(&self, inbound: &Inbound) -> Result<(), ReceiveError> {
        let limit = self.settings().limits.message_chars;
        if inbound.text.chars().nth(limit).is_some() {
            return Err(ReceiveError::TooLong(limit));
        }
        let fits = |name: &str| (1..=200).contains(&name.chars().count());
        if !fits(&inbound.external_id) {
            return Err(ReceiveError::BadName("the message's id"));
        }
        if !fits(&inbound.sender) {
            return Err(ReceiveError::BadName("the sender"));
        }
        Ok(())
    }
}

pub(crate) fn lease(now: Timestamp) -> Lease {
    Lease { until: now.checked_add(jiff::SignedDuration::from_secs(LEASE_SECONDS)).unwrap_or(now) }
}
