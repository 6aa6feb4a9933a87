//! One entry: read it, write it, see it as customers will.

mod edited;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{Entry, EntryId, Kind, Lang, Timestamp};
use reception::{AgentView, Consent, DraftStage, PublishError, StoreError, Which};
use serde::Deserialize;

use self::edited::{Days, Edited};
use super::{
    Frame, drafts, knowledge, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    times::Moment,
    words::{Words, publishing},
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
    problem: Option<&'static str>,
    p: &'static publishing::Words,
    plans: String,
    regions: String,
    channels: String,
    from: String,
    until: String,
    owner: String,
    why: String,
    /// That it is not for everyone at all times.
    limited: Option<&'static str>,
    /// It does not hold now.
    standing: Option<&'static str>,
    /// Where the draft that is shown is told.
    draft: Option<String>,
    done: Option<&'static str>,
    /// Somebody else must publish it.
    needs_review: bool,
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
    done: Option<String>,
}

/// An entry as an editor finds it: the draft where there is one, and the name of that state.
struct Standing {
    entry: Entry,
    seen: String,
    is_draft: bool,
}

impl Standing {
    async fn of(view: &AgentView, id: &EntryId) -> Result<Option<Self>, StoreError> {
        let published = view.entry(id).await?;
        let draft = view.draft(id).await?.and_then(|draft| Some((draft.revision, draft.new.becomes?)));
        if let Some((revision, entry)) = draft {
            return Ok(Some(Self { entry, seen: format!("draft {revision}"), is_draft: true }));
        }
        let standing = |entry: Entry| Self { seen: entry.updated_at.to_string(), entry, is_draft: false };
        Ok(published.map(standing))
    }
}

/// `GET /desk/knowledge/new`
pub(super) async fn new(State(app): State<App>, SignedIn(view): SignedIn) -> Result<Response, Refusal> {
    if !view.agent().role.edits_knowledge() {
        return Err(Refusal::forbidden());
    }
    let blank = Entry {
        updated_at: app.reception.now(),
        ..Entry::new("new", Kind::Answer, domain::texts::Texts::new())
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
    let Standing { entry, seen, is_draft } =
        Standing::of(&view, &id).await?.ok_or_else(Refusal::not_found)?;
    let page = draw(&view, &entry, app.reception.now()).await?;
    let draft = is_draft.then(|| format!("/desk/drafts/one/{}", part(id.as_str())));
    let saved = after.saved.map(|_| page.frame.w.saved);
    let done = saved.or_else(|| drafts::done(page.p, after.done.as_deref()));
    let page = EntryPage { seen, draft, done, ..page };
    Ok(Page(page).into_response())
}

async fn draw(view: &AgentView, entry: &Entry, now: Timestamp) -> Result<EntryPage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let (lang, w, p) = (frame.lang, frame.w, publishing::Words::of(frame.lang));
    let days = Days::of(view);
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
        tags: join(lang, &entry.tags),
        texts: Lang::ALL.map(side),
        source_name: short(&entry.source),
        source: entry.source.clone(),
        changed: Some(Moment::new(lang, entry.updated_at, now)),
        seen: entry.updated_at.to_string(),
        is_new: false,
        problem: None,
        p,
        plans: join(lang, &entry.audience.plans),
        regions: join(lang, &entry.audience.regions),
        channels: join(lang, &entry.audience.channels),
        from: entry.valid.from.map(|from| days.day(from)).unwrap_or_default(),
        until: entry.valid.until.map(|until| days.last_day(until)).unwrap_or_default(),
        owner: entry.owner.clone(),
        why: String::new(),
        limited: entry.is_limited().then_some(p.for_some),
        standing: standing(p, entry, now),
        draft: None,
        done: None,
        needs_review: view.needs_review().await?,
        worth: worth::of(view, &entry.id, now).await?,
        frame,
    })
}

fn join(lang: Lang, names: &[String]) -> String {
    names.join(lang.pick("，", ", "))
}

