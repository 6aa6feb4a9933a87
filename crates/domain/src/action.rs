//! Something done for a customer in another system: what is still being asked, and what is being done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    id::{CallId, ConversationId, CustomerId},
    lang::Lang,
    trace::Trace,
};

/// Arguments by the names of their parameters.
pub type Arguments = BTreeMap<String, String>;

/// An action that a conversation is on its way to: arguments are gathered, or the customer's yes is awaited. Holds for
/// one conversation and for a while only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The name of the call to come: whatever happens, it is made once.
    pub call: CallId,
    /// Which action.
    pub action: String,
    /// What is known so far.
    pub arguments: Arguments,
    /// The parameter that was asked for last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asking: Option<String>,
    /// How often something was asked without a usable answer.
    #[serde(default)]
    pub tries: u32,
    /// All is known and the customer's yes is awaited.
    #[serde(default)]
    pub confirming: bool,
    /// From then on it is forgotten.
    pub until: Timestamp,
}

/// How far a call is. `Done`, `Failed`, `InDoubt` and `Discarded` are never left by the machine itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// A person must agree first.
    Proposed,
    /// To be made.
    Queued,
    /// Being made right now. Found after a crash, a writing one becomes `InDoubt`.
    Calling,
    /// The other system did it, or answered.
    Done,
    /// It was certainly not done.
    Failed,
    /// It may or may not have been done. Shown to people, never repeated by itself.
    InDoubt,
    /// A person decided against it.
    Discarded,
}

impl CallState {
    const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Queued,
        Self::Calling,
        Self::Done,
        Self::Failed,
        Self::InDoubt,
        Self::Discarded,
    ];

    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Queued => "queued",
            Self::Calling => "calling",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::InDoubt => "in_doubt",
            Self::Discarded => "discarded",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A call of another system. Its name is the `Idempotency-Key` that is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Its name.
    pub id: CallId,
    /// Where it was asked for.
    pub conversation: ConversationId,
    /// For whom.
    pub customer: CustomerId,
    /// Which action.
    pub action: String,
    /// With what; once it is over, personal data masked.
    pub arguments: Arguments,
    /// The shop's own name for the customer, from the session.
    pub user: Option<String>,
    /// Whether it changes something there.
    pub writes: bool,
    /// The language of the result.
    pub lang: Lang,
    /// How far it is.
    pub state: CallState,
    /// The HTTP status that came back.
    pub status: Option<u16>,
    /// What went wrong, for people.
    pub error: Option<String>,
    /// Who agreed or decided against it, where a person was asked.
    pub by: Option<String>,
    /// When it was asked for.
    pub at: Timestamp,
    /// When the state last changed.
    pub moved_at: Timestamp,
    /// The story of the answer that its result will be.
    pub trace: Trace,
}
