//! The sample shop of the demo, with the widget on it, where one may sign in as a sample customer.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use crate::{assets::file, problem::Problem, state::App};

/// The sample shop's own side: who can sign in there.
pub struct SampleShop {
    /// The secret under which it signs who is signed in.
    pub secret: String,
    /// Its customers.
    pub customers: Vec<SampleCustomer>,
}

/// A customer of the sample shop.
pub struct SampleCustomer {
    /// The shop's own name for them.
    pub id: &'static str,
    /// What they are called.
    pub name: &'static str,
    /// What else the shop tells of them.
    pub claims: Value,
}

/// So long is somebody signed in, in seconds.
const HOUR: i64 = 3600;

/// `/shop/customers`: who can sign in.
pub(crate) async fn customers(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let shop = app.shop.as_ref().ok_or_else(Problem::not_found)?;
    let listed: Vec<Value> =
        shop.customers.iter().map(|one| json!({ "id": one.id, "name": one.name })).collect();
    Ok(Json(json!({ "items": listed })))
}

/// `/shop/customers/{id}/sign-in`: what a shop's server does once its customer has signed in.
pub(crate) async fn sign_in(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let shop = app.shop.as_ref().ok_or_else(Problem::not_found)?;
    let customer = shop.customers.iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    let mut claims = customer.claims.clone();
    claims["user_id"] = customer.id.into();
    claims["name"] = customer.name.into();
    claims["exp"] = (app.reception.now().as_second() + HOUR).into();
    Ok(Json(json!({ "identity": reception::sign_identity(&shop.secret, &claims) })))
}

/// `/`: the sample shop, or the desk where there is no sample.
pub(crate) async fn shop(State(app): State<App>, headers: HeaderMap) -> Response {
    if app.demo {
        file("text/html; charset=utf-8", include_str!("../../../widget/demo/shop.html"), &headers)
    } else {
        Redirect::to("/desk").into_response()
    }
}

/// `/shop.css`
pub(crate) async fn style(headers: HeaderMap) -> Response {
    file("text/css; charset=utf-8", include_str!("../../../widget/demo/shop.css"), &headers)
}

/// `/shop.js`
pub(crate) async fn script(headers: HeaderMap) -> Response {
    file("text/javascript; charset=utf-8", include_str!("../../../widget/demo/shop.js"), &headers)
}
