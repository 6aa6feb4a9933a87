//! `frontdesk eval sentiment`

use std::path::PathBuf;

use language::{
    measure::{self, Answered},
    mood::{self, Mood},
    train::fresh::fresh,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    report::{self, Times},
    splits::{self, Scored},
};
use crate::commands::files;

/// Is it read how people feel?
///
/// Example:  frontdesk eval sentiment --test reviews.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct SentimentTask {
    /// Rows {"text","label","split"}: positive, neutral, negative; others are skipped
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

#[derive(Deserialize)]
struct Row {
    text: String,
    label: String,
    #[serde(default)]
    split: String,
}

const LABELS: [&str; 3] = ["positive", "neutral", "negative"];

impl SentimentTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let read = |path: &PathBuf| files::json_lines::<Row>(path, "{\"text\", \"label\"}");
        let mut asked = splits::scored(read(&self.test)?, |row| &row.split, self.split);
        let all = asked.len();
        asked.retain(|row| LABELS.contains(&row.label.as_str()));
        let skipped = all - asked.len();
        let taught = match &self.train {
            Some(train) => splits::taught(read(train)?, |row| &row.split, |row| &row.text, &asked),
            None => Vec::new(),
        };
        let (times, said) = if self.train.is_some() { learnt(&taught, &asked) } else { built_in(&asked) };
        let mut own = figures(&asked, &said);
        if let Some(own) = own.as_object_mut() {
            own.insert("skipped".to_owned(), skipped.into());
        }
        report::print(&report::report("sentiment", asked.len(), &times, own), self.json)
    }
}

/// A model of these rows alone.
fn learnt(taught: &[Row], asked: &[Row]) -> (Times, Vec<String>) {
    let known = taught.iter().filter(|row| LABELS.contains(&row.label.as_str()));
    let rows: Vec<(&str, &str)> = known.map(|row| (row.text.as_str(), row.label.as_str())).collect();
    let model = fresh(&rows);
    let mut times = Times::default();
    let label =
        |row: &Row| times.of(|| model.label(&row.text).map_or_else(String::new, |said| said.0.to_owned()));
    let said = asked.iter().map(label).collect();
    (times, said)
}

/// The likeliest of the labels that this file tells apart: reviews without a neutral one leave two.
fn built_in(asked: &[Row]) -> (Times, Vec<String>) {
    let occurring: Vec<&str> =
        LABELS.into_iter().filter(|label| asked.iter().any(|row| row.label == *label)).collect();
    mood::warm();
    let mut times = Times::default();
    let said = asked.iter().map(|row| times.of(|| likeliest(&row.text, &occurring).to_owned())).collect();
    (times, said)
}

fn likeliest<'a>(text: &str, labels: &[&'a str]) -> &'a str {
    let shares = mood::feeling(text).shares;
    let share = |label: &str| -> f32 {
        let of = |mood: &Mood| mood.name() == label || (label == "negative" && *mood == Mood::Angry);
        Mood::ALL.iter().zip(shares).filter(|(mood, _)| of(mood)).map(|(_, share)| share).sum()
    };
    labels.iter().copied().max_by(|a, b| share(a).total_cmp(&share(b))).unwrap_or("neutral")
}

fn figures(asked: &[Row], said: &[String]) -> Value {
    let answers: Vec<Answered<'_>> = asked
        .iter()
        .zip(said)
        .map(|(row, said)| Answered { gold: &row.label, said, confidence: 0.0 })
        .collect();
    let of = |label: &str| {
        let [precision, recall, f1] = measure::per_label(&answers, label);
        json!({ "precision": precision, "recall": recall, "f1": f1 })
    };
    let occurring = LABELS.iter().filter(|label| asked.iter().any(|row| row.label == **label));
    let per_label: Map<String, Value> = occurring.map(|label| ((*label).to_owned(), of(label))).collect();
    json!({
        "accuracy": measure::accuracy(&answers),
        "macro_f1": measure::macro_f1(&answers),
        "per_label": per_label,
    })
}
