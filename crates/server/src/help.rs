//! A source that a customer opens: one entry, readable, with anchors for its sections.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use domain::{Kind, Lang, slot};
use serde::Deserialize;

use crate::{gone, problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Wanted {
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "help.html")]
struct Page {
    lang: Lang,
    shop: String,
    title: String,
    parts: Vec<Part>,
    updated: String,
    demo: bool,
}

struct Part {
    anchor: String,
    heading: Option<String>,
    html: String,
}

/// Shows an entry. Markup in knowledge is inert: only what [`reception::markdown`] lets through is markup.
pub(crate) async fn entry(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let lang = wanted.lang.as_deref().and_then(Lang::from_tag).unwrap_or_else(|| preferred(&headers));
    match found(&app, &id, lang) {
        Ok(page) => page.into_response(),
        Err(problem) => gone::or_page(&app, lang, &headers, problem),
    }
}

fn found(app: &App, id: &str, lang: Lang) -> Result<Html<String>, Problem> {
    let entry = app.reception.operator().entry(&id.into()).ok_or_else(Problem::not_found)?;
    let (lang, text) = entry.text(lang).ok_or_else(Problem::not_found)?;
    let page = Page {
        lang,
        shop: app.reception.settings().shop.name(lang).to_owned(),
        title: text.title.clone(),
        parts: parts(entry.kind, &text.title, &slot::plain(&text.answer)),
        updated: entry.updated_at.strftime("%Y-%m-%d").to_string(),
        demo: app.demo,
    };
    page.render().map(Html).map_err(|_| Problem::not_found())
}

fn parts(kind: Kind, title: &str, markdown: &str) -> Vec<Part> {
    if kind == Kind::Answer {
        return vec![Part {
            anchor: "top".to_owned(),
            heading: None,
            html: reception::markdown::html(markdown),
        }];
    }
    let sections = reception::markdown::sections(title, markdown);
    let part = |section: reception::markdown::Section| Part {
        heading: Some(section.heading).filter(|heading| heading != title),
        html: reception::markdown::html(&section.text),
        anchor: section.anchor,
    };
    sections.into_iter().map(part).collect()
}

/// The first of our languages that the browser names.
pub(crate) fn preferred(headers: &HeaderMap) -> Lang {
    let accepted = headers.get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').find_map(|tag| Lang::from_tag(tag.split(';').next()?.trim())).unwrap_or_default()
}
