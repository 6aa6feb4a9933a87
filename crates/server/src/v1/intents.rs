//! What customers may want, and the owner's examples of it.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// `GET /v1/intents`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let intents = operator.intents(wanted.after.as_deref(), wanted.limit).await?;
    let next = intents.last().map(|intent| intent.name.clone());
    Ok(Json(json!({ "items": intents, "next_cursor": next })))
}

/// `GET /v1/intents/{name}/examples`
pub(crate) async fn examples(
    Operator(operator): Operator,
    Path(name): Path<String>,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let examples = operator.examples_of(&name, wanted.after.as_deref(), wanted.limit).await?;
    let next = examples.last().map(|example| example.text().to_owned());
    Ok(Json(json!({ "items": examples, "next_cursor": next })))
}

#[derive(Deserialize)]
pub(crate) struct Taught {
    texts: Vec<String>,
}

/// `POST /v1/intents/{name}/examples`: all of them or none; what is there already stays as it is.
pub(crate) async fn teach(
    Operator(operator): Operator,
    Path(name): Path<String>,
    Json(taught): Json<Taught>,
) -> Result<Json<Value>, Problem> {
    let added = operator.teach(&name, &taught.texts).await?;
    let unchanged = (taught.texts.len() as u64).saturating_sub(added);
    Ok(Json(json!({ "new": added, "unchanged": unchanged })))
}

#[derive(Deserialize)]
pub(crate) struct Which {
    text: String,
}

/// `DELETE /v1/intents/{name}/examples?text=…`
pub(crate) async fn forget(
    Operator(operator): Operator,
    Path(name): Path<String>,
    Query(which): Query<Which>,
) -> Result<StatusCode, Problem> {
    let gone = operator.forget(&name, &which.text).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
