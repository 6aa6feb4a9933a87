//! A person sends what the assistant drafted: as it is, in other words, or not at all.

use domain::{
    Agent, AnswerId, Author, Content, Conversation, ConversationId, Proposal, ProposalState, Trace,
};
use store::{Change, Decided, StoreError};

use crate::{ActError, Reception};

impl Reception {
    /// Words for a person to send.
    pub(crate) fn proposal(
        &self,
        conversation: &Conversation,
        trace: &Trace,
        content: Content,
        topic: &str,
    ) -> Proposal {
        Proposal {
            answer: trace.id.clone(),
            conversation: conversation.id.clone(),
            topic: topic.to_owned(),
            content,
            state: ProposalState::Open,
            by: None,
            at: self.now(),
        }
    }

    /// What waits to be sent in a conversation, oldest first.
    pub(crate) async fn open_proposals(&self, id: &ConversationId) -> Result<Vec<Proposal>, StoreError> {
        let all = self.store().proposals(id).await?;
        Ok(all.into_iter().filter(|proposal| proposal.state == ProposalState::Open).collect())
    }

    /// Sends a draft in the agent's name; `words` none for as it is. Who sends has the conversation from then on.
    pub(crate) async fn send_proposal(
        &self,
        id: &ConversationId,
        answer: &AnswerId,
        agent: &Agent,
        words: Option<&str>,
    ) -> Result<(), ActError> {
        let proposal = self.undecided(id, answer).await?;
        let words = words.map(str::trim).filter(|words| *words != proposal.content.text.trim());
        let limit = self.settings().limits.message_chars.max(1) * 5;
        match words {
            Some("") => return Err(ActError::Empty),
            Some(words) if words.chars().count() > limit => return Err(ActError::TooLong(limit)),
            _ => {}
        }
        let state = if words.is_some() { ProposalState::Edited } else { ProposalState::Sent };
        let now = self.now();
        self.change(id, |mut conversation| {
            conversation.take_over(&agent.id, now)?;
            let content = match words {
                Some(words) => Content::plain(conversation.lang, words),
                None => Content { suggestions: Vec::new(), ..proposal.content.clone() },
            };
            let author = Author::Agent { id: agent.id.clone(), name: agent.name.clone() };
            let mut message = self.message(author, content);
            // Sent twice, it arrives once.
            message.external_id = Some(format!("proposal-{answer}"));
            let mut change = Change::of(conversation, now);
            change.messages.push(message);
            change.service.decided = Some(Decided { answer: answer.clone(), state, by: agent.name.clone() });
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    /// Throws a draft away.
    pub(crate) async fn discard_proposal(
        &self,
        id: &ConversationId,
        answer: &AnswerId,
        by: &str,
    ) -> Result<(), ActError> {
        self.undecided(id, answer).await?;
        self.change(id, |conversation| {
            let mut change = Change::of(conversation, self.now());
            let state = ProposalState::Discarded;
            change.service.decided = Some(Decided { answer: answer.clone(), state, by: by.to_owned() });
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    async fn undecided(&self, id: &ConversationId, answer: &AnswerId) -> Result<Proposal, ActError> {
        let open = self.open_proposals(id).await?;
        open.into_iter().find(|proposal| proposal.answer == *answer).ok_or(ActError::NotFound)
    }
}