/// Why nobody finds it now, if that is so.
fn standing(p: &'static publishing::Words, entry: &Entry, now: Timestamp) -> Option<&'static str> {
    let begun = entry.valid.from.is_none_or(|from| from <= now);
    (!entry.valid.includes(now)).then_some(if begun { p.expired } else { p.not_yet })
}

pub(super) fn short(source: &str) -> String {
    source.rsplit(['/', '\\']).next().unwrap_or(source).to_owned()
}

/// `POST /desk/knowledge/new`
pub(super) async fn create(
    State(app): State<App>,
    Submitted { view, fields }: Submitted<Edited>,
) -> Result<Response, Refusal> {
    let written = Written { then: fields.then(), why: fields.why.clone(), seen: String::new(), is_new: true };
    let entry = fields.entry(view.fresh_entry_id(), None, &view, app.reception.now());
    keep(&app, &view, entry, written).await
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
    let stands = Standing::of(&view, &id).await?.ok_or_else(Refusal::not_found)?;
    let seen = fields.seen.clone();
    let written = Written { then: fields.then(), why: fields.why.clone(), seen, is_new: false };
    let entry = fields.entry(id, Some(&stands.entry), &view, now);
    if stands.seen == written.seen {
        return keep(&app, &view, entry, written).await;
    }
    let page = draw(&view, &entry, now).await?;
    let page = EntryPage {
        problem: Some(Words::of(view.agent().lang).overwritten),
        changed: Some(Moment::new(view.agent().lang, stands.entry.updated_at, now)),
        seen: stands.seen,
        why: written.why,
        source_name: short(&stands.entry.source),
        source: stands.entry.source,
        ..page
    };
    Ok((StatusCode::CONFLICT, Page(page)).into_response())
}

/// What the editor's buttons ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Draft,
    Review,
    Publish,
}

/// What was written beside the entry itself.
struct Written {
    then: Then,
    why: String,
    seen: String,
    is_new: bool,
}

/// Keeps it as a draft and goes on as wished; an entry that is not complete comes back with all that was typed.
async fn keep(app: &App, view: &AgentView, entry: Entry, written: Written) -> Result<Response, Refusal> {
    let now = app.reception.now();
    match view.draft_entry(entry.clone(), &written.why).await {
        Ok(()) => go_on(view, &entry.id, written.then, &written.why, None).await,
        Err(PublishError::Invalid(_)) => {
            let problem = Some(Words::of(view.agent().lang).incomplete);
            let Written { seen, is_new, why, .. } = written;
            let mut page = EntryPage { seen, is_new, problem, why, ..draw(view, &entry, now).await? };
            if is_new {
                page =
                    EntryPage { href: "/desk/knowledge/new".to_owned(), help: None, changed: None, ..page };
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What becomes of a draft: it stays one, somebody else shall look, or it is published.
async fn go_on(
    view: &AgentView,
    id: &EntryId,
    then: Then,
    why: &str,
    published: Option<&str>,
) -> Result<Response, Refusal> {
    let editor = format!("/desk/knowledge/{}", part(id.as_str()));
    let then = if then == Then::Publish && view.needs_review().await? { Then::Review } else { then };
    match then {
        Then::Draft => Ok(Redirect::to(&format!("{editor}?done=drafted")).into_response()),
        Then::Review => {
            let draft = view.draft(id).await?.ok_or_else(Refusal::not_found)?;
            view.move_draft(id, draft.revision, DraftStage::Review, "").await?;
            let page = format!("/desk/drafts/one/{}?done=submitted", part(id.as_str()));
            Ok(Redirect::to(&page).into_response())
        }
        Then::Publish => {
            let saved = format!("{editor}?saved=1");
            let consent = Consent { why: why.to_owned(), ..Consent::default() };
            drafts::attempt(view, &Which::These(vec![id.clone()]), &consent, published.unwrap_or(&saved))
                .await
        }
    }
}

/// `POST /desk/knowledge/{id}/remove`
pub(super) async fn remove(
    Path(id): Path<EntryId>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    if view.entry(&id).await?.is_none() {
        // It was never published: what goes is its draft.
        view.discard_draft(&id).await?;
        return Ok(Redirect::to("/desk/knowledge?removed=1").into_response());
    }
    view.draft_removal(&id, "").await?;
    go_on(&view, &id, Then::Publish, "", Some("/desk/knowledge?removed=1")).await
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
