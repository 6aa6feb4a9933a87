//! Drafts on their way to customers: the queue, one of them with what changes, and the acts on them.

pub(super) mod difference;
pub(super) mod gate;

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use domain::{EntryId, Lang, Timestamp};
use reception::{AgentView, Consent, Draft, DraftStage, Page as Part, PublishError, Which};
use serde::Deserialize;

use self::difference::Difference;
use super::{
    Frame, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::{fill, publishing::Words},
};

const ROWS: u32 = 50;

/// Which part of the queue, and what was just done.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    after: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/drafts.html")]
struct DraftsPage {
    frame: Frame,
    p: &'static Words,
    rows: Vec<Row>,
    all: String,
    review: String,
    only_review: bool,
    next: Option<String>,
    good: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "desk/draft.html")]
struct DraftPage {
    frame: Frame,
    p: &'static Words,
    row: Row,
    edit: String,
    id: String,
    revision: i64,
    fields: Vec<Difference>,
    /// Somebody else must publish it.
    needs_another: bool,
    good: Option<&'static str>,
    bad: Option<&'static str>,
}

struct Row {
    href: String,
    title: String,
    /// New, or to be removed.
    kind: Option<&'static str>,
    stage: &'static str,
    in_review: bool,
    by: String,
    why: String,
    note: Option<String>,
    outdated: bool,
    changed: Moment,
}

/// Who may not edit finds nothing here.
pub(super) fn editors_only(view: &AgentView) -> Result<(), Refusal> {
    if view.agent().role.edits_knowledge() { Ok(()) } else { Err(Refusal::forbidden()) }
}

/// `GET /desk/drafts`
pub(super) async fn page(
    axum::extract::State(app): axum::extract::State<crate::state::App>,
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, p) = (frame.lang, Words::of(frame.lang));
    let stage = DraftStage::from_name(&wanted.stage);
    let after = Some(wanted.after).filter(|after| !after.is_empty());
    let found = view.drafts(stage, &Part { after, limit: ROWS }).await?;
    let full = found.len() == ROWS as usize;
    let address = |after: &str| format!("/desk/drafts?stage={}&after={}", part(&wanted.stage), part(after));
    let next = found.last().filter(|_| full).map(|draft| address(&draft.cursor));
    let now = app.reception.now();
    let count = async |stage| view.count_drafts(stage).await.map(|count| count.to_string());
    let page = DraftsPage {
        all: fill(p.all_drafts, &[&count(None).await?]),
        review: fill(p.to_review, &[&count(Some(DraftStage::Review)).await?]),
        rows: found.into_iter().map(|draft| row(lang, &draft, now)).collect(),
        only_review: stage == Some(DraftStage::Review),
        good: done(p, wanted.done.as_deref()),
        next,
        p,
        frame,
    };
    Ok(Page(page).into_response())
}

/// What to say of what was just done.
pub(super) fn done(p: &'static Words, what: Option<&str>) -> Option<&'static str> {
    match what? {
        "published" => Some(p.published),
        "drafted" => Some(p.drafted),
        "submitted" => Some(p.submitted),
        "back" => Some(p.sent_back),
        "discarded" => Some(p.discarded),
        "returned" => Some(p.went_back),
        _ => None,
    }
}

fn row(lang: Lang, draft: &Draft, now: Timestamp) -> Row {
    let p = Words::of(lang);
    let new = &draft.new;
    let title = new.becomes.as_ref().and_then(|entry| entry.text(lang)).map(|(_, text)| text.title.clone());
    Row {
        href: format!("/desk/drafts/one/{}", part(new.id.as_str())),
        title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| new.id.to_string()),
        kind: match new.becomes {
            None => Some(p.shall_go),
            Some(_) if draft.stands == 0 => Some(p.is_new),
            Some(_) => None,
        },
        in_review: new.stage == DraftStage::Review,
        stage: if new.stage == DraftStage::Review { p.in_review } else { p.is_draft },
        by: fill(p.by, &[&new.by]),
        why: new.why.clone(),
        note: (!draft.note.is_empty()).then(|| fill(p.note_says, &[&draft.note])),
        outdated: draft.is_outdated(),
        changed: Moment::new(lang, draft.at, now),
    }
}

