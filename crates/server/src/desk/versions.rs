//! What was published: the list, one publication with what it changed, the versions of an entry, and the way back.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{EntryId, Lang, Timestamp};
use reception::{Page as Part, Publication};
use serde::Deserialize;

use super::{
    Frame,
    drafts::{difference, done, editors_only},
    part,
    refusal::{Page, Refusal},
    session::{SignedIn, Submitted},
    times::Moment,
    words::{fill, publishing::Words},
};
use crate::state::App;

const ROWS: u32 = 50;

/// Which part of a list, and what was just done.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    after: String,
    done: Option<String>,
}

impl Wanted {
    fn part(&self) -> Part {
        Part { after: Some(self.after.clone()).filter(|after| !after.is_empty()), limit: ROWS }
    }
}

#[derive(Template)]
#[template(path = "desk/versions.html")]
struct VersionsPage {
    frame: Frame,
    p: &'static Words,
    rows: Vec<Row>,
    next: Option<String>,
    good: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "desk/version.html")]
struct VersionPage {
    frame: Frame,
    p: &'static Words,
    row: Row,
    steps: Vec<Step>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/history.html")]
struct HistoryPage {
    frame: Frame,
    p: &'static Words,
    title: String,
    href: String,
    steps: Vec<Step>,
    next: Option<String>,
    good: Option<&'static str>,
}

struct Row {
    href: String,
    version: i64,
    name: String,
    act: &'static str,
    by: String,
    why: String,
    overridden: Option<String>,
    at: Moment,
}

/// What became of an entry.
struct Step {
    version: i64,
    href: String,
    title: String,
    /// New, or removed.
    kind: Option<&'static str>,
    by: String,
    at: Option<Moment>,
    fields: Vec<difference::Difference>,
    /// It is not what the entry is now, so that one can go back to it.
    is_past: bool,
}

/// `GET /desk/versions`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, p, now) = (frame.lang, Words::of(frame.lang), app.reception.now());
    let found = view.publications(&wanted.part()).await?;
    let full = found.len() == ROWS as usize;
    let page = VersionsPage {
        next: found.last().filter(|_| full).map(|last| format!("/desk/versions?after={}", last.version)),
        rows: found.into_iter().map(|publication| row(lang, publication, now)).collect(),
        good: done(p, wanted.done.as_deref()),
        p,
        frame,
    };
    Ok(Page(page).into_response())
}

/// Who stands for files that were imported.
const IMPORT: &str = "import";

fn author(p: &Words, by: String) -> String {
    if by == IMPORT { p.act_write.to_owned() } else { by }
}

fn row(lang: Lang, publication: Publication, now: Timestamp) -> Row {
    let p = Words::of(lang);
    Row {
        href: format!("/desk/versions/{}", publication.version),
        version: publication.version,
        name: fill(p.version, &[&publication.version.to_string()]),
        act: match publication.act.as_str() {
            "publish" => p.act_publish,
            "rollback" => p.act_rollback,
            _ => p.act_write,
        },
        // What wrote it is what was done, then.
        by: if publication.by == IMPORT { String::new() } else { publication.by },
        why: publication.why,
        overridden: publication.overridden.map(|reason| fill(p.overridden, &[&reason])),
        at: Moment::new(lang, publication.at, now),
    }
}

/// `GET /desk/versions/{version}`
pub(super) async fn one(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(version): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    let publication = view.publication(version).await?.ok_or_else(Refusal::not_found)?;
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, p) = (frame.lang, Words::of(frame.lang));
    let found = view.steps(publication.since, publication.version, &wanted.part()).await?;
    let full = found.len() == ROWS as usize;
    let address =
        |id: &EntryId| format!("/desk/versions/{}?after={}", publication.version, part(id.as_str()));
    let next = found.last().filter(|_| full).map(|step| address(&step.id));
    let steps = found
        .into_iter()
        .map(|step| Step {
            version: publication.version,
            href: format!("/desk/knowledge/{}/versions", part(step.id.as_str())),
            title: title(lang, step.after.as_ref().or(step.before.as_ref()), &step.id),
            kind: kind(p, step.before.is_some(), step.after.is_some()),
            fields: difference::of(lang, step.before.as_ref(), step.after.as_ref()),
            by: author(p, step.by),
            at: None,
            is_past: false,
        })
        .collect();
    let row = row(lang, publication, app.reception.now());
    Ok(Page(VersionPage { frame, p, row, steps, next }).into_response())
}

