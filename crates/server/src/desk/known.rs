//! What is known of a customer, beside the conversation and on a page of its own.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{CustomerId, Lang, Origin, Profile, Timestamp};
use reception::ProfileView;
use serde::Deserialize;

use super::{
    Frame, inbox, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::{
        fill,
        service::{self, Words},
    },
};
use crate::state::App;

/// What is known, as it is shown.
pub(super) struct Known {
    /// The customer's page.
    pub(super) href: String,
    pub(super) identity: String,
    pub(super) verified: bool,
    pub(super) facts: Vec<Fact>,
    pub(super) orders: Vec<Order>,
}

/// A fact with its origin.
pub(super) struct Fact {
    pub(super) name: String,
    /// The name as a part of an address.
    pub(super) part: String,
    pub(super) value: String,
    pub(super) origin: String,
    pub(super) at: Moment,
    /// People can erase it; what the shop signed is the shop's.
    pub(super) ours: bool,
}

/// An order and when it was looked up.
pub(super) struct Order {
    pub(super) id: String,
    pub(super) facts: Vec<(String, String)>,
    pub(super) at: Moment,
}

impl Known {
    pub(super) fn new(lang: Lang, profile: &Profile, now: Timestamp) -> Self {
        let s = Words::of(lang);
        let user = profile.identity.as_ref().map(|identity| identity.user_id.as_str());
        Self {
            href: format!("/desk/customers/{}", part(profile.customer.as_str())),
            identity: user.map_or_else(|| s.not_verified.to_owned(), |user| fill(s.verified, &[user])),
            verified: user.is_some(),
            facts: facts(lang, profile, now),
            orders: profile.orders.iter().map(|order| self::order(lang, order, now)).collect(),
        }
    }
}

fn named(lang: Lang, name: &str) -> String {
    service::fact_name(lang, name).unwrap_or(name).to_owned()
}

fn facts(lang: Lang, profile: &Profile, now: Timestamp) -> Vec<Fact> {
    let s = Words::of(lang);
    let signed = profile.identity.iter().flat_map(|identity| {
        identity.claims.iter().map(|(name, value)| Fact {
            name: named(lang, name),
            part: part(name),
            value: value.clone(),
            origin: s.signed.to_owned(),
            at: Moment::new(lang, identity.at, now),
            ours: false,
        })
    });
    let noted = profile.facts.iter().map(|fact| Fact {
        name: named(lang, &fact.name),
        part: part(&fact.name),
        value: fact.value.clone(),
        origin: match fact.origin {
            Origin::Learnt => s.learnt.to_owned(),
            Origin::Signed => s.signed.to_owned(),
            Origin::Agent => fill(s.by_agent, &[fact.by.as_deref().unwrap_or_default()]),
        },
        at: Moment::new(lang, fact.at, now),
        ours: true,
    });
    signed.chain(noted).collect()
}

fn order(lang: Lang, order: &domain::SeenOrder, now: Timestamp) -> Order {
    let others = order.facts.iter().filter(|(name, _)| *name != "order.id");
    Order {
        id: order.id.clone(),
        facts: others.map(|(name, value)| (named(lang, name), value.clone())).collect(),
        at: Moment::new(lang, order.at, now),
    }
}

#[derive(Template)]
#[template(path = "desk/customer.html")]
struct CustomerPage {
    frame: Frame,
    s: &'static Words,
    who: String,
    part: String,
    contact: Option<String>,
    since: Moment,
    known: Known,
    conversations: Vec<Talked>,
    events: Vec<Done>,
    done: Option<&'static str>,
}

struct Talked {
    href: String,
    at: Moment,
    about: String,
}

struct Done {
    what: String,
    by: String,
    at: Moment,
}

#[derive(Deserialize)]
pub(super) struct After {
    done: Option<String>,
}

/// `GET /desk/customers/{id}`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(id): Path<CustomerId>,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "inbox").await?;
    let (lang, now) = (frame.lang, app.reception.now());
    let s = Words::of(lang);
    let found = view.customer(&id).await?;
    let known = Known::new(lang, &found.profile, now);
    let name = found.profile.get("name").or(found.customer.name.as_deref());
    let done = match after.done.as_deref() {
        Some("saved") => Some(s.saved),
        Some("forgotten") => Some(s.forgotten),
        _ => None,
    };
    let page = CustomerPage {
        who: inbox::who(lang, name, id.as_str()),
        part: part(id.as_str()),
        contact: found.customer.contact.clone(),
        since: Moment::new(lang, found.customer.since, now),
        conversations: talked(lang, &found, now),
        events: events(lang, &found, now),
        known,
        frame,
        s,
        done,
    };
    Ok(Page(page).into_response())
}

fn talked(lang: Lang, found: &ProfileView, now: Timestamp) -> Vec<Talked> {
    let talk = |one: &domain::Conversation| Talked {
        href: inbox::path(&one.id, "all"),
        at: Moment::new(lang, one.opened_at, now),
        about: one.intent.as_deref().map(|intent| inbox::intent(lang, intent)).unwrap_or_default(),
    };
    found.conversations.iter().map(talk).collect()
}

fn events(lang: Lang, found: &ProfileView, now: Timestamp) -> Vec<Done> {
    let done = |event: &domain::ProfileEvent| {
        let what = service::event(lang, &event.what).unwrap_or(&event.what);
        let about = if event.name.is_empty() { String::new() } else { named(lang, &event.name) };
        Done {
            what: format!("{what} {about}").trim_end().to_owned(),
            by: event.by.clone(),
            at: Moment::new(lang, event.at, now),
        }
    };
    found.events.iter().map(done).collect()
}

#[derive(Deserialize)]
pub(super) struct Written {
    name: String,
    value: String,
}

/// `POST /desk/customers/{id}`
pub(super) async fn correct(
    Path(id): Path<CustomerId>,
    Submitted { view, fields }: Submitted<Written>,
) -> Result<Response, Refusal> {
    view.correct(&id, &fields.name, &fields.value).await?;
    Ok(back(&id, "saved"))
}

/// `POST /desk/customers/{id}/facts/{name}/erase`
pub(super) async fn erase(
    Path((id, name)): Path<(CustomerId, String)>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.erase(&id, &name).await?;
    Ok(back(&id, "saved"))
}

#[derive(Deserialize)]
pub(super) struct Forgetting {
    #[serde(default)]
    words: String,
}

/// `POST /desk/customers/{id}/forget`
pub(super) async fn forget(
    Path(id): Path<CustomerId>,
    Submitted { view, fields }: Submitted<Forgetting>,
) -> Result<Response, Refusal> {
    view.forget_customer(&id, !fields.words.is_empty()).await?;
    Ok(back(&id, "forgotten"))
}

fn back(id: &CustomerId, done: &str) -> Response {
    Redirect::to(&format!("/desk/customers/{}?done={done}", part(id.as_str()))).into_response()
}
