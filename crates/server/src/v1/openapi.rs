//! `/openapi.json`: every public path, described.

use axum::{http::HeaderMap, response::Response};

use crate::assets::file;

/// The description, a file of the project; a test compares it with the router.
pub(crate) async fn document(headers: HeaderMap) -> Response {
    file("application/json", include_str!("../assets/openapi.json"), &headers)
}
