//! The gate's result: what test questions and past questions say, and what may be done now.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{EntryId, Lang};
use reception::{
    AgentView, Report, Which,
    publish::gate::{Case, Effect, Expectation, Said},
};

use crate::desk::{
    Frame, part,
    refusal::{Page, Refusal},
    versions::title,
    words::{self, fill, publishing::Words},
};

/// Cases on one page: nobody reads more.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "desk/gate.html")]
struct GatePage {
    frame: Frame,
    p: &'static Words,
    /// `good`, `warn` or `bad`.
    tone: &'static str,
    verdict: String,
    counts: String,
    tally: Vec<String>,
    red: Vec<Shown>,
    changes: Vec<Shown>,
    more: Option<String>,
    /// Drafts are at stake, not the knowledge as it is.
    drafts: bool,
    ids: String,
    why: String,
    passes: bool,
    may_override: bool,
    back: &'static str,
}

struct Shown {
    question: String,
    asker: String,
    expected: Option<String>,
    effect: Option<String>,
    worse: bool,
    before: Option<Told>,
    after: Told,
    was_right: bool,
}

struct Told {
    rung: &'static str,
    entries: Vec<(String, String)>,
    text: String,
}

/// What holds a publication back.
pub(in crate::desk) async fn held(
    view: &AgentView,
    report: &Report,
    which: &Which,
    why: &str,
) -> Result<Response, Refusal> {
    let page = draw(view, report, Some(which), why, true).await?;
    Ok((StatusCode::CONFLICT, Page(page)).into_response())
}

/// What was asked for; without drafts of the knowledge as it is.
pub(in crate::desk) async fn shown(
    view: &AgentView,
    report: &Report,
    which: Option<&Which>,
    why: &str,
) -> Result<Response, Refusal> {
    Ok(Page(draw(view, report, which, why, false).await?).into_response())
}

async fn draw(
    view: &AgentView,
    report: &Report,
    which: Option<&Which>,
    why: &str,
    held: bool,
) -> Result<GatePage, Refusal> {
    let frame = Frame::of(view, "knowledge").await?;
    let (lang, p) = (frame.lang, Words::of(frame.lang));
    let (tone, verdict) = verdict(p, report, held);
    let ids = match which {
        Some(Which::These(ids)) => ids.iter().map(EntryId::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    };
    let mut changes: Vec<&Case> = report.changes.iter().filter(|case| !case.is_red()).collect();
    changes.sort_by_key(|case| case.effect.is_none_or(|effect| !effect.is_worse()));
    let left = report.red.len().saturating_sub(MOST) + changes.len().saturating_sub(MOST);
    let titles =
        titles(view, lang, named(report.red.iter().take(MOST).chain(changes.iter().copied().take(MOST))))
            .await?;
    let seconds = format!("{:.1}", report.seconds);
    Ok(GatePage {
        tone,
        verdict,
        counts: fill(p.gate_counts, &[&report.tests.to_string(), &report.replayed.to_string(), &seconds]),
        tally: tally(p, report),
        red: report.red.iter().take(MOST).map(|case| case_shown(lang, case, &titles)).collect(),
        changes: changes.into_iter().take(MOST).map(|case| case_shown(lang, case, &titles)).collect(),
        more: (left > 0).then(|| fill(p.more_cases, &[&left.to_string()])),
        drafts: which.is_some(),
        ids,
        why: why.to_owned(),
        passes: report.passes(),
        may_override: view.agent().role.manages(),
        back: if which.is_some() { "/desk/drafts" } else { "/desk/tests" },
        p,
        frame,
    })
}

fn verdict(p: &'static Words, report: &Report, held: bool) -> (&'static str, String) {
    let red = report.red.len().to_string();
    match report.worse() {
        _ if !report.passes() => ("bad", fill(if held { p.gate_red } else { p.gate_red_now }, &[&red])),
        0 if report.tests == 0 => ("warn", p.gate_no_tests.to_owned()),
        0 => ("good", p.gate_green.to_owned()),
        worse => ("warn", fill(p.gate_worse, &[&worse.to_string()])),
    }
}

fn tally(p: &'static Words, report: &Report) -> Vec<String> {
    [
        (Effect::NewlyRight, p.newly_right),
        (Effect::NewlyWrong, p.newly_wrong),
        (Effect::NewlyRefused, p.newly_refused),
        (Effect::NewlyAnswered, p.newly_answered),
        (Effect::Otherwise, p.otherwise),
        (Effect::Reworded, p.reworded),
    ]
    .into_iter()
    .map(|(effect, words)| (report.count(effect), words))
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| fill(words, &[&count.to_string()]))
    .collect()
}

/// The entries that these cases name.
fn named<'a>(cases: impl Iterator<Item = &'a Case>) -> BTreeSet<EntryId> {
    cases.flat_map(|case| case.before.entries.iter().chain(&case.after.entries)).cloned().collect()
}

/// What these entries are called, drafts by what they will be.
async fn titles(view: &AgentView, lang: Lang, ids: BTreeSet<EntryId>) -> Result<Titles, Refusal> {
    let mut titles = Titles::new();
    for id in ids {
        let entry = match view.draft(&id).await?.and_then(|draft| draft.new.becomes) {
            Some(entry) => Some(entry),
            None => view.entry(&id).await?,
        };
        let name = title(lang, entry.as_ref(), &id);
        titles.insert(id, name);
    }
    Ok(titles)
}

type Titles = HashMap<EntryId, String>;

fn case_shown(lang: Lang, case: &Case, titles: &Titles) -> Shown {
    let p = Words::of(lang);
    let effect = case.effect.map(|effect| {
        let words = match effect {
            Effect::NewlyRight => p.newly_right,
            Effect::NewlyWrong => p.newly_wrong,
            Effect::NewlyRefused => p.newly_refused,
            Effect::NewlyAnswered => p.newly_answered,
            Effect::Otherwise => p.otherwise,
            Effect::Reworded => p.reworded,
        };
        fill(words, &[""]).trim().to_owned()
    });
    let attributes = &case.asker.attributes;
    let asker = [&case.asker.channel, &attributes.plan, &attributes.region];
    Shown {
        question: case.question.clone(),
        asker: asker.into_iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
        expected: match &case.expect {
            Expectation::Entry(entry) | Expectation::Helped(entry) => Some(format!("{} {entry}", p.expected)),
            Expectation::Refusal => Some(p.must_refuse.to_owned()),
            Expectation::Unknown => None,
        },
        effect,
        worse: case.effect.is_some_and(Effect::is_worse),
        before: (case.before != case.after).then(|| told(lang, &case.before, titles)),
        after: told(lang, &case.after, titles),
        was_right: case.expect.is_test() && !case.was_red() && case.is_red(),
    }
}

fn told(lang: Lang, said: &Said, titles: &Titles) -> Told {
    let name = |id: &EntryId| titles.get(id).cloned().unwrap_or_else(|| id.to_string());
    let entry = |id: &EntryId| (format!("/desk/knowledge/{}", part(id.as_str())), name(id));
    Told {
        rung: words::rung(lang, said.rung.name()).unwrap_or_default(),
        entries: said.entries.iter().map(entry).collect(),
        text: said.text.chars().take(300).collect(),
    }
}
