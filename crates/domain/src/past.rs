//! What was said before in a conversation: the context of a turn.

use serde::{Deserialize, Serialize};

use crate::{id::EntryId, trace::Rung};

/// What a customer asked and what was said to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The customer's words, personal data masked.
    pub asked: String,
    /// The words that answered.
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

impl Past {
    /// The latest exchange.
    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.last()
    }
}
