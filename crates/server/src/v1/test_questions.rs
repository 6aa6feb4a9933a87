//! Questions that must be answered by a certain entry, or by none.

use axum::{Json, extract::Query, http::StatusCode};
use domain::{Asker, TestQuestion};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// `GET /v1/tests`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let rows = operator.tests(wanted.after, wanted.limit).await?;
    let next = rows.last().map(|row| row.cursor.clone());
    let items: Vec<TestQuestion> = rows.into_iter().map(|row| row.test).collect();
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

#[derive(Deserialize)]
pub(crate) struct Added {
    items: Vec<TestQuestion>,
}

/// `POST /v1/tests`: all of them or none; the same question again expects what is said last.
pub(crate) async fn add(
    Operator(operator): Operator,
    Json(added): Json<Added>,
) -> Result<Json<Value>, Problem> {
    let changed = operator.put_tests(&added.items).await?;
    let unchanged = (added.items.len() as u64).saturating_sub(changed);
    Ok(Json(json!({ "new": changed, "unchanged": unchanged })))
}

#[derive(Deserialize)]
pub(crate) struct Gone {
    test: String,
    #[serde(flatten)]
    asker: Asker,
}

/// `DELETE /v1/tests?test=…`
pub(crate) async fn remove(
    Operator(operator): Operator,
    Query(gone): Query<Gone>,
) -> Result<StatusCode, Problem> {
    let test = TestQuestion::new(&gone.test, "", gone.asker)
        .map_err(|error| Problem::bad_request(error.to_string()))?;
    let gone = operator.remove_test(&test).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
