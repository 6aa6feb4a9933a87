//! The desk: pages for people.

use axum::Router;

use crate::state::App;

/// All paths below `/desk`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
}
