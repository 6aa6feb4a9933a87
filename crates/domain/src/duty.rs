//! The duty table: what the assistant may do alone, what a person sends, and what is a person's only.
//!
//! A turn may touch several topics (what was asked, the entries that answer it, the action it takes). The strictest
//! of them holds, so a topic can never be reached around another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// Who answers. The greater is the stricter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duty {
    /// The assistant, by itself.
    #[default]
    Alone,
    /// The assistant drafts, a person sends.
    Draft,
    /// A person only.
    Person,
}

impl Duty {
    /// All of them, the mildest first.
    pub const ALL: [Self; 3] = [Self::Alone, Self::Draft, Self::Person];

    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Draft => "draft",
            Self::Person => "person",
        }
    }

    /// The duty of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.name() == name)
    }
}

/// The topic of all topics that have no row of their own.
pub const EVERYTHING_ELSE: &str = "*";

/// Duties by topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyTable {
    /// The number of the change that made it so; 0 before the first.
    pub version: i64,
    /// Topics with a row of their own: categories, intents, `action:NAME`.
    pub rows: BTreeMap<String, Duty>,
}

/// What the table says of a turn, and because of which topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who answers.
    pub duty: Duty,
    /// The strictest topic; `*` where none has a row of its own.
    pub topic: String,
    /// The state of the table.
    pub version: i64,
}

impl DutyTable {
    /// The duty of topics without a row of their own.
    pub fn default_duty(&self) -> Duty {
        self.rows.get(EVERYTHING_ELSE).copied().unwrap_or_default()
    }

    /// The duty of one topic.
    pub fn of(&self, topic: &str) -> Duty {
        self.rows.get(topic).copied().unwrap_or_else(|| self.default_duty())
    }

    /// What holds for a turn that touches these topics: the strictest.
    pub fn verdict<'a>(&self, topics: impl IntoIterator<Item = &'a str>) -> Verdict {
        let strictest = topics.into_iter().fold(None, |found: Option<(Duty, &str)>, topic| {
            let duty = self.of(topic);
            if found.is_none_or(|(so_far, _)| duty > so_far) { Some((duty, topic)) } else { found }
        });
        let (duty, topic) = strictest.unwrap_or_else(|| (self.default_duty(), EVERYTHING_ELSE));
        Verdict { duty, topic: topic.to_owned(), version: self.version }
    }

    /// Whether words of the knowledge may be shown while they are still being written: nothing that they could turn
    /// out to be is a person's to send.
    pub fn may_stream(&self) -> bool {
        self.rows.iter().all(|(topic, duty)| topic.starts_with("action:") || *duty == Duty::Alone)
    }
}

/// The topic of an action by its name.
pub fn action_topic(action: &str) -> String {
    format!("action:{action}")
}

/// A change of the table, on the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyChange {
    /// Its number.
    pub version: i64,
    /// Which topic.
    pub topic: String,
    /// What held before; none if the topic had no row.
    pub from: Option<Duty>,
    /// What holds from then on; none if the row was taken away.
    pub to: Option<Duty>,
    /// Why, in words.
    pub why: String,
    /// Who changed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, Duty)]) -> DutyTable {
        DutyTable {
            version: 1,
            rows: rows.iter().map(|(topic, duty)| ((*topic).to_owned(), *duty)).collect(),
        }
    }

    #[test]
    fn the_strictest_topic_holds() {
        let table = table(&[("returns", Duty::Draft), ("legal", Duty::Person), ("shipping", Duty::Alone)]);
        assert_eq!(table.verdict(["shipping"]).duty, Duty::Alone);
        assert_eq!(table.verdict(["shipping", "returns"]).topic, "returns");
        assert_eq!(table.verdict(["returns", "legal", "shipping"]).topic, "legal");
        assert_eq!(table.verdict(["unheard of"]).duty, Duty::Alone);
        assert_eq!(table.verdict([]).topic, EVERYTHING_ELSE);
    }

    #[test]
    fn the_default_row_holds_for_what_has_no_row() {
        let table = table(&[(EVERYTHING_ELSE, Duty::Person), ("shipping", Duty::Alone)]);
        assert_eq!(table.verdict(["shipping"]).duty, Duty::Alone);
        assert_eq!(table.verdict(["shipping", "new"]).duty, Duty::Person);
        assert_eq!(table.verdict([]).duty, Duty::Person);
        assert!(!table.may_stream());
    }

    #[test]
    fn words_stream_unless_a_topic_of_the_knowledge_is_a_persons() {
        assert!(table(&[("action:refund", Duty::Draft)]).may_stream());
        assert!(!table(&[("returns", Duty::Draft)]).may_stream());
    }
}
