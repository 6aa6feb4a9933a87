//! Where knowledge comes from: the sources, what they did last, and how each of their documents stands.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Lang, Timestamp};
use reception::{DocumentRow, Page as Part, SourceState, field_in};
use serde::Deserialize;

use super::{
    Frame, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::{self, Words, fill},
};
use crate::state::App;

/// Documents on one page.
const ROWS: usize = 100;

#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    after: usize,
    asked: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/sources.html")]
struct SourcesPage {
    frame: Frame,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "desk/source.html")]
struct SourcePage {
    frame: Frame,
    row: Row,
    documents: Vec<Line>,
    next: Option<String>,
    start: Option<String>,
    asked: bool,
}

/// A source.
struct Row {
    href: String,
    name: String,
    url: String,
    every: String,
    last: Option<Moment>,
    progress: Option<String>,
    problem: Option<String>,
    counts: Option<String>,
    /// What needs a look.
    warnings: Vec<String>,
}

/// A document.
struct Line {
    address: String,
    status: String,
    good: bool,
    notes: Vec<String>,
    entry: Option<String>,
    checked: Moment,
}

/// `GET /desk/sources`
pub(super) async fn page(State(app): State<App>, SignedIn(view): SignedIn) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "knowledge").await?;
    let now = app.reception.now();
    let rows = view.sources().await?.into_iter().map(|state| row(frame.lang, state, now)).collect();
    Ok(Page(SourcesPage { frame, rows }).into_response())
}

/// `GET /desk/sources/{name}`
pub(super) async fn one(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, now) = (frame.lang, app.reception.now());
    let state = view.sources().await?.into_iter().find(|state| state.name == name);
    let row = row(lang, state.ok_or_else(Refusal::not_found)?, now);
    let wanted_part = Part { after: Some(wanted.after.to_string()), limit: ROWS as u32 + 1 };
    let mut documents = view.documents(&name, &wanted_part).await?;
    let next = (documents.len() > ROWS).then(|| format!("{}?after={}", row.href, wanted.after + ROWS));
    documents.truncate(ROWS);
    let start = (wanted.after > 0).then(|| row.href.clone());
    let documents = documents.into_iter().map(|document| line(lang, document, now)).collect();
    Ok(Page(SourcePage { frame, row, documents, next, start, asked: wanted.asked.is_some() }).into_response())
}

/// `POST /desk/sources/{name}/sync`
pub(super) async fn sync(
    Path(name): Path<String>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.sync(&name).await?;
    Ok(Redirect::to(&format!("/desk/sources/{}?asked=1", part(&name))).into_response())
}

fn row(lang: Lang, state: SourceState, now: Timestamp) -> Row {
    let w = Words::of(lang);
    let count = |name: &str| {
        let counts = state.run.as_ref().map(|run| &run.counts);
        counts.and_then(|counts| counts[name].as_u64()).unwrap_or_default()
    };
    let told = |pattern: &str, name: &str| fill(pattern, &[&count(name).to_string()]);
    let done = state.run.as_ref().filter(|run| run.problem.is_none());
    let numbers = ["documents", "new", "changed", "unchanged", "removed"].map(|name| count(name).to_string());
    let mut warnings = Vec::new();
    for (name, pattern) in
        [("unread", w.source_unread), ("held_back", w.source_held_back), ("cut", w.source_cut)]
    {
        if done.is_some() && count(name) > 0 {
            warnings.push(told(pattern, name));
        }
    }
    Row {
        href: format!("/desk/sources/{}", part(&state.name)),
        every: fill(w.source_every, &[&spelt(lang, &state.every)]),
        last: state.run.as_ref().map(|run| Moment::new(lang, run.ended_at, now)),
        progress: state.progress.map(|(at, of)| fill(w.source_reading, &[&at.to_string(), &of.to_string()])),
        problem: state.run.as_ref().and_then(|run| Some(run.problem.as_ref()?.text(lang).to_owned())),
        counts: done.map(|_| fill(w.source_counts, &numbers.each_ref().map(String::as_str))),
        warnings,
        name: state.name,
        url: state.url,
    }
}

/// `6h` in words.
fn spelt(lang: Lang, every: &str) -> String {
    let (number, unit) = every.split_at(every.find(char::is_alphabetic).unwrap_or(every.len()));
    let s = if number == "1" { "" } else { "s" };
    match unit {
        "d" => lang.pick(format!("{number} 天"), format!("{number} day{s}")),
        "h" => lang.pick(format!("{number} 小时"), format!("{number} hour{s}")),
        "m" => lang.pick(format!("{number} 分钟"), format!("{number} minute{s}")),
        _ => every.to_owned(),
    }
}

fn line(lang: Lang, document: DocumentRow, now: Timestamp) -> Line {
    let status =
        words::document_status(lang, &document.status).map_or(document.status.clone(), str::to_owned);
    let good = document.status == "read" && document.detail.is_empty();
    let notes = document.detail.text(lang).lines().map(|note| said(lang, note)).collect();
    Line {
        address: document.address,
        status,
        good,
        notes,
        entry: document.entries.first().map(|id| format!("/desk/knowledge/{}", part(id.as_str()))),
        checked: Moment::new(lang, document.checked_at, now),
    }
}

/// `kept: zh.answer` in the reader's words; what has no code is said as it is.
fn said(lang: Lang, note: &str) -> String {
    let known =
        note.split_once(": ").and_then(|(code, rest)| Some((words::document_note(lang, code)?, code, rest)));
    let Some((words, code, rest)) = known else { return note.to_owned() };
    let rest = if code == "kept" { field_in(lang, rest) } else { rest.to_owned() };
    format!("{words}{}{rest}", lang.pick("：", ": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_spelt() {
        assert_eq!(["1d", "36h", "30m"].map(|every| spelt(Lang::Zh, every)), ["1 天", "36 小时", "30 分钟"]);
        assert_eq!(["1d", "36h", "5s"].map(|every| spelt(Lang::En, every)), ["1 day", "36 hours", "5s"]);
    }

    #[test]
    fn a_note_is_worded_and_an_unknown_one_is_not_hidden() {
        assert_eq!(said(Lang::Zh, "unread: 第 7 页没有文字"), "没有读出：第 7 页没有文字");
        let kept = said(Lang::Zh, "kept: zh.answer");
        assert_eq!(kept, "来源也改了，保留了同事的修改：中文 · 答案");
        assert_eq!(said(Lang::En, "HTTP 404"), "HTTP 404");
    }
}
