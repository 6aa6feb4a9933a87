//! One question, one answer, and why.

use axum::{Json, extract::Path, http::HeaderMap};
use domain::Trace;
use serde::Deserialize;
use serde_json::Value;

use super::Operator;
use crate::problem::Problem;

#[derive(Deserialize)]
pub(crate) struct Question {
    question: String,
    conversation: Option<String>,
}

/// `POST /v1/ask`. With `Idempotency-Key`, the same question in the same conversation is asked once.
pub(crate) async fn ask(
    Operator(operator): Operator,
    headers: HeaderMap,
    Json(question): Json<Question>,
) -> Result<Json<Value>, Problem> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(ToOwned::to_owned);
    let asked = operator.ask(&question.question, question.conversation.as_deref(), key).await?;
    Ok(Json(asked.map_or(Value::Null, |asked| asked.to_json())))
}

/// `GET /v1/answers/{id}/trace`
pub(crate) async fn trace(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Trace>, Problem> {
    operator.trace(&id.as_str().into()).await?.map(Json).ok_or_else(Problem::not_found)
}
