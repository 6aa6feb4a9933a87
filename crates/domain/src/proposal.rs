//! Words that the assistant drafted and a person sends.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    id::{AnswerId, ConversationId},
    message::Content,
};

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposalState {
    /// Nobody has decided.
    Open,
    /// Sent as it was.
    Sent,
    /// Sent in other words.
    Edited,
    /// Not sent.
    Discarded,
}

impl ProposalState {
    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Edited => "edited",
            Self::Discarded => "discarded",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Sent, Self::Edited, Self::Discarded].into_iter().find(|state| state.name() == name)
    }
}

/// An answer of the assistant that waits for a person. Named like its answer: one answer is proposed once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The answer, and its trace.
    pub answer: AnswerId,
    /// Where.
    pub conversation: ConversationId,
    /// The topic that is not the assistant's alone.
    pub topic: String,
    /// The words.
    pub content: Content,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided.
    pub by: Option<String>,
    /// When it was drafted.
    pub at: Timestamp,
}
