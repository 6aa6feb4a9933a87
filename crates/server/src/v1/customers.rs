//! What is known of customers: read, corrected, erased.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::{ConversationId, CustomerFile, CustomerId};
use reception::{ProfileView, TakenIn};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

/// `GET /v1/customers`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(part): Query<After>,
) -> Result<Json<Value>, Problem> {
    let after = part.after.as_deref().map(CustomerId::from);
    let found = operator.customers_after(after.as_ref(), part.limit).await?;
    let full = found.len() == part.limit.clamp(1, reception::PAGE) as usize;
    let next = found.last().filter(|_| full).map(|customer| customer.id.clone());
    Ok(Json(json!({ "items": found, "next_cursor": next })))
}

/// `GET /v1/customers/{id}`
pub(crate) async fn one(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<ProfileView>, Problem> {
    Ok(Json(operator.customer(&id.as_str().into()).await?))
}

#[derive(Deserialize)]
pub(crate) struct Files {
    items: Vec<CustomerFile>,
}

/// `POST /v1/customers/import`: customers of another desk, all or none.
pub(crate) async fn import(
    Operator(operator): Operator,
    Json(files): Json<Files>,
) -> Result<Json<TakenIn>, Problem> {
    Ok(Json(operator.take_in_customers(files.items).await?))
}

#[derive(Deserialize)]
pub(crate) struct Fact {
    value: String,
}

/// `PUT /v1/customers/{id}/facts/{name}`
pub(crate) async fn correct(
    Operator(operator): Operator,
    Path((id, name)): Path<(String, String)>,
    Json(fact): Json<Fact>,
) -> Result<StatusCode, Problem> {
    operator.correct(&id.as_str().into(), &name, &fact.value).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /v1/customers/{id}/facts/{name}`
pub(crate) async fn erase(
    Operator(operator): Operator,
    Path((id, name)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let was = operator.erase(&id.as_str().into(), &name).await?;
    if was { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Forgetting {
    /// Also what was said.
    words: bool,
}

/// `POST /v1/customers/{id}/forget`
pub(crate) async fn forget(
    Operator(operator): Operator,
    Path(id): Path<String>,
    Json(wanted): Json<Forgetting>,
) -> Result<StatusCode, Problem> {
    operator.forget_customer(&id.as_str().into(), wanted.words).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/conversations/{id}/calls`: what was done in other systems, without the stories.
pub(crate) async fn calls(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let calls = operator.calls(&ConversationId::from(id)).await?;
    let shown: Vec<Value> = calls
        .iter()
        .map(|call| {
            let masked = call.trace.acted.as_ref().map(|acted| &acted.arguments);
            json!({ "id": call.id, "action": call.action, "arguments": masked, "state": call.state,
                    "status": call.status, "error": call.error, "by": call.by, "writes": call.writes,
                    "at": call.at, "moved_at": call.moved_at, "answer": call.trace.id })
        })
        .collect();
    Ok(Json(json!({ "items": shown })))
}
