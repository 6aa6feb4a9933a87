//! `frontdesk eval pii`

use std::path::PathBuf;

use language::facts::{
    facts,
    measure::{Labelled, Tally},
};
use serde::Deserialize;

use super::report::{self, Times};
use crate::commands::files::{self, Split};

/// Is personal data masked, and nothing else?
///
/// Example:  frontdesk eval pii --test customers.jsonl --json
#[derive(clap::Args)]
pub(super) struct PiiTask {
    /// Texts: {"text","mask":[{"type","value","start","end"}],"keep":[…]} or {"text","entities":[{"type","start","end"}]}
    #[arg(long, required = true, num_args = 1..)]
    test: Vec<PathBuf>,
    /// Which rows; by default test where there are any, else dev, else all
    #[arg(long, value_enum)]
    split: Option<Split>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// A line of the file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Marked {
        text: String,
        mask: Vec<Span>,
        #[serde(default)]
        keep: Vec<Span>,
    },
    Entities {
        text: String,
        entities: Vec<Span>,
    },
}

/// Characters of the text.
#[derive(Deserialize)]
struct Span {
    #[serde(rename = "type")]
    name: String,
    start: usize,
    end: usize,
}

/// Of entity files these must be masked; names of people are reported apart, the others count nowhere.
const COUNTED: [&str; 8] = [
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "US_SSN",
    "US_DRIVER_LICENSE",
    "IP_ADDRESS",
    "STREET_ADDRESS",
];

const SHAPE: &str = "{\"text\", \"mask\", \"keep\"} or {\"text\", \"entities\"}";

impl PiiTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let rows: Vec<Row> = files::labelled(&self.test, self.split, SHAPE)?;
        let (mut times, mut tally) = (Times::default(), Tally::default());
        for row in rows.iter().map(labelled) {
            // What is masked does not depend on the day.
            let found = times.of(|| facts(&row.text, jiff::civil::date(2000, 1, 1), None));
            let masked: Vec<_> = found
                .into_iter()
                .filter(|fact| fact.kind.tag().is_some())
                .map(|fact| (fact.kind, fact.span))
                .collect();
            tally.add(&row, &masked);
        }
        let own = serde_json::to_value(tally.measured())?;
        report::print(&report::report("pii", rows.len(), &times, own), self.json)
    }
}

fn labelled(row: &Row) -> Labelled {
    let named = |span: &Span| (span.name.clone(), span.start..span.end);
    match row {
        Row::Marked { text, mask, keep } => Labelled {
            text: text.clone(),
            mask: mask.iter().map(named).collect(),
            keep: keep.iter().map(named).collect(),
            ..Labelled::default()
        },
        Row::Entities { text, entities } => {
            let (persons, others): (Vec<_>, Vec<_>) = entities.iter().partition(|span| span.name == "PERSON");
            let (counted, ignored): (Vec<&Span>, Vec<&Span>) =
                others.into_iter().partition(|span| COUNTED.contains(&span.name.as_str()));
            Labelled {
                text: text.clone(),
                mask: counted.into_iter().map(named).collect(),
                ignore: ignored.into_iter().map(|span| span.start..span.end).collect(),
                persons: Some(persons.into_iter().map(|span| span.start..span.end).collect()),
                ..Labelled::default()
            }
        }
    }
}
