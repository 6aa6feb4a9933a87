//! Traces of answers, and what customers think of them.

use domain::{AnswerId, ConversationId, Feedback, Rating, Reason, Thumb, Trace};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::{
    failure::unreadable,
    lessons, value,
    values::{from_json, micros, moment},
};
use crate::Result;

/// The trace of an answer.
pub(super) async fn trace(db: &SqlitePool, id: &AnswerId) -> Result<Option<Trace>> {
    let body: Option<String> = sqlx::query_scalar("select body from traces where id = $1")
        .bind(id.as_str())
        .fetch_optional(db)
        .await?;
    body.map(|body| from_json("trace", &body)).transpose()
}

/// The traces of a conversation, oldest first.
pub(super) async fn traces(db: &SqlitePool, conversation: &ConversationId) -> Result<Vec<Trace>> {
    let bodies: Vec<String> =
        sqlx::query_scalar("select body from traces where conversation = $1 order by at, id")
            .bind(conversation.as_str())
            .fetch_all(db)
            .await?;
    bodies.iter().map(|body| from_json("trace", body)).collect()
}

/// The latest traces of a conversation, oldest first.
pub(super) async fn last_traces(
    db: &SqlitePool,
    conversation: &ConversationId,
    limit: u32,
) -> Result<Vec<Trace>> {
    let sql = "select body from traces where conversation = $1 order by at desc, id desc limit $2";
    let bodies: Vec<String> =
        sqlx::query_scalar(sql).bind(conversation.as_str()).bind(i64::from(limit)).fetch_all(db).await?;
    bodies.iter().rev().map(|body| from_json("trace", body)).collect()
}

#[derive(FromRow)]
struct FeedbackRecord {
    answer: String,
    thumb: Option<String>,
    reason: Option<String>,
    comment: Option<String>,
    at: i64,
}

/// Keeps a judgement of an answer that has a trace.
pub(super) async fn put_feedback(db: &mut SqliteConnection, feedback: &Feedback) -> Result<()> {
    value::judged(db, feedback.answer.as_str(), feedback.thumb).await?;
    lessons::judged(db, feedback).await?;
    sqlx::query(
        "insert into feedback (answer, thumb, reason, comment, at) values ($1, $2, $3, $4, $5)
         on conflict (answer) do update set thumb = excluded.thumb, reason = excluded.reason,
           comment = excluded.comment, at = excluded.at",
    )
    .bind(feedback.answer.as_str())
    .bind(feedback.thumb.as_ref().map(name).transpose()?)
    .bind(feedback.reason.as_ref().map(name).transpose()?)
    .bind(feedback.comment.as_deref())
    .bind(micros(feedback.at))
    .execute(db)
    .await?;
    Ok(())
}

/// The judgements of a conversation's answers, in the order of the answers.
pub(super) async fn feedback(db: &SqlitePool, conversation: &ConversationId) -> Result<Vec<Feedback>> {
    let found: Vec<FeedbackRecord> = sqlx::query_as(
        "select f.* from feedback f join traces t on t.id = f.answer
         where t.conversation = $1 order by t.at, t.id",
    )
    .bind(conversation.as_str())
    .fetch_all(db)
    .await?;
    let read = |record: FeedbackRecord| {
        Ok(Feedback {
            answer: record.answer.into(),
            thumb: record.thumb.map(|name| meaning::<Thumb>("thumb", name)).transpose()?,
            reason: record.reason.map(|name| meaning::<Reason>("reason", name)).transpose()?,
            comment: record.comment,
            at: moment(record.at)?,
        })
    };
    found.into_iter().map(read).collect()
}

/// Keeps a rating of a conversation.
pub(super) async fn put_rating(db: &mut SqliteConnection, rating: &Rating) -> Result<()> {
    sqlx::query(
        "insert into ratings (conversation, score, comment, at) values ($1, $2, $3, $4)
         on conflict (conversation) do update set score = excluded.score, comment = excluded.comment,
           at = excluded.at",
    )
    .bind(rating.conversation.as_str())
    .bind(i64::from(rating.score))
    .bind(rating.comment.as_deref())
    .bind(micros(rating.at))
    .execute(db)
    .await?;
    Ok(())
}

/// The rating of a conversation.
pub(super) async fn rating(db: &SqlitePool, conversation: &ConversationId) -> Result<Option<Rating>> {
    let found: Option<(i64, Option<String>, i64)> =
        sqlx::query_as("select score, comment, at from ratings where conversation = $1")
            .bind(conversation.as_str())
            .fetch_optional(db)
            .await?;
    let Some((score, comment, at)) = found else { return Ok(None) };
    let score = u8::try_from(score).map_err(|error| unreadable("rating", error))?;
    Ok(Some(Rating { conversation: conversation.clone(), score, comment, at: moment(at)? }))
}

/// The name that a plain enum has in JSON.
fn name<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        other => Err(unreadable("name", format!("{other:?}"))),
    }
}

fn meaning<T: DeserializeOwned>(what: &'static str, name: String) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(name)).map_err(|error| unreadable(what, error))
}
