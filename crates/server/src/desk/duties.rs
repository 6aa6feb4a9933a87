//! The duty table: who answers which topic, and every change of it.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Duty, Lang};
use serde::Deserialize;

use super::{
    Frame,
    refusal::{Page, Refusal},
    session::{SignedIn, Submitted},
    times::Moment,
    waits::topic,
    words::{
        fill,
        service::{self, Words},
    },
};
use crate::state::App;

#[derive(Template)]
#[template(path = "desk/duties.html")]
struct DutyPage {
    frame: Frame,
    s: &'static Words,
    rows: Vec<Row>,
    duties: Vec<(&'static str, &'static str)>,
    changes: Vec<Change>,
    done: bool,
}

struct Row {
    topic: String,
    name: String,
    words: &'static str,
    duty: &'static str,
    set: bool,
    everything: bool,
}

struct Change {
    topic: String,
    from: &'static str,
    to: &'static str,
    why: String,
    by: String,
    at: Moment,
}

#[derive(Deserialize)]
pub(super) struct After {
    done: Option<String>,
}

/// Changes shown.
const LAST: u32 = 50;

/// `GET /desk/duty`
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(view): SignedIn,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let frame = Frame::of(&view, "settings").await?;
    let (lang, now) = (frame.lang, app.reception.now());
    let s = Words::of(lang);
    let named = |code: &str| {
        let action = view.actions().iter().find(|action| domain::duty::action_topic(&action.name) == code);
        action.map_or_else(|| topic(lang, code), |action| fill(s.action_name, &[action.description(lang)]))
    };
    let row = |row: reception::DutyRow| Row {
        name: named(&row.topic),
        everything: row.topic == "*",
        words: worded(lang, row.duty),
        duty: row.duty.name(),
        set: row.set,
        topic: row.topic,
    };
    let change = |change: domain::DutyChange| Change {
        topic: named(&change.topic),
        from: change.from.map_or(s.default_row, |duty| worded(lang, duty)),
        to: change.to.map_or(s.default_row, |duty| worded(lang, duty)),
        why: change.why,
        by: change.by,
        at: Moment::new(lang, change.at, now),
    };
    let page = DutyPage {
        rows: view.duty_rows().await?.into_iter().map(row).collect(),
        duties: Duty::ALL.map(|duty| (duty.name(), worded(lang, duty))).to_vec(),
        changes: view.duty_changes(None, LAST).await?.into_iter().map(change).collect(),
        done: after.done.is_some(),
        frame,
        s,
    };
    Ok(Page(page).into_response())
}

fn worded(lang: Lang, duty: Duty) -> &'static str {
    service::duty(lang, duty.name()).unwrap_or_default()
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    topic: String,
    /// A duty, or nothing for the default.
    #[serde(default)]
    duty: String,
    #[serde(default)]
    why: String,
}

/// `POST /desk/duty`
pub(super) async fn set(Submitted { view, fields }: Submitted<Wanted>) -> Result<Response, Refusal> {
    view.set_duty(&fields.topic, Duty::from_name(&fields.duty), &fields.why).await?;
    Ok(Redirect::to("/desk/duty?done=1").into_response())
}
