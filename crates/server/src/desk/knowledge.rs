//! The list of entries, and a place to try a question.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use domain::{Content, EntryId, Format, Kind, Lang, PictureLink, Timestamp, Trace, category};
use reception::{AgentView, ByValue, EntryFilter, EntryRow, EntryValue, Page as Part};
use serde::Deserialize;

use super::{
    Frame,
    explain::{self, Story, story},
    inbox, part, percent,
    refusal::{Page, Refusal},
    session::SignedIn,
    times::Moment,
    tree::{self, Drawing, Level},
    words::{Words, fill, publishing},
    worth::Worth,
};
use crate::state::App;

const ROWS: u32 = 50;

/// Which part of the list, and what is tried.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    r#try: String,
    #[serde(default)]
    sort: String,
    removed: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/knowledge.html")]
struct KnowledgePage {
    frame: Frame,
    q: String,
    kind: String,
    category: String,
    /// Where the list is, for people.
    place: String,
    tree: Level,
    rows: Vec<Row>,
    count: String,
    next: Option<String>,
    start: Option<String>,
    /// Nothing is filtered and yet nothing is there.
    fresh: bool,
    removed: bool,
    /// How many findings of the check-up wait.
    findings: usize,
    sorts: Vec<(&'static str, &'static str, bool)>,
    asked: String,
    tried: Option<Tried>,
    p: &'static publishing::Words,
    drafts: u64,
}

struct Row {
    href: String,
    title: String,
    /// The title in the other language.
    other: Option<String>,
    category: String,
    kind: &'static str,
    changed: Moment,
    worth: Option<String>,
}

struct Tried {
    rung: &'static str,
    sure: String,
    html: Option<String>,
    text: String,
    pictures: Vec<PictureLink>,
    offered: Vec<String>,
    story: Story,
}

/// `GET /desk/knowledge`
pub(super) async fn page(
    axum::extract::State(app): axum::extract::State<App>,
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "knowledge").await?;
    let (lang, now) = (frame.lang, app.reception.now());
    let filter = filter(&wanted);
    let after = Some(wanted.after.clone()).filter(|after| !after.is_empty());
    let (by, page) = (ByValue::from_name(&wanted.sort), Part { after: after.clone(), limit: ROWS });
    let found = match by {
        Some(by) => view.entries_by_value(&filter, by, &page).await?,
        None => view.entries(&filter, &page).await?,
    };
    let ids: Vec<EntryId> = found.iter().map(|row| row.id.clone()).collect();
    let values = view.entry_values(&ids).await?;
    let count = view.count_entries(&filter).await?;
    let full = found.len() == ROWS as usize;
    let within = |category: &str, after: &str| {
        let (q, category, kind) = (part(&wanted.q), part(category), part(&wanted.kind));
        let sort = by.map_or("", ByValue::name);
        format!("/desk/knowledge?q={q}&category={category}&kind={kind}&sort={sort}&after={}", part(after))
    };
    let address = |after: &str| within(&wanted.category, after);
    let counted = filter.text.is_none() && filter.kind.is_none();
    let tree = {
        let counts = view.categories().await?;
        let address = |category: &str| within(category, "");
        grown(&Drawing { lang, chosen: &wanted.category, counted, address: &address }, &counts)
    };
    let tried = try_out(&view, &wanted.r#try, now).await?;
    let page = KnowledgePage {
        next: found.last().filter(|_| full).map(|row| address(&row.cursor)),
        start: after.is_some().then(|| address("")),
        rows: found.into_iter().zip(values).map(|(entry, value)| row(lang, entry, &value, now)).collect(),
        count: fill(Words::of(lang).entries_count, &[&count.to_string()]),
        place: place(lang, &wanted.category),
        tree,
        fresh: count == 0 && filter == EntryFilter::default(),
        removed: wanted.removed.is_some(),
        findings: view.open_findings().await?,
        sorts: sorts(Words::of(lang), by),
        asked: wanted.r#try,
        q: wanted.q,
        kind: wanted.kind,
        category: wanted.category,
        tried,
        p: publishing::Words::of(lang),
        drafts: view.count_drafts(None).await?,
        frame,
    };
    Ok(Page(page).into_response())
}

/// Each with its name for people and how many entries it has.
pub(super) fn categories(lang: Lang, found: Vec<(String, u64)>) -> Vec<(String, String, u64)> {
    let named = |(code, count): (String, u64)| (code.clone(), inbox::category(lang, &code), count);
    found.into_iter().filter(|(code, _)| !code.is_empty()).map(named).collect()
}

fn grown(drawing: &Drawing<'_>, counts: &[(String, u64)]) -> Level {
    let unsorted = counts.iter().find(|(category, _)| category.is_empty()).map_or(0, |(_, count)| *count);
    drawing.tree(&category::tree(counts), unsorted)
}

fn place(lang: Lang, chosen: &str) -> String {
    let w = Words::of(lang);
    match chosen {
        "" => w.all_categories.to_owned(),
        tree::NONE => w.no_category.to_owned(),
        chosen => inbox::category(lang, chosen),
    }
}

fn filter(wanted: &Wanted) -> EntryFilter {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let category =
        some(&wanted.category).map(|chosen| if chosen == tree::NONE { String::new() } else { chosen });
    EntryFilter { text: some(&wanted.q), category, kind: kind(&wanted.kind) }
}

/// The kind of that name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    match name {
        "answer" => Some(Kind::Answer),
        "article" => Some(Kind::Article),
        _ => None,
    }
}

fn row(lang: Lang, entry: EntryRow, value: &EntryValue, now: Timestamp) -> Row {
    let w = Words::of(lang);
    let mut titles = entry.titles;
    titles.sort_by_key(|(title, _)| *title != lang);
    let mut titles = titles.into_iter().map(|(_, title)| title);
    Row {
        href: format!("/desk/knowledge/{}", part(entry.id.as_str())),
        title: titles.next().unwrap_or_else(|| entry.id.to_string()),
        other: titles.next(),
        category: inbox::category(lang, &entry.category),
        kind: if entry.kind == Kind::Article { w.kind_article } else { w.kind_answer },
        changed: Moment::new(lang, entry.updated_at, now),
        worth: Worth::new(lang, value, now).line(),
    }
}

fn sorts(w: &Words, chosen: Option<ByValue>) -> Vec<(&'static str, &'static str, bool)> {
    let name = |by: ByValue| match by {
        ByValue::Asked => w.sort_asked,
        ByValue::Answered => w.sort_answered,
        ByValue::Helped => w.sort_helped,
        ByValue::Harmed => w.sort_harmed,
        ByValue::Used => w.sort_used,
    };
    ByValue::ALL.into_iter().map(|by| (by.name(), name(by), chosen == Some(by))).collect()
}

async fn try_out(view: &AgentView, question: &str, now: Timestamp) -> Result<Option<Tried>, Refusal> {
    let question = question.trim();
    if question.is_empty() || question.chars().nth(500).is_some() {
        return Ok(None);
    }
    let lang = view.agent().lang;
    Ok(view.rehearse(question).await.map(|(content, trace)| tried(lang, content, &trace, now)))
}

fn tried(lang: Lang, content: Content, trace: &Trace, now: Timestamp) -> Tried {
    Tried {
        rung: explain::rung(lang, trace),
        sure: percent(trace.confidence),
        html: (content.format == Format::Markdown).then(|| reception::markdown::html(&content.text)),
        text: content.text,
        pictures: content.pictures,
        offered: content.suggestions,
        story: story(lang, trace, now),
    }
}
