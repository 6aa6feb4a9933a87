//! What an operator may set about serving.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

/// The `[server]` section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Websites that may embed the widget (`https://shop.example`); empty for all.
    pub allowed_origins: Vec<String>,
    /// Set when customers reach the server by https, so that cookies are only sent there.
    pub https: bool,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            trusted_proxies: Vec::new(),
            allowed_origins: Vec::new(),
            https: false,
        }
    }
}
