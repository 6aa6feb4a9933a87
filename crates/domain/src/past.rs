//! What was said before in a conversation: the context of a turn.

use serde::{Deserialize, Serialize};

use crate::{
    id::EntryId,
    message::Content,
    trace::{Rung, Trace},
};

/// What a customer asked and what was said to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The customer's words, personal data masked.
    pub asked: String,
    /// What it was taken to mean, where that is not the words themselves: slips set right, context joined in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant: Option<String>,
    /// The words that answered, personal data masked.
    pub said: String,
    /// The rung that answered; `None` where a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<Rung>,
    /// The entries that were given, cited or offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<EntryId>,
    /// The questions that were offered as buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
}

/// The exchanges of a conversation, oldest first. Bounded by whoever loads it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

impl Exchange {
    /// An answer that was given, from its story and its words.
    pub fn of(trace: &Trace, content: &Content) -> Self {
        Self {
            asked: trace.question.clone(),
            meant: trace.context.clone().or_else(|| trace.read_as.clone()),
            said: content.text.clone(),
            rung: Some(trace.rung),
            used: trace.used.clone(),
            offered: content.suggestions.clone(),
        }
    }

    /// The question as it was understood.
    pub fn understood(&self) -> &str {
        self.meant.as_deref().unwrap_or(&self.asked)
    }
}

impl Past {
    /// The latest exchange.
    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.last()
    }
}
