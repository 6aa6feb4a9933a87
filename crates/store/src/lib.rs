//! Keeps everything: one trait by area, one implementation per database, one contract suite.
//!
//! Rules of the house:
//! - Duplicates are decided by unique keys, never by reading first.
//! - A change of a conversation names the revision it was made from; if another change came first it
//!   is refused whole ([`Applied::Conflict`]), and the caller decides anew.
//! - Jobs are rows written in the transaction that caused them. A job is worked under a lease; a
//!   `fence` grows with every lease, so a worker that lost its lease cannot commit.
//! - What a method returned `Ok` for is on disk.

mod error;
mod goods;
mod lessons;
mod pictures;
mod publishing;
mod quality;
mod records;
mod service;
mod spending;
mod sqlite;
mod staff;

use async_trait::async_trait;
use domain::{
    AnswerId, ChannelId, Conversation, ConversationId, Customer, CustomerId, Delivery, DeliveryState, Entry,
    EntryId, Feedback, Inbound, IntentExample, Message, MessageId, Rating, TestQuestion, Timestamp, Trace,
};

pub use error::StoreError;
pub use goods::{AdviceRow, Arm, Arms, Goods, HISTORY_DAYS, ProductFilter, ProductOutcome, ProductRow};
pub use lessons::{LessonCounts, Lessons};
pub use pictures::Pictures;
pub use publishing::{
    Draft, DraftStage, EntryStep, NewDraft, PastQuestion, Publication, Release, Released, Return, TestRow,
};
pub use quality::{ByValue, EntryValue, LinkCheck, PERIOD, Quality, SettledFinding, Tally};
pub use records::{
    Applied, Change, Claimed, ConversationFilter, ConversationRow, Document, DocumentRow, EntryChange,
    EntryFilter, EntryRow, Fence, Job, JobKind, Lease, NewDelivery, NewJob, NewMessage, Page, Received,
    Session, Settled, SourceOutcome, SourceRun, VectorRow,
};
pub use service::{CallMove, Decided, Forgetting, Replied, Service, ServiceChange, TakenIn};
pub use spending::{Purse, Spending, Spent};
pub use sqlite::{Durability, Sqlite};
pub use staff::Staff;

/// The result of every operation.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Everything that is kept.
pub trait Store:
    Conversations
    + Goods
    + Work
    + Knowledge
    + Lessons
    + Pictures
    + Publishing
    + Quality
    + Service
    + Sources
    + Spending
    + Staff
    + Upkeep
{
}
impl<
    T: Conversations
        + Goods
        + Work
        + Knowledge
        + Lessons
        + Pictures
        + Publishing
        + Quality
        + Service
        + Sources
        + Spending
        + Staff
        + Upkeep,
> Store for T
{
}

/// Customers, conversations, messages, and what customers think of them.
#[async_trait]
pub trait Conversations: Send + Sync {
    /// Accepts a message in one transaction: finds or makes the customer and the open conversation,
    /// gives the message its place, and queues the `Answer` job for stages in which the assistant
    /// has something to do (with the assistant, or waiting). The same message again changes nothing
    /// and is answered as the first time. With a `lease`, a job that nobody works on is claimed in
    /// the same transaction. Calls that arrive together are committed together.
    ///
    /// `fresh` are names for a customer, a conversation and a message, should new ones be needed.
    async fn receive(
        &self,
        inbound: Inbound,
        fresh: (CustomerId, ConversationId, MessageId),
        now: Timestamp,
        lease: Option<Lease>,
    ) -> Result<Received>;

    /// Writes a change of a conversation with all that follows from it, or nothing.
    async fn apply(&self, change: Change) -> Result<Applied>;

    /// `None` when there is no such conversation: absence is an answer, not an error.
    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>>;

    /// The conversations of one sender on one channel, newest first.
    async fn thread(&self, channel: &ChannelId, sender: &str, limit: u32) -> Result<Vec<Conversation>>;

