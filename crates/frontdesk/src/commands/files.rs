//! Files of knowledge and questions for measuring and training: which rows count.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::Context;
use domain::{Clock, Entry, EntryId};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::clock::SystemClock;

/// A question and the entries that are right.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Question {
    pub(crate) query: String,
    pub(crate) relevant: Vec<EntryId>,
}

/// Which half of a question file; its rows carry no split, so the text decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Split {
    /// Odd first byte of the text's SHA-256.
    Test,
    /// Even first byte.
    Dev,
    /// Question files have no training rows.
    Train,
    /// All rows.
    #[default]
    All,
}

impl Split {
    pub(crate) fn holds(self, text: &str) -> bool {
        let even = Sha256::digest(text.as_bytes())[0].is_multiple_of(2);
        match self {
            Self::Dev => even,
            Self::Test => !even,
            Self::All => true,
            Self::Train => false,
        }
    }
}

/// Reads questions, `.jsonl` or `.jsonl.gz`.
pub(crate) fn questions(paths: &[PathBuf], split: Split) -> anyhow::Result<Vec<Question>> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(json_lines::<Question>(path, "{\"query\", \"relevant\"}")?);
    }
    all.retain(|question| split.holds(&question.query));
    Ok(all)
}

/// Reads one JSON object a line, `.jsonl` or `.jsonl.gz`; `expected` says in an error what they look like.
pub(crate) fn json_lines<T: DeserializeOwned>(path: &Path, expected: &str) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    for (at, line) in lines(path)?.lines().enumerate() {
        let line = line.with_context(|| format!("{}:{}: not UTF-8", path.display(), at + 1))?;
        if !line.trim().is_empty() {
            let row = serde_json::from_str(&line)
                .with_context(|| format!("{}:{}: expected {expected}", path.display(), at + 1))?;
            all.push(row);
        }
    }
    Ok(all)
}

/// Reads labelled rows with a `split`. Unless told: the test rows where there are any, else those of dev, else all.
pub(crate) fn labelled<T: DeserializeOwned>(
    paths: &[PathBuf],
    split: Option<Split>,
    shape: &str,
) -> anyhow::Result<Vec<T>> {
    let mut rows: Vec<(Option<String>, T)> = Vec::new();
    for path in paths {
        for (at, line) in lines(path)?.lines().enumerate() {
            let line = line.with_context(|| format!("{}:{}: not UTF-8", path.display(), at + 1))?;
            if line.trim().is_empty() {
                continue;
            }
            let expected = || format!("{}:{}: expected {shape}", path.display(), at + 1);
            let row: Value = serde_json::from_str(&line).with_context(expected)?;
            let part = row["split"].as_str().map(ToOwned::to_owned);
            rows.push((part, serde_json::from_value(row).with_context(expected)?));
        }
    }
    let has = |name: &str| rows.iter().any(|(part, _)| part.as_deref() == Some(name));
    let wanted = match split {
        Some(Split::Test) => Some("test"),
        Some(Split::Dev) => Some("dev"),
        Some(Split::Train) => Some("train"),
        Some(Split::All) => None,
        None => ["test", "dev"].into_iter().find(|name| has(name)),
    };
    let counts = |part: &Option<String>| wanted.is_none_or(|wanted| part.as_deref() == Some(wanted));
    Ok(rows.into_iter().filter(|(part, _)| counts(part)).map(|(_, row)| row).collect())
}

fn lines(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> =
        if packed { Box::new(flate2::read::GzDecoder::new(file)) } else { Box::new(file) };
    Ok(Box::new(BufReader::new(reader)))
}

/// Reads knowledge as the import does, but keeps rows without a question: some sets have only answers.
pub(crate) fn knowledge(paths: &[PathBuf]) -> anyhow::Result<Vec<Entry>> {
    let now = SystemClock.now();
    let mut entries = Vec::new();
    for path in paths {
        if path.is_file() && (path.extension().is_some_and(|e| e == "gz" || e == "jsonl")) {
            entries.extend(rows(path)?);
        } else {
            entries.extend(knowledge::import::read(std::slice::from_ref(path), now)?.entries);
        }
    }
    Ok(merged(entries))
}

#[derive(Deserialize)]
struct Row {
    id: EntryId,
    #[serde(default)]
    question: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    phrasings: Vec<String>,
    #[serde(default)]
    category: String,
    lang: Option<domain::Lang>,
}

fn rows(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let rows = json_lines(path, "{\"id\", \"question\", \"answer\"}")?;
    Ok(rows.into_iter().map(entry).collect())
}

fn entry(row: Row) -> Entry {
    let sample = if row.question.is_empty() { &row.answer } else { &row.question };
    let lang = row.lang.unwrap_or_else(|| {
        language::detect::detect(sample).pick(domain::Lang::Zh, domain::Lang::En, domain::Lang::En)
    });
    let text = domain::EntryText { title: row.question, phrasings: row.phrasings, answer: row.answer };
    Entry { category: row.category, ..Entry::new(row.id, domain::Kind::Answer, [(lang, text)]) }
}

/// Two languages of the same entry become one.
fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    let mut by_id = std::collections::BTreeMap::<EntryId, Entry>::new();
    for entry in entries {
        match by_id.entry(entry.id.clone()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(entry);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                place.get_mut().texts.extend(entry.texts);
            }
        }
    }
    by_id.into_values().collect()
}
