//! The end of a conversation.

use domain::ConversationId;
use store::Change;

use crate::{ActError, Reception};

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
}
