//! What is wrong, where, and what to do about it.

use std::fmt::Write;

pub use domain::Said;
use domain::{EntryId, Lang};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two texts answer the same question otherwise.
    Contradiction,
    /// It says itself that its time is over.
    Expired,
    /// Personal data of somebody stands in it.
    Personal,
    /// Nobody can find it, or there is nothing to find.
    Unreachable,
    /// A link leads nowhere.
    DeadLink,
    /// It names a fact of the customer that no record holds.
    UnknownSlot,
    /// Two entries answer the same question.
    Duplicate,
    /// A phrasing that belongs to another entry.
    Misplaced,
    /// Its time is over soon.
    ExpiresSoon,
    /// Not changed for long, and speaks of a time that has passed since.
    Stale,
    /// It is there in one language only.
    MissingTranslation,
}

impl Kind {
    /// All kinds, the gravest first.
    pub const ALL: [Self; 11] = [
        Self::Contradiction,
        Self::Expired,
        Self::Personal,
        Self::Unreachable,
        Self::DeadLink,
        Self::UnknownSlot,
        Self::Duplicate,
        Self::Misplaced,
        Self::ExpiresSoon,
        Self::Stale,
        Self::MissingTranslation,
    ];

    /// The name in the API and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Expired => "expired",
            Self::Personal => "personal",
            Self::Unreachable => "unreachable",
            Self::DeadLink => "dead_link",
            Self::UnknownSlot => "unknown_slot",
            Self::Duplicate => "duplicate",
            Self::Misplaced => "misplaced",
            Self::ExpiresSoon => "expires_soon",
            Self::Stale => "stale",
            Self::MissingTranslation => "missing_translation",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people call it.
    pub const fn label(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Contradiction => ("说法矛盾", "Contradiction"),
            Self::Expired => ("已过期", "Expired"),
            Self::Personal => ("含个人信息", "Personal data"),
            Self::Unreachable => ("找不到", "Cannot be found"),
            Self::DeadLink => ("失效链接", "Dead link"),
            Self::UnknownSlot => ("没有这项资料", "Unknown place"),
            Self::Duplicate => ("重复", "Duplicate"),
            Self::Misplaced => ("问法放错条目", "Phrasing finds another entry"),
            Self::ExpiresSoon => ("即将过期", "Expires soon"),
            Self::Stale => ("久未更新", "Out of date"),
            Self::MissingTranslation => ("缺少译文", "Missing translation"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// How much it matters.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Contradiction
            | Self::Expired
            | Self::Personal
            | Self::Unreachable
            | Self::DeadLink
            | Self::UnknownSlot => Severity::Error,
            Self::Duplicate | Self::Misplaced | Self::ExpiresSoon => Severity::Warning,
            Self::Stale | Self::MissingTranslation => Severity::Hint,
        }
    }
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Customers are told something wrong, or nothing.
    Error,
    /// Customers may be told something wrong.
    Warning,
    /// Somebody should look at it.
    Hint,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// The name in the API and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The severity of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// Where in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The question or the title.
    Title,
    /// A phrasing.
    Phrasing,
    /// The answer or the article's text.
    Answer,
    /// The entry as a whole.
    Entry,
}

/// The other side of a finding about two texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Other {
    /// Which entry; the same one where its two languages are meant.
    pub entry: EntryId,
    /// In which language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// The words that are meant.
    pub quote: String,
}

/// What the machine can do about it by itself, once a person says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// Takes a phrasing out of the entry.
    RemovePhrasing {
        /// The language of the text.
        lang: Lang,
        /// The phrasing, as it is written.
        phrasing: String,
    },
    /// Gives the entry's phrasings to another, which says the same, and removes it.
    MergeInto {
        /// The entry that stays.
        entry: EntryId,
    },
    /// Leaves the words of a link and takes its address away.
    Unlink {
        /// The language of the text.
        lang: Lang,
        /// The address.
        url: String,
    },
}

impl Fix {
    /// The name in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RemovePhrasing { .. } => "remove_phrasing",
            Self::MergeInto { .. } => "merge_into",
            Self::Unlink { .. } => "unlink",
        }
    }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its name: the same as long as the texts that it is about are the same.
    pub key: String,
    /// What is wrong.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// In which entry.
    pub entry: EntryId,
    /// In which of its languages.
    pub lang: Lang,
    /// The entry's title in that language.
    pub title: String,
    /// Where in it.
    pub place: Place,
    /// The words that are meant.
    pub quote: String,
    /// The other text, where two do not fit together.
    pub other: Option<Other>,
    /// What is wrong, in words.
    pub problem: Said,
    /// What to do.
    pub advice: Said,
    /// What one click does, beside settling it.
    pub fix: Option<Fix>,
}

/// The name of a finding: of its kind and of all texts that it is about.
pub(super) fn key(kind: Kind, about: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(kind.name());
    for part in about {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()[..12].iter().fold(String::from("f"), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// The beginning of a text on one line, for quoting.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
