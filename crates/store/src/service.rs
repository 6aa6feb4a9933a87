//! Personal service: identities, profiles, calls of other systems, proposals, the duty table.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    AnswerId, Call, CallId, CallState, ConversationId, CustomerFile, CustomerId, Duty, DutyChange, DutyTable,
    EntryId, Identity, Origin, Pending, Profile, ProfileEvent, Proposal, ProposalState, SeenOrder, Timestamp,
};

use serde::{Deserialize, Serialize};

use crate::Result;

/// What a change of a conversation does beside words: written in its transaction, or not at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ServiceChange {
    /// What the conversation is on its way to from now on; the outer none leaves it as it is.
    pub pending: Option<Option<Pending>>,
    /// Calls to be made. One that is there already makes the whole change a conflict.
    pub calls: Vec<Call>,
    /// A call that moves on. If it is not in the state named, the whole change is a conflict.
    pub moves: Option<CallMove>,
    /// Words that wait for a person.
    pub proposals: Vec<Proposal>,
    /// A proposal that a person decided on. If it is not open, the whole change is a conflict.
    pub decided: Option<Decided>,
    /// What a person's words answered.
    pub replied: Option<Replied>,
    /// What the customer said of themselves: name and value.
    pub learnt: Vec<(String, String)>,
    /// An order that another system told of.
    pub order: Option<SeenOrder>,
}

/// A step of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMove {
    /// Which.
    pub id: CallId,
    /// It must be in this state.
    pub from: CallState,
    /// It is in this one then.
    pub to: CallState,
    /// The HTTP status that came back.
    pub status: Option<u16>,
    /// What went wrong.
    pub error: Option<String>,
    /// Who decided, where a person did.
    pub by: Option<String>,
    /// The arguments as they are kept from then on, where they change.
    pub arguments: Option<domain::Arguments>,
    /// When.
    pub at: Timestamp,
}

/// What a person decided of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Which.
    pub answer: AnswerId,
    /// What became of it.
    pub state: ProposalState,
    /// Who.
    pub by: String,
}

/// Words that a person typed where the assistant had none: they are those of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    /// The refusal before them.
    pub answer: AnswerId,
    /// Which entry says the same.
    pub entry: EntryId,
}

/// What is to be forgotten of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// Whose.
    pub customer: CustomerId,
    /// What was said in their conversations, too.
    pub words: bool,
    /// Who wants it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What became of customers of another desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Who was not known.
    pub new: u64,
    /// Who was.
    pub known: u64,
    /// Who was forgotten here.
    pub left_out: u64,
}

/// Identities, profiles, calls, proposals, duties.
#[async_trait]
pub trait Service: Send + Sync {
    /// Keeps the shop's word of who a sender is; the same user again is written over.
    async fn put_identity(&self, sender: &str, identity: &Identity) -> Result<()>;

    /// Who a sender of the widget is, by the shop's word.
    async fn identity(&self, sender: &str) -> Result<Option<Identity>>;

    /// All that is known of a customer; empty for one of whom nothing is.
    async fn profile(&self, customer: &CustomerId) -> Result<Profile>;

    /// Writes a fact, in a person's name. `false` if there is no such customer.
    async fn put_fact(
        &self,
        customer: &CustomerId,
        name: &str,
        value: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<bool>;

    /// Removes a fact. `false` if it was not there.
    async fn remove_fact(&self, customer: &CustomerId, name: &str, by: &str, now: Timestamp) -> Result<bool>;

    /// Forgets a customer: profile, identity, orders, name, contact, the arguments of calls, open proposals, and on
    /// demand all that was said. `false` if there is no such customer.
    async fn forget_customer(&self, forgetting: &Forgetting) -> Result<bool>;

    /// What was done to a profile, latest first.
    async fn profile_events(&self, customer: &CustomerId, limit: u32) -> Result<Vec<ProfileEvent>>;

    /// Takes in customers of another desk, all or none. Nobody is corrected by somebody less sure or by older news,
    /// and who was forgotten here stays forgotten.
    async fn put_customer_files(&self, files: Vec<CustomerFile>) -> Result<TakenIn>;

    /// Customers after this id, by id.
    async fn customers_after(&self, after: Option<&CustomerId>, limit: u32) -> Result<Vec<domain::Customer>>;

    /// Conversations of a customer, newest first.
    async fn conversations_of(&self, customer: &CustomerId, limit: u32) -> Result<Vec<domain::Conversation>>;

    /// What a conversation is on its way to.
    async fn pending(&self, conversation: &ConversationId) -> Result<Option<Pending>>;

    /// A call.
    async fn call(&self, id: &CallId) -> Result<Option<Call>>;

    /// The calls of a conversation, oldest first.
    async fn calls(&self, conversation: &ConversationId) -> Result<Vec<Call>>;

    /// The calls of a customer that wait for a person's word, in whatever conversation, oldest first.
    async fn undecided_calls(&self, customer: &CustomerId) -> Result<Vec<Call>>;

    /// How many calls for an order found nothing since a moment, of people who were not signed in.
    async fn strangers_who_found_nothing(&self, order: &str, since: Timestamp) -> Result<u64>;

    /// Moves a call on by itself. `false` if it was not in the state named.
    async fn move_call(&self, step: &CallMove) -> Result<bool>;

    /// The proposals of a conversation, oldest first.
    async fn proposals(&self, conversation: &ConversationId) -> Result<Vec<Proposal>>;

    /// The duty table as it was last changed.
    async fn duties(&self) -> Result<DutyTable>;

    /// Changes a row, or takes it away, and returns the number of the change; none if nothing would change.
    async fn set_duty(
        &self,
        topic: &str,
        to: Option<Duty>,
        why: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<i64>>;

    /// Changes of the duty table before a version, latest first.
    async fn duty_changes(&self, before: Option<i64>, limit: u32) -> Result<Vec<DutyChange>>;
}

/// Whether a fact of this origin takes the place of one that is there: nobody is corrected by somebody less sure.
pub(crate) fn may_replace(there: Origin, new: Origin) -> bool {
    new >= there
}

/// Facts of an order as they are stored.
pub(crate) type Facts = BTreeMap<String, String>;
