//! The inbox: who waits, who is being helped, and the conversation that is open.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{AgentId, Author, CallState, ConversationId, Lang, Stage, Timestamp, category::LEVELS};
use reception::{AgentView, ConversationRow, Listing, Page as Part, Told};
use serde::Deserialize;

use super::{
    Frame,
    about::About,
    part,
    refusal::{Page, Refusal},
    session::SignedIn,
    talk::Talk,
    times::Moment,
    words::{self, Words},
};
use crate::state::App;

/// Rows on a page.
const ROWS: u32 = 40;

/// Which part of which list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Place {
    tab: Option<String>,
    after: Option<String>,
    /// The conversation that stands beside the list.
    open: Option<ConversationId>,
}

impl Place {
    /// The start of a list; an empty name leaves the choice to the conversation.
    pub(super) fn of(tab: String) -> Self {
        Self { tab: Some(tab).filter(|tab| !tab.is_empty()), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    frame: Frame,
    list: List,
    open: Option<Open>,
}

struct Open {
    talk: Talk,
    about: About,
}

struct List {
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: Option<String>,
    start: Option<String>,
    /// Where the list is fetched again.
    again: String,
    /// By what the rows are ordered, where that must be said.
    order: Option<&'static str>,
    /// What it means that there is nothing, and what to do.
    empty: (&'static str, &'static str),
    /// There is nothing in any list: the widget is not in use yet.
    fresh: bool,
}

struct Tab {
    href: String,
    name: &'static str,
    count: u64,
    here: bool,
    key: u8,
}

struct Row {
    id: String,
    href: String,
    here: bool,
    who: String,
    channel: String,
    by: Option<String>,
    last: String,
    mood: String,
    mood_name: &'static str,
    /// The word for it, where somebody presses.
    pressing: Option<&'static str>,
    /// What waits for a person's word.
    undecided: Option<String>,
    intent: Option<String>,
    owner: String,
    waits: bool,
    mine: bool,
    at: Moment,
}

const TABS: [(&str, Listing); 4] = [
    ("waiting", Listing::Waiting),
    ("mine", Listing::Mine),
    ("all", Listing::Open),
    ("closed", Listing::Closed),
];

/// `GET /desk`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "inbox").await?;
    let list = list(&view, &place, app.reception.now()).await?;
    Ok(Page(InboxPage { frame, list, open: None }).into_response())
}

/// `GET /desk/conversations/{id}`
pub(super) async fn conversation(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(id): Path<ConversationId>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    show(&app, &view, &id, place, Said::default()).await
}

/// What happened just before, said at the conversation.
#[derive(Default)]
pub(super) struct Said {
    /// Why something was not done.
    pub(super) banner: Option<String>,
    /// Words that were not sent and must not be lost.
    pub(super) draft: String,
    pub(super) status: StatusCode,
}

/// A conversation beside its list.
pub(super) async fn show(
    app: &App,
    view: &AgentView,
    id: &ConversationId,
    mut place: Place,
    said: Said,
) -> Result<Response, Refusal> {
    let now = app.reception.now();
    let frame = Frame::of(view, "inbox").await?;
    let told = view.conversation(id).await?;
    place.tab.get_or_insert_with(|| home(view, &told).to_owned());
    place.open = Some(id.clone());
    let list = list(view, &place, now).await?;
    let tab = place.tab.as_deref().unwrap_or("all");
    let talk = Talk::new(view, &told, tab, &said, now);
    let about = About::new(frame.lang, &told, now);
    let page = InboxPage { frame, list, open: Some(Open { talk, about }) };
    Ok((said.status, Page(page)).into_response())
}

/// The list that a conversation is in.
fn home(view: &AgentView, told: &Told) -> &'static str {
    match &told.conversation.stage {
        Stage::Waiting { .. } => "waiting",
        Stage::WithAgent { agent, .. } if *agent == view.agent().id => "mine",
        _ if told.calls.iter().any(|call| waits_for_a_word(call.state)) => "waiting",
        Stage::Closed { .. } => "closed",
        _ => "all",
    }
}

fn waits_for_a_word(state: CallState) -> bool {
    matches!(state, CallState::Proposed | CallState::InDoubt)
}

