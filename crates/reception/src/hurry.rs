//! Who asks for a person while a model still writes does not wait for it: the model is left, what was found without it is
//! said, and the wish for a person is the next turn.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use assistant::asks_for_person;
use domain::{Conversation, ConversationId, Stage};

use crate::Reception;

/// Conversations in which somebody does not want to wait for the model that writes.
#[derive(Debug, Default)]
pub(crate) struct Hurried(Mutex<HashSet<ConversationId>>);

impl Hurried {
    fn ids(&self) -> std::sync::MutexGuard<'_, HashSet<ConversationId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the model shall be left.
    pub(crate) fn is(&self, id: &ConversationId) -> bool {
        self.ids().contains(id)
    }

    /// A turn begins: what was said before it is heard in it.
    pub(crate) fn begin(&self, id: &ConversationId) {
        self.ids().remove(id);
    }
}

impl Reception {
    /// Hears whether words that came in ask for a person.
    pub(crate) fn hurry_for(&self, conversation: &Conversation, text: &str) {
        let writes = self.writers().is_some() && conversation.stage == Stage::WithAssistant;
        if writes && asks_for_person(text) {
            self.inner.hurried.ids().insert(conversation.id.clone());
        }
    }
}
