//! What customers taught: a question of theirs belongs to an entry.

use serde::{Deserialize, Serialize};

use crate::id::EntryId;

/// A question, personal data masked, with the entry that a customer found to answer it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lesson {
    /// Which entry.
    pub entry: EntryId,
    /// The words.
    pub question: String,
}
