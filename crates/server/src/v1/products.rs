//! The catalogue, past orders, and recommendations: rules and effect.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use domain::{Product, Rules};
use reception::{
    Page, ProductFilter,
    goods::OrdersRead,
    product::{Goods, GoodsPlan},
    purchase::Orders,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{After, Operator};
use crate::problem::Problem;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: Option<String>,
    category: Option<String>,
}

/// `GET /v1/products`
pub(crate) async fn list(
    Operator(operator): Operator,
    Query(wanted): Query<Wanted>,
    Query(after): Query<After>,
) -> Result<Json<Value>, Problem> {
    let filter = ProductFilter { text: wanted.q, category: wanted.category, offered: None };
    let rows = operator.products(&filter, &Page { after: after.after, limit: after.limit }).await?;
    let next = rows.last().map(|row| row.cursor.clone());
    let items: Vec<Product> = rows.into_iter().map(|row| row.product).collect();
    Ok(Json(json!({ "items": items, "next_cursor": next })))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct How {
    dry_run: bool,
}

/// `POST /v1/products/import`: what is new or changed is written; safe to run again.
pub(crate) async fn import(
    Operator(operator): Operator,
    Query(how): Query<How>,
    Json(goods): Json<Goods>,
) -> Result<Json<GoodsPlan>, Problem> {
    let plan = operator.plan_goods(goods).await?;
    if !how.dry_run {
        operator.take_goods(&plan).await?;
    }
    Ok(Json(plan))
}

/// `GET /v1/products/{id}`
pub(crate) async fn one(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<Json<Product>, Problem> {
    operator.product(&id.as_str().into()).await?.map(Json).ok_or_else(Problem::not_found)
}

/// `PUT /v1/products/{id}`
pub(crate) async fn put(
    Operator(operator): Operator,
    Path(id): Path<String>,
    Json(product): Json<Product>,
) -> Result<StatusCode, Problem> {
    if product.id.as_str() != id {
        return Err(Problem::bad_request("the id in the address and in the product differ"));
    }
    operator.put_product(product).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /v1/products/{id}`
pub(crate) async fn remove(
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let gone = operator.remove_product(&id.as_str().into()).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// `POST /v1/purchases/import`: what customers bought; safe to run again.
pub(crate) async fn purchases(
    Operator(operator): Operator,
    Json(orders): Json<Orders>,
) -> Result<Json<OrdersRead>, Problem> {
    Ok(Json(operator.take_orders(orders).await?))
}

/// `GET /v1/advice`: the rules, and whether recommendations sell.
pub(crate) async fn advice(Operator(operator): Operator) -> Result<Json<Value>, Problem> {
    let (trial, effect) = (operator.trial().await?, operator.effect().await?);
    let outcomes = operator.outcomes(50).await?;
    let outcome = |one: &reception::ProductOutcome| json!({ "product": one.product, "shown": one.shown, "clicked": one.clicked, "bought": one.bought });
    let products: Vec<Value> = outcomes.iter().map(outcome).collect();
    Ok(Json(json!({ "rules": trial.rules, "effect": effect, "products": products })))
}

/// `PUT /v1/advice/rules`
pub(crate) async fn rules(
    Operator(operator): Operator,
    Json(rules): Json<Rules>,
) -> Result<StatusCode, Problem> {
    operator.put_rules(rules).await?;
    Ok(StatusCode::NO_CONTENT)
}
