//! One model behind one OpenAI-compatible server: `POST {url}/chat/completions`.

use std::time::Duration;

use egress::{EgressError, Gate};
use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::{
    ChatSettings, Prompt,
    reply::{Reply, Times},
};

/// Why there is no reply, or no more of it.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// No answer came, or the line broke.
    #[error("the model's server did not answer")]
    Unreachable(#[source] EgressError),
    /// Nothing came for too long.
    #[error("the model took too long")]
    Late,
    /// It is overloaded or broken for now.
    #[error("the model's server answered {status}: busy or broken for now")]
    Busy {
        /// What it answered.
        status: u16,
        /// How long it wants to be left alone.
        after: Option<Duration>,
    },
    /// It will not do this.
    #[error("the model's server refused with {status}; check url, model and key in [[models.chat]]")]
    Refused {
        /// What it answered.
        status: u16,
    },
    /// It began, and then said that it cannot go on.
    #[error("the model's server broke off with an error of its own")]
    Broke,
    /// What came is no reply.
    #[error("what the model's server says is not understood: {0}; check url in [[models.chat]]")]
    Rubbish(&'static str),
    /// More came than a reply may hold.
    #[error("the model said more than a reply may hold")]
    TooMuch,
}

impl ChatError {
    /// Whether the same request may succeed in a moment.
    pub const fn may_retry(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Busy { after: None, .. } | Self::Broke)
    }

    /// Whether asking again cannot help before somebody changes a setting.
    pub const fn is_for_good(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// How long it wants to be left alone.
    pub const fn after(&self) -> Option<Duration> {
        match self {
            Self::Busy { after, .. } => *after,
            _ => None,
        }
    }

    /// A stable code for traces and metrics.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Late => "late",
            Self::Busy { .. } => "busy",
            Self::Refused { .. } => "refused",
            Self::Broke => "broke",
            Self::Rubbish(_) => "rubbish",
            Self::TooMuch => "too_much",
        }
    }
}

/// A model that can be asked.
#[derive(Debug)]
pub struct Chat {
    gate: Gate,
    settings: ChatSettings,
    address: String,
}

impl Chat {
    /// Nothing is sent yet.
    pub fn new(settings: ChatSettings) -> Self {
        let address = settings.address();
        Self { gate: Gate::new([address.as_str()]), settings, address }
    }

    /// Its settings.
    pub fn settings(&self) -> &ChatSettings {
        &self.settings
    }

    /// Asks, and returns when the server has accepted the question. `latest` cuts all of its times short.
    pub async fn ask(&self, prompt: &Prompt, latest: Instant) -> Result<Reply, ChatError> {
        let begun = Instant::now();
        let first = (begun + self.settings.first_token()).min(latest);
        let times =
            Times { first, between: self.settings.between_tokens(), end: begun + self.settings.total() };
        let headers = self.headers();
        let sent = self.gate.post_arriving(&self.address, &headers, self.body(prompt));
        let arriving = timeout_at(first, sent).await.map_err(|_| ChatError::Late)?;
        let arriving = arriving.map_err(ChatError::Unreachable)?;
        match arriving.status {
            200..=299 => Ok(Reply::new(arriving, times)),
            status @ (408 | 425 | 429 | 500..=599) => {
                Err(ChatError::Busy { status, after: arriving.retry_after })
            }
            status => Err(ChatError::Refused { status }),
        }
    }

    fn body(&self, prompt: &Prompt) -> Vec<u8> {
        let asked = json!({
            "model": self.settings.model,
            "messages": [
                { "role": "system", "content": prompt.system },
                { "role": "user", "content": prompt.user },
            ],
            "temperature": 0,
            "max_tokens": self.settings.max_tokens,
            "stream": true,
            "stream_options": { "include_usage": true },
        });
        asked.to_string().into_bytes()
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if !self.settings.key.is_empty() {
            headers.push(("authorization", format!("Bearer {}", self.settings.key)));
        }
        headers
    }
}
