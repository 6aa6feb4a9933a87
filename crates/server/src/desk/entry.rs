//! One entry: read it, write it, see it as customers will.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{Entry, EntryId, EntryText, Kind, Lang, Timestamp};
use reception::{ActError, AgentView};
use serde::Deserialize;

use super::{
    Frame, knowledge, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::Words,
    worth::{self, Worth},
};
use crate::state::App;

#[derive(Template)]
#[template(path = "desk/entry.html")]
struct EntryPage {
    frame: Frame,
    /// The address; `new` until it is saved.
    href: String,
    help: Option<String>,
    title: String,
    article: bool,
    category: String,
    categories: Vec<(String, String, u64)>,
    tags: String,
    texts: [Side; 2],
    /// Where it came from, in full and as shown: a file without its folders.
    source: String,
    source_name: String,
    changed: Option<Moment>,
    /// The state that was read, so that nobody's change is lost unseen.
    seen: String,
    is_new: bool,
    saved: bool,
    problem: Option<&'static str>,
    worth: Worth,
}

/// An entry in one language, as it is edited.
struct Side {
    code: &'static str,
    name: &'static str,
    title: String,
    phrasings: String,
    answer: String,
    preview: String,
}

#[derive(Deserialize)]
pub(super) struct After {
    saved: Option<String>,
}

/// `GET /desk/knowledge/new`
pub(super) async fn new(State(app): State<App>, SignedIn(view): SignedIn) -> Result<Response, Refusal> {
    if !view.agent().role.edits_knowledge() {
        return Err(Refusal::forbidden());
    }
    let blank = Entry {
        id: "new".into(),
        kind: Kind::Answer,
        category: String::new(),
        tags: Vec::new(),
        texts: BTreeMap::new(),
        source: String::new(),
        updated_at: app.reception.now(),
    };
    let page = EntryPage { is_new: true, changed: None, ..draw(&view, &blank, app.reception.now()).await? };
    Ok(Page(page).into_response())
}

/// `GET /desk/knowledge/{id}`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Path(id): Path<EntryId>,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let entry = view.entry(&id).await?.ok_or_else(Refusal::not_found)?;
    let page = draw(&view, &entry, app.reception.now()).await?;
    Ok(Page(EntryPage { saved: after.saved.is_some(), ..page }).into_response())
}

async fn draw(view: &AgentView, entry: &Entry, now: Timestamp) -> Result<EntryPage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let (lang, w) = (frame.lang, frame.w);
    let side = |of: Lang| {
        let text = entry.texts.get(&of).cloned().unwrap_or_default();
        Side {
            code: of.code(),
            name: of.pick(w.zh, w.en),
            title: text.title,
            phrasings: text.phrasings.join("\n"),
            preview: reception::markdown::html(&text.answer),
            answer: text.answer,
        }
    };
    let href = format!("/desk/knowledge/{}", part(entry.id.as_str()));
    Ok(EntryPage {
        help: (!entry.texts.is_empty())
            .then(|| format!("/help/{}?lang={}", part(entry.id.as_str()), lang.code())),
        href,
        title: entry.text(lang).map_or(w.new_entry, |(_, text)| text.title.as_str()).to_owned(),
        article: entry.kind == Kind::Article,
        category: entry.category.clone(),
        categories: knowledge::categories(lang, view.categories().await?),
        tags: entry.tags.join(lang.pick("，", ", ")),
        texts: Lang::ALL.map(side),
        source_name: short(&entry.source),
        source: entry.source.clone(),
        changed: Some(Moment::new(lang, entry.updated_at, now)),
        seen: entry.updated_at.to_string(),
        is_new: false,
        saved: false,
        problem: None,
        worth: worth::of(view, &entry.id, now).await?,
        frame,
    })
}

fn short(source: &str) -> String {
    source.rsplit(['/', '\\']).next().unwrap_or(source).to_owned()
}

/// What the editor sends.
#[derive(Deserialize)]
pub(super) struct Edited {
    kind: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    tags: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    title_zh: String,
    #[serde(default)]
    phrasings_zh: String,
    #[serde(default)]
    answer_zh: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    phrasings_en: String,
    #[serde(default)]
    answer_en: String,
}

