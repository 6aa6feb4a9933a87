//! Files that are part of the program, with an address that changes when they do.

use std::borrow::Cow;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::{accent, problem::Problem, state::App};

const CSS: &str = "text/css; charset=utf-8";

/// Serves a file with an ETag, so that a browser asks again but loads only what changed.
pub(crate) fn file(kind: &'static str, body: impl Into<Cow<'static, str>>, headers: &HeaderMap) -> Response {
    let body = body.into();
    let tag = format!(
        "\"{:x}\"",
        Sha256::digest(body.as_bytes()).iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
    );
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|theirs| theirs.as_bytes() == tag.as_bytes());
    let common =
        [(header::ETAG, tag), (header::CACHE_CONTROL, "public, max-age=60, must-revalidate".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// `/assets/tokens.css`: the look of every page, in the owner's colour.
pub(crate) async fn tokens(State(app): State<App>, headers: HeaderMap) -> Response {
    let own = accent::rules(&app.reception.settings().shop.accent);
    file(CSS, [include_str!("assets/tokens.css"), &own].concat(), &headers)
}

/// `/assets/{name}`: styles and scripts of our own pages.
pub(crate) async fn named(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    const JS: &str = "text/javascript; charset=utf-8";
    let (kind, body) = match name.as_str() {
        "help.css" => (CSS, include_str!("assets/help.css")),
        "desk.css" => (CSS, include_str!("assets/desk.css")),
        "desk.js" => (JS, include_str!("assets/desk.js")),
        "htmx.js" => (JS, include_str!("assets/htmx-4.0.1.min.js")),
        _ => return Err(Problem::not_found()),
    };
    Ok(file(kind, body, &headers))
}

/// `/favicon.svg`: what a browser shows in its tab; also as `/favicon.ico`, which it asks for where a page names none.
pub(crate) async fn icon(headers: HeaderMap) -> Response {
    file("image/svg+xml", include_str!("assets/icon.svg"), &headers)
}
