//! What customers taught: a panel on the page of the test questions, which say whether it may be used.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::Timestamp;
use reception::{
    AgentView,
    lessons::{Outcome, Standing},
};
use serde::Deserialize;

use super::{
    refusal::Refusal,
    session::Submitted,
    times::Moment,
    words::{fill, publishing::Words},
};
use crate::state::App;

/// What the panel shows.
pub(super) struct Panel {
    pub(super) counts: String,
    pub(super) outcome: Option<String>,
    pub(super) when: Option<Moment>,
    /// Some were not taken.
    pub(super) held_back: bool,
    /// There is something to forget.
    pub(super) any: bool,
}

pub(super) async fn panel(view: &AgentView, now: Timestamp) -> Result<Panel, Refusal> {
    let (lang, standing) = (view.agent().lang, view.lessons().await?);
    let p = Words::of(lang);
    let last = standing.last.as_ref();
    Ok(Panel {
        counts: counts(p, &standing),
        outcome: last.map(|last| told(p, last)),
        when: last.map(|last| Moment::new(lang, last.at, now)),
        held_back: last.is_some_and(|last| last.taken < last.lessons),
        any: taught(&standing) > 0,
    })
}

fn counts(p: &Words, standing: &Standing) -> String {
    let of = &standing.counts;
    let numbers = [taught(standing), of.helped, of.picked, of.sent, of.typed, of.withdrawn, of.forgotten];
    let numbers = numbers.map(|number| number.to_string());
    fill(p.lessons_counts, &numbers.each_ref().map(String::as_str))
}

fn taught(standing: &Standing) -> u64 {
    let of = &standing.counts;
    of.helped + of.picked + of.sent + of.typed
}

fn told(p: &Words, last: &Outcome) -> String {
    let words = match (last.taken >= last.lessons, last.by_tests) {
        (true, true) => p.lessons_taken,
        (true, false) => p.lessons_taken_by_phrasings,
        (false, true) => p.lessons_held,
        (false, false) => p.lessons_held_by_phrasings,
    };
    let left = last.lessons.saturating_sub(last.taken);
    let mut numbers = vec![last.taken, last.asked, last.before, last.after];
    if left > 0 {
        numbers.insert(1, left);
    }
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    fill(words, &numbers.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Since when.
#[derive(Deserialize)]
pub(super) struct Chosen {
    since: String,
}

/// `POST /desk/tests/forget`
pub(super) async fn forget(
    State(app): State<App>,
    Submitted { view, fields }: Submitted<Chosen>,
) -> Result<Response, Refusal> {
    let days = match fields.since.as_str() {
        "day" => Some(1),
        "week" => Some(7),
        "all" => None,
        _ => return Err(Refusal::not_found()),
    };
    let since = days.map(|days| {
        app.reception.now().checked_sub(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN)
    });
    view.forget_lessons(since).await?;
    Ok(Redirect::to("/desk/tests?done=forgotten").into_response())
}
