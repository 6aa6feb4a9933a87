//! How good the knowledge is: findings of the check-up, links, and what entries are worth.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::EntryId;
use reception::Judged;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Operator;
use crate::problem::Problem;

/// Which findings.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    after: Option<String>,
    #[serde(default = "super::page")]
    limit: u32,
    kind: Option<String>,
    severity: Option<String>,
    /// `open` (the default), `settled` or `all`.
    state: Option<String>,
    /// Wait until the knowledge as it is now has been checked.
    #[serde(default)]
    fresh: bool,
}

impl Wanted {
    fn takes(&self, one: &Judged) -> bool {
        let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|wanted| wanted == name);
        let state = match self.state.as_deref() {
            Some("all") => true,
            Some("settled") => one.settled.is_some(),
            _ => one.settled.is_none(),
        };
        state && is(&self.kind, one.finding.kind.name()) && is(&self.severity, one.finding.severity.name())
    }
}

/// `GET /v1/knowledge/findings`
pub(crate) async fn findings(
    Operator(operator): Operator,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Problem> {
    let last = if wanted.fresh { operator.check_up().await? } else { operator.last_check_up() };
    let all = operator.findings().await?;
    let open = all.iter().filter(|one| one.settled.is_none()).count();
    let past = wanted.after.as_ref().map_or(0, |after| {
        all.iter().position(|one| one.finding.key == *after).map_or(all.len(), |at| at + 1)
    });
    let items: Vec<&Judged> = all[past..]
        .iter()
        .filter(|one| wanted.takes(one))
        .take(wanted.limit.clamp(1, reception::PAGE) as usize)
        .collect();
    let next = items.last().map(|one| &one.finding.key);
    let (_, version) = operator.knowledge();
    Ok(Json(json!({
        "items": items, "next_cursor": next, "open": open, "settled": all.len() - open,
        "knowledge_version": version, "checked_version": last.version, "checked_for": last.day,
        "crowded": last.effort.crowded, "unasked": last.effort.unasked,
    })))
}

/// What becomes of a finding.
#[derive(Default, Deserialize)]
pub(crate) struct Settling {
    /// Why it needs no more attention.
    #[serde(default)]
    reason: String,
    /// Do what the finding offers to do, too.
    #[serde(default)]
    fix: bool,
}

/// `POST /v1/knowledge/findings/{key}/settle`
pub(crate) async fn settle(
    Operator(operator): Operator,
    Path(key): Path<String>,
    Json(settling): Json<Settling>,
) -> Result<StatusCode, Problem> {
    if settling.fix {
        operator.fix_finding(&key).await?;
    } else {
        operator.settle_finding(&key, &settling.reason).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /v1/knowledge/findings/{key}/settle`
pub(crate) async fn reopen(
    Operator(operator): Operator,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    let was = operator.reopen_finding(&key).await?;
    if was { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// `POST /v1/knowledge/links/check`: asks the addresses outside that the knowledge links to.
pub(crate) async fn try_links(Operator(operator): Operator) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "items": operator.try_links().await? })))
}

/// `GET /v1/entries/{id}/value`
pub(crate) async fn value(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let id = EntryId::from(id);
    operator.entry(&id).ok_or_else(Problem::not_found)?;
    let values = operator.entry_values(std::slice::from_ref(&id)).await?;
    Ok(Json(json!(values.first())))
}
