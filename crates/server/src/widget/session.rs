//! `POST /v1/widget/session`: who is writing, and how the shop presents itself.

use axum::{Json, extract::State};
use reception::{NotSignedIn, VisitorView};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Hello {
    visitor: Option<String>,
    /// The shop's signed word of who is signed in there.
    identity: Option<String>,
}

/// Nothing is written of a visitor who is not signed in: who never says anything leaves no row. A word that is not
/// believed signs nobody in; the widget works on.
pub(crate) async fn session(
    State(app): State<App>,
    Json(hello): Json<Hello>,
) -> Result<Json<Value>, Problem> {
    let (visitor, identity) = who(&app, &hello).await?;
    let conversation = visitor.latest().await?.map(|(conversation, standing, rated)| {
        json!({ "id": conversation.id, "stage": standing.stage, "place": standing.place, "agent": standing.agent,
                "form": standing.form, "rated": rated })
    });
    Ok(Json(
        json!({ "visitor": visitor.token(), "identity": identity, "conversation": conversation, "settings": settings(&app) }),
    ))
}

async fn who(app: &App, hello: &Hello) -> Result<(VisitorView, Value), Problem> {
    let known = || app.reception.visitor(hello.visitor.as_deref());
    let Some(identity) = &hello.identity else {
        let visitor = known();
        let signed = visitor.is_signed_in();
        return Ok((visitor, json!({ "verified": signed })));
    };
    match app.reception.signed_in(identity).await {
        Ok(visitor) => Ok((visitor, json!({ "verified": true }))),
        Err(NotSignedIn::Token(error)) => {
            tracing::info!(%error, "a signed identity was not believed");
            Ok((known(), json!({ "verified": false, "reason": error.code() })))
        }
        Err(NotSignedIn::Store(error)) => Err(error.into()),
    }
}

fn settings(app: &App) -> Value {
    let settings = app.reception.settings();
    let shop = &settings.shop;
    let [zh, en] = domain::Lang::ALL;
    json!({
        "name": { "zh": shop.name(zh), "en": shop.name(en) },
        "accent": shop.accent,
        "max_chars": settings.limits.message_chars,
        "identity": if settings.identity.required { "required" } else { "optional" },
        "greeting": { "zh": shop.greeting(zh), "en": shop.greeting(en) },
        "starters": { "zh": shop.starters(zh), "en": shop.starters(en) },
    })
}
