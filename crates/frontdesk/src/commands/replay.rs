//! `frontdesk replay` and `frontdesk shadow`

use std::{fmt::Write, fs, path::PathBuf};

use anyhow::Context;
use domain::Clock;
use reception::{
    Otherwise, Replayed, Shadow,
    replay::{Made, ShadowCase, Tally},
};

use super::{Place, check::effect_name};
use crate::{desk::Desk, say};

/// What shall be otherwise.
#[derive(clap::Args)]
struct Changes {
    /// `draft`: the knowledge as it is with all drafts
    #[arg(long, value_name = "STATE", value_parser = ["draft"])]
    kb: Option<String>,
    /// Other lines between the rungs: a `policy.json` as `train policy` writes it
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Of the models under [[models.chat]], the one of this name alone; it is asked anew
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
}

impl Changes {
    fn read(&self) -> anyhow::Result<Otherwise> {
        let policy = self.policy.as_ref().map(|file| {
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} is no policy", file.display()))
        });
        Ok(Otherwise { drafts: self.kb.is_some(), policy: policy.transpose()?, model: self.model.clone() })
    }
}

/// Make an answer again: the same bytes from the same inputs, or what would change; exit 1 if it is not the same
///
/// The knowledge is taken as it was then, from its history. Nothing is kept and nobody is told. Models are not asked
/// again unless --model names one, and other systems are never called.
///
/// Example:  frontdesk replay ans_01jx --kb draft
#[derive(clap::Args)]
pub(crate) struct Replay {
    /// The answer, as the desk and `ask --json` (`trace_id`) name it
    id: String,
    #[command(flatten)]
    changes: Changes,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// It is another answer: exit status 1, and how is told already.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not the same")]
struct Other;

impl Replay {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let otherwise = self.changes.read()?;
        let desk = opened(&self.place).await?;
        let replayed = desk.replay(&self.id, &otherwise).await;
        desk.close().await;
        let replayed = replayed?;
        if self.json {
            say::line(serde_json::to_value(&replayed)?)?;
        } else {
            say::line(in_words(&replayed).trim_end())?;
        }
        if replayed.same { Ok(()) } else { Err(Other.into()) }
    }
}

async fn opened(place: &Place) -> anyhow::Result<Desk> {
    let config = place.load()?;
    let desk = Desk::open(&config).await?;
    desk.plug(&config.models.embedding).await?;
    desk.employ(&config.models)?;
    Ok(desk)
}

fn in_words(replayed: &Replayed) -> String {
    let mut out = String::new();
    let question = &replayed.was.trace.question;
    let _ = writeln!(out, "{question}");
    let _ = writeln!(out, "was: {}", made(&replayed.was));
    let _ = writeln!(out, "now: {}", if replayed.same { "the same".to_owned() } else { made(&replayed.now) });
    for note in &replayed.notes {
        let _ = writeln!(out, "note: {}", noted(note));
    }
    out
}

fn made(made: &Made) -> String {
    let entries: Vec<&str> = made.trace.used.iter().map(domain::EntryId::as_str).collect();
    let text = made.content.as_ref().map_or("(a person's to send)", |content| content.text.as_str());
    format!("{} {} ({:.2}): {text}", made.trace.rung.name(), entries.join(", "), made.trace.confidence)
}

fn noted(code: &str) -> &str {
    match code {
        "profile" => "what was known of the customer then was not kept; it is taken as it is today",
        "catalogue" => "the catalogue is taken as it is today",
        "orders" => "what goes together is learnt from the orders as they are today",
        "action" => "other systems are not called again",
        "duty" => "by the duty table, these words were a person's to send",
        "lessons" => "what customers taught is taken as it is today",
        "rerank" => "what the reranker said then counts; it is not asked again",
        other => other,
    }
}

/// Answer what customers really asked once more, by another model, policy or knowledge, beside what was said
///
/// Shows same, better, worse, newly refused, costs and times, with examples; nothing is kept and nobody is told.
///
/// Example:  frontdesk shadow --hours 24 --policy policy.json
#[derive(clap::Args)]
pub(crate) struct Compare {
    /// Only what was asked in the last hours
    #[arg(long, value_name = "N")]
    hours: Option<u32>,
    /// At most so many questions, the latest
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    last: u32,
    #[command(flatten)]
    changes: Changes,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Compare {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let otherwise = self.changes.read()?;
        let since = self
            .hours
            .map(|hours| crate::clock::SystemClock.now() - jiff::SignedDuration::from_hours(hours.into()));
        let desk = opened(&self.place).await?;
        let shadow = desk.shadow(since, self.last, &otherwise).await;
        desk.close().await;
        let shadow = shadow?;
        if self.json {
            say::line(serde_json::to_value(&shadow)?)?;
        } else {
            say::line(table(&shadow).trim_end())?;
        }
        Ok(())
    }
}

fn table(shadow: &Shadow) -> String {
    let rows = [
        ("questions", shadow.questions),
        ("same", shadow.same),
        ("better", shadow.better),
        ("worse", shadow.worse),
        ("newly refused", shadow.newly_refused),
        ("newly answered", shadow.newly_answered),
        ("another entry", shadow.otherwise),
        ("in other words", shadow.reworded),
        ("left out", shadow.left_out),
    ];
    let mut out = String::new();
    for (name, count) in rows {
        let _ = writeln!(out, "{name:<16}{count:>8}");
    }
    for (name, tally) in [("before", &shadow.before), ("after", &shadow.after)] {
        let _ = writeln!(out, "{name:<16}{}", tallied(tally));
    }
    for one in &shadow.cases {
        let _ = writeln!(out, "{}", example(one));
    }
    out
}

fn tallied(tally: &Tally) -> String {
    let ms = |us: u64| us as f64 / 1_000.0;
    format!(
        "p50 {:.1} ms, p99 {:.1} ms, {} tokens, {:.4} spent",
        ms(tally.p50_us),
        ms(tally.p99_us),
        tally.tokens,
        tally.cost_micros as f64 / 1_000_000.0
    )
}

fn example(one: &ShadowCase) -> String {
    let effect = one.case.effect.map_or("the same", effect_name);
    let case = &one.case;
    format!(
        "{effect}: {} → {}, was {} ({})",
        case.question,
        super::check::said(&case.after),
        super::check::said(&case.before),
        one.answer
    )
}
