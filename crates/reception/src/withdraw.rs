//! A customer takes back what waits for a person's yes.

use assistant::action::{ActionWords, takes_back};
use domain::{Call, CallState, Conversation, HandoverReason, Stage};
use store::{Change, StoreError};

use crate::Reception;

/// By whom it was decided, on the record.
pub const CUSTOMER: &str = "customer";

impl Reception {
    /// What comes of words that take back an action before a person agreed; `None` if they do not, or if more than one
    /// waits and nobody can tell which is meant.
    pub(crate) async fn taken_back(
        &self,
        conversation: &Conversation,
        text: &str,
    ) -> Result<Option<Change>, StoreError> {
        if self.settings().actions.is_empty() || !takes_back(text) {
            return Ok(None);
        }
        let mut calls = self.store().undecided_calls(&conversation.customer).await?;
        calls.retain(|call| call.state == CallState::Proposed);
        let [call] = &calls[..] else { return Ok(None) };
        let drafts = self.open_proposals(&conversation.id).await?;
        Ok(Some(self.take_back(conversation.clone(), call, drafts.is_empty())))
    }

    /// Nothing else waits, then: the assistant has the word again.
    fn take_back(&self, mut conversation: Conversation, call: &Call, alone: bool) -> Change {
        let by_table = conversation.handover == Some(HandoverReason::Duty);
        if alone && by_table && matches!(conversation.stage, Stage::Waiting { .. }) {
            conversation.back_to_assistant(self.now());
        }
        let lang = conversation.lang;
        let what = self.action_in_words(&call.action, lang);
        let mut change = Change::of(conversation, self.now());
        change.messages.push(self.notice(lang, &ActionWords::withdrawn(what, lang)));
        change.service.moves = Some(store::CallMove {
            by: Some(CUSTOMER.to_owned()),
            ..self.step(call, CallState::Proposed, CallState::Discarded)
        });
        change
    }
}