/// `GET /desk/drafts/one/{id}`: what it changes, and what may be done with it.
pub(super) async fn one(
    axum::extract::State(app): axum::extract::State<crate::state::App>,
    SignedIn(view): SignedIn,
    Path(id): Path<EntryId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    let draft = view.draft(&id).await?.ok_or_else(Refusal::not_found)?;
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, p) = (frame.lang, Words::of(frame.lang));
    let stands = view.entry(&id).await?;
    let own = draft.new.agent.as_ref() == Some(&view.agent().id);
    let late = wanted.done.as_deref() == Some("late");
    let page = DraftPage {
        fields: difference::of(lang, stands.as_ref(), draft.new.becomes.as_ref()),
        needs_another: own && view.needs_review().await?,
        row: row(lang, &draft, app.reception.now()),
        edit: format!("/desk/knowledge/{}", part(id.as_str())),
        id: id.to_string(),
        revision: draft.revision,
        good: done(p, wanted.done.as_deref()),
        bad: late.then_some(p.changed_meanwhile),
        p,
        frame,
    };
    Ok(Page(page).into_response())
}

/// What the forms around publishing send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    /// One id a line; empty for all.
    ids: String,
    why: String,
    looked: String,
    overriding: String,
}

impl Wish {
    pub(super) fn which(&self) -> Which {
        let ids: Vec<EntryId> =
            self.ids.lines().map(str::trim).filter(|id| !id.is_empty()).map(EntryId::from).collect();
        if ids.is_empty() { Which::All } else { Which::These(ids) }
    }
}

/// `POST /desk/drafts/check`: what would change; nothing is published.
pub(super) async fn check(Submitted { view, fields }: Submitted<Wish>) -> Result<Response, Refusal> {
    let which = fields.which();
    match view.check_drafts(&which).await {
        Ok(report) => gate::shown(&view, &report, Some(&which), &fields.why).await,
        Err(PublishError::NotFound) => Ok(Redirect::to("/desk/drafts").into_response()),
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/drafts/publish`: checks and publishes; what should be looked at first is shown.
pub(super) async fn publish(Submitted { view, fields }: Submitted<Wish>) -> Result<Response, Refusal> {
    let overriding = Some(fields.overriding.trim().to_owned()).filter(|reason| !reason.is_empty());
    let consent = Consent { why: fields.why.clone(), looked: !fields.looked.is_empty(), overriding };
    attempt(&view, &fields.which(), &consent, "/desk/drafts?done=published").await
}

/// Publishes and goes on to a page; what holds it back is shown instead.
pub(super) async fn attempt(
    view: &AgentView,
    which: &Which,
    consent: &Consent,
    then: &str,
) -> Result<Response, Refusal> {
    match view.publish(which, consent).await {
        Ok(_) => Ok(Redirect::to(then).into_response()),
        Err(PublishError::Held(report)) => gate::held(view, &report, which, &consent.why).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/drafts/one/{id}/submit`
pub(super) async fn submit(
    Path(id): Path<EntryId>,
    Submitted { view, fields }: Submitted<Seen>,
) -> Result<Response, Refusal> {
    shift(&view, &id, &fields, DraftStage::Review, "submitted").await
}

/// `POST /desk/drafts/one/{id}/back`
pub(super) async fn back(
    Path(id): Path<EntryId>,
    Submitted { view, fields }: Submitted<Seen>,
) -> Result<Response, Refusal> {
    shift(&view, &id, &fields, DraftStage::Draft, "back").await
}

/// The state of a draft that was seen, and what is said of it. Forms send numbers as text.
#[derive(Deserialize)]
pub(super) struct Seen {
    revision: String,
    #[serde(default)]
    note: String,
}

async fn shift(
    view: &AgentView,
    id: &EntryId,
    seen: &Seen,
    stage: DraftStage,
    done: &str,
) -> Result<Response, Refusal> {
    let revision = seen.revision.parse().map_err(|_| Refusal::not_found())?;
    let moved = view.move_draft(id, revision, stage, &seen.note).await?;
    let said = if moved { done } else { "late" };
    Ok(Redirect::to(&format!("/desk/drafts/one/{}?done={said}", part(id.as_str()))).into_response())
}

/// `POST /desk/drafts/one/{id}/discard`
pub(super) async fn discard(
    Path(id): Path<EntryId>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.discard_draft(&id).await?;
    Ok(Redirect::to("/desk/drafts?done=discarded").into_response())
}
