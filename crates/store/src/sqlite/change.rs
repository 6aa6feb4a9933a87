//! Writes a change of a conversation with all that follows from it, or nothing.
//!
//! The first statement that writes carries every condition (the revision and the lease), so a
//! conflict leaves no trace, even among other operations of the same transaction.

use domain::{AgentId, Author, Conversation, HandoverReason, Message, Stage, Trace};
use sqlx::SqliteConnection;

use super::{
    deliveries, goods, jobs, lessons,
    rows::{ConversationRecord, MessageRecord, author, staged_at},
    service, value,
    values::{kept, micros, to_json},
};
use crate::{Applied, Change, NewMessage, Result};

/// Applies a change.
pub(super) async fn apply(db: &mut SqliteConnection, change: &Change) -> Result<Applied> {
    if let Some(repeat) = already_said(db, change).await? {
        return Ok(repeat);
    }
    let Some(before) = conversation(db, change.conversation.id.as_str()).await? else {
        return Ok(Applied::Conflict);
    };
    if !service::is_possible(db, change).await? {
        return Ok(Applied::Conflict);
    }
    let Some(after) = write_conversation(db, change).await? else {
        return Ok(Applied::Conflict);
    };
    let mut messages = Vec::with_capacity(change.messages.len());
    for (new, seq) in change.messages.iter().zip(before.last_seq + 1..) {
        messages.push(append(db, change, new, seq, &before.stage).await?);
    }
    for trace in &change.traces {
        put_trace(db, trace).await?;
        value::answered(db, trace).await?;
        lessons::answered(db, trace).await?;
        goods::answered(db, trace).await?;
    }
    value::moved(db, &before.stage, &after, change.at).await?;
    for delivery in &change.deliveries {
        deliveries::queue(db, &after.id, &delivery.message, change.at).await?;
    }
    service::write(db, change).await?;
    for job in &change.jobs {
        jobs::enqueue(db, job).await?;
    }
    let more = match change.settles {
        Some(settled) => jobs::settle(db, after.id.as_str(), settled).await?,
        None => None,
    };
    Ok(Applied::Done { conversation: after, messages, more })
}

async fn conversation(db: &mut SqliteConnection, id: &str) -> Result<Option<Conversation>> {
    let found: Option<ConversationRecord> =
        sqlx::query_as("select * from conversations where id = $1").bind(id).fetch_optional(db).await?;
    found.map(ConversationRecord::read).transpose()
}

/// The outcome of the same change before, if an agent's message of it is here already.
async fn already_said(db: &mut SqliteConnection, change: &Change) -> Result<Option<Applied>> {
    let mut said = Vec::new();
    for message in &change.messages {
        if let (Author::Agent { id, .. }, Some(external_id)) = (&message.author, &message.external_id) {
            let found: Option<MessageRecord> = sqlx::query_as(
                "select m.* from replies r join messages m on m.id = r.message
                 where r.channel = $1 and r.agent = $2 and r.external_id = $3",
            )
            .bind(change.conversation.channel.as_str())
            .bind(id.as_str())
            .bind(external_id)
            .fetch_optional(&mut *db)
            .await?;
            said.extend(found.map(MessageRecord::read).transpose()?);
        }
    }
    let Some(first) = said.first() else { return Ok(None) };
    let conversation = conversation(db, first.conversation.as_str()).await?;
    Ok(conversation.map(|conversation| Applied::Done { conversation, messages: said, more: None }))
}

/// Moves the conversation on, if it is as it was read and the lease is still held. The language is
/// left alone if a message came in meanwhile: the customer spoke last.
async fn write_conversation(db: &mut SqliteConnection, change: &Change) -> Result<Option<Conversation>> {
    let c = &change.conversation;
    let written: Option<ConversationRecord> = sqlx::query_as(
        "update conversations set revision = revision + 1, last_seq = last_seq + $3,
           answered_seq = case when $4 > answered_seq then $4 else answered_seq end,
           lang = case when last_seq = $5 then $6 else lang end, customer = $7, stage = $8, agent = $9,
           staged_at = $10, handover = $11, intent = $12, mood = $13, notices = $14, form = $15,
           updated_at = case when $16 > updated_at then $16 else updated_at end, pressing = $18
         where id = $1 and revision = $2 and (cast($17 as bigint) is null or exists (
           select 1 from jobs
           where kind = 'answer' and key = $1 and fence = $17 and lease_until is not null))
         returning *",
    )
    .bind(c.id.as_str())
    .bind(c.revision)
    .bind(i64::try_from(change.messages.len()).unwrap_or_default())
    .bind(change.settles.map_or(0, |settled| settled.seq))
    .bind(c.last_seq)
    .bind(c.lang.code())
    .bind(c.customer.as_str())
    .bind(c.stage.name())
    .bind(c.stage.agent().map(AgentId::as_str))
    .bind(staged_at(&c.stage))
    .bind(c.handover.map(HandoverReason::name))
    .bind(c.intent.as_deref())
    .bind(c.mood.as_str())
    .bind(i64::from(c.notices))
    .bind(c.form)
    .bind(micros(change.at.max(c.updated_at)))
    .bind(change.settles.map(|settled| settled.fence.0))
    .bind(c.pressing)
    .fetch_optional(db)
    .await?;
    written.map(ConversationRecord::read).transpose()
}

async fn append(
    db: &mut SqliteConnection,
    change: &Change,
    new: &NewMessage,
    seq: i64,
    stage: &Stage,
) -> Result<Message> {
    let message = Message {
        id: new.id.clone(),
        conversation: change.conversation.id.clone(),
        seq,
        author: new.author.clone(),
        at: kept(change.at),
        content: new.content.clone(),
        external_id: new.external_id.clone(),
    };
    let (kind, agent, agent_name) = author(&message.author);
    sqlx::query(
        "insert into messages
           (id, conversation, seq, author, agent, agent_name, at, content, external_id, stage)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(message.id.as_str())
    .bind(message.conversation.as_str())
    .bind(seq)
    .bind(kind)
    .bind(agent)
    .bind(agent_name)
    .bind(micros(message.at))
    .bind(to_json("message", &message.content)?)
    .bind(message.external_id.as_deref())
    .bind(stage.name())
    .execute(&mut *db)
    .await?;
    if let (Some(agent), Some(external_id)) = (agent, &message.external_id) {
        sqlx::query("insert into replies (channel, agent, external_id, message) values ($1, $2, $3, $4)")
            .bind(change.conversation.channel.as_str())
            .bind(agent)
            .bind(external_id)
            .bind(message.id.as_str())
            .execute(db)
            .await?;
    }
    Ok(message)
}

async fn put_trace(db: &mut SqliteConnection, trace: &Trace) -> Result<()> {
    sqlx::query("insert into traces (id, conversation, at, body) values ($1, $2, $3, $4)")
        .bind(trace.id.as_str())
        .bind(trace.conversation.as_str())
        .bind(micros(trace.at))
        .bind(to_json("trace", trace)?)
        .execute(db)
        .await?;
    Ok(())
}
