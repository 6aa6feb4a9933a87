//! Answers, made again: as they were, or by other knowledge, another policy, another model.

use axum::{Json, extract::Path};
use domain::{AnswerId, Timestamp};
use reception::{Otherwise, Replayed, Shadow};
use serde::Deserialize;

use super::Operator;
use crate::problem::Problem;

/// `POST /v1/answers/{id}/replay`
pub(crate) async fn replay(
    Operator(operator): Operator,
    Path(id): Path<AnswerId>,
    Json(otherwise): Json<Otherwise>,
) -> Result<Json<Replayed>, Problem> {
    Ok(Json(operator.replay(&id, &otherwise).await?))
}

/// Which questions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    since: Option<Timestamp>,
    #[serde(default = "a_thousand")]
    last: u32,
    #[serde(default)]
    otherwise: Otherwise,
}

fn a_thousand() -> u32 {
    1_000
}

/// `POST /v1/shadow`: the latest questions, answered again beside what was said.
pub(crate) async fn shadow(
    Operator(operator): Operator,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Shadow>, Problem> {
    Ok(Json(operator.shadow(wanted.since, wanted.last, &wanted.otherwise).await?))
}
