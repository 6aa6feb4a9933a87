//! A product as customers see it, and the way there from a recommendation.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::Lang;
use serde::Deserialize;

use crate::{gone, help::preferred, problem::Problem, state::App};

#[derive(Template)]
#[template(path = "goods.html")]
struct GoodsPage {
    lang: Lang,
    shop: String,
    name: String,
    description: String,
    price: String,
    in_stock: bool,
    demo: bool,
}

/// The language that the link asks for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    lang: Option<String>,
}

/// `GET /goods/{id}`: for shops whose products have no page of their own.
pub(crate) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let lang = wanted.lang.as_deref().and_then(Lang::from_tag).unwrap_or_else(|| preferred(&headers));
    match found(&app, &id, lang).await {
        Ok(page) => page.into_response(),
        Err(problem) => gone::or_page(&app, lang, &headers, problem),
    }
}

async fn found(app: &App, id: &str, lang: Lang) -> Result<Html<String>, Problem> {
    let product = app.reception.product_on_show(&id.into()).await?.ok_or_else(Problem::not_found)?;
    let text = product.text(lang).cloned().unwrap_or_default();
    let page = GoodsPage {
        lang,
        shop: app.reception.settings().shop.name(lang).to_owned(),
        name: text.name,
        description: text.description,
        price: product.prices.iter().map(domain::Price::shown).collect::<Vec<_>>().join(" / "),
        in_stock: product.in_stock,
        demo: app.demo,
    };
    page.render().map(Html).map_err(|_| Problem::not_found())
}

/// `GET /go/{answer}/{place}`: from a recommendation to its product. It leads only where the catalogue says.
pub(crate) async fn follow(
    State(app): State<App>,
    Path((answer, place)): Path<(String, u32)>,
) -> Result<Response, Problem> {
    let url = app.reception.follow_advice(&answer.as_str().into(), place).await?;
    let url = url.and_then(|url| HeaderValue::from_str(&url).ok()).ok_or_else(Problem::not_found)?;
    let headers = [(header::LOCATION, url), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::FOUND, headers).into_response())
}
