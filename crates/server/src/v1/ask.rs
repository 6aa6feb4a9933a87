//! One question, one answer, and why.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::Trace;
use reception::Asked;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Operator;
use crate::{problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Question {
    question: String,
    conversation: Option<String>,
}

/// `POST /v1/ask`
pub(crate) async fn ask(
    State(_app): State<App>,
    Operator(operator): Operator,
    Json(question): Json<Question>,
) -> Result<Json<Value>, Problem> {
    let asked = operator.ask(&question.question, question.conversation.as_deref()).await?;
    Ok(Json(asked.map_or(Value::Null, |asked| answer(&asked))))
}

/// An answer as `frontdesk ask --json` prints it.
fn answer(asked: &Asked) -> Value {
    let content = &asked.message.content;
    let trace = asked.trace.as_ref();
    json!({
        "rung": content.rung,
        "text": content.text,
        "entry_ids": trace.map(|trace| trace.used.clone()).unwrap_or_default(),
        "sources": content.sources,
        "suggestions": content.suggestions,
        "confidence": trace.map(|trace| trace.confidence),
        "intent": trace.and_then(|trace| trace.intent.clone()),
        "language": trace.map(|trace| trace.language.clone()),
        "sentiment": trace.map(|trace| trace.sentiment.clone()),
        "trace_id": content.answer,
        "latency_us": trace.map(|trace| trace.timings.iter().map(|stage| stage.us).sum::<u64>()),
        "conversation": asked.message.conversation,
    })
}

/// `GET /v1/answers/{id}/trace`
pub(crate) async fn trace(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Trace>, Problem> {
    operator.trace(&id.as_str().into()).await?.map(Json).ok_or_else(Problem::not_found)
}
