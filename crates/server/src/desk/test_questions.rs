//! The questions that knowledge must answer rightly before anything is published.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Asker, Attributes, EntryId, TestQuestion, Timestamp};
use reception::{AgentView, Page as Part, TestRow};
use serde::Deserialize;

use super::{
    Frame,
    drafts::{editors_only, gate},
    lessons::{self, Panel},
    part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    words::{fill, publishing::Words},
};
use crate::state::App;

const ROWS: u32 = 100;

/// Which part of the list, and what was just done.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    done: Option<String>,
}

/// What the forms send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    test: String,
    expect: String,
    channel: String,
    plan: String,
    region: String,
}

impl Written {
    fn read(&self) -> Option<TestQuestion> {
        let attributes = Attributes { plan: self.plan.clone(), region: self.region.clone() };
        TestQuestion::new(&self.test, &self.expect, Asker { channel: self.channel.clone(), attributes }).ok()
    }
}

#[derive(Template)]
#[template(path = "desk/tests.html")]
struct TestsPage {
    frame: Frame,
    p: &'static Words,
    q: String,
    count: String,
    fresh: bool,
    rows: Vec<Row>,
    next: Option<String>,
    start: Option<String>,
    good: Option<&'static str>,
    bad: Option<&'static str>,
    written: Written,
    lessons: Panel,
}

struct Row {
    test: TestQuestion,
    /// The entry that must answer, with its address; `None` if nothing may.
    expect: Option<(String, String)>,
    asker: String,
}

/// `GET /desk/tests`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    editors_only(&view)?;
    Ok(Page(list(&view, wanted, Written::default(), None, app.reception.now()).await?).into_response())
}

async fn list(
    view: &AgentView,
    wanted: Wanted,
    written: Written,
    bad: Option<&'static str>,
    now: Timestamp,
) -> Result<TestsPage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let p = Words::of(frame.lang);
    let text = Some(wanted.q.trim()).filter(|text| !text.is_empty());
    let after = Some(wanted.after).filter(|after| !after.is_empty());
    let found = view.tests(text, &Part { after: after.clone(), limit: ROWS }).await?;
    let count = view.count_tests(text).await?;
    let full = found.len() == ROWS as usize;
    let address = |after: &str| format!("/desk/tests?q={}&after={}", part(&wanted.q), part(after));
    Ok(TestsPage {
        count: fill(p.tests_count, &[&count.to_string()]),
        fresh: count == 0 && text.is_none(),
        next: found.last().filter(|_| full).map(|row| address(&row.cursor)),
        start: after.map(|_| address("")),
        rows: found.into_iter().map(row).collect(),
        good: match wanted.done.as_deref() {
            Some("added") => Some(p.added),
            Some("removed") => Some(p.removed),
            Some("forgotten") => Some(p.lessons_forgotten),
            _ => None,
        },
        bad,
        written,
        lessons: lessons::panel(view, now).await?,
        q: wanted.q,
        p,
        frame,
    })
}

fn row(found: TestRow) -> Row {
    let test = found.test;
    let expect =
        test.expect().map(|id: &EntryId| (format!("/desk/knowledge/{}", part(id.as_str())), id.to_string()));
    let (asker, attributes) = (test.asker(), &test.asker().attributes);
    let names = [&asker.channel, &attributes.plan, &attributes.region];
    let asker = names.into_iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    Row { test, expect, asker }
}

/// `POST /desk/tests`
pub(super) async fn add(
    State(app): State<App>,
    Submitted { view, fields }: Submitted<Written>,
) -> Result<Response, Refusal> {
    match meant(&view, &fields).await? {
        Ok(test) => {
            view.put_tests(&[test]).await?;
            Ok(Redirect::to("/desk/tests?done=added").into_response())
        }
        Err(bad) => {
            let page = list(&view, Wanted::default(), fields, Some(bad), app.reception.now()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// The test as it is kept, with the name of the entry that was told by its question; or what is wrong with it.
async fn meant(view: &AgentView, fields: &Written) -> Result<Result<TestQuestion, &'static str>, Refusal> {
    let p = Words::of(view.agent().lang);
    let Some(test) = fields.read() else { return Ok(Err(p.bad_test)) };
    let Some(expected) = test.expect() else { return Ok(Ok(test)) };
    let Some(entry) = view.entry_meant(expected.as_str()).await? else { return Ok(Err(p.no_such_entry)) };
    Ok(TestQuestion::new(test.text(), entry.as_str(), test.asker().clone()).map_err(|_| p.bad_test))
}

/// `POST /desk/tests/remove`
pub(super) async fn remove(Submitted { view, fields }: Submitted<Written>) -> Result<Response, Refusal> {
    let test = fields.read().ok_or_else(Refusal::not_found)?;
    view.remove_test(&test).await?;
    Ok(Redirect::to("/desk/tests?done=removed").into_response())
}

/// `POST /desk/tests/check`: asks all of them of the knowledge as it is.
pub(super) async fn check(Submitted { view, .. }: Submitted<Nothing>) -> Result<Response, Refusal> {
    let report = view.check_published().await?;
    gate::shown(&view, &report, None, "").await
}
