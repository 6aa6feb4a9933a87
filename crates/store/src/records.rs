//! What goes into the store and comes out of it, beside the domain's own types.

mod said;

use domain::{
    AgentId, Author, ChannelId, Content, Conversation, Entry, EntryId, Kind, Lang, Message, MessageId, Said,
    Timestamp, Trace,
};

use crate::ServiceChange;

/// The number of a lease; a later lease of the same job has a greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fence(pub i64);

/// Until when a job may be worked on before others may take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The end of the lease.
    pub until: Timestamp,
}

/// The kinds of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Answer what a customer said; the key is the conversation. `seq` is the last message to answer.
    Answer,
    /// Push a message to a foreign platform; the key is the message.
    Deliver,
    /// Tell a waiting customer how it stands; the key is the conversation.
    Notice,
    /// Read a source of knowledge again; the key is the source.
    Sync,
    /// Do something in another system; the key is the call.
    Call,
}

impl JobKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Answer, Self::Deliver, Self::Notice, Self::Sync, Self::Call];

    /// The name in the store and the metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Deliver => "deliver",
            Self::Notice => "notice",
            Self::Sync => "sync",
            Self::Call => "call",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A job under a lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which kind.
    pub kind: JobKind,
    /// What it is about: a conversation or a message.
    pub key: String,
    /// Proof of the lease.
    pub fence: Fence,
    /// Tries before this one that failed.
    pub attempts: u32,
    /// For `Answer`: the last message that wants an answer.
    pub seq: i64,
}

/// A job to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Which kind.
    pub kind: JobKind,
    /// What it is about.
    pub key: String,
    /// Not before.
    pub due: Timestamp,
}

/// What became of a message that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The conversation it belongs to.
    pub conversation: Conversation,
    /// The message as kept.
    pub message: Message,
    /// It was here before; nothing changed.
    pub repeated: bool,
    /// The `Answer` job was claimed for the caller.
    pub claimed: Option<Claimed>,
}

/// A lease on an `Answer` job, taken while receiving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// Proof of the lease.
    pub fence: Fence,
    /// The last message that wants an answer.
    pub seq: i64,
}

/// A message to be appended; the store gives it its place.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// Its name.
    pub id: MessageId,
    /// Who speaks.
    pub author: Author,
    /// What is said.
    pub content: Content,
    /// The sender's own name for it (an agent's client id): a repeat makes the whole change a conflict-free no-op.
    pub external_id: Option<String>,
}

/// A message that must be pushed to a foreign platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Which of the change's messages.
    pub message: MessageId,
}

/// The end of a turn on an `Answer` job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// Proof of the lease.
    pub fence: Fence,
    /// Messages up to here are dealt with.
    pub seq: i64,
}

/// A change of a conversation and all that follows from it: one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The conversation as it shall be. Its `revision` is the one it was read with; the store raises it.
    /// `last_seq` and `answered_seq` are the store's own business.
    pub conversation: Conversation,
    /// What is said.
    pub messages: Vec<NewMessage>,
    /// Why.
    pub traces: Vec<Trace>,
    /// What must be pushed; each gets a `Deliver` job.
    pub deliveries: Vec<NewDelivery>,
    /// Other jobs to queue.
    pub jobs: Vec<NewJob>,
    /// The turn this ends: the job goes if nothing newer waits, else it stays leased (`more`).
    pub settles: Option<Settled>,
    /// What is done beside words.
    pub service: ServiceChange,
    /// When.
    pub at: Timestamp,
}

impl Change {
    /// A change that only moves the conversation.
    pub fn of(conversation: Conversation, at: Timestamp) -> Self {
        Self {
            conversation,
            messages: Vec::new(),
            traces: Vec::new(),
            deliveries: Vec::new(),
            jobs: Vec::new(),
            settles: None,
            service: ServiceChange::default(),
            at,
        }
    }
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "moved once and taken apart at once; a box would only get in the way"
)]
pub enum Applied {
    /// It stands.
    Done {
        /// The conversation as it is now.
        conversation: Conversation,
        /// The messages with their places.
        messages: Vec<Message>,
        /// Of a settled turn: a newer message waits, the lease is still held, up to this place.
        more: Option<i64>,
    },
    /// The conversation changed meanwhile, or the lease was lost. Nothing was written.
    Conflict,
}

