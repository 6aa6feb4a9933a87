//! The widget's side of the API; the protocol is in `docs/widget-protocol.md`.

mod acts;
mod feed;
mod script;
mod session;
mod socket;
mod stream;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use reception::VisitorView;

pub(crate) use acts::{assistant, close, contact, csat, feedback, person, say};
pub(crate) use script::script;
pub(crate) use session::session;
pub(crate) use socket::socket;
pub(crate) use stream::{events, messages};

use crate::{problem::Problem, state::App};

/// A visitor with a token that holds.
pub(crate) struct Visitor(pub(crate) VisitorView);

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(Problem::unauthorised)?;
        app.reception.known_visitor(token).map(Self).ok_or_else(Problem::unauthorised)
    }
}

pub(crate) fn bearer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