impl Edited {
    fn entry(self, id: EntryId, now: Timestamp) -> Entry {
        let sides = [
            (Lang::Zh, text(&self.title_zh, &self.phrasings_zh, &self.answer_zh)),
            (Lang::En, text(&self.title_en, &self.phrasings_en, &self.answer_en)),
        ];
        let tags = self.tags.split([',', '，', '、']).map(str::trim).filter(|tag| !tag.is_empty());
        Entry {
            id,
            kind: knowledge::kind(&self.kind).unwrap_or_default(),
            category: self.category.trim().to_owned(),
            tags: tags.map(str::to_owned).collect(),
            texts: sides.into_iter().filter(|(_, text)| *text != EntryText::default()).collect(),
            source: String::new(),
            updated_at: now,
        }
    }
}

fn text(title: &str, phrasings: &str, answer: &str) -> EntryText {
    let phrasings = phrasings.lines().map(str::trim).filter(|line| !line.is_empty());
    EntryText {
        title: title.trim().to_owned(),
        phrasings: phrasings.map(str::to_owned).collect(),
        // Browsers send line ends as CRLF.
        answer: answer.replace("\r\n", "\n").trim().to_owned(),
    }
}

/// `POST /desk/knowledge/new`
pub(super) async fn create(
    State(app): State<App>,
    Submitted { view, fields }: Submitted<Edited>,
) -> Result<Response, Refusal> {
    let entry = fields.entry(view.fresh_entry_id(), app.reception.now());
    keep(&app, &view, entry, true, String::new()).await
}

/// `POST /desk/knowledge/{id}`
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<EntryId>,
    Submitted { view, fields }: Submitted<Edited>,
) -> Result<Response, Refusal> {
    if !view.agent().role.edits_knowledge() {
        return Err(Refusal::forbidden());
    }
    let now = app.reception.now();
    let stands = view.entry(&id).await?.ok_or_else(Refusal::not_found)?;
    let w = Words::of(view.agent().lang);
    let seen = fields.seen.clone();
    let entry = fields.entry(id, now);
    if stands.updated_at.to_string() != seen {
        let changed = Some(Moment::new(view.agent().lang, stands.updated_at, now));
        let seen = stands.updated_at.to_string();
        let page = draw(&view, &entry, now).await?;
        let page = EntryPage {
            problem: Some(w.overwritten),
            changed,
            seen,
            source_name: short(&stands.source),
            source: stands.source,
            ..page
        };
        return Ok((StatusCode::CONFLICT, Page(page)).into_response());
    }
    keep(&app, &view, entry, false, seen).await
}

/// Writes it; an entry that is not complete comes back with all that was typed.
async fn keep(
    app: &App,
    view: &AgentView,
    entry: Entry,
    is_new: bool,
    seen: String,
) -> Result<Response, Refusal> {
    let now = app.reception.now();
    let w = Words::of(view.agent().lang);
    let id = part(entry.id.as_str());
    match view.put_entry(entry.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/knowledge/{id}?saved=1")).into_response()),
        Err(ActError::Invalid(_)) => {
            let mut page =
                EntryPage { problem: Some(w.incomplete), seen, is_new, ..draw(view, &entry, now).await? };
            if is_new {
                page =
                    EntryPage { href: "/desk/knowledge/new".to_owned(), help: None, changed: None, ..page };
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/knowledge/{id}/remove`
pub(super) async fn remove(
    Path(id): Path<EntryId>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.remove_entry(&id).await?;
    Ok(Redirect::to("/desk/knowledge?removed=1").into_response())
}

#[derive(Deserialize)]
pub(super) struct OneSide {
    side: String,
}

/// `POST /desk/knowledge/preview?side=zh`: the answer as customers will see it.
pub(super) async fn preview(
    Query(of): Query<OneSide>,
    Submitted { fields, .. }: Submitted<Edited>,
) -> Html<String> {
    let markdown = if of.side == Lang::En.code() { &fields.answer_en } else { &fields.answer_zh };
    Html(reception::markdown::html(markdown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_an_entry_without_empty_languages_and_lines() {
        let edited = Edited {
            kind: "answer".into(),
            category: " 退货 ".into(),
            tags: "a, b，c".into(),
            seen: String::new(),
            title_zh: "怎么退货".into(),
            phrasings_zh: "退货\r\n\r\n 如何退 ".into(),
            answer_zh: "- 一\r\n- 二".into(),
            title_en: String::new(),
            phrasings_en: String::new(),
            answer_en: " ".into(),
        };
        let entry = edited.entry("x".into(), Timestamp::UNIX_EPOCH);
        assert_eq!(entry.tags, ["a", "b", "c"]);
        assert_eq!(entry.category, "退货");
        assert_eq!(entry.texts.len(), 1);
        assert_eq!(entry.texts[&Lang::Zh].phrasings, ["退货", "如何退"]);
        assert_eq!(entry.texts[&Lang::Zh].answer, "- 一\n- 二");
    }
}
