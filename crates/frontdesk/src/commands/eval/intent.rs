//! `frontdesk eval intent`

use std::{collections::HashMap, path::PathBuf, time::Instant};

use language::{
    embed,
    intent::{Intents, NOT_OURS},
    measure::{self, Answered},
    train::intent::{Example, Settings, train, train_with},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    model::ModelArg,
    report::{self, Times},
    splits::{self, Scored},
};
use crate::commands::files;

/// Is it understood what a customer wants, and when it is none of ours?
///
/// Trains on the rows that are not scored. Examples:
///   frontdesk eval intent banking77.jsonl.gz --ignore-oos --json
///   frontdesk eval intent --train ours.jsonl --test theirs.jsonl
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct IntentTask {
    /// Rows {"text","intent","split"}; the intent `oos` is none of ours
    #[arg(required_unless_present = "train", conflicts_with_all = ["train", "test"])]
    file: Option<PathBuf>,
    /// Rows to learn from, all of them
    #[arg(long, requires = "test")]
    train: Option<PathBuf>,
    /// Rows to score
    #[arg(long, requires = "train")]
    test: Option<PathBuf>,
    /// Which rows are scored: test where there are any, else dev, else all
    #[arg(long, value_enum)]
    split: Option<Scored>,
    /// Leave `oos` rows out of training and of every accuracy; take the best intent without a threshold
    #[arg(long)]
    ignore_oos: bool,
    /// Learn from the first so many rows of each intent
    #[arg(long)]
    shots: Option<usize>,
    #[command(flatten)]
    model: ModelArg,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    intent: String,
    #[serde(default)]
    split: String,
}

impl IntentTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let (taught, asked) = self.rows()?;
        let examples = self.examples(taught);
        let begun = Instant::now();
        let intents = self.learn(&examples)?;
        let train_seconds = begun.elapsed().as_secs_f64();
        let (times, said) = self.ask(&intents, &asked);
        let mut own = figures(&said, self.ignore_oos);
        if let Some(own) = own.as_object_mut() {
            own.insert("train_rows".to_owned(), examples.len().into());
            own.insert("test_rows".to_owned(), asked.len().into());
            own.insert("classes".to_owned(), intents.names().count().into());
            own.insert("threshold".to_owned(), intents.threshold().into());
            own.insert("train_seconds".to_owned(), train_seconds.into());
        }
        report::print(&report::report("intent", asked.len(), &times, own), self.json)
    }

    fn learn(&self, examples: &[Example]) -> anyhow::Result<Intents> {
        let (base, settings) = (embed::shipped(), Settings::default());
        match self.model.load()? {
            Some(model) => Ok(train_with(&base, model, examples, &settings)?),
            None => Ok(train(&base, examples, &settings)),
        }
    }

    fn rows(&self) -> anyhow::Result<(Vec<Row>, Vec<Row>)> {
        let read = |path: &PathBuf| files::json_lines::<Row>(path, "{\"text\", \"intent\"}");
        match (&self.file, &self.train, &self.test) {
            (Some(file), ..) => splits::part(read(file)?, |row| &row.split, self.split),
            (_, Some(train), Some(test)) => {
                let mut asked = read(test)?;
                asked.retain(|row| self.split.is_none_or(|split| split.holds(&row.split)));
                Ok((read(train)?, asked))
            }
            _ => unreachable!("clap asks for a file, or for both --train and --test"),
        }
    }

    fn examples(&self, rows: Vec<Row>) -> Vec<Example> {
        let mut seen = HashMap::<String, usize>::new();
        let wanted = rows.into_iter().filter(|row| {
            let count = seen.entry(row.intent.clone()).or_default();
            *count += 1;
            self.shots.is_none_or(|shots| *count <= shots) && !(self.ignore_oos && row.intent == NOT_OURS)
        });
        wanted.map(|row| Example { text: row.text, intent: row.intent }).collect()
    }

    fn ask<'a>(&self, intents: &'a Intents, asked: &'a [Row]) -> (Times, Vec<Answered<'a>>) {
        let mut times = Times::default();
        let said = asked.iter().map(|row| {
            let guess = times.of(|| intents.guess(&row.text));
            let believed = guess.filter(|guess| self.ignore_oos || guess.is_ours);
            Answered {
                gold: &row.intent,
                said: believed.map_or(NOT_OURS, |guess| guess.intent),
                confidence: guess.map_or(0.0, |guess| guess.confidence),
            }
        });
        let said = said.collect();
        (times, said)
    }
}

fn figures(said: &[Answered<'_>], ignore_oos: bool) -> Value {
    let (strange, ours): (Vec<_>, Vec<_>) = said.iter().cloned().partition(|a| a.gold == NOT_OURS);
    let sure = |rows: &[Answered<'_>]| rows.iter().map(|row| row.confidence).collect::<Vec<f32>>();
    let counted = if ignore_oos { &ours[..] } else { said };
    let [oos_precision, oos_recall, _] =
        if ignore_oos { [None; 3] } else { measure::per_label(said, NOT_OURS) };
    json!({
        "accuracy": measure::accuracy(counted),
        "in_scope_accuracy": measure::accuracy(&ours),
        "oos_recall": oos_recall,
        "oos_precision": oos_precision,
        "macro_f1": measure::macro_f1(counted),
        "mcc": measure::mcc(counted),
        "auroc": measure::auroc(&sure(&ours), &sure(&strange)),
        "expected_calibration_error": calibration(said, ignore_oos),
    })
}

/// Of the answers that were given: how far their confidence is from the share that is right.
fn calibration(said: &[Answered<'_>], ignore_oos: bool) -> Option<f64> {
    let given: Vec<Answered<'_>> = said
        .iter()
        .filter(|answer| answer.said != NOT_OURS && !(ignore_oos && answer.gold == NOT_OURS))
        .cloned()
        .collect();
    measure::expected_calibration_error(&given)
}
