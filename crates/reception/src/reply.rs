//! An agent says something to the customer.

use domain::{Agent, Author, Content, ConversationId};
use store::{Change, Replied};

use crate::{ActError, Reception};

/// Words of an agent. `client_id` makes a repeat harmless.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What to say.
    pub text: String,
    /// The browser's own name for this message.
    pub client_id: String,
}

impl Reception {
    /// Says it, if the conversation is this agent's.
    pub(crate) async fn reply(
        &self,
        id: &ConversationId,
        agent: &Agent,
        reply: &Reply,
    ) -> Result<(), ActError> {
        let text = reply.text.trim();
        let limit = self.settings().limits.message_chars.max(1) * 5;
        if text.is_empty() {
            return Err(ActError::Empty);
        }
        if text.chars().count() > limit {
            return Err(ActError::TooLong(limit));
        }
        let author = Author::Agent { id: agent.id.clone(), name: agent.name.clone() };
        let replied = self.meant(id, text).await;
        let now = self.now();
        self.change(id, |conversation| {
            if !conversation.is_open() {
                return Err(ActError::Closed);
            }
            if !conversation.may_speak(&author) {
                return Err(ActError::NotYours);
            }
            let mut message = self.message(author.clone(), Content::plain(conversation.lang, text));
            message.external_id = Some(reply.client_id.clone()).filter(|id| !id.is_empty());
            let mut change = Change::of(conversation, now);
            change.messages.push(message);
            change.service.replied.clone_from(&replied);
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    /// What the reply teaches. It is sent whether that can be told or not.
    async fn meant(&self, id: &ConversationId, text: &str) -> Option<Replied> {
        let conversation = self.store().conversation(id).await.ok().flatten()?;
        let meant = self.typed_answer(&conversation, text).await;
        meant.inspect_err(|error| tracing::warn!(%error, "a reply teaches nothing")).ok().flatten()
    }
}
