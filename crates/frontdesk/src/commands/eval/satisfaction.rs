//! `frontdesk eval satisfaction`

use std::path::PathBuf;

use language::{
    measure::{self, Answered},
    satisfaction::{self, LABELS, Satisfaction},
    train::satisfaction::{Judged, train},
};
use serde_json::json;

use super::{
    report::{self, Times},
    splits::{self, Scored},
};
use crate::commands::{dialogues::Dialogue, files};

/// Is it foreseen how satisfied customers are with a conversation?
///
/// Example:  frontdesk eval satisfaction --test dialogues.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct SatisfactionTask {
    /// Rows {"turns":[{"role","text"}],"satisfaction":{"mean","label"}} or with "overall" votes from 1 to 5
    #[arg(long)]
    test: PathBuf,
    /// Learn from this file's rows, instead of the built-in model
    #[arg(long)]
    train: Option<PathBuf>,
    /// Which rows are scored: test where there are any, else dev, else all
    #[arg(long, value_enum)]
    split: Option<Scored>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl SatisfactionTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let read = |path: &PathBuf| files::json_lines::<Dialogue>(path, "{\"turns\", \"satisfaction\"}");
        let mut asked = splits::scored(read(&self.test)?, |row| &row.split, self.split);
        asked.retain(|row| row.label().is_some());
        let judge = match &self.train {
            Some(path) => {
                let rows = splits::taught(read(path)?, |row| &row.split, Dialogue::id, &asked);
                Some(train(&rows.iter().filter_map(|row| row.judged(1.0)).collect::<Vec<Judged<'_>>>()))
            }
            None => None,
        };
        satisfaction::warm();
        let mut times = Times::default();
        let said: Vec<Satisfaction> = asked
            .iter()
            .map(|row| {
                let turns = row.turns();
                times.of(|| match &judge {
                    Some(judge) => judge.judge(&turns),
                    None => satisfaction::satisfaction(&turns),
                })
            })
            .collect();
        let answers: Vec<Answered<'_>> = asked
            .iter()
            .zip(&said)
            .map(|(row, said)| Answered {
                gold: LABELS[row.label().unwrap_or(1)],
                said: said.label().0,
                confidence: said.label().1,
            })
            .collect();
        let (means, foreseen): (Vec<f64>, Vec<f64>) = asked
            .iter()
            .zip(&said)
            .filter_map(|(row, said)| Some((row.mean()?, f64::from(said.balance()))))
            .unzip();
        let own = json!({
            "accuracy": measure::accuracy(&answers),
            "macro_f1": measure::macro_f1(&answers),
            "spearman": measure::spearman(&means, &foreseen),
            "expected_calibration_error": measure::expected_calibration_error(&answers),
        });
        report::print(&report::report("satisfaction", asked.len(), &times, own), self.json)
    }
}
