//! The check-up of the knowledge: what was found, what to do, and one click to be done with it.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Lang, Timestamp};
use reception::{Effort, FindingKind, Fix, Judged, Severity};
use serde::Deserialize;

use super::{
    Frame, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::{Words, fill},
};
use crate::state::App;

/// Findings on one page.
const ROWS: usize = 50;
const LIST: &str = "/desk/check-up";

/// Which findings, and what was just done.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/check_up.html")]
struct CheckUpPage {
    frame: Frame,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    settled: bool,
    rows: Vec<Row>,
    tally: String,
    /// What was not looked at.
    left_out: Vec<String>,
    /// The page that this is, for forms to come back to.
    here: String,
    next: Option<String>,
    start: bool,
    /// Why nothing is shown: not checked yet, nothing found, or nothing of that kind.
    empty: &'static str,
    done: Option<&'static str>,
    tried: Option<Moment>,
}

struct Choice {
    code: &'static str,
    name: String,
    chosen: bool,
}

struct Row {
    key: String,
    grave: &'static str,
    severity: &'static str,
    kind: &'static str,
    href: String,
    title: String,
    lang: &'static str,
    quote: String,
    other: Option<Beside>,
    problem: String,
    advice: String,
    fix: Option<&'static str>,
    settled: Option<String>,
}

struct Beside {
    href: String,
    title: String,
    quote: String,
}

/// `GET /desk/check-up`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, w, now) = (frame.lang, frame.w, app.reception.now());
    let all = view.findings().await?;
    let settled = wanted.state == "settled";
    let of_state: Vec<&Judged> = all.iter().filter(|one| one.settled.is_some() == settled).collect();
    let shown: Vec<&&Judged> = of_state.iter().filter(|one| takes(&wanted, one)).collect();
    let past = shown.iter().position(|one| one.finding.key == wanted.after).map_or(0, |at| at + 1);
    let part_of: Vec<&&&Judged> = shown.iter().skip(past).take(ROWS).collect();
    let last = part_of.last().filter(|_| shown.len() > past + ROWS);
    let page = CheckUpPage {
        kinds: kinds(lang, &of_state, &wanted),
        severities: severities(w, &of_state, &wanted),
        tally: fill(w.findings_count, &[&shown.len().to_string()]),
        left_out: left_out(w, &view.check_up().effort),
        next: last.map(|last| address(&wanted, &last.finding.key)),
        start: past > 0,
        rows: part_of.into_iter().map(|one| row(lang, one, now)).collect(),
        here: address(&wanted, &wanted.after),
        empty: match (view.check_up().day, all.is_empty()) {
            (None, _) => w.not_checked,
            (_, true) => w.nothing_found,
            _ => w.nothing_of_kind,
        },
        done: done(w, wanted.done.as_deref()),
        tried: view.links_tried_at().await?.map(|at| Moment::new(lang, at, now)),
        settled,
        frame,
    };
    Ok(Page(page).into_response())
}

/// What the check-up did not look at, if anything.
fn left_out(w: &Words, effort: &Effort) -> Vec<String> {
    [(w.findings_crowded, effort.crowded), (w.findings_unasked, effort.unasked)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| fill(words, &[&count.to_string()]))
        .collect()
}

fn takes(wanted: &Wanted, one: &Judged) -> bool {
    let is = |wanted: &str, name: &str| wanted.is_empty() || wanted == name;
    is(&wanted.kind, one.finding.kind.name()) && is(&wanted.severity, one.finding.severity.name())
}

fn address(wanted: &Wanted, after: &str) -> String {
    let Wanted { kind, severity, state, .. } = wanted;
    format!(
        "{LIST}?kind={}&severity={}&state={}&after={}",
        part(kind),
        part(severity),
        part(state),
        part(after)
    )
}

/// The kinds that there are, with how many of each.
fn kinds(lang: Lang, all: &[&Judged], wanted: &Wanted) -> Vec<Choice> {
    let choice = |kind: FindingKind| {
        let count = all.iter().filter(|one| one.finding.kind == kind).count();
        let name = format!("{} · {count}", kind.label(lang));
        (count > 0).then(|| Choice { code: kind.name(), name, chosen: wanted.kind == kind.name() })
    };
    FindingKind::ALL.into_iter().filter_map(choice).collect()
}

