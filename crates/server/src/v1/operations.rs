//! Care of a running server.

use std::path::PathBuf;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Operator;
use crate::{problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Target {
    path: PathBuf,
}

/// `POST /v1/backup`: a consistent copy into a new file on this machine.
pub(crate) async fn backup(
    Operator(operator): Operator,
    Json(target): Json<Target>,
) -> Result<Json<Value>, Problem> {
    if target.path.exists() {
        let detail = format!("{} exists already; choose another name", target.path.display());
        return Err(Problem::bad_request(detail));
    }
    operator.backup(&target.path).await?;
    Ok(Json(json!({ "path": target.path })))
}

/// `GET /v1/check`: what is wrong with the data.
pub(crate) async fn check(Operator(operator): Operator) -> Result<Json<Value>, Problem> {
    let (entries, version) = operator.knowledge();
    Ok(Json(json!({
        "findings": operator.check().await?,
        "entries": entries,
        "knowledge_version": version,
        "reranker": operator.reranker(),
    })))
}

/// `POST /v1/sign-in`: a fresh one-time link for the owner.
pub(crate) async fn sign_in(State(app): State<App>, Operator(_): Operator) -> Result<Json<Value>, Problem> {
    let link = app.reception.owner_link("Owner").await?;
    Ok(Json(json!({ "path": link.path })))
}
