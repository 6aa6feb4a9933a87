//! What each agent sets for themselves, and where the rest is set.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::Lang;
use serde::Deserialize;

use super::{
    Frame,
    models::Models,
    refusal::{Page, Refusal},
    session::{SignedIn, Submitted},
    words::service::Words,
};
use crate::state::App;

#[derive(Template)]
#[template(path = "desk/settings.html")]
struct SettingsPage {
    frame: Frame,
    s: &'static Words,
    snippet: String,
    changed: bool,
    models: Option<Models>,
}

#[derive(Deserialize)]
pub(super) struct After {
    changed: Option<String>,
}

/// `GET /desk/settings`
pub(super) async fn page(
    State(app): State<App>,
    headers: HeaderMap,
    SignedIn(view): SignedIn,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "settings").await?;
    let snippet = format!(r#"<script src="{}/widget.js" defer></script>"#, origin(&app, &headers));
    let models = Models::of(&view).await?;
    let s = Words::of(frame.lang);
    Ok(Page(SettingsPage { s, frame, snippet, changed: after.changed.is_some(), models }).into_response())
}

#[derive(Deserialize)]
pub(super) struct Wish {
    lang: String,
}

/// `POST /desk/settings/language`
pub(super) async fn language(Submitted { view, fields }: Submitted<Wish>) -> Result<Response, Refusal> {
    if let Some(lang) = Lang::from_tag(&fields.lang) {
        view.speak(lang).await?;
    }
    Ok(Redirect::to("/desk/settings?changed=1").into_response())
}

/// The server's address as this browser knows it.
pub(crate) fn origin(app: &App, headers: &HeaderMap) -> String {
    let scheme = if app.config.https { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.map_or_else(|| format!("{scheme}://{}", app.config.listen), |host| format!("{scheme}://{host}"))
}
