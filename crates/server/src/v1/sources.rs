//! Where knowledge comes from, and how its documents stand.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use reception::Page;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// `GET /v1/sources`: all of them; there are few.
pub(crate) async fn list(Operator(operator): Operator) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "items": operator.sources().await?, "next_cursor": null })))
}

/// `GET /v1/sources/{name}/documents`: those with a problem first.
pub(crate) async fn documents(
    Operator(operator): Operator,
    Path(name): Path<String>,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    known(&operator, &name).await?;
    let passed: usize = wanted.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or_default();
    let page = Page { after: wanted.after, limit: wanted.limit };
    let documents = operator.documents(&name, &page).await?;
    let next = (!documents.is_empty()).then(|| (passed + documents.len()).to_string());
    Ok(Json(json!({ "items": documents, "next_cursor": next })))
}

/// `POST /v1/sources/{name}/sync`: has it read as soon as possible; its state says how far it is.
pub(crate) async fn sync(
    Operator(operator): Operator,
    Path(name): Path<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    operator.sync(&name).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "name": name }))))
}

async fn known(operator: &reception::OperatorView, name: &str) -> Result<(), Problem> {
    let is_known = operator.sources().await?.iter().any(|source| source.name == name);
    if is_known { Ok(()) } else { Err(Problem::not_found()) }
}
