//! What an agent does to a conversation. Each act is one call; then the conversation is shown again.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{AgentId, ConversationId, MessageId};
use reception::{ActError, AgentView, Reply};
use serde::Deserialize;

use super::{
    inbox::{self, Place, Said},
    refusal::Refusal,
    session::Submitted,
    words::{Words, fill},
};
use crate::state::App;

/// The list that the reader came from.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    tab: String,
}

/// `POST /desk/conversations/{id}/take-over`
pub(super) async fn take_over(
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Submitted { view, fields }: Submitted<From>,
) -> Result<Response, Refusal> {
    match view.take_over(&id).await {
        Ok(()) => Ok(to(&id, "mine")),
        Err(error) => explained(&app, &view, &id, fields.tab, error, String::new()).await,
    }
}

/// `POST /desk/conversations/{id}/give-back`
pub(super) async fn give_back(
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Submitted { view, fields }: Submitted<From>,
) -> Result<Response, Refusal> {
    match view.give_back(&id).await {
        Ok(()) => Ok(to(&id, "all")),
        Err(error) => explained(&app, &view, &id, fields.tab, error, String::new()).await,
    }
}

/// `POST /desk/conversations/{id}/close`
pub(super) async fn close(
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Submitted { view, fields }: Submitted<From>,
) -> Result<Response, Refusal> {
    match view.close(&id).await {
        Ok(()) => Ok(to(&id, &fields.tab)),
        Err(error) => explained(&app, &view, &id, fields.tab, error, String::new()).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Written {
    text: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    tab: String,
    /// Take the conversation over first, where nobody has it.
    #[serde(default)]
    take: String,
}

/// `POST /desk/conversations/{id}/reply`
pub(super) async fn reply(
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Submitted { view, fields }: Submitted<Written>,
) -> Result<Response, Refusal> {
    let Written { text, client_id, tab, take } = fields;
    let reply = Reply { text, client_id };
    let said = async {
        if reply.text.trim().is_empty() {
            return Err(ActError::Empty);
        }
        if !take.is_empty() {
            view.take_over(&id).await?;
        }
        view.reply(&id, &reply).await
    };
    match said.await {
        Ok(()) => Ok(to(&id, if take.is_empty() { &tab } else { "mine" })),
        Err(error) => explained(&app, &view, &id, tab, error, reply.text).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Typing {
    #[serde(default)]
    on: String,
}

/// `POST /desk/conversations/{id}/typing`
pub(super) async fn typing(
    Path(id): Path<ConversationId>,
    Submitted { view, fields }: Submitted<Typing>,
) -> Result<StatusCode, Refusal> {
    view.typing(&id, fields.on == "1").await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct Doubted {
    conversation: ConversationId,
    #[serde(default)]
    tab: String,
}

/// `POST /desk/messages/{id}/again`
pub(super) async fn send_again(
    Path(id): Path<MessageId>,
    Submitted { view, fields }: Submitted<Doubted>,
) -> Result<Response, Refusal> {
    view.resolve_doubt(&id, true).await?;
    Ok(to(&fields.conversation, &fields.tab))
}

/// `POST /desk/messages/{id}/arrived`
pub(super) async fn arrived(
    Path(id): Path<MessageId>,
    Submitted { view, fields }: Submitted<Doubted>,
) -> Result<Response, Refusal> {
    view.resolve_doubt(&id, false).await?;
    Ok(to(&fields.conversation, &fields.tab))
}

fn to(id: &ConversationId, tab: &str) -> Response {
    Redirect::to(&inbox::path(id, tab)).into_response()
}

/// Shows the conversation again and says why the act was not done; what was written stays.
async fn explained(
    app: &App,
    view: &AgentView,
    id: &ConversationId,
    tab: String,
    error: ActError,
    draft: String,
) -> Result<Response, Refusal> {
    let w = Words::of(view.agent().lang);
    let (status, banner) = match error {
        ActError::TakenBy(other) => {
            let pattern = if draft.is_empty() { w.taken_by } else { w.held_by };
            (StatusCode::CONFLICT, fill(pattern, &[&name(view, &other).await?]))
        }
        ActError::NotYours => (StatusCode::CONFLICT, w.not_yours.to_owned()),
        ActError::Closed => (StatusCode::CONFLICT, w.now_closed.to_owned()),
        ActError::Empty => (StatusCode::BAD_REQUEST, w.nothing_to_send.to_owned()),
        ActError::TooLong(most) => (StatusCode::PAYLOAD_TOO_LARGE, fill(w.too_long, &[&most.to_string()])),
        error => return Err(error.into()),
    };
    let place = Place::of(tab);
    inbox::show(app, view, id, place, Said { banner: Some(banner), draft, status }).await
}

async fn name(view: &AgentView, id: &AgentId) -> Result<String, Refusal> {
    let found = view.colleagues().await?.into_iter().find(|agent| agent.id == *id);
    Ok(found.map_or_else(|| Words::of(view.agent().lang).former.to_owned(), |agent| agent.name))
}