/// A part of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Continue after this cursor, as given with the last row.
    pub after: Option<String>,
    /// At most so many rows.
    pub limit: u32,
}

/// Which conversations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConversationFilter {
    /// `assistant`, `waiting`, `agent`, `closed`; `None` for all.
    pub stage: Option<String>,
    /// Only those this agent has.
    pub agent: Option<AgentId>,
    /// Only those that wait for a person, and those that no agent has in which something waits for a person's word: an
    /// action or a draft, whoever has the conversation now, and an action also when it is over.
    pub needs_person: bool,
    /// Only those not closed.
    pub open: bool,
    /// Leave this channel out.
    pub without_channel: Option<ChannelId>,
    /// Only those in which nothing has changed since.
    pub quiet_since: Option<Timestamp>,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationRow {
    /// The conversation.
    pub conversation: Conversation,
    /// The customer's name, if known.
    pub customer_name: Option<String>,
    /// The latest message that is not a notice.
    pub last: Option<Message>,
    /// The action that waits for a person's word, the oldest, and since when.
    pub undecided: Option<(String, Timestamp)>,
    /// A draft waits to be sent.
    pub drafted: bool,
    /// Where to continue after this row.
    pub cursor: String,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Found in titles or ids.
    pub text: Option<String>,
    /// Of this category or one below it; empty for those without any.
    pub category: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its name.
    pub id: EntryId,
    /// Question or article.
    pub kind: Kind,
    /// Its group.
    pub category: String,
    /// Titles by language.
    pub titles: Vec<(Lang, String)>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where to continue after this row.
    pub cursor: String,
}

/// One step in the history of the knowledge.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryChange {
    /// The version this step made.
    pub version: i64,
    /// Which entry.
    pub id: EntryId,
    /// What it became; `None` if it was removed.
    pub entry: Option<Entry>,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token in the cookie.
    pub hash: String,
    /// Whose.
    pub agent: AgentId,
    /// When it ends at the latest.
    pub expires: Timestamp,
    /// The token that forms must carry.
    pub form_token: String,
}

/// What a sentence model told of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VectorRow {
    /// The text's name.
    pub text: Vec<u8>,
    /// Its vector, as the one who asked packed it.
    pub vector: Vec<u8>,
}

/// How a document of a source stands, without its texts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DocumentRow {
    /// Where it is.
    pub address: String,
    /// A code: `read`, or why not.
    pub status: String,
    /// What the code leaves open: the status of HTTP, a page that cannot be read. Lines. As JSON it is `detail` in
    /// English and `detail_zh`.
    #[serde(flatten, serialize_with = "said::detail")]
    pub detail: Said,
    /// What was made of it.
    pub entries: Vec<EntryId>,
    /// When it was last looked at.
    pub checked_at: Timestamp,
    /// When it last said something new.
    pub changed_at: Option<Timestamp>,
}

/// A document of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// How it stands.
    pub row: DocumentRow,
    /// What it said when it was last taken.
    pub base: Vec<Entry>,
    /// Its server's mark for what it said.
    pub etag: Option<String>,
    /// Since when it says so, in its server's words.
    pub last_modified: Option<String>,
    /// Hash of its bytes.
    pub hash: String,
}

/// What a source did last.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SourceRun {
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Why nothing was changed, if it failed as a whole. As JSON it is `problem` in English and `problem_zh`.
    #[serde(flatten, serialize_with = "said::problem")]
    pub problem: Option<Said>,
    /// How many documents and entries of each kind, as JSON.
    pub counts: serde_json::Value,
}

/// All that a run of a source leaves behind: one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceOutcome {
    /// Documents as they stand now.
    pub put: Vec<Document>,
    /// Documents that are no longer the source's.
    pub gone: Vec<String>,
    /// The run itself.
    pub run: SourceRun,
}
