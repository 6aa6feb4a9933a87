//! One `[[models.chat]]` section.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// A turn is leased for a minute; a model that writes longer would be asked again.
const LONGEST_MS: u64 = 40_000;

/// Where a model is and what it may take.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatSettings {
    /// The address before `/chat/completions`, `https://…/v1` mostly. A private one is reached too: the operator wrote it.
    pub url: String,
    /// The name of the model, as the server calls it.
    pub model: String,
    /// The key, if it asks for one.
    #[serde(default)]
    pub key: String,
    /// The environment variable that holds the key, so that no file does. Its name must not begin with `FRONTDESK_`.
    #[serde(default)]
    pub key_env: String,
    /// Milliseconds until the first token.
    #[serde(default = "first_token")]
    pub first_token_ms: u64,
    /// Milliseconds between two tokens.
    #[serde(default = "between_tokens")]
    pub between_tokens_ms: u64,
    /// Milliseconds for the whole reply.
    #[serde(default = "total")]
    pub total_ms: u64,
    /// Tokens of a reply, at most.
    #[serde(default = "max_tokens")]
    pub max_tokens: u32,
    /// What a million tokens of the prompt cost.
    #[serde(default)]
    pub price_in: f64,
    /// What a million tokens of the reply cost.
    #[serde(default)]
    pub price_out: f64,
    /// So often is it asked again after a failure that may pass, if nothing was shown yet.
    #[serde(default = "retries")]
    pub retries: u32,
}

const fn first_token() -> u64 {
    2_400
}
const fn between_tokens() -> u64 {
    1_000
}
const fn total() -> u64 {
    20_000
}
const fn max_tokens() -> u32 {
    400
}
const fn retries() -> u32 {
    1
}

impl ChatSettings {
    /// A model with everything else as it is by default.
    pub fn new(url: &str, model: &str) -> Self {
        Self {
            url: url.to_owned(),
            model: model.to_owned(),
            key: String::new(),
            key_env: String::new(),
            first_token_ms: first_token(),
            between_tokens_ms: between_tokens(),
            total_ms: total(),
            max_tokens: max_tokens(),
            price_in: 0.0,
            price_out: 0.0,
            retries: retries(),
        }
    }

    /// Until the first token.
    pub fn first_token(&self) -> Duration {
        Duration::from_millis(self.first_token_ms)
    }

    /// Between two tokens.
    pub fn between_tokens(&self) -> Duration {
        Duration::from_millis(self.between_tokens_ms)
    }

    /// For the whole reply.
    pub fn total(&self) -> Duration {
        Duration::from_millis(self.total_ms.min(LONGEST_MS))
    }

    /// The address that is asked, whether or not the setting ends in it or in a slash.
    pub fn address(&self) -> String {
        let base = self.url.trim_end_matches('/');
        if base.ends_with("/chat/completions") { base.to_owned() } else { format!("{base}/chat/completions") }
    }

    /// What is wrong with it, in words for the operator.
    pub fn check(&self) -> Result<(), String> {
        if !(self.url.starts_with("http://") || self.url.starts_with("https://")) {
            return Err(format!("[[models.chat]] url: {:?} is not an http or https address", self.url));
        }
        let prices = [self.price_in, self.price_out];
        if prices.iter().any(|price| !price.is_finite() || *price < 0.0) {
            return Err(format!("[[models.chat]] {}: a price is 0 or more", self.model));
        }
        if self.max_tokens == 0 {
            return Err(format!("[[models.chat]] {}: max_tokens is 1 or more", self.model));
        }
        Ok(())
    }
}

impl fmt::Debug for ChatSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}, key withheld", self.model, self.url)
    }
}
