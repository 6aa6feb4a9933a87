//! Reads the sets that teach feelings, satisfaction, attacks and wishes for a person.

use std::{cell::RefCell, path::Path};

use language::train::{
    attack, handoff, mood,
    satisfaction::{self, Judged},
    sets::{Sample, Sets},
};
use serde_json::Value;

use crate::commands::{dialogues::Dialogue, files};

/// Judged conversations; their votes are under CC BY 4.0, so there is nothing to leave out.
const DIALOGUES: [&str; 2] = ["stc3_zh", "stc3_en"];

/// `mood.bin`.
pub(super) fn mood(data: &Path, permissive: bool) -> anyhow::Result<Vec<u8>> {
    with_sets(data, permissive, mood::train)
}

/// `attack.bin`.
pub(super) fn attack(data: &Path, permissive: bool) -> anyhow::Result<Vec<u8>> {
    with_sets(data, permissive, attack::train)
}

/// `handoff.bin`.
pub(super) fn handoff(data: &Path, permissive: bool) -> anyhow::Result<Vec<u8>> {
    with_sets(data, permissive, handoff::train)
}

/// `satisfaction.bin`.
pub(super) fn satisfaction(data: &Path) -> anyhow::Result<Vec<u8>> {
    let mut rows = Vec::new();
    for set in DIALOGUES {
        let path = data.join(format!("dialogue/{set}.jsonl.gz"));
        rows.extend(files::json_lines::<Dialogue>(&path, "{\"turns\", \"satisfaction\"}")?);
    }
    rows.retain(|row| row.split == "train");
    let judged: Vec<Judged<'_>> = rows.iter().filter_map(|row| row.judged(1.0)).collect();
    Ok(satisfaction::train(&judged).to_bytes())
}

/// Trains on sets below a folder; the first that cannot be read is the error.
fn with_sets(data: &Path, permissive: bool, train: impl Fn(&Sets<'_>) -> Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let failed = RefCell::new(None);
    let read = |set: &str| {
        let rows = files::json_lines::<Value>(&data.join(set), "JSON objects");
        match rows {
            Ok(rows) => rows.iter().flat_map(samples).collect(),
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                Vec::new()
            }
        }
    };
    let model = train(&Sets { read: &read, permissive });
    match failed.take() {
        Some(error) => Err(error),
        None => Ok(model),
    }
}

/// A row as samples: one, or of a conversation each thing that the customer said.
fn samples(row: &Value) -> Vec<Sample> {
    let split = word(&row["split"]);
    if let Some(turns) = row["turns"].as_array() {
        let said = turns.iter().filter(|turn| turn["role"] == "user");
        return said
            .map(|turn| Sample { text: word(&turn["text"]), split: split.clone(), ..Sample::default() })
            .collect();
    }
    let text =
        ["text", "question", "a"].into_iter().find_map(|field| row[field].as_str()).unwrap_or_default();
    vec![Sample { text: text.to_owned(), other: word(&row["b"]), label: word(&row["label"]), split }]
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
