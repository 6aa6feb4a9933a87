//! What a visitor does: say, ask for a person, judge, end.

use std::net::SocketAddr;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
};
use domain::{AnswerId, Attributes, ConversationId, Lang, Reason, Thumb};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Visitor;
use crate::{admission::origin, help::preferred, problem::Problem, state::App};

#[derive(Deserialize)]
pub(crate) struct Say {
    id: String,
    text: String,
    #[serde(default)]
    lang: Option<Lang>,
    #[serde(flatten)]
    attributes: Attributes,
}

/// `POST /v1/widget/messages`
pub(crate) async fn say(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Visitor(visitor): Visitor,
    Json(say): Json<Say>,
) -> Result<Json<Value>, Problem> {
    app.admission.admit(visitor.name(), origin(peer, &headers, &app.config.trusted_proxies))?;
    let lang = say.lang.unwrap_or_else(|| preferred(&headers));
    let accepted = visitor.say(say.id, say.text, lang, say.attributes).await?;
    Ok(Json(json!({ "conversation": accepted.conversation, "seq": accepted.seq })))
}

#[derive(Deserialize, Default)]
pub(crate) struct InLanguage {
    lang: Option<Lang>,
}

/// `POST /v1/widget/person`
pub(crate) async fn person(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Visitor(visitor): Visitor,
    Json(wish): Json<InLanguage>,
) -> Result<StatusCode, Problem> {
    app.admission.admit(visitor.name(), origin(peer, &headers, &app.config.trusted_proxies))?;
    visitor.ask_for_person(wish.lang.unwrap_or_else(|| preferred(&headers))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/widget/assistant`
pub(crate) async fn assistant(Visitor(visitor): Visitor) -> Result<StatusCode, Problem> {
    visitor.back_to_assistant().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/widget/close`
pub(crate) async fn close(Visitor(visitor): Visitor) -> Result<StatusCode, Problem> {
    visitor.close().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(crate) struct Judgement {
    answer_id: AnswerId,
    thumb: Option<Thumb>,
    reason: Option<Reason>,
    comment: Option<String>,
}

/// `POST /v1/widget/feedback`
pub(crate) async fn feedback(
    Visitor(visitor): Visitor,
    Json(judged): Json<Judgement>,
) -> Result<StatusCode, Problem> {
    visitor.judge(judged.answer_id, judged.thumb, judged.reason, judged.comment).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(crate) struct Rated {
    conversation: ConversationId,
    score: u8,
    comment: Option<String>,
}

/// `POST /v1/widget/csat`
pub(crate) async fn csat(Visitor(visitor): Visitor, Json(rated): Json<Rated>) -> Result<StatusCode, Problem> {
    visitor.rate(rated.conversation, rated.score, rated.comment).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(crate) struct Word {
    name: Option<String>,
    contact: String,
    text: String,
}

/// `POST /v1/widget/contact`
pub(crate) async fn contact(
    Visitor(visitor): Visitor,
    Json(word): Json<Word>,
) -> Result<StatusCode, Problem> {
    visitor.leave_word(word.name, word.contact, word.text).await?;
    Ok(StatusCode::NO_CONTENT)
}
