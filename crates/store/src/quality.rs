//! How good the knowledge is: findings that people settled, links that were tried, and what entries are worth.

use async_trait::async_trait;
use domain::{EntryId, Timestamp};
use serde::Serialize;

use crate::{EntryFilter, EntryRow, Page, Result};

/// Days that make a period.
pub const PERIOD: i64 = 28;

/// How often an entry was wanted, and what came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Questions that it answered, was offered for, or came closest to.
    pub asked: u64,
    /// Questions that it answered.
    pub answered: u64,
    /// Answers that the customer called helpful.
    pub helped: u64,
    /// Answers that the customer called unhelpful, or after which a person took over.
    pub harmed: u64,
}

/// What an entry is worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct EntryValue {
    /// Since the beginning.
    pub total: Tally,
    /// In the last [`PERIOD`] days.
    pub recent: Tally,
    /// In as many days before those.
    pub before: Tally,
    /// When it last answered a question.
    pub used_at: Option<Timestamp>,
}

/// What a list of entries is sorted by, the greatest first; equals by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByValue {
    /// By how often it was asked for.
    Asked,
    /// By how often it answered.
    Answered,
    /// By how often it helped.
    Helped,
    /// By how often it did harm.
    Harmed,
    /// By when it last answered.
    Used,
}

impl ByValue {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Asked, Self::Answered, Self::Helped, Self::Harmed, Self::Used];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Helped => "helped",
            Self::Harmed => "harmed",
            Self::Used => "used",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// A finding that somebody dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettledFinding {
    /// The finding's name.
    pub key: String,
    /// Why it needs no more attention.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What an address outside said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkCheck {
    /// The address.
    pub url: String,
    /// What went wrong; `None` if it answered.
    pub failure: Option<String>,
    /// When it was asked.
    pub at: Timestamp,
}

/// How good the knowledge is.
#[async_trait]
pub trait Quality: Send + Sync {
    /// All findings that were settled, by name.
    async fn settled_findings(&self) -> Result<Vec<SettledFinding>>;

    /// Settles a finding; settled again, the last reason counts.
    async fn settle_finding(&self, settled: &SettledFinding) -> Result<()>;

    /// Opens a finding again. `false` if it was not settled.
    async fn reopen_finding(&self, key: &str) -> Result<bool>;

    /// What addresses said when they were last asked, by address.
    async fn link_checks(&self) -> Result<Vec<LinkCheck>>;

    /// Keeps what addresses said, and forgets all others.
    async fn keep_link_checks(&self, checks: Vec<LinkCheck>) -> Result<()>;

    /// What these entries are worth, in their order.
    async fn entry_values(&self, ids: &[EntryId], now: Timestamp) -> Result<Vec<EntryValue>>;

    /// Entries as a list shows them, the most valuable first.
    async fn entries_by_value(&self, filter: &EntryFilter, by: ByValue, page: &Page)
    -> Result<Vec<EntryRow>>;
}
