//! `frontdesk check`

use std::{fmt::Write, fs, path::PathBuf};

use anyhow::Context;
use reception::{
    Report,
    publish::gate::{Case, Effect, Expectation, Said},
};

use super::Place;
use crate::{desk::Desk, say};

/// Ask the test questions that belong to the knowledge; exit 1 if one is not answered as it must be
///
/// With --draft they are asked of the drafts too, together with what customers asked last, and what would change
/// is shown. Nothing is published.
///
/// Example:  frontdesk check --draft --junit report.xml
#[derive(clap::Args)]
pub(crate) struct Check {
    /// Put the drafts to the test, not the knowledge as it is
    #[arg(long)]
    draft: bool,
    /// Also write the result as a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Some test questions are red: exit status 1, and the reason is told already.
#[derive(Debug, thiserror::Error)]
#[error("{0} test questions are not answered as they must be")]
struct Red(usize);

impl Check {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        desk.plug(&config.models.embedding).await?;
        let checked = desk.check_knowledge(self.draft).await;
        desk.close().await;
        let report = checked?;
        if let Some(file) = &self.junit {
            fs::write(file, junit(&report)).with_context(|| format!("cannot write {}", file.display()))?;
        }
        if self.json {
            let mut told = serde_json::to_value(&report)?;
            told["passes"] = report.passes().into();
            say::line(told)?;
        } else {
            say::line(in_words(&report).trim_end())?;
        }
        if report.passes() { Ok(()) } else { Err(Red(report.red.len()).into()) }
    }
}

/// The result for people: one line a question that is red or answered in another way.
pub(crate) fn in_words(report: &Report) -> String {
    let mut out = format!(
        "{} test questions, {} red; {} questions of customers asked again; {:.1} s\n",
        report.tests,
        report.red.len(),
        report.replayed,
        report.seconds
    );
    for case in &report.red {
        let was = if report.drafts > 0 && !case.was_red() { " (was right)" } else { "" };
        let _ =
            writeln!(out, "red{was}: {} → {}, expected {}", case.question, said(&case.after), wanted(case));
    }
    for case in &report.changes {
        let Some(effect) = case.effect.filter(|effect| *effect != Effect::Reworded) else { continue };
        let _ = writeln!(
            out,
            "{}: {} → {}, was {}",
            effect_name(effect),
            case.question,
            said(&case.after),
            said(&case.before)
        );
    }
    out
}

pub(super) const fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::NewlyRight => "newly right",
        Effect::NewlyWrong => "newly wrong",
        Effect::NewlyRefused => "newly refused",
        Effect::NewlyAnswered => "newly answered",
        Effect::Otherwise => "answered otherwise",
        Effect::Reworded => "in other words",
    }
}

pub(super) fn said(said: &Said) -> String {
    let entries: Vec<&str> = said.entries.iter().map(domain::EntryId::as_str).collect();
    if entries.is_empty() {
        said.rung.name().to_owned()
    } else {
        format!("{} {}", said.rung.name(), entries.join(", "))
    }
}

fn wanted(case: &Case) -> &str {
    match &case.expect {
        Expectation::Entry(entry) | Expectation::Helped(entry) => entry.as_str(),
        Expectation::Refusal | Expectation::Unknown => "no answer",
    }
}

/// The form that build servers read: a test case a question; those that are right are counted only.
fn junit(report: &Report) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"frontdesk check\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.3}\">\n",
        report.tests,
        report.red.len(),
        report.seconds
    );
    for question in &report.right {
        let _ = writeln!(out, "  <testcase classname=\"knowledge\" name=\"{}\"/>", escaped(question));
    }
    for case in &report.red {
        let told = format!("expected {}, got {}", wanted(case), said(&case.after));
        let _ = writeln!(
            out,
            "  <testcase classname=\"knowledge\" name=\"{}\"><failure message=\"{}\">{}</failure></testcase>",
            escaped(&case.question),
            escaped(&told),
            escaped(&case.after.text)
        );
    }
    out + "</testsuite>\n"
}

/// Text inside XML: what would be markup is written out, and what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use domain::{Asker, Rung};

    use super::*;

    #[test]
    fn a_report_is_well_formed_whatever_is_asked() {
        let said = Said { rung: Rung::Refuse, entries: Vec::new(), text: "<b>\u{1}&".to_owned() };
        let expect = Expectation::Entry("a\"b".into());
        let case = Case::new("1 < 2 & \"3\"".to_owned(), Asker::default(), expect, said.clone(), said);
        let report = Report {
            knowledge_version: 1,
            drafts: 0,
            tests: 2,
            replayed: 0,
            red: vec![case],
            right: vec!["<right>".to_owned()],
            changes: Vec::new(),
            seconds: 0.25,
        };
        let xml = junit(&report);
        assert!(xml.contains("tests=\"2\" failures=\"1\""), "{xml}");
        assert!(xml.contains("name=\"1 &lt; 2 &amp; &quot;3&quot;\""), "{xml}");
        assert!(xml.contains("expected a&quot;b, got refuse\">&lt;b&gt;&amp;</failure>"), "{xml}");
        assert!(xml.contains("name=\"&lt;right&gt;\"/>"), "{xml}");
    }
}