pub(super) fn title(lang: Lang, entry: Option<&domain::Entry>, id: &EntryId) -> String {
    let title = entry.and_then(|entry| entry.text(lang)).map(|(_, text)| text.title.clone());
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
}

fn kind(p: &'static Words, was: bool, is: bool) -> Option<&'static str> {
    match (was, is) {
        (false, _) => Some(p.was_new),
        (true, false) => Some(p.gone),
        (true, true) => None,
    }
}

/// Versions of an entry on one page.
const HISTORY: u32 = 20;

/// `GET /desk/knowledge/{id}/versions`
pub(super) async fn of_entry(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(id): Path<EntryId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, p, now) = (frame.lang, Words::of(frame.lang), app.reception.now());
    // One more than is shown: each is compared with the one before it.
    let mut changes = view.history(&id, wanted.after.parse().ok(), HISTORY + 1).await?;
    if changes.is_empty() {
        return Err(Refusal::not_found());
    }
    let stands = view.entry(&id).await?;
    let href = format!("/desk/knowledge/{}", part(id.as_str()));
    let before: Vec<Option<domain::Entry>> =
        changes.iter().skip(1).map(|change| change.entry.clone()).chain([None]).collect();
    let more = changes.len() > HISTORY as usize;
    changes.truncate(HISTORY as usize);
    let next = changes.last().filter(|_| more).map(|last| format!("{href}/versions?after={}", last.version));
    let steps = changes
        .into_iter()
        .zip(before)
        .map(|(change, before)| Step {
            version: change.version,
            href: format!("/desk/versions/{}", change.version),
            title: fill(p.version, &[&change.version.to_string()]),
            kind: kind(p, before.is_some(), change.entry.is_some()),
            fields: difference::of(lang, before.as_ref(), change.entry.as_ref()),
            by: author(p, change.by),
            at: Some(Moment::new(lang, change.at, now)),
            is_past: !same(stands.as_ref(), change.entry.as_ref()),
        })
        .collect();
    let title = title(lang, stands.as_ref(), &id);
    let good = done(p, wanted.done.as_deref());
    Ok(Page(HistoryPage { frame, p, title, href, steps, next, good }).into_response())
}

fn same(a: Option<&domain::Entry>, b: Option<&domain::Entry>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.same_as(b),
        (None, None) => true,
        _ => false,
    }
}

/// What the forms send.
#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    version: String,
    #[serde(default)]
    why: String,
}

/// `POST /desk/versions/{version}/return`: all knowledge.
pub(super) async fn all_back(
    Path(version): Path<i64>,
    Submitted { view, fields }: Submitted<Back>,
) -> Result<Response, Refusal> {
    view.roll_back(version, None, &fields.why).await?;
    Ok(Redirect::to("/desk/versions?done=returned").into_response())
}

/// `POST /desk/knowledge/{id}/return`: one entry.
pub(super) async fn entry_back(
    Path(id): Path<EntryId>,
    Submitted { view, fields }: Submitted<Back>,
) -> Result<Response, Refusal> {
    let version = fields.version.parse().map_err(|_| Refusal::not_found())?;
    view.roll_back(version, Some(id.clone()), &fields.why).await?;
    let page = format!("/desk/knowledge/{}/versions?done=returned", part(id.as_str()));
    Ok(Redirect::to(&page).into_response())
}
