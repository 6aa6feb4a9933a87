//! What entries shall become: drafts, on their way to being published.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::{Entry, EntryId};
use reception::{Draft, publish::diff};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// A draft as the API tells it.
pub(super) fn told(draft: &Draft) -> Value {
    json!({
        "id": draft.new.id, "entry": draft.new.becomes, "stage": draft.new.stage.name(), "by": draft.new.by,
        "why": draft.new.why, "note": draft.note, "outdated": draft.is_outdated(), "at": draft.at,
    })
}

/// What differs, field by field: runs of words that stayed, went and came.
pub(super) fn changes(before: Option<&Entry>, after: Option<&Entry>) -> Value {
    let run = |run: &diff::Run| match run {
        diff::Run::Same(text) => json!({ "same": text }),
        diff::Run::Gone(text) => json!({ "gone": text }),
        diff::Run::New(text) => json!({ "new": text }),
    };
    let field = |field: diff::FieldDiff| {
        let runs: Vec<Value> = field.runs.iter().map(run).collect();
        json!({ "field": field.field.name(), "runs": runs })
    };
    diff::diff(before, after).into_iter().map(field).collect()
}

/// `GET /v1/drafts`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let drafts = operator.drafts(wanted.after, wanted.limit).await?;
    let next = drafts.last().map(|draft| draft.cursor.clone());
    let items: Vec<Value> = drafts.iter().map(told).collect();
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

/// `GET /v1/drafts/{id}`: with what differs from the entry as it is published.
pub(crate) async fn one(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
) -> Result<Json<Value>, Problem> {
    let draft = operator.draft(&id).await?.ok_or_else(Problem::not_found)?;
    let stands = operator.published(&id).await?;
    let mut item = told(&draft);
    item["changes"] = changes(stands.as_ref(), draft.new.becomes.as_ref());
    Ok(Json(item))
}

#[derive(Deserialize)]
pub(crate) struct Written {
    /// What it shall become; null if it shall go.
    entry: Option<Value>,
    #[serde(default)]
    why: String,
}

/// `PUT /v1/drafts/{id}`: the id in the path counts; a time of change is not needed.
pub(crate) async fn put(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
    Json(written): Json<Written>,
) -> Result<Json<Value>, Problem> {
    let entry = written.entry.map(|entry| read(&id, entry)).transpose()?;
    operator.draft_entry(&id, entry, &written.why).await?;
    let draft = operator.draft(&id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(told(&draft)))
}

fn read(id: &EntryId, mut entry: Value) -> Result<Entry, Problem> {
    if let Some(fields) = entry.as_object_mut() {
        fields.insert("id".to_owned(), json!(id));
        fields.insert("updated_at".to_owned(), json!("1970-01-01T00:00:00Z"));
    }
    serde_json::from_value(entry).map_err(|error| Problem::bad_request(format!("entry: {error}")))
}

/// `DELETE /v1/drafts/{id}`
pub(crate) async fn discard(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
) -> Result<StatusCode, Problem> {
    let gone = operator.discard_draft(&id).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
