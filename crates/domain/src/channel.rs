//! A way in and out, as configured: a widget, a webhook, a WeChat account.

use serde::{Deserialize, Serialize};

/// The name that the configuration gives a channel account (`widget`, `cli`, `shop-wechat`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChannelId(pub String);

impl ChannelId {
    /// The website's widget: always there, and customers fetch their messages from the log.
    pub const WIDGET: &'static str = "widget";
    /// The command line: `frontdesk ask`.
    pub const CLI: &'static str = "cli";

    /// Whether the other side fetches messages itself, so that nothing is ever pushed to it.
    pub fn fetches(&self) -> bool {
        self.0 == Self::WIDGET || self.0 == Self::CLI
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ChannelId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl std::fmt::Display for ChannelId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
