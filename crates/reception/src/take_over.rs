//! An agent takes the word, and gives it back.

use domain::{Agent, ConversationId};
use store::Change;

use crate::{ActError, Reception};

impl Reception {
    /// The agent has the word from here on. Of two who try at once, one wins and the other is told who.
    pub(crate) async fn take_over(&self, id: &ConversationId, agent: &Agent) -> Result<(), ActError> {
        let now = self.now();
        self.change(id, |mut conversation| {
            if !conversation.take_over(&agent.id, now)? {
                return Ok(None);
            }
            let words = conversation.lang.pick(
                format!("{} 已接手，将由人工为您服务。", agent.name),
                format!("{} has joined and will help you from here.", agent.name),
            );
            let mut change = Change::of(conversation.clone(), now);
            change.messages.push(self.notice(conversation.lang, &words));
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    /// The assistant has the word again.
    pub(crate) async fn give_back(&self, id: &ConversationId, agent: &Agent) -> Result<(), ActError> {
        let now = self.now();
        self.change(id, |mut conversation| {
            conversation.give_back(&agent.id, now)?;
            let words = conversation.lang.pick(
                "人工服务已结束，AI 助手继续为您服务。",
                "The colleague has left; the AI assistant is back.",
            );
            let mut change = Change::of(conversation.clone(), now);
            change.messages.push(self.notice(conversation.lang, words));
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }
}
