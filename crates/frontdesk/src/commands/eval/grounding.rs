//! `frontdesk eval grounding`: are sentences stopped that their source does not say, and no others?

use std::{collections::BTreeMap, path::PathBuf};

use assistant::check::{Cited, Grounds, check_all, warm};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    report::{self, Times},
    splits::{self, Scored},
};
use crate::commands::files;

/// Is what a model wrote held against its source?
///
/// Example:  frontdesk eval grounding --test grounding.jsonl --json
#[derive(clap::Args)]
pub(super) struct GroundingTask {
    /// Rows {"sentence","source","label"}: 1 for a sentence that the source says, 0 for one that it does not
    #[arg(long)]
    test: PathBuf,
    /// Which rows are scored: test where there are any, else dev, else all
    #[arg(long, value_enum)]
    split: Option<Scored>,
    /// Print the rows that went wrong, on stderr
    #[arg(long)]
    show: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
struct Row {
    sentence: String,
    source: String,
    label: u8,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    split: String,
}

/// How many of a kind there are, and how many of them went wrong.
#[derive(Default)]
struct Kind {
    rows: u32,
    wrong: u32,
}

#[derive(Default)]
struct Counts {
    kept: u32,
    cut: u32,
    passed: u32,
    stopped: u32,
    kinds: BTreeMap<String, Kind>,
}

impl GroundingTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let rows = files::json_lines::<Row>(&self.test, "{\"sentence\", \"source\", \"label\"}")?;
        let asked = splits::scored(rows, |row| &row.split, self.split);
        let (mut times, mut counts) = (Times::default(), Counts::default());
        warm();
        for row in &asked {
            let grounds = Grounds::new([Cited { text: &row.source, ..Cited::default() }]);
            let (_, cut) = times.of(|| check_all(&row.sentence, &grounds));
            counts.add(row, cut.is_empty());
            if self.show && cut.is_empty() != (row.label == 1) {
                let why: Vec<&str> = cut.iter().map(|cut| cut.reason.code()).collect();
                eprintln!(
                    "{} {} {} {why:?} {:?} of {:?}",
                    row.label, row.lang, row.kind, row.sentence, row.source
                );
            }
        }
        report::print(&report::report("grounding", asked.len(), &times, counts.figures()), self.json)
    }
}

impl Counts {
    fn add(&mut self, row: &Row, said: bool) {
        match (row.label == 1, said) {
            (true, true) => self.kept += 1,
            (true, false) => self.cut += 1,
            (false, true) => self.passed += 1,
            (false, false) => self.stopped += 1,
        }
        if !row.kind.is_empty() {
            let kind = self
                .kinds
                .entry(format!("{} {} {}", row.lang, row.label, row.kind).trim().to_owned())
                .or_default();
            kind.rows += 1;
            kind.wrong += u32::from(said != (row.label == 1));
        }
    }

    fn figures(&self) -> Value {
        let rate = |part: u32, rest: u32| (part + rest > 0).then(|| f64::from(part) / f64::from(part + rest));
        let kinds: Map<String, Value> = self
            .kinds
            .iter()
            .map(|(name, kind)| (name.clone(), json!({ "rows": kind.rows, "wrong": kind.wrong })))
            .collect();
        let mut figures = json!({
            "precision": rate(self.kept, self.passed),
            "recall": rate(self.kept, self.cut),
            "f1": rate(2 * self.kept, self.passed + self.cut),
            "falsehoods_stopped": rate(self.stopped, self.passed),
            "truths_cut": rate(self.cut, self.kept),
        });
        if !kinds.is_empty() {
            figures["kinds"] = Value::Object(kinds);
        }
        figures
    }
}
