//! For those who watch over the process.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{problem::Problem, state::App};

/// The process is alive.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// Messages can be accepted.
pub(crate) async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.reception.operator().ready().await?;
    Ok("ready\n")
}

/// Numbers for Prometheus.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}

/// What is asked for is not here.
pub(crate) async fn nothing_here() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such page; see /openapi.json for the API")
}
