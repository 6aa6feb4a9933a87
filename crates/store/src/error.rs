//! What can go wrong with the store, and whether trying again helps.

use std::path::PathBuf;

/// A failed operation. Nothing of it was kept.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or created.
    #[error("cannot open the database {path}: {reason}; check that the folder exists and may be written")]
    Open {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file was written by a newer version of the program.
    #[error("the database was written by a newer frontdesk: {0}; use that version, or restore a backup")]
    Newer(String),
    /// Another process holds the database locked for too long.
    #[error("the database is locked by another process; stop that process or wait")]
    Locked,
    /// The disk is full.
    #[error("the disk is full: free some space; nothing was accepted meanwhile and nothing is lost")]
    Full,
    /// The file is damaged.
    #[error("the database is damaged ({0}); restore the latest backup with `frontdesk restore`")]
    Damaged(String),
    /// A stored value cannot be read.
    #[error("a stored {what} cannot be read: {reason}")]
    Unreadable {
        /// What kind of value.
        what: &'static str,
        /// Why.
        reason: String,
    },
    /// The store is closing or has closed.
    #[error("the store is closed: the server is shutting down")]
    Closed,
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Database(String),
}

impl StoreError {
    /// Whether the same operation may succeed later without a person doing something to the program.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Locked | Self::Full | Self::Database(_))
    }
}
