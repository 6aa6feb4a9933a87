//! How far a message has come on its way to a foreign platform.

use serde::{Deserialize, Serialize};

use crate::{clock::Timestamp, id::MessageId};

/// The states of a delivery. `Sent`, `Failed` and `InDoubt` are never left by the machine itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Committed, not tried yet, or to be tried again: the last try certainly did not arrive.
    Queued,
    /// Being handed over right now. Found after a crash, it becomes `InDoubt`.
    Sending,
    /// The platform took it.
    Sent,
    /// The platform refused it for good, or the retries are used up.
    Failed,
    /// It may or may not have arrived. Shown to people, never resent by itself.
    InDoubt,
}

impl DeliveryState {
    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::InDoubt => "in_doubt",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Queued, Self::Sending, Self::Sent, Self::Failed, Self::InDoubt]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// What is delivered.
    pub message: MessageId,
    /// How far it is.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempts: u32,
    /// What went wrong last, for people.
    pub error: Option<String>,
    /// When the state last changed.
    pub at: Timestamp,
}
