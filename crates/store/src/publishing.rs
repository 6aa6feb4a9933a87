//! What is kept of knowledge on its way from a draft to what customers are told.

use domain::{AgentId, AnswerId, Asker, Entry, EntryId, Lang, TestQuestion, Timestamp};

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftStage {
    /// Somebody writes it.
    Draft,
    /// Somebody else shall look at it.
    Review,
}

impl DraftStage {
    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
        }
    }

    /// The stage of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Draft, Self::Review].into_iter().find(|stage| stage.name() == name)
    }
}

/// What an entry shall become.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDraft {
    /// Which entry.
    pub id: EntryId,
    /// What it shall become; `None` if it shall go.
    pub becomes: Option<Entry>,
    /// How far it has come.
    pub stage: DraftStage,
    /// The name of who wrote it.
    pub by: String,
    /// The person, if one at the desk.
    pub agent: Option<AgentId>,
    /// Why.
    pub why: String,
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What shall be, by whom and why.
    pub new: NewDraft,
    /// The version of the latest change of the entry when this was written; 0 if there was none.
    pub base: i64,
    /// The version of its latest change now.
    pub stands: i64,
    /// What a reviewer said of it.
    pub note: String,
    /// Grows with every change of any draft: names this state of it.
    pub revision: i64,
    /// When it was last changed.
    pub at: Timestamp,
    /// Where to continue a list after it.
    pub cursor: String,
}

impl Draft {
    /// Whether the entry was changed after this was written.
    pub fn is_outdated(&self) -> bool {
        self.base != self.stands
    }
}

/// Drafts that shall be published together.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Which, in the state that was checked.
    pub drafts: Vec<(EntryId, i64)>,
    /// The version of the knowledge that they were checked against.
    pub since: i64,
    /// Who publishes.
    pub by: String,
    /// Why.
    pub why: String,
    /// The reason why it is published although tests are red.
    pub overridden: Option<String>,
    /// What the tests said, JSON text.
    pub result: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// It stands; the version it made.
    Done(i64),
    /// Knowledge or drafts changed meanwhile. Nothing was written.
    Conflict,
}

/// A way back.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// To the knowledge as it was at this version.
    pub to: i64,
    /// One entry alone; `None` for all.
    pub only: Option<EntryId>,
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// When.
    pub at: Timestamp,
}

/// What was published together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The version it made.
    pub version: i64,
    /// The version before it.
    pub since: i64,
    /// `write` (an import, a program), `publish`, `rollback`.
    pub act: String,
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// The reason why it was published although tests were red.
    pub overridden: Option<String>,
    /// What the tests said, JSON text.
    pub result: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What an entry was at a version and at a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryStep {
    /// Which entry.
    pub id: EntryId,
    /// What it was; `None` if it was not there.
    pub before: Option<Entry>,
    /// What it was then; `None` if it was gone.
    pub after: Option<Entry>,
    /// Who wrote the last of these changes.
    pub by: String,
}

/// A question that a customer asked.
#[derive(Debug, Clone, PartialEq)]
pub struct PastQuestion {
    /// The answer it got then.
    pub answer: AnswerId,
    /// The words, personal data masked.
    pub text: String,
    /// The language of the conversation.
    pub lang: Lang,
    /// Who asked.
    pub asker: Asker,
    /// The entry that the customer found helpful.
    pub helped: Option<EntryId>,
}

/// A test question in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRow {
    /// The question and what must answer it.
    pub test: TestQuestion,
    /// Who added it.
    pub by: String,
    /// Where to continue after this row.
    pub cursor: String,
}
