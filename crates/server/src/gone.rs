//! What a customer's browser shows where nothing is: an old source, a product that was taken off.

use askama::Template;
use axum::{
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Response},
};
use domain::Lang;

use crate::{problem::Problem, state::App};

#[derive(Template)]
#[template(path = "gone.html")]
struct Gone {
    lang: Lang,
    shop: String,
    demo: bool,
}

/// A page for browsers; programs get the problem as it is, and so does whatever is another problem.
pub(crate) fn or_page(app: &App, lang: Lang, headers: &HeaderMap, problem: Problem) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let status = problem.status();
    if !accepted.contains("text/html") || problem.code() != "not_found" {
        return problem.into_response();
    }
    let page = Gone { lang, shop: app.reception.settings().shop.name(lang).to_owned(), demo: app.demo };
    match page.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(_) => problem.into_response(),
    }
}