/// Where a conversation is shown.
pub(super) fn path(id: &ConversationId, tab: &str) -> String {
    format!("/desk/conversations/{}?tab={}", part(id.as_str()), part(tab))
}

async fn list(view: &AgentView, place: &Place, now: Timestamp) -> Result<List, Refusal> {
    let lang = view.agent().lang;
    let w = Words::of(lang);
    let mut counts = [0; 4];
    for (count, (_, listing)) in counts.iter_mut().zip(TABS) {
        *count = view.count(listing).await?;
    }
    let at = chosen(place.tab.as_deref(), counts);
    let (tab, listing) = TABS[at];
    let after = place.after.clone().filter(|after| !after.is_empty());
    let found = view.conversations(listing, &Part { after: after.clone(), limit: ROWS }).await?;
    let names = names(view).await?;
    let full = found.len() == ROWS as usize;
    let with_open = |href: String| match &place.open {
        Some(open) => format!("{href}&open={}", part(open.as_str())),
        None => href,
    };
    let cursor = |cursor: &str| format!("/desk?tab={tab}&after={}", part(cursor));
    Ok(List {
        tabs: tabs(w, counts, at),
        next: found.last().filter(|_| full).map(|row| cursor(&row.cursor)),
        start: after.is_some().then(|| format!("/desk?tab={tab}")),
        again: with_open(after.as_deref().map_or_else(|| format!("/desk?tab={tab}"), cursor)),
        rows: found.iter().map(|found| row(view, found, &names, tab, place.open.as_ref(), now)).collect(),
        order: (listing == Listing::Waiting && found.len() > 1).then_some(w.waiting_order),
        empty: [
            (w.empty_waiting, w.empty_waiting_next),
            (w.empty_mine, w.empty_mine_next),
            (w.empty_all, w.empty_all_next),
            (w.empty_closed, w.empty_closed_next),
        ][at],
        fresh: counts[2] == 0 && counts[3] == 0,
    })
}

/// The list that is asked for; else the first that asks for attention.
fn chosen(tab: Option<&str>, counts: [u64; 4]) -> usize {
    TABS.iter()
        .position(|(name, _)| Some(*name) == tab)
        .unwrap_or_else(|| counts[..2].iter().position(|count| *count > 0).unwrap_or(2))
}

fn tabs(w: &Words, counts: [u64; 4], at: usize) -> Vec<Tab> {
    let names = [w.tab_waiting, w.tab_mine, w.tab_all, w.tab_closed];
    let tab = |(place, key): (usize, u8)| Tab {
        href: format!("/desk?tab={}", TABS[place].0),
        name: names[place],
        count: counts[place],
        here: place == at,
        key,
    };
    (0..TABS.len()).zip(1..).map(tab).collect()
}

async fn names(view: &AgentView) -> Result<HashMap<AgentId, String>, Refusal> {
    Ok(view.colleagues().await?.into_iter().map(|agent| (agent.id, agent.name)).collect())
}

fn row(
    view: &AgentView,
    found: &ConversationRow,
    names: &HashMap<AgentId, String>,
    tab: &str,
    open: Option<&ConversationId>,
    now: Timestamp,
) -> Row {
    let lang = view.agent().lang;
    let w = Words::of(lang);
    let c = &found.conversation;
    let (waits, since) = match &c.stage {
        Stage::Waiting { since } => (true, *since),
        _ if tab == "waiting" && found.undecided.is_some() => {
            (true, found.undecided.as_ref().map_or(c.updated_at, |(_, since)| *since))
        }
        _ => (false, found.last.as_ref().map_or(c.updated_at, |last| last.at)),
    };
    let mine = c.stage.agent() == Some(&view.agent().id);
    let owner = match &c.stage {
        Stage::WithAgent { .. } if mine => w.owner_me,
        Stage::WithAgent { agent, .. } => names.get(agent).map_or(w.former, String::as_str),
        Stage::WithAssistant => w.owner_assistant,
        Stage::Closed { .. } if tab == "waiting" => w.tab_closed,
        Stage::Waiting { .. } | Stage::Closed { .. } => "",
    };
    let by = found.last.as_ref().and_then(|last| match &last.author {
        Author::Assistant => Some(w.owner_assistant.to_owned()),
        Author::Agent { name, .. } => Some(name.clone()),
        Author::Customer | Author::Notice => None,
    });
    Row {
        id: c.id.to_string(),
        href: path(&c.id, tab),
        here: open == Some(&c.id),
        who: who(lang, found.customer_name.as_deref(), c.customer.as_str()),
        channel: channel(lang, c.channel.as_str()),
        by,
        last: found
            .last
            .as_ref()
            .map_or_else(|| w.nothing_said.to_owned(), |last| one_line(&last.content.text)),
        mood: mood_code(&c.mood).to_owned(),
        mood_name: words::mood(lang, &c.mood).unwrap_or(w.unknown),
        pressing: c.pressing.then_some(w.pressing),
        undecided: undecided(view, found, w),
        intent: c.intent.as_deref().map(|intent| self::intent(lang, intent)),
        owner: owner.to_owned(),
        waits,
        mine,
        at: Moment::new(lang, since, now),
    }
}

