//! What customers taught, and how it is forgotten.

use axum::Json;
use domain::Timestamp;
use reception::lessons::Standing;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Operator;
use crate::problem::Problem;

/// `GET /v1/knowledge/lessons`
pub(crate) async fn standing(Operator(operator): Operator) -> Result<Json<Standing>, Problem> {
    Ok(Json(operator.lessons().await?))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    since: Option<Timestamp>,
    all: bool,
}

/// `POST /v1/knowledge/lessons/forget`: since a moment, or all.
pub(crate) async fn forget(
    Operator(operator): Operator,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Problem> {
    if wanted.all == wanted.since.is_some() {
        return Err(Problem::bad_request("say either `since` or `\"all\": true`"));
    }
    let gone = operator.forget_lessons(wanted.since).await?;
    Ok(Json(json!({ "forgotten": gone })))
}
