//! What was published when, by whom and why; checking, publishing and going back.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::{EntryId, Timestamp};
use reception::{Consent, OperatorView, PublishError, Report, Which};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator, drafts};
use crate::{problem::Problem, told};

/// `GET /v1/knowledge/versions`, latest first.
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let found = operator.publications(wanted.after, wanted.limit).await?;
    let next = found.last().map(|publication| publication.version.to_string());
    let items: Vec<Value> = found.iter().map(told::publication).collect();
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

/// `GET /v1/knowledge/versions/{version}`: with a page of the entries that it changed, and how.
pub(crate) async fn one(
    Operator(operator): Operator,
    Path(version): Path<i64>,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let publication = operator.publication(version).await?.ok_or_else(Problem::not_found)?;
    let limit = wanted.limit.min(100);
    let steps = operator.steps(publication.since, publication.version, wanted.after, limit).await?;
    let next = steps.last().map(|step| step.id.clone());
    let entries: Vec<Value> = steps
        .iter()
        .map(|step| {
            let changes = drafts::changes(step.before.as_ref(), step.after.as_ref());
            json!({ "id": step.id, "by": step.by, "before": step.before, "after": step.after, "changes": changes })
        })
        .collect();
    let mut item = told::publication(&publication);
    item["items"] = entries.into();
    item["next_cursor"] = json!(next);
    Ok(Json(item))
}

#[derive(Deserialize)]
pub(crate) struct Before {
    after: Option<i64>,
    #[serde(default = "super::page")]
    limit: u32,
}

/// `GET /v1/entries/{id}/versions`, latest first.
pub(crate) async fn of_entry(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
    Query(wanted): Query<Before>,
) -> Result<Json<Value>, Problem> {
    let changes = operator.history(&id, wanted.after, wanted.limit).await?;
    let next = changes.last().map(|change| change.version.to_string());
    let items: Vec<Value> = changes.iter().map(told::change).collect();
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Checked {
    drafts: bool,
}

/// `POST /v1/knowledge/check`: asks the test questions, with `drafts` also what customers asked last.
pub(crate) async fn check(
    Operator(operator): Operator,
    Json(wanted): Json<Checked>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(verdict(&operator.check_knowledge(wanted.drafts).await?)))
}

fn verdict(report: &Report) -> Value {
    let mut told = json!(report);
    told["passes"] = report.passes().into();
    told
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Which drafts; all when none is named.
    entries: Vec<EntryId>,
    why: String,
    /// The reason to publish although tests are red.
    r#override: Option<String>,
}

/// `POST /v1/knowledge/publish`: all drafts or those that are named, together or not at all.
pub(crate) async fn publish(
    Operator(operator): Operator,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Problem> {
    let which = if wanted.entries.is_empty() { Which::All } else { Which::These(wanted.entries) };
    let consent = Consent { why: wanted.why, looked: true, overriding: wanted.r#override };
    match operator.publish(&which, &consent).await {
        Ok(done) => Ok(Json(json!({ "version": done.version, "report": verdict(&done.report) }))),
        Err(PublishError::Held(report)) => Err(held(&report)),
        Err(error) => Err(error.into()),
    }
}

fn held(report: &Report) -> Problem {
    let detail = format!("{} test questions are red; nothing was published", report.red.len());
    Problem::new(StatusCode::CONFLICT, "red", detail).with("report", verdict(report))
}

#[derive(Deserialize)]
pub(crate) struct Back {
    version: Option<i64>,
    at: Option<Timestamp>,
    #[serde(default)]
    why: String,
}

/// `POST /v1/knowledge/rollback`: all of it, to a version or a moment.
pub(crate) async fn roll_back(
    Operator(operator): Operator,
    Json(back): Json<Back>,
) -> Result<Json<Value>, Problem> {
    go(&operator, None, back).await
}

/// `POST /v1/entries/{id}/rollback`: one entry.
pub(crate) async fn roll_entry_back(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
    Json(back): Json<Back>,
) -> Result<Json<Value>, Problem> {
    if operator.history(&id, None, 1).await?.is_empty() {
        return Err(Problem::not_found());
    }
    go(&operator, Some(id), back).await
}

async fn go(operator: &OperatorView, only: Option<EntryId>, back: Back) -> Result<Json<Value>, Problem> {
    let to = match (back.version, back.at) {
        (Some(version), None) => version,
        (None, Some(at)) => operator.version_at(at).await?,
        _ => return Err(Problem::bad_request("say either `version` or `at`")),
    };
    let version = operator.roll_back(to, only, &back.why).await?;
    Ok(Json(json!({ "version": version, "to": to })))
}