    /// Conversations as a desk lists them: of those that wait the angry first, then the longest wait; else last
    /// changed first.
    async fn list(&self, filter: &ConversationFilter, page: &Page) -> Result<Vec<ConversationRow>>;

    /// How many conversations the filter finds.
    async fn count(&self, filter: &ConversationFilter) -> Result<u64>;

    /// Messages after a place, oldest first.
    async fn messages(&self, conversation: &ConversationId, after: i64, limit: u32) -> Result<Vec<Message>>;

    /// What the customer last said while a person was awaited, oldest first, if nobody has spoken since but to
    /// say that they wait. What was left in the contact form is for people.
    async fn said_while_waiting(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Message>>;

    /// One message by name.
    async fn message(&self, id: &MessageId) -> Result<Option<Message>>;

    /// How many conversations have waited longer: 0 means this one is next. It is what customers are told, and goes
    /// by the wait alone: a place that an angry neighbour takes away would be a broken promise.
    async fn waiting_ahead(&self, conversation: &ConversationId) -> Result<u64>;

    /// A customer.
    async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>>;

    /// Replaces what we know of a customer.
    async fn put_customer(&self, customer: &Customer) -> Result<()>;

    /// The trace of an answer.
    async fn trace(&self, id: &AnswerId) -> Result<Option<Trace>>;

    /// The traces of a conversation, oldest first.
    async fn traces(&self, conversation: &ConversationId) -> Result<Vec<Trace>>;

    /// The latest traces of a conversation, oldest first.
    async fn last_traces(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Trace>>;

    /// Keeps a judgement; it replaces an earlier one of the same answer.
    async fn put_feedback(&self, feedback: &Feedback) -> Result<()>;

    /// The judgements of a conversation's answers.
    async fn feedback(&self, conversation: &ConversationId) -> Result<Vec<Feedback>>;

    /// Keeps a rating; it replaces an earlier one of the same conversation.
    async fn put_rating(&self, rating: &Rating) -> Result<()>;

    /// The rating of a conversation.
    async fn rating(&self, conversation: &ConversationId) -> Result<Option<Rating>>;
}

/// Jobs and deliveries.
#[async_trait]
pub trait Work: Send + Sync {
    /// Leases due jobs of a kind, oldest first. A job under a lease that has run out is due again.
    async fn claim(&self, kind: JobKind, now: Timestamp, lease: Lease, limit: u32) -> Result<Vec<Job>>;

    /// Removes a job under this fence. `false` if the lease was lost meanwhile.
    async fn finish(&self, kind: JobKind, key: &str, fence: Fence) -> Result<bool>;

    /// Gives a job back, to be tried again at `due`. `false` if the lease was lost meanwhile.
    async fn retry(
        &self,
        kind: JobKind,
        key: &str,
        fence: Fence,
        due: Timestamp,
        error: &str,
    ) -> Result<bool>;

    /// Ends every lease: the caller is the only process on this data and has just started.
    async fn release_leases(&self) -> Result<u64>;

    /// Queues a job; one with the same kind and key stays as it is, but becomes due no later.
    async fn enqueue(&self, job: NewJob) -> Result<()>;

    /// Jobs by kind and how many of them wait.
    async fn backlog(&self) -> Result<Vec<(JobKind, u64)>>;

    /// How far a message is on its way out; `None` if it is fetched and not pushed.
    async fn delivery(&self, message: &MessageId) -> Result<Option<Delivery>>;

    /// Moves a delivery from one state to another. `false` if it was not in the first.
    async fn move_delivery(
        &self,
        message: &MessageId,
        from: DeliveryState,
        to: DeliveryState,
        error: Option<&str>,
        now: Timestamp,
    ) -> Result<bool>;

    /// Marks as in doubt what was being handed over when the process died. Returns how many.
    async fn doubt_unfinished_deliveries(&self, now: Timestamp) -> Result<u64>;

    /// Deliveries of a conversation that are not simply sent, in the order of its messages.
    async fn troubled_deliveries(&self, conversation: &ConversationId) -> Result<Vec<Delivery>>;
}

/// The knowledge and its history.
#[async_trait]
pub trait Knowledge: Send + Sync {
    /// The number of the latest change; 0 when nothing was ever written.
    async fn knowledge_version(&self) -> Result<i64>;

    /// Writes and removes entries in one transaction, by whom, and returns the new version.
    /// Nothing to do leaves the version as it is.
    async fn write_entries(&self, put: &[Entry], remove: &[EntryId], by: &str, now: Timestamp)
    -> Result<i64>;

    /// One entry.
    async fn entry(&self, id: &EntryId) -> Result<Option<Entry>>;

    /// Entries as a list shows them, by title; `filter.text` finds in titles and ids.
    async fn entries(&self, filter: &EntryFilter, page: &Page) -> Result<Vec<EntryRow>>;

    /// How many entries the filter finds.
    async fn count_entries(&self, filter: &EntryFilter) -> Result<u64>;

    /// The categories in use, with how many entries each has; among them the empty one of entries without any.
    async fn categories(&self) -> Result<Vec<(String, u64)>>;

    /// All entries after this id, by id: pages of a full read.
    async fn entries_after(&self, after: Option<&EntryId>, limit: u32) -> Result<Vec<Entry>>;

    /// Changes after a version, oldest first; `entry` is `None` for a removal.
    async fn entry_changes(&self, after: i64, limit: u32) -> Result<Vec<EntryChange>>;

    /// The owner's examples of what customers want, by intent, then by text.
    async fn examples(&self) -> Result<Vec<IntentExample>>;

    /// Adds examples, by whom, and returns how many are new. What is there already stays as it is.
    async fn put_examples(&self, examples: &[IntentExample], by: &str, now: Timestamp) -> Result<u64>;

    /// Removes an example. `false` if it was not there.
    async fn remove_example(&self, example: &IntentExample) -> Result<bool>;

    /// A number that grows with every change of the examples; 0 before the first.
    async fn examples_revision(&self) -> Result<i64>;

    /// What a sentence model told of these texts, as far as it is kept, in no order.
    async fn vectors(&self, model: &str, texts: &[Vec<u8>]) -> Result<Vec<VectorRow>>;

    /// Keeps what a sentence model told. The same text again is written over.
    async fn put_vectors(&self, model: &str, rows: Vec<VectorRow>) -> Result<()>;

    /// Forgets what all other models told.
    async fn keep_vectors_of(&self, model: &str) -> Result<()>;
}

/// Drafts, what was published when and why, and the questions that must be answered.
#[async_trait]
pub trait Publishing: Send + Sync {
    /// Keeps drafts in one transaction, by their entries; each takes the place of the former one. What an entry is
    /// now is what they were written from.
    async fn put_drafts(&self, drafts: &[NewDraft], now: Timestamp) -> Result<()>;

    /// The draft of an entry.
    async fn draft(&self, id: &EntryId) -> Result<Option<Draft>>;

    /// Drafts of a stage, or all; the longest untouched first.
    async fn drafts(&self, stage: Option<DraftStage>, page: &Page) -> Result<Vec<Draft>>;

    /// How many there are.
    async fn count_drafts(&self, stage: Option<DraftStage>) -> Result<u64>;

    /// Moves a draft to a stage, with a note. `false` if it is no longer in the state of `revision`.
    async fn move_draft(
        &self,
        id: &EntryId,
        revision: i64,
        stage: DraftStage,
        note: &str,
        now: Timestamp,
    ) -> Result<bool>;

    /// Throws a draft away. `false` if there was none.
    async fn drop_draft(&self, id: &EntryId) -> Result<bool>;

    /// Publishes drafts in one transaction: entries, history and publication are written and the drafts are gone,
    /// or nothing.
    async fn release(&self, release: &Release) -> Result<Released>;

    /// Makes the knowledge, or one entry, what it was at a version, in one transaction; returns the version that
    /// this makes. What is published after that version stays in the history.
    async fn go_back(&self, to: &Return) -> Result<i64>;

    /// What was published, latest first.
    async fn publications(&self, page: &Page) -> Result<Vec<Publication>>;

    /// The publication that made this version, or the one that it was part of.
    async fn publication(&self, version: i64) -> Result<Option<Publication>>;

    /// The version of the knowledge at a moment; 0 before the first.
    async fn version_at(&self, moment: Timestamp) -> Result<i64>;

    /// The entries that differ between two versions, by id.
    async fn steps(&self, since: i64, until: i64, page: &Page) -> Result<Vec<EntryStep>>;

    /// The changes of one entry before a version, latest first.
    async fn history(&self, id: &EntryId, before: Option<i64>, limit: u32) -> Result<Vec<EntryChange>>;

    /// Test questions by their words; `text` finds in them and in the names of the expected entries.
    async fn tests(&self, text: Option<&str>, page: &Page) -> Result<Vec<TestRow>>;

    /// How many there are.
    async fn count_tests(&self, text: Option<&str>) -> Result<u64>;

    /// Adds test questions in one transaction, by whom, and returns how many are new or expect something else now.
    async fn put_tests(&self, tests: &[TestQuestion], by: &str, now: Timestamp) -> Result<u64>;

    /// Removes a test question. `false` if it was not there.
    async fn remove_test(&self, test: &TestQuestion) -> Result<bool>;

    /// A number that grows with every change of the test questions; 0 before the first.
    async fn tests_revision(&self) -> Result<i64>;

    /// The latest questions that customers asked of the knowledge, latest first, the same words once. What was
    /// asked at the command line is not among them.
    async fn last_questions(&self, limit: u32) -> Result<Vec<PastQuestion>>;
}

/// Where knowledge comes from by itself, and how its documents stand.
#[async_trait]
pub trait Sources: Send + Sync {
    /// What a source did last; `None` before the first time.
    async fn source_run(&self, source: &str) -> Result<Option<SourceRun>>;

    /// All documents of a source, by address.
    async fn documents(&self, source: &str) -> Result<Vec<Document>>;

    /// How documents of a source stand, by address, those with a problem first; `page.after` is how many to pass
    /// over.
    async fn document_rows(&self, source: &str, page: &Page) -> Result<Vec<DocumentRow>>;

    /// How many documents of a source have each status.
    async fn count_documents(&self, source: &str) -> Result<Vec<(String, u64)>>;

    /// Writes what a run leaves behind. The same again changes nothing.
    async fn put_source_outcome(&self, source: &str, outcome: SourceOutcome) -> Result<()>;
}

/// Care of the data itself.
#[async_trait]
pub trait Upkeep: Send + Sync {
    /// Answers if the database answers a read and takes a write.
    async fn ready(&self) -> Result<()>;
    /// A consistent copy of everything into one new file, while work goes on.
    async fn backup(&self, to: &std::path::Path) -> Result<()>;
    /// Looks for damage; empty when all is well, else what is wrong in words.
    async fn check(&self) -> Result<Vec<String>>;
    /// Conversations after this id, by id: pages of a full read.
    async fn conversations_after(
        &self,
        after: Option<&ConversationId>,
        limit: u32,
    ) -> Result<Vec<Conversation>>;
    /// Answers that the assistant gave while a person had the conversation. Must be 0.
    async fn count_violations(&self) -> Result<u64>;
    /// Finishes what is queued and closes the files.
    async fn close(&self);
}

/// The traits, for those who call methods on a store.
pub mod prelude {
    pub use crate::{
        Conversations, Goods, Knowledge, Lessons, Pictures, Publishing, Quality, Service, Sources, Spending,
        Staff, Store, Upkeep, Work,
    };
}
