//! People at the desk, how they sign in, and settings.

use async_trait::async_trait;
use domain::{Agent, AgentId, Timestamp};

use crate::{Result, Session};

/// People at the desk and how they sign in. Tokens are kept as hashes only.
#[async_trait]
pub trait Staff: Send + Sync {
    /// An agent.
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>>;
    /// All agents, by name.
    async fn agents(&self) -> Result<Vec<Agent>>;
    /// Writes an agent.
    async fn put_agent(&self, agent: &Agent) -> Result<()>;
    /// Removes an agent with their sessions. Their words stay.
    async fn remove_agent(&self, id: &AgentId) -> Result<()>;
    /// Keeps a one-time sign-in link.
    async fn put_sign_in(&self, hash: &str, agent: &AgentId, expires: Timestamp) -> Result<()>;
    /// Uses up a sign-in link; only the first caller in time gets the agent.
    async fn redeem_sign_in(&self, hash: &str, now: Timestamp) -> Result<Option<Agent>>;
    /// Keeps a session.
    async fn put_session(&self, session: &Session) -> Result<()>;
    /// The session of this hash with its agent, if it has not expired.
    async fn session(&self, hash: &str, now: Timestamp) -> Result<Option<(Session, Agent)>>;
    /// Ends a session.
    async fn end_session(&self, hash: &str) -> Result<()>;
    /// A setting, JSON text.
    async fn setting(&self, key: &str) -> Result<Option<String>>;
    /// Writes a setting.
    async fn put_setting(&self, key: &str, value: &str) -> Result<()>;
    /// Writes a setting unless there is one; returns what stands.
    async fn setting_or(&self, key: &str, value: &str) -> Result<String>;
}
