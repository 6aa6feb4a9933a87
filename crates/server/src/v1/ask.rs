//! One question, one answer, and why.

use axum::{Json, extract::Path};
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

/// `POST /v1/ask`
pub(crate) async fn ask(
    Operator(operator): Operator,
    Json(question): Json<Question>,
) -> Result<Json<Value>, Problem> {
    let asked = operator.ask(&question.question, question.conversation.as_deref()).await?;
    Ok(Json(asked.map_or(Value::Null, |asked| asked.to_json())))
}

/// `GET /v1/answers/{id}/trace`
pub(crate) async fn trace(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Trace>, Problem> {
    operator.trace(&id.as_str().into()).await?.map(Json).ok_or_else(Problem::not_found)
}
