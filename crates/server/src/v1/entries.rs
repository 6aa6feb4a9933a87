//! Knowledge in and out, and conversations out.

use axum::{
    Json,
    extract::{Path, Query},
};
use domain::{ConversationId, Entry, EntryId};
use reception::{EntryFilter, Harvest, Plan};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// Only entries that hold some words or are of a category; and whether they come with what they are worth.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
    category: Option<String>,
    #[serde(default)]
    value: bool,
}

/// `GET /v1/entries`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
    Query(Wanted { q, category, value }): Query<Wanted>,
) -> Result<Json<Value>, Problem> {
    let text = q.filter(|words| !words.trim().is_empty());
    let (entries, next) = if text.is_some() || category.is_some() {
        let filter = EntryFilter { text, category, kind: None };
        operator.entries_with(&filter, wanted.after.as_deref(), wanted.limit).await?
    } else {
        let after = wanted.after.map(EntryId::from);
        let entries = operator.entries_after(after.as_ref(), wanted.limit).await?;
        let next = entries.last().map(|entry| entry.id.to_string());
        (entries, next)
    };
    let mut items = json!(entries);
    if let (true, Some(items)) = (value, items.as_array_mut()) {
        let ids: Vec<EntryId> = entries.into_iter().map(|entry| entry.id).collect();
        let values = operator.entry_values(&ids).await?;
        items.iter_mut().zip(values).for_each(|(item, value)| item["value"] = json!(value));
    }
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

/// Only what lies below a category.
#[derive(Deserialize)]
pub(crate) struct Below {
    below: Option<String>,
}

/// `GET /v1/categories`: the tree, each category before those below it.
pub(crate) async fn categories(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
    Query(Below { below }): Query<Below>,
) -> Result<Json<Value>, Problem> {
    let found = operator.categories(below.as_deref(), wanted.after.as_deref(), wanted.limit).await?;
    let next = found.last().map(|branch| branch.category.clone());
    Ok(Json(json!({ "items": found, "next_cursor": next })))
}

/// `GET /v1/entries/{id}`: as it is published.
pub(crate) async fn one(
    Operator(operator): Operator,
    Path(id): Path<EntryId>,
) -> Result<Json<Entry>, Problem> {
    operator.published(&id).await?.map(Json).ok_or_else(Problem::not_found)
}

/// `POST /v1/entries/plan`: what an import would change.
pub(crate) async fn plan(
    Operator(operator): Operator,
    Json(harvest): Json<Harvest>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(told(&operator.plan(harvest).await?)))
}

/// A plan without the pictures, which who asks has.
fn told(plan: &Plan) -> Value {
    let mut told = json!(plan);
    if let Some(fields) = told.as_object_mut() {
        fields.remove("pictures");
    }
    told
}

/// How an import comes in.
#[derive(Deserialize)]
pub(crate) struct Manner {
    /// As drafts, to be looked at before they are published.
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    why: String,
}

/// `POST /v1/entries/import`: plans and carries out; with `?draft=true` as drafts.
pub(crate) async fn import(
    Operator(operator): Operator,
    Query(manner): Query<Manner>,
    Json(harvest): Json<Harvest>,
) -> Result<Json<Value>, Problem> {
    let plan = operator.plan(harvest).await?;
    let told = told(&plan);
    if manner.draft {
        operator.import_as_drafts(plan, &manner.why).await?;
    } else {
        operator.import(plan).await?;
    }
    Ok(Json(told))
}

/// `GET /v1/conversations`
pub(crate) async fn conversations(
    Operator(operator): Operator,
    Query(wanted): Query<After>,
) -> Result<Json<Value>, Problem> {
    let found =
        operator.conversations_after(wanted.after.map(ConversationId::from).as_ref(), wanted.limit).await?;
    let next = found.last().map(|conversation| conversation.id.clone());
    Ok(Json(json!({ "items": found, "next_cursor": next })))
}

#[derive(Deserialize)]
pub(crate) struct AfterSeq {
    after: Option<i64>,
    #[serde(default = "super::page")]
    limit: u32,
}

/// `GET /v1/conversations/{id}/messages`
pub(crate) async fn messages(
    Operator(operator): Operator,
    Path(id): Path<String>,
    Query(wanted): Query<AfterSeq>,
) -> Result<Json<Value>, Problem> {
    let messages =
        operator.messages(&id.as_str().into(), wanted.after.unwrap_or_default(), wanted.limit).await?;
    let next = messages.last().map(|message| message.seq);
    Ok(Json(json!({ "items": messages, "next_cursor": next })))
}
