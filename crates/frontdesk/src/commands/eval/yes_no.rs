//! `frontdesk eval handoff` and `frontdesk eval injection`: a yes or no about each text.

use std::path::PathBuf;

use language::attack::{self, suspicion};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    report::{self, Times},
    splits::{self, Scored},
};
use crate::commands::files;

/// Rows {"text","label","split"}, 1 for yes.
#[derive(clap::Args)]
struct Rows {
    /// Rows {"text","label"}: 1 for yes, 0 for no
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

/// Is it noticed who asks for a person?
///
/// Example:  frontdesk eval handoff --test requests.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct HandoffTask {
    #[command(flatten)]
    rows: Rows,
}

/// Are attempts to instruct the assistant marked, and ordinary customers not?
///
/// Example:  frontdesk eval injection --test attacks.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct InjectionTask {
    #[command(flatten)]
    rows: Rows,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    label: u8,
    #[serde(default)]
    split: String,
}

/// How often yes was said rightly and wrongly, and no.
#[derive(Default)]
struct Counts {
    hit: u32,
    missed: u32,
    alarm: u32,
    calm: u32,
}

impl HandoffTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let products = assistant::Products::default();
        self.rows.measure(
            "handoff",
            |text| {
                assistant::read(text, domain::Lang::Zh, domain::Timestamp::UNIX_EPOCH, &products).wants_person
            },
            |counts| {
                json!({
                    "precision": rate(counts.hit, counts.alarm),
                    "recall": rate(counts.hit, counts.missed),
                    "f1": rate(2 * counts.hit, counts.alarm + counts.missed),
                })
            },
        )
    }
}

impl InjectionTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        attack::warm();
        self.rows.measure(
            "injection",
            |text| suspicion(text).is_attack,
            |counts| {
                json!({
                    "recall": rate(counts.hit, counts.missed),
                    "false_positive_rate": rate(counts.alarm, counts.calm),
                })
            },
        )
    }
}

impl Rows {
    fn measure(
        self,
        task: &str,
        says: impl Fn(&str) -> bool,
        figures: impl Fn(&Counts) -> Value,
    ) -> anyhow::Result<()> {
        let rows = files::json_lines::<Row>(&self.test, "{\"text\", \"label\"}")?;
        let asked = splits::scored(rows, |row| &row.split, self.split);
        let (mut times, mut counts) = (Times::default(), Counts::default());
        says("hello 你好");
        for row in &asked {
            let said = times.of(|| says(&row.text));
            let count = match (row.label == 1, said) {
                (true, true) => &mut counts.hit,
                (true, false) => &mut counts.missed,
                (false, true) => &mut counts.alarm,
                (false, false) => &mut counts.calm,
            };
            *count += 1;
            if self.show && said != (row.label == 1) {
                eprintln!("{} {:?}", if said { "alarm " } else { "missed" }, row.text);
            }
        }
        report::print(&report::report(task, asked.len(), &times, figures(&counts)), self.json)
    }
}

fn rate(part: u32, rest: u32) -> Option<f64> {
    let all = part + rest;
    (all > 0).then(|| f64::from(part) / f64::from(all))
}
