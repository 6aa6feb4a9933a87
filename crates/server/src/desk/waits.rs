//! What waits for a person in a conversation: drafted replies, and actions that need a yes or a look.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::{AnswerId, Call, CallId, CallState, ConversationId, Lang, SeenOrder, Timestamp};
use reception::{AgentView, Told};
use serde::Deserialize;

use super::{
    inbox, part,
    refusal::Refusal,
    session::Submitted,
    times::Moment,
    words::{
        fill,
        service::{self, Words},
    },
};

/// A drafted reply.
pub(super) struct Drafted {
    pub(super) part: String,
    pub(super) text: String,
    pub(super) why: String,
}

/// An action in another system.
pub(super) struct Acted {
    pub(super) part: String,
    pub(super) what: String,
    pub(super) arguments: String,
    /// What is known of the order that it is about: who agrees must see it.
    pub(super) of: String,
    pub(super) state: &'static str,
    /// Who decided.
    pub(super) by: Option<String>,
    pub(super) error: Option<String>,
    pub(super) at: Moment,
    /// It waits for a yes.
    pub(super) proposed: bool,
    /// Nobody knows whether it was done.
    pub(super) in_doubt: bool,
}

pub(super) fn drafted(lang: Lang, told: &Told) -> Vec<Drafted> {
    let s = Words::of(lang);
    let draft = |proposal: &domain::Proposal| Drafted {
        part: part(proposal.answer.as_str()),
        text: proposal.content.text.clone(),
        why: fill(s.proposal_why, &[&topic(lang, &proposal.topic)]),
    };
    told.proposals.iter().map(draft).collect()
}

pub(super) fn acted(lang: Lang, view: &AgentView, told: &Told, now: Timestamp) -> Vec<Acted> {
    told.calls.iter().rev().map(|call| one(lang, view, (call, &told.profile.orders), now)).collect()
}

fn one(lang: Lang, view: &AgentView, (call, orders): (&Call, &[SeenOrder]), now: Timestamp) -> Acted {
    let s = Words::of(lang);
    let action = view.actions().iter().find(|action| action.name == call.action);
    let named = |name: &str| service::fact_name(lang, name).unwrap_or(name).to_owned();
    let said: Vec<String> = call
        .arguments
        .iter()
        .map(|(name, value)| {
            lang.pick(format!("{}：{value}", named(name)), format!("{}: {value}", named(name)))
        })
        .collect();
    Acted {
        part: part(call.id.as_str()),
        what: action.map_or(call.action.as_str(), |action| action.description(lang)).to_owned(),
        arguments: said.join(lang.pick("，", ", ")),
        of: order_of(lang, call, orders),
        state: service::call_state(lang, outcome(call)).unwrap_or_default(),
        by: call
            .by
            .as_ref()
            .map(|by| if by == reception::CUSTOMER { s.by_customer.to_owned() } else { by.clone() }),
        error: call.error.clone(),
        at: Moment::new(lang, call.moved_at, now),
        proposed: call.state == CallState::Proposed,
        in_doubt: call.state == CallState::InDoubt,
    }
}

/// What was looked up of an order that a call names: what it is of, how much it cost, where it is.
fn order_of(lang: Lang, call: &Call, orders: &[SeenOrder]) -> String {
    const TOLD: [&str; 5] = ["order.items", "order.amount", "order.status", "order.date", "order.address"];
    let named =
        |order: &&SeenOrder| call.arguments.values().any(|value| value.eq_ignore_ascii_case(&order.id));
    let Some(order) = orders.iter().find(named) else { return String::new() };
    let fact = |name: &&str| {
        let value = order.facts.get(*name).filter(|value| !value.is_empty())?;
        let name = service::fact_name(lang, name)?;
        Some(lang.pick(format!("{name}：{value}"), format!("{name}: {value}")))
    };
    TOLD.iter().filter_map(fact).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// How far it is; an answer that says no is no "done".
fn outcome(call: &Call) -> &'static str {
    match (call.state, call.status) {
        (CallState::Done, Some(403 | 404 | 410)) => "not_found",
        (CallState::Done, Some(400..=499)) => "refused",
        (state, _) => state.name(),
    }
}

/// A topic in words: an action, a category or an intent.
pub(super) fn topic(lang: Lang, topic: &str) -> String {
    match topic.strip_prefix("action:") {
        _ if topic == "*" => Words::of(lang).everything_else.to_owned(),
        Some(action) => fill(Words::of(lang).action_name, &[action]),
        None => inbox::intent(lang, topic),
    }
}

#[derive(Deserialize)]
pub(super) struct Sent {
    conversation: ConversationId,
    #[serde(default)]
    text: String,
}

/// `POST /desk/proposals/{id}/send`
pub(super) async fn send(
    Path(id): Path<AnswerId>,
    Submitted { view, fields }: Submitted<Sent>,
) -> Result<Response, Refusal> {
    // A browser sends line ends of its own.
    let words = fields.text.replace("\r\n", "\n");
    view.send_proposal(&fields.conversation, &id, Some(&words)).await?;
    Ok(to(&fields.conversation, "mine"))
}

/// `POST /desk/proposals/{id}/discard`
pub(super) async fn discard(
    Path(id): Path<AnswerId>,
    Submitted { view, fields }: Submitted<Sent>,
) -> Result<Response, Refusal> {
    view.discard_proposal(&fields.conversation, &id).await?;
    Ok(to(&fields.conversation, "waiting"))
}

/// `POST /desk/calls/{id}/{act}`: `agree`, `decline`, `again`, `done`.
pub(super) async fn decide(
    Path((id, act)): Path<(CallId, String)>,
    Submitted { view, fields }: Submitted<Sent>,
) -> Result<Response, Refusal> {
    match act.as_str() {
        "agree" => view.agree(&id).await?,
        "decline" => view.decline(&id).await?,
        "again" => view.resolve_call(&id, true).await?,
        "done" => view.resolve_call(&id, false).await?,
        _ => return Err(Refusal::not_found()),
    }
    Ok(to(&fields.conversation, "waiting"))
}

fn to(id: &ConversationId, tab: &str) -> Response {
    Redirect::to(&inbox::path(id, tab)).into_response()
}