/// What waits for a person's word: an action by what it does, or a draft.
fn undecided(view: &AgentView, found: &ConversationRow, w: &Words) -> Option<String> {
    let named = |(name, _): &(String, Timestamp)| {
        let action = view.actions().iter().find(|action| action.name == *name);
        let what = action.map_or(name.as_str(), |action| action.description(view.agent().lang));
        words::fill(w.undecided, &[what])
    };
    found.undecided.as_ref().map(named).or_else(|| found.drafted.then(|| w.drafted.to_owned()))
}

/// The customer's name, else 访客 and the end of their id.
pub(super) fn who(lang: Lang, name: Option<&str>, id: &str) -> String {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let tail = || id.char_indices().rev().nth(3).map_or(id, |(at, _)| &id[at..]).to_uppercase();
    name.map_or_else(|| format!("{} {}", Words::of(lang).visitor, tail()), str::to_owned)
}

/// A channel's name, worded where it is one of ours.
pub(super) fn channel(lang: Lang, id: &str) -> String {
    words::channel(lang, id).unwrap_or(id).to_owned()
}

/// An intent's name: a category of the owner's, or one of ours.
pub(super) fn intent(lang: Lang, code: &str) -> String {
    words::intent(lang, code).map_or_else(|| category(lang, code), str::to_owned)
}

/// A category's name, level by level, worded where it is one that many shops have.
pub(super) fn category(lang: Lang, code: &str) -> String {
    let levels = code.split(LEVELS).map(|level| words::category(lang, level).unwrap_or(level));
    levels.collect::<Vec<_>>().join(" / ")
}

/// Moods are style classes; what is not one of ours is neutral.
pub(super) fn mood_code(mood: &str) -> &'static str {
    ["positive", "negative", "angry"].into_iter().find(|known| *known == mood).unwrap_or("neutral")
}

fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_wish_the_list_that_needs_someone_comes_first() {
        assert_eq!(chosen(None, [2, 1, 9, 0]), 0);
        assert_eq!(chosen(None, [0, 1, 9, 0]), 1);
        assert_eq!(chosen(None, [0, 0, 9, 4]), 2);
        assert_eq!(chosen(Some("closed"), [2, 1, 9, 0]), 3);
        assert_eq!(chosen(Some("nonsense"), [0, 0, 0, 0]), 2);
    }

    #[test]
    fn well_known_categories_are_worded_and_the_owners_own_are_shown_as_they_are() {
        assert_eq!(intent(Lang::Zh, "orders"), "订单");
        assert_eq!(intent(Lang::En, "shop"), "The shop");
        assert_eq!(intent(Lang::Zh, "greeting"), "打招呼");
        assert_eq!(intent(Lang::Zh, "窗帘定制"), "窗帘定制");
    }

    #[test]
    fn a_visitor_without_a_name_is_told_apart() {
        assert_eq!(who(Lang::Zh, None, "0197abcd"), "访客 ABCD");
        assert_eq!(who(Lang::En, Some(" "), "客"), "Visitor 客");
        assert_eq!(who(Lang::Zh, Some("李女士"), "0197abcd"), "李女士");
    }
}
