//! What customers want: the list of intents, the owner's own examples of each, and a place to try a message.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{IntentExample, Lang};
use reception::{ActError, AgentView, Intent};
use serde::Deserialize;

use super::{
    Frame, inbox, part, percent,
    refusal::{Page, Refusal},
    session::{SignedIn, Submitted},
    words::{Words, fill},
};

/// Examples on one page.
const ROWS: usize = 100;
const LIST: &str = "/desk/intents";

/// What is tried, which part of the examples, and what was just done.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    r#try: String,
    #[serde(default)]
    after: String,
    added: Option<String>,
    removed: Option<String>,
}

/// What the forms send.
#[derive(Default, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    name: String,
    #[serde(default)]
    texts: String,
}

/// What one reads above a list: that something was done, or why not.
#[derive(Default)]
struct Told {
    good: Option<&'static str>,
    bad: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "desk/intents.html")]
struct IntentsPage {
    frame: Frame,
    rows: Vec<Row>,
    told: Told,
    /// What was typed and not saved.
    written: Written,
    trial: Trial,
}

#[derive(Template)]
#[template(path = "desk/intent.html")]
struct IntentPage {
    frame: Frame,
    row: Row,
    /// The entries it comes from.
    entries: Option<String>,
    examples: Vec<String>,
    next: Option<String>,
    start: bool,
    told: Told,
    written: Written,
    trial: Trial,
}

struct Row {
    href: String,
    /// In plain words.
    name: String,
    /// As it is kept.
    code: String,
    shown_code: bool,
    from_knowledge: Option<String>,
    own: Option<String>,
    learnt: bool,
}

/// A message that is tried, and what it asks for.
struct Trial {
    /// The page it is tried on.
    at: String,
    asked: String,
    wishes: Option<Vec<Wish>>,
}

struct Wish {
    name: String,
    sure: String,
    confidence: f32,
}

/// `GET /desk/intents`
pub(super) async fn page(
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let told = told(view.agent().lang, &wanted);
    Ok(Page(list(&view, &wanted, told, Written::default()).await?).into_response())
}

