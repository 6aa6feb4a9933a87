//! The end of a conversation.

use domain::{Conversation, ConversationId, Stage, Timestamp};
use jiff::SignedDuration;
use store::{Change, ConversationFilter, Page, StoreError};

use crate::{ActError, Reception};

/// So many are closed in one go; the rest follow a minute later.
const QUIET_AT_ONCE: u32 = 200;

impl Reception {
    /// Closes it. `check` may refuse on account of who asks.
    pub(crate) async fn close(
        &self,
        id: &ConversationId,
        check: impl Fn(&domain::Conversation) -> Result<(), ActError> + Send + Sync,
    ) -> Result<(), ActError> {
        let now = self.now();
        self.change(id, |mut conversation| {
            check(&conversation)?;
            if !conversation.close(now) {
                return Ok(None);
            }
            let words = conversation.lang.pick(
                "会话已结束。再次发消息会开始新的会话。",
                "This conversation has ended. Writing again starts a new one.",
            );
            let mut change = Change::of(conversation.clone(), now);
            change.messages.push(self.notice(conversation.lang, words));
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    /// Ends conversations with the assistant in which nothing was said for long: their survey can be
    /// asked, and the lists stay short. A message that comes in meanwhile keeps its conversation open.
    pub(crate) async fn close_the_quiet_ones(&self) -> Result<(), StoreError> {
        let idle = SignedDuration::from_hours(i64::from(self.settings().limits.idle_hours.max(1)));
        let since = self.now().checked_sub(idle).unwrap_or(Timestamp::UNIX_EPOCH);
        let quiet = ConversationFilter {
            stage: Some(Stage::WithAssistant.name().to_owned()),
            quiet_since: Some(since),
            ..ConversationFilter::default()
        };
        let still_quiet = move |conversation: &Conversation| {
            let quiet = conversation.stage == Stage::WithAssistant && conversation.updated_at < since;
            if quiet { Ok(()) } else { Err(ActError::Busy) }
        };
        for row in self.store().list(&quiet, &Page { after: None, limit: QUIET_AT_ONCE }).await? {
            if let Err(ActError::Store(error)) = self.close(&row.conversation.id, still_quiet).await {
                return Err(error);
            }
        }
        Ok(())
    }
}
