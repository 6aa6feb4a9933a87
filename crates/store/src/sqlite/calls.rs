//! Calls of other systems, and words that wait for a person.

use domain::{
    AnswerId, Call, CallId, CallState, ConversationId, CustomerId, Proposal, ProposalState, Timestamp,
};
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::values::{from_json, lang, micros, moment, named, to_json};
use crate::{
    Result,
    service::{CallMove, Decided},
};

#[derive(FromRow)]
struct CallRecord {
    id: String,
    conversation: String,
    customer: String,
    action: String,
    arguments: String,
    user_id: Option<String>,
    writes: bool,
    lang: String,
    state: String,
    status: Option<i64>,
    error: Option<String>,
    author: Option<String>,
    at: i64,
    moved_at: i64,
    trace: String,
}

impl CallRecord {
    fn read(self) -> Result<Call> {
        Ok(Call {
            id: self.id.into(),
            conversation: self.conversation.into(),
            customer: self.customer.into(),
            action: self.action,
            arguments: from_json("call", &self.arguments)?,
            user: self.user_id,
            writes: self.writes,
            lang: lang(&self.lang)?,
            state: named("call state", &self.state, CallState::from_name)?,
            status: self.status.and_then(|status| u16::try_from(status).ok()),
            error: self.error,
            by: self.author,
            at: moment(self.at)?,
            moved_at: moment(self.moved_at)?,
            trace: from_json("trace", &self.trace)?,
        })
    }
}

pub(super) async fn one(readers: &SqlitePool, id: &CallId) -> Result<Option<Call>> {
    let found: Option<CallRecord> =
        sqlx::query_as("select * from calls where id = $1").bind(id.as_str()).fetch_optional(readers).await?;
    found.map(CallRecord::read).transpose()
}

pub(super) async fn of(readers: &SqlitePool, conversation: &ConversationId) -> Result<Vec<Call>> {
    let found: Vec<CallRecord> =
        sqlx::query_as("select * from calls where conversation = $1 order by at, id limit 200")
            .bind(conversation.as_str())
            .fetch_all(readers)
            .await?;
    found.into_iter().map(CallRecord::read).collect()
}

/// Written out as in the index of what is undecided, so that it is used.
pub(super) async fn undecided(readers: &SqlitePool, customer: &CustomerId) -> Result<Vec<Call>> {
    let found: Vec<CallRecord> = sqlx::query_as(
        "select * from calls where conversation in (select id from conversations where customer = $1)
           and state in ('proposed', 'in_doubt') order by at, id limit 200",
    )
    .bind(customer.as_str())
    .fetch_all(readers)
    .await?;
    found.into_iter().map(CallRecord::read).collect()
}

/// The names of orders are compared here, since they are a part of the arguments.
pub(super) async fn found_nothing(readers: &SqlitePool, order: &str, since: Timestamp) -> Result<u64> {
    let found: Vec<String> = sqlx::query_scalar(
        "select arguments from calls where user_id is null and status = 404 and moved_at >= $1
         order by moved_at desc limit 1000",
    )
    .bind(micros(since))
    .fetch_all(readers)
    .await?;
    let mut count = 0;
    for arguments in found {
        let arguments: domain::Arguments = from_json("call", &arguments)?;
        count += u64::from(arguments.values().any(|value| value.eq_ignore_ascii_case(order)));
    }
    Ok(count)
}

pub(super) async fn is_there(db: &mut SqliteConnection, id: &CallId) -> Result<bool> {
    let sql = "select exists (select 1 from calls where id = $1)";
    Ok(sqlx::query_scalar(sql).bind(id.as_str()).fetch_one(db).await?)
}

/// Whether a call is in the state that a step begins from.
pub(super) async fn stands(db: &mut SqliteConnection, step: &CallMove) -> Result<bool> {
    let sql = "select exists (select 1 from calls where id = $1 and state = $2)";
    Ok(sqlx::query_scalar(sql).bind(step.id.as_str()).bind(step.from.name()).fetch_one(db).await?)
}

pub(super) async fn put(db: &mut SqliteConnection, call: &Call) -> Result<()> {
    sqlx::query(
        "insert into calls (id, conversation, customer, action, arguments, user_id, writes, lang, state, status,
           error, author, at, moved_at, trace)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(call.id.as_str())
    .bind(call.conversation.as_str())
    .bind(call.customer.as_str())
    .bind(&call.action)
    .bind(to_json("call", &call.arguments)?)
    .bind(call.user.as_deref())
    .bind(call.writes)
    .bind(call.lang.code())
    .bind(call.state.name())
    .bind(call.status.map(i64::from))
    .bind(call.error.as_deref())
    .bind(call.by.as_deref())
    .bind(micros(call.at))
    .bind(micros(call.moved_at))
    .bind(to_json("trace", &call.trace)?)
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn advance(db: &mut SqliteConnection, step: &CallMove) -> Result<bool> {
    let arguments = match &step.arguments {
        Some(arguments) => Some(to_json("call", arguments)?),
        None => None,
    };
    let moved = sqlx::query(
        "update calls set state = $3, status = coalesce($4, status), error = $5,
           author = coalesce($6, author), arguments = coalesce($7, arguments), moved_at = $8
         where id = $1 and state = $2",
    )
    .bind(step.id.as_str())
    .bind(step.from.name())
    .bind(step.to.name())
    .bind(step.status.map(i64::from))
    .bind(step.error.as_deref())
    .bind(step.by.as_deref())
    .bind(arguments)
    .bind(micros(step.at))
    .execute(db)
    .await?;
    Ok(moved.rows_affected() > 0)
}

#[derive(FromRow)]
struct ProposalRecord {
    answer: String,
    conversation: String,
    topic: String,
    content: String,
    state: String,
    author: Option<String>,
    at: i64,
}

pub(super) async fn proposals(readers: &SqlitePool, id: &ConversationId) -> Result<Vec<Proposal>> {
    let found: Vec<ProposalRecord> =
        sqlx::query_as("select * from proposals where conversation = $1 order by at, answer limit 200")
            .bind(id.as_str())
            .fetch_all(readers)
            .await?;
    let read = |record: ProposalRecord| {
        Ok(Proposal {
            answer: record.answer.into(),
            conversation: record.conversation.into(),
            topic: record.topic,
            content: from_json("proposal", &record.content)?,
            state: named("proposal state", &record.state, ProposalState::from_name)?,
            by: record.author,
            at: moment(record.at)?,
        })
    };
    found.into_iter().map(read).collect()
}

pub(super) async fn propose(db: &mut SqliteConnection, proposal: &Proposal) -> Result<()> {
    sqlx::query(
        "insert into proposals (answer, conversation, topic, content, state, author, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(proposal.answer.as_str())
    .bind(proposal.conversation.as_str())
    .bind(&proposal.topic)
    .bind(to_json("proposal", &proposal.content)?)
    .bind(proposal.state.name())
    .bind(proposal.by.as_deref())
    .bind(micros(proposal.at))
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn is_open(db: &mut SqliteConnection, answer: &AnswerId) -> Result<bool> {
    let sql = "select exists (select 1 from proposals where answer = $1 and state = 'open')";
    Ok(sqlx::query_scalar(sql).bind(answer.as_str()).fetch_one(db).await?)
}

pub(super) async fn decide(db: &mut SqliteConnection, decided: &Decided) -> Result<()> {
    sqlx::query("update proposals set state = $2, author = $3 where answer = $1")
        .bind(decided.answer.as_str())
        .bind(decided.state.name())
        .bind(&decided.by)
        .execute(db)
        .await?;
    Ok(())
}
