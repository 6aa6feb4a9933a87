//! Pictures of the knowledge, for pages of ours and for widgets on other sites.

use axum::{
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};

use crate::{problem::Problem, state::App};

/// Whatever the bytes are: opened as a page of its own, a picture does nothing.
const CSP: &str = "default-src 'none'; sandbox";

/// `GET /pictures/{name}`: a name never means other bytes, so a browser asks once.
pub(crate) async fn one(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (kind, bytes) = app.reception.picture(&name).await?.ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, kind.media_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::CONTENT_DISPOSITION, "inline"),
        // The widget shows it on the shop's own site.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, bytes).into_response())
}
