//! Pushes messages to foreign platforms, once.
//!
//! Before the platform is called the delivery is marked `Sending`, on disk. If the process dies then,
//! nobody knows whether it arrived: it becomes `InDoubt`, is shown to people and never resent by itself.

use channels::{Outbound, SendError};
use domain::{DeliveryState, Message, MessageId};
use store::{Job, JobKind, NewJob, StoreError};

use crate::Reception;

/// Tries over about a day, then it has failed.
const TRIES: u32 = 12;

impl Reception {
    /// Delivers a message. Safe to run twice: only what is queued is sent.
    pub(crate) async fn deliver(&self, job: &Job) -> Result<(), StoreError> {
        let id = MessageId::from(job.key.as_str());
        let now = self.now();
        let Some(message) = self.store().message(&id).await? else { return self.delivered(job).await };
        if self.waits_for_an_earlier_one(&message).await? {
            let due = now.checked_add(jiff::SignedDuration::from_millis(500)).unwrap_or(now);
            self.store()
                .retry(JobKind::Deliver, &job.key, job.fence, due, "waits for an earlier message")
                .await?;
            return Ok(());
        }
        if !self.store().move_delivery(&id, DeliveryState::Queued, DeliveryState::Sending, None, now).await? {
            return self.delivered(job).await;
        }
        let outcome = self.push(&message).await?;
        let result = match &outcome {
            Ok(()) => "sent",
            Err(SendError::NotSent(_)) => "not_sent",
            Err(SendError::Refused(_)) => "refused",
            Err(SendError::InDoubt(_)) => "in_doubt",
        };
        metrics::counter!("channel_delivery_total", "result" => result).increment(1);
        self.settle(job, &id, outcome).await
    }

    /// Messages of a conversation leave by their numbers: names made in the same millisecond sort by chance.
    async fn waits_for_an_earlier_one(&self, message: &Message) -> Result<bool, StoreError> {
        let troubled = self.store().troubled_deliveries(&message.conversation).await?;
        let under_way = |state| matches!(state, DeliveryState::Queued | DeliveryState::Sending);
        let place = troubled.iter().position(|other| other.message == message.id).unwrap_or(0);
        Ok(troubled[..place].iter().any(|earlier| under_way(earlier.state)))
    }

    async fn settle(
        &self,
        job: &Job,
        id: &MessageId,
        outcome: Result<(), SendError>,
    ) -> Result<(), StoreError> {
        let tries = self.store().delivery(id).await?.map_or(1, |delivery| delivery.attempts);
        let (state, error) = match outcome {
            Ok(()) => (DeliveryState::Sent, None),
            Err(SendError::NotSent(why)) if tries < TRIES => (DeliveryState::Queued, Some(why)),
            Err(SendError::NotSent(why) | SendError::Refused(why)) => (DeliveryState::Failed, Some(why)),
            Err(SendError::InDoubt(why)) => (DeliveryState::InDoubt, Some(why)),
        };
        if state != DeliveryState::Queued {
            // The job goes first: a person may send again as soon as the state is seen, with a job of its own.
            self.delivered(job).await?;
        }
        self.store().move_delivery(id, DeliveryState::Sending, state, error.as_deref(), self.now()).await?;
        if state == DeliveryState::Queued {
            let due = self.later(tries);
            let why = error.unwrap_or_default();
            if !self.store().retry(JobKind::Deliver, &job.key, job.fence, due, &why).await? {
                // Another worker took the job for done while we were sending.
                self.store().enqueue(NewJob { kind: JobKind::Deliver, key: job.key.clone(), due }).await?;
            }
        }
        Ok(())
    }

    async fn push(&self, message: &Message) -> Result<Result<(), SendError>, StoreError> {
        let Some(conversation) = self.store().conversation(&message.conversation).await? else {
            return Ok(Err(SendError::Refused("the conversation is gone".to_owned())));
        };
        let Some(channel) = self.parts().channels.get(&conversation.channel) else {
            let why = format!("channel {} is not in the configuration", conversation.channel);
            return Ok(Err(SendError::Refused(why)));
        };
        let out = Outbound {
            id: &message.id,
            conversation: &conversation.id,
            to: &conversation.sender,
            content: &message.content,
        };
        Ok(channel.send(&out, &self.parts().gate, self.now()).await)
    }

    async fn delivered(&self, job: &Job) -> Result<(), StoreError> {
        self.store().finish(JobKind::Deliver, &job.key, job.fence).await?;
        Ok(())
    }

    /// Twice as long after every try, from two seconds to four hours, with a quarter of chance so that
    /// many messages do not come back at once.
    fn later(&self, tries: u32) -> domain::Timestamp {
        let base = 2_i64.saturating_pow(tries).min(4 * 3600) * 1000;
        let jitter = i64::try_from(self.chance().bits() % 1000).unwrap_or_default() * base / 4000;
        let now = self.now();
        now.checked_add(jiff::SignedDuration::from_millis(base + jitter)).unwrap_or(now)
    }

    /// A person says what becomes of a delivery in doubt: send it again, or leave it.
    pub(crate) async fn resolve_doubt(&self, id: &MessageId, resend: bool) -> Result<bool, StoreError> {
        let now = self.now();
        let to = if resend { DeliveryState::Queued } else { DeliveryState::Sent };
        let mut moved = false;
        for from in [DeliveryState::InDoubt, DeliveryState::Failed] {
            moved |= !moved && self.store().move_delivery(id, from, to, None, now).await?;
        }
        if moved && resend {
            self.store().enqueue(NewJob { kind: JobKind::Deliver, key: id.to_string(), due: now }).await?;
            self.inner.deliveries.notify_one();
        }
        Ok(moved)
    }
}