async fn list(
    view: &AgentView,
    wanted: &Wanted,
    told: Told,
    written: Written,
) -> Result<IntentsPage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let mut rows: Vec<Row> = view.intents().await?.into_iter().map(|intent| row(view, intent)).collect();
    tell_apart(&mut rows);
    Ok(IntentsPage { rows, told, written, trial: trial(view, LIST.to_owned(), &wanted.r#try).await, frame })
}

/// Two intents may have the same words (`invoice` and `invoices`): then their own names stand beside them.
fn tell_apart(rows: &mut [Row]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &*rows {
        *seen.entry(row.name.clone()).or_default() += 1;
    }
    for row in rows.iter_mut().filter(|row| seen.get(&row.name).is_some_and(|count| *count > 1)) {
        row.shown_code = true;
    }
}

/// `GET /desk/intents/{name}`
pub(super) async fn one(
    SignedIn(view): SignedIn,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let intent = view.intents().await?.into_iter().find(|intent| intent.name == name);
    let intent = intent.ok_or_else(Refusal::not_found)?;
    let told = told(view.agent().lang, &wanted);
    Ok(Page(draw(&view, intent, &wanted, told, Written::default()).await?).into_response())
}

async fn draw(
    view: &AgentView,
    intent: Intent,
    wanted: &Wanted,
    told: Told,
    written: Written,
) -> Result<IntentPage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let own = view.examples_of(&intent.name).await?;
    let mut rest =
        own.into_iter().map(|example| example.text().to_owned()).filter(|text| *text > wanted.after);
    let examples: Vec<String> = rest.by_ref().take(ROWS).collect();
    let next = examples.last().filter(|_| rest.next().is_some());
    let href = href(&intent.name);
    Ok(IntentPage {
        entries: (intent.from_knowledge > 0).then(|| source(view, &intent.name)),
        next: next.map(|last| format!("{href}?after={}", part(last))),
        start: !wanted.after.is_empty(),
        row: row(view, intent),
        trial: trial(view, href, &wanted.r#try).await,
        examples,
        told,
        written,
        frame,
    })
}

fn told(lang: Lang, wanted: &Wanted) -> Told {
    let w = Words::of(lang);
    let added = wanted.added.as_ref().map(|_| w.taught);
    Told { good: added.or(wanted.removed.as_ref().map(|_| w.untaught)), bad: None }
}

/// Where in the knowledge an intent comes from: a group, or one entry of no group.
fn source(view: &AgentView, name: &str) -> String {
    match view.entry_alone(name) {
        Some(_) => format!("/desk/knowledge/{}", part(name)),
        None => format!("/desk/knowledge?category={}", part(name)),
    }
}

/// An intent in plain words: an entry of no group by its question, any other by its name.
fn named(view: &AgentView, name: &str) -> String {
    let lang = view.agent().lang;
    let entry = view.entry_alone(name);
    let title = entry.as_ref().and_then(|entry| entry.text(lang)).map(|(_, text)| text.title.clone());
    title.unwrap_or_else(|| inbox::intent(lang, name))
}

fn row(view: &AgentView, intent: Intent) -> Row {
    let w = Words::of(view.agent().lang);
    let counted = |count: usize, words: &str| (count > 0).then(|| fill(words, &[&count.to_string()]));
    Row {
        href: href(&intent.name),
        name: named(view, &intent.name),
        code: intent.name,
        shown_code: false,
        from_knowledge: counted(intent.from_knowledge, w.ways_of_asking),
        own: counted(intent.own, w.own_examples),
        learnt: intent.learnt,
    }
}

fn href(name: &str) -> String {
    format!("{LIST}/{}", part(name))
}

async fn trial(view: &AgentView, at: String, asked: &str) -> Trial {
    let message = Some(asked.trim()).filter(|text| !text.is_empty() && text.chars().nth(500).is_none());
    let wishes = match message {
        Some(text) => Some(view.recognise(text).await),
        None => None,
    };
    let wish = |label: domain::Label| Wish {
        name: named(view, &label.name),
        sure: percent(label.confidence),
        confidence: label.confidence,
    };
    Trial { at, asked: asked.to_owned(), wishes: wishes.map(|labels| labels.into_iter().map(wish).collect()) }
}

/// `POST /desk/intents`: the first examples of an intent of the owner's own.
pub(super) async fn create(Submitted { view, fields }: Submitted<Written>) -> Result<Response, Refusal> {
    match teach(&view, &fields.name, &fields.texts).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?added=1", href(fields.name.trim()))).into_response()),
        Err(error) => {
            let told = refused(view.agent().lang, error)?;
            let page = list(&view, &Wanted::default(), told, fields).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// `POST /desk/intents/{name}`: more examples.
pub(super) async fn add(
    Path(name): Path<String>,
    Submitted { view, fields }: Submitted<Written>,
) -> Result<Response, Refusal> {
    match teach(&view, &name, &fields.texts).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?added=1", href(&name))).into_response()),
        Err(error) => {
            let told = refused(view.agent().lang, error)?;
            let intent = view.intents().await?.into_iter().find(|intent| intent.name == name);
            let intent = intent.ok_or_else(Refusal::not_found)?;
            let page = draw(&view, intent, &Wanted::default(), told, fields).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// One example a line.
async fn teach(view: &AgentView, name: &str, texts: &str) -> Result<(), ActError> {
    let lines: Vec<&str> = texts.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    view.teach(name, &lines).await.map(|_| ())
}

/// What to say of what was typed wrong; the rest is no business of the page.
fn refused(lang: Lang, error: ActError) -> Result<Told, Refusal> {
    let w = Words::of(lang);
    match error {
        ActError::Empty => Ok(Told { bad: Some(w.no_example), good: None }),
        ActError::Invalid(_) => Ok(Told { bad: Some(w.bad_example), good: None }),
        other => Err(other.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct Gone {
    text: String,
}

/// `POST /desk/intents/{name}/remove`
pub(super) async fn remove(
    Path(name): Path<String>,
    Submitted { view, fields }: Submitted<Gone>,
) -> Result<Response, Refusal> {
    let example = IntentExample::new(&name, &fields.text).map_err(|_| Refusal::not_found())?;
    view.forget(&example).await?;
    // With its last example an intent of the owner's own is gone, and so is its page.
    let stays = view.intents().await?.iter().any(|intent| intent.name == name);
    let to = if stays { href(&name) } else { LIST.to_owned() };
    Ok(Redirect::to(&format!("{to}?removed=1")).into_response())
}
