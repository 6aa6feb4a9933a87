//! The duty table, and every change of it.

use axum::{Json, extract::Query};
use domain::Duty;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Operator;
use crate::problem::Problem;

/// `GET /v1/duty`
pub(crate) async fn table(Operator(operator): Operator) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "items": operator.duty_rows().await? })))
}

#[derive(Deserialize)]
pub(crate) struct Row {
    topic: String,
    /// None takes the row away.
    duty: Option<Duty>,
    why: String,
}

/// `PUT /v1/duty`: one row. `version` is null if nothing changed.
pub(crate) async fn set(Operator(operator): Operator, Json(row): Json<Row>) -> Result<Json<Value>, Problem> {
    let version = operator.set_duty(&row.topic, row.duty, &row.why).await?;
    Ok(Json(json!({ "version": version })))
}

#[derive(Deserialize)]
pub(crate) struct Before {
    after: Option<i64>,
    #[serde(default = "super::page")]
    limit: u32,
}

/// `GET /v1/duty/changes`: latest first.
pub(crate) async fn changes(
    Operator(operator): Operator,
    Query(part): Query<Before>,
) -> Result<Json<Value>, Problem> {
    let found = operator.duty_changes(part.after, part.limit).await?;
    let full = found.len() == part.limit.clamp(1, reception::PAGE) as usize;
    let next = found.last().filter(|_| full).map(|change| change.version.to_string());
    Ok(Json(json!({ "items": found, "next_cursor": next })))
}