fn severities(w: &Words, all: &[&Judged], wanted: &Wanted) -> Vec<Choice> {
    let choice = |severity: Severity| {
        let count = all.iter().filter(|one| one.finding.severity == severity).count();
        let name = format!("{} · {count}", grave(w, severity));
        (count > 0).then(|| Choice {
            code: severity.name(),
            name,
            chosen: wanted.severity == severity.name(),
        })
    };
    Severity::ALL.into_iter().filter_map(choice).collect()
}

const fn grave(w: &Words, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => w.severity_error,
        Severity::Warning => w.severity_warning,
        Severity::Hint => w.severity_hint,
    }
}

fn done(w: &Words, what: Option<&str>) -> Option<&'static str> {
    match what? {
        "settled" => Some(w.finding_settled),
        "fixed" => Some(w.finding_fixed),
        "reopened" => Some(w.finding_reopened),
        "links" => Some(w.links_tried),
        _ => None,
    }
}

fn entry(id: &str) -> String {
    format!("/desk/knowledge/{}", part(id))
}

fn row(lang: Lang, one: &Judged, now: Timestamp) -> Row {
    let (w, finding) = (Words::of(lang), &one.finding);
    let shown =
        |words: &str, id: &str| if words.trim().is_empty() { id.to_owned() } else { words.to_owned() };
    let settled = one.settled.as_ref().map(|settled| {
        let when = Moment::new(lang, settled.at, now).words;
        let reason = reason(w, &settled.reason);
        fill(w.settled_by, &[&settled.by, &when, reason.unwrap_or(&settled.reason)])
    });
    Row {
        key: part(&finding.key),
        grave: finding.severity.name(),
        severity: grave(w, finding.severity),
        kind: finding.kind.label(lang),
        href: entry(finding.entry.as_str()),
        title: shown(&finding.title, finding.entry.as_str()),
        lang: finding.lang.pick(w.zh, w.en),
        quote: finding.quote.clone(),
        other: finding.other.as_ref().map(|other| Beside {
            href: entry(other.entry.as_str()),
            title: shown(&other.title, other.entry.as_str()),
            quote: other.quote.clone(),
        }),
        problem: finding.problem.text(lang).to_owned(),
        advice: finding.advice.text(lang).to_owned(),
        fix: finding.fix.as_ref().map(|fix| match fix {
            Fix::RemovePhrasing { .. } => w.fix_phrasing,
            Fix::MergeInto { .. } => w.fix_merge,
            Fix::Unlink { .. } => w.fix_unlink,
        }),
        settled,
    }
}

/// What the machine itself wrote as a reason.
fn reason(w: &Words, code: &str) -> Option<&'static str> {
    match code {
        "remove_phrasing" => Some(w.fix_phrasing),
        "merge_into" => Some(w.fix_merge),
        "unlink" => Some(w.fix_unlink),
        "" => Some(w.settled_unsaid),
        _ => None,
    }
}

/// What the forms send.
#[derive(Deserialize)]
pub(super) struct Settling {
    #[serde(default)]
    reason: String,
    /// The page to come back to.
    #[serde(default)]
    here: String,
}

fn back(here: &str, done: &str) -> Response {
    let list = if here.starts_with("/desk/check-up?") { here } else { "/desk/check-up?" };
    Redirect::to(&format!("{list}&done={done}")).into_response()
}

/// `POST /desk/check-up/{key}/settle`
pub(super) async fn settle(
    Path(key): Path<String>,
    Submitted { view, fields }: Submitted<Settling>,
) -> Result<Response, Refusal> {
    view.settle_finding(&key, &fields.reason).await?;
    Ok(back(&fields.here, "settled"))
}

/// `POST /desk/check-up/{key}/fix`
pub(super) async fn fix(
    Path(key): Path<String>,
    Submitted { view, fields }: Submitted<Settling>,
) -> Result<Response, Refusal> {
    view.fix_finding(&key).await?;
    Ok(back(&fields.here, "fixed"))
}

/// `POST /desk/check-up/{key}/reopen`
pub(super) async fn reopen(
    Path(key): Path<String>,
    Submitted { view, fields }: Submitted<Settling>,
) -> Result<Response, Refusal> {
    view.reopen_finding(&key).await?;
    Ok(back(&fields.here, "reopened"))
}

/// `POST /desk/check-up/links`: asks the addresses outside, once.
pub(super) async fn try_links(Submitted { view, .. }: Submitted<Nothing>) -> Result<Response, Refusal> {
    view.try_links().await?;
    Ok(back("", "links"))
}
