//! The outside world's dialects: bytes in, [`Inbound`] out; words in, a platform's request out.
//!
//! A channel verifies before it parses: [`Channel::receive`] is given raw bytes and must refuse what
//! is not signed. It never stores anything. To add one, copy `echo.rs`.

mod echo;
mod signature;

use async_trait::async_trait;
use domain::{Content, ConversationId, Inbound, MessageId, Timestamp};
use egress::{EgressError, Gate};

pub use echo::{Echo, EchoSettings};
pub use signature::{BadSecret, Secret};

/// A webhook as it arrived.
#[derive(Debug)]
pub struct Delivered<'a> {
    /// The request's headers.
    pub headers: &'a http::HeaderMap,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// Why a webhook is refused. Nothing of it was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// A header is missing or not what it must be.
    #[error("header {0} is missing or malformed")]
    Header(&'static str),
    /// The time is too far from ours.
    #[error("the message is too old or from the future; check the sender's clock")]
    Stale,
    /// The signature is not ours.
    #[error("the signature does not match; check the shared secret")]
    Forged,
    /// Signed, but not what this channel speaks.
    #[error("the body is not understood: {0}")]
    Malformed(String),
}

/// Words on their way out.
#[derive(Debug, Clone)]
pub struct Outbound<'a> {
    /// The message's name, the same on every try.
    pub id: &'a MessageId,
    /// The conversation.
    pub conversation: &'a ConversationId,
    /// The customer in the channel's terms.
    pub to: &'a str,
    /// What to say.
    pub content: &'a Content,
}

/// A message that was not surely delivered.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The platform certainly did not get it; trying again is safe.
    #[error("not sent: {0}")]
    NotSent(String),
    /// The platform said no; trying again will not help.
    #[error("refused: {0}")]
    Refused(String),
    /// It may have arrived. A person decides.
    #[error("in doubt: {0}")]
    InDoubt(String),
}

impl From<EgressError> for SendError {
    fn from(error: EgressError) -> Self {
        let reason = error.to_string();
        match error {
            EgressError::BadAddress(_) | EgressError::Forbidden(_) => Self::Refused(reason),
            EgressError::NotSent { .. } => Self::NotSent(reason),
            EgressError::InDoubt { .. } => Self::InDoubt(reason),
        }
    }
}

/// A way in and out.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Verifies and reads a webhook. Unknown kinds of messages are an empty list, not an error.
    fn receive(&self, delivered: &Delivered<'_>, now: Timestamp) -> Result<Vec<Inbound>, Rejected>;

    /// Hands words to the platform.
    async fn send(&self, out: &Outbound<'_>, gate: &Gate, now: Timestamp) -> Result<(), SendError>;

    /// Addresses from the configuration that this channel must reach.
    fn endpoints(&self) -> Vec<String>;
}
