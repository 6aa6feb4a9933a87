//! A file is imported at the desk: choose it, see what it would change, then decide.

use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Path, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Entry, Lang};
use reception::{ActError, AgentView, Plan, Remark, Upload, UploadStage};
use sha2::{Digest, Sha256};

use super::{
    Frame, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    words::{Words, fill},
};
use crate::{headers, state::App};

/// A file may be this large, and its form a little larger.
pub(super) const FILE: usize = 64 << 20;
pub(super) const FORM: usize = FILE + (64 << 10);
/// Lines of each list; the command line shows all.
const LINES: usize = 200;

#[derive(Template)]
#[template(path = "desk/import.html")]
struct ImportPage {
    frame: Frame,
    problem: Option<String>,
    report: Option<Report>,
}

/// What a file changes.
struct Report {
    href: String,
    file: String,
    stage: &'static str,
    failure: Option<String>,
    counts: String,
    examples: Option<String>,
    empty: bool,
    lists: Vec<List>,
}

/// One kind of change.
struct List {
    name: &'static str,
    lines: Vec<String>,
    more: Option<String>,
}

/// `GET /desk/import`
pub(super) async fn page(SignedIn(view): SignedIn) -> Result<Response, Refusal> {
    Ok(Page(ImportPage { frame: frame(&view).await?, problem: None, report: None }).into_response())
}

async fn frame(view: &AgentView) -> Result<Frame, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    if frame.edits { Ok(frame) } else { Err(Refusal::forbidden()) }
}

/// A file from our own form of this session.
pub(super) struct Chosen {
    view: AgentView,
    file: Option<(String, Vec<u8>)>,
}

impl Chosen {
    /// Who chose it, and the file: its name, without where it lay, and its bytes.
    pub(super) fn parts(self) -> (AgentView, Option<(String, Vec<u8>)>) {
        (self.view, self.file.map(|(name, bytes)| (base_name(&name).to_owned(), bytes)))
    }
}

impl FromRequest<App> for Chosen {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let SignedIn(view) = SignedIn::from_request_parts(&mut parts, app).await?;
        if !headers::same_origin(&parts.headers) {
            return Err(Refusal::stale_form().into_response());
        }
        let unreadable = |status| Refusal::unreadable(status).into_response();
        let request = Request::from_parts(parts, body);
        let mut form =
            Multipart::from_request(request, app).await.map_err(|_| unreadable(StatusCode::BAD_REQUEST))?;
        let (mut token, mut file) = (String::new(), None);
        while let Some(field) = form.next_field().await.map_err(|error| unreadable(error.status()))? {
            let (name, file_name) = (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
            let bytes = field.bytes().await.map_err(|error| unreadable(error.status()))?;
            match (name.as_deref(), file_name) {
                (Some("form_token"), None) => token = String::from_utf8_lossy(&bytes).into_owned(),
                (Some("file"), Some(name)) if !name.is_empty() => file = Some((name, bytes.to_vec())),
                _ => {}
            }
        }
        // Hashes are compared, so time tells nothing.
        if Sha256::digest(token.as_bytes()) != Sha256::digest(view.form_token().as_bytes()) {
            return Err(Refusal::stale_form().into_response());
        }
        Ok(Self { view, file })
    }
}

/// `POST /desk/import`: reads the file. Nothing is written.
pub(super) async fn choose(chosen: Chosen) -> Result<Response, Refusal> {
    let Chosen { view, file } = chosen;
    let w = Words::of(view.agent().lang);
    let problem = match file {
        None => w.import_no_file,
        Some((name, bytes)) => match view.hand_in(base_name(&name), bytes).await {
            Ok(id) => return Ok(Redirect::to(&format!("/desk/import/{}", part(&id))).into_response()),
            Err(ActError::Invalid(_)) => w.import_unknown,
            Err(error) => return Err(error.into()),
        },
    };
    let page = ImportPage { frame: frame(&view).await?, problem: Some(problem.to_owned()), report: None };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// Some browsers send where the file lay.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// `GET /desk/import/{id}`
pub(super) async fn look(SignedIn(view): SignedIn, Path(id): Path<String>) -> Result<Response, Refusal> {
    let frame = frame(&view).await?;
    let upload = view.handed_in(&id).ok_or_else(Refusal::not_found)?;
    let report = Some(report(frame.lang, format!("/desk/import/{}", part(&id)), &upload));
    Ok(Page(ImportPage { frame, problem: None, report }).into_response())
}

/// `POST /desk/import/{id}`: writes what was looked at.
pub(super) async fn confirm(
    Path(id): Path<String>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.handed_in(&id).ok_or_else(Refusal::not_found)?;
    view.take_in(&id)?;
    Ok(Redirect::to(&format!("/desk/import/{}", part(&id))).into_response())
}

fn report(lang: Lang, href: String, upload: &Upload) -> Report {
    let w = Words::of(lang);
    let counts = upload.plan.counts();
    let numbers = [counts.new, counts.changed, counts.unchanged, counts.rejected, counts.duplicates];
    let numbers = numbers.map(|number| number.to_string());
    let (stage, failure) = match &upload.stage {
        UploadStage::Planned => ("planned", None),
        UploadStage::Writing => ("writing", None),
        UploadStage::Done => ("done", None),
        UploadStage::Drafted(red) => ("drafted", Some(fill(w.import_drafted, &[&red.to_string()]))),
        UploadStage::Failed(why) => ("failed", Some(why.text(lang).to_owned())),
    };
    Report {
        href,
        file: upload.file.clone(),
        stage,
        failure,
        counts: fill(w.import_counts, &numbers.each_ref().map(String::as_str)),
        examples: (counts.examples.new > 0)
            .then(|| fill(w.import_examples, &[&counts.examples.new.to_string()])),
        empty: counts.new + counts.changed + counts.examples.new == 0,
        lists: lists(lang, &upload.plan),
    }
}

/// What went wrong comes first: nobody reads so far otherwise.
fn lists(lang: Lang, plan: &Plan) -> Vec<List> {
    let w = Words::of(lang);
    let told = |remark: &Remark| remark.told(lang);
    let changed = |change: &reception::Change| {
        let title = title(&change.new);
        if change.is_edited_at_desk() { format!("{title} · {}", w.edited_here) } else { title }
    };
    let lists = [
        list(w, w.import_rejected, plan.rejected.iter().map(told), plan.rejected.len()),
        list(w, w.import_aside, plan.duplicates.iter().map(told), plan.duplicates.len()),
        list(w, w.import_changed, plan.changed.iter().map(changed), plan.changed.len()),
        list(w, w.import_new, plan.new.iter().map(title), plan.new.len()),
    ];
    lists.into_iter().filter(|list| !list.lines.is_empty()).collect()
}

fn list(w: &Words, name: &'static str, lines: impl Iterator<Item = String>, all: usize) -> List {
    let lines: Vec<String> = lines.take(LINES).collect();
    let more = all.checked_sub(lines.len()).filter(|more| *more > 0);
    List { name, lines, more: more.map(|more| fill(w.and_more, &[&more.to_string()])) }
}

fn title(entry: &Entry) -> String {
    entry.texts.values().next().map(|text| text.title.clone()).unwrap_or_default()
}
