//! Foreign platforms knock here. Body and headers go to the reception; nothing is decided here.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use reception::Delivered;

use crate::{problem::Problem, state::App};

/// Accepts what a platform delivers. The answer comes after the commit.
pub(crate) async fn deliver(
    State(app): State<App>,
    Path(channel): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    app.reception.receive_webhook(&channel, &Delivered { headers: &headers, body: &body }).await?;
    Ok(StatusCode::OK)
}
