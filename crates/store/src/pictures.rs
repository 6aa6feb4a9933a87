//! Pictures of the knowledge.

use async_trait::async_trait;
use domain::{Picture, Timestamp};

use crate::Result;

/// Pictures of the knowledge, each once under the name of what it holds.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// Keeps pictures. What is there already counts as kept just now.
    async fn put_pictures(&self, pictures: Vec<Picture>, now: Timestamp) -> Result<()>;

    /// The bytes of a picture.
    async fn picture(&self, name: &str) -> Result<Option<Vec<u8>>>;

    /// Removes the pictures that neither an entry nor a draft shows, and that none ever showed: the way back to an
    /// earlier version needs them. What was kept since `before` may belong to an import that still goes on. Returns how
    /// many went.
    async fn sweep_pictures(&self, before: Timestamp) -> Result<u64>;
}
