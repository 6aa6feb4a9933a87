//! `POST /v1/widget/session`: who is writing, and how the shop presents itself.

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Hello {
    visitor: Option<String>,
}

/// Nothing is written: a visitor who never says anything leaves no row.
pub(crate) async fn session(
    State(app): State<App>,
    Json(hello): Json<Hello>,
) -> Result<Json<Value>, Problem> {
    let visitor = app.reception.visitor(hello.visitor.as_deref());
    let conversation = visitor.latest().await?.map(|(conversation, standing, rated)| {
        json!({ "id": conversation.id, "stage": standing.stage, "place": standing.place, "agent": standing.agent,
                "form": standing.form, "rated": rated })
    });
    Ok(Json(json!({ "visitor": visitor.token(), "conversation": conversation, "settings": settings(&app) })))
}

fn settings(app: &App) -> Value {
    let settings = app.reception.settings();
    let shop = &settings.shop;
    let [zh, en] = domain::Lang::ALL;
    json!({
        "name": { "zh": shop.name(zh), "en": shop.name(en) },
        "accent": shop.accent,
        "max_chars": settings.limits.message_chars,
        "greeting": { "zh": shop.greeting(zh), "en": shop.greeting(en) },
        "starters": { "zh": shop.starters(zh), "en": shop.starters(en) },
    })
}
