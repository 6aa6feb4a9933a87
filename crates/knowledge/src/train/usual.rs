//! Counts how usual words are in questions of any kind.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use language::{normal, segment};
use serde_json::Value;

use super::sets::{SetError, rows};

/// Questions of different trades, each language with several: what all of them say is usual. Training rows only.
const SOURCES: [&[(&str, &str)]; 2] = [
    &[
        ("pairs/zh_afqmc.jsonl.gz", "a"),
        ("pairs/zh_simclue.jsonl.gz", "a"),
        ("intent/smp2017_zh.jsonl.gz", "text"),
        ("faq/docs_faq_zh.jsonl.gz", "question"),
        ("dialogue/stc3_zh.jsonl.gz", "turns"),
    ],
    &[
        ("intent/banking77.jsonl.gz", "text"),
        ("intent/clinc150.jsonl.gz", "text"),
        ("intent/multidogo_airline.jsonl.gz", "text"),
        ("faq/docs_faq_en.jsonl.gz", "question"),
        ("dialogue/stc3_en.jsonl.gz", "turns"),
    ],
];
/// Rows of each source that are read.
const MOST: usize = 10_000;
/// Below this share a term is as good as unknown.
const LEAST: f32 = 0.0008;

/// The text of `usual.tsv`: for each term its median share over the sources of its language.
pub fn usual(data: &Path) -> Result<String, SetError> {
    let mut lines = Vec::new();
    for sources in SOURCES {
        let mut shares: BTreeMap<String, Vec<f32>> = BTreeMap::new();
        for (file, field) in sources {
            let rows: Vec<Value> = rows(&data.join(file))?;
            let mut texts: Vec<&str> = Vec::new();
            for row in rows.iter().filter(|row| matches!(row["split"].as_str(), None | Some("train"))) {
                match &row[*field] {
                    Value::Array(turns) => texts.extend(
                        turns
                            .iter()
                            .filter(|turn| turn["role"] == "user")
                            .filter_map(|turn| turn["text"].as_str()),
                    ),
                    text => texts.extend(text.as_str()),
                }
            }
            texts.truncate(MOST);
            let mut counts: BTreeMap<String, u32> = BTreeMap::new();
            for term in texts.iter().flat_map(|text| terms(text)) {
                *counts.entry(term).or_default() += 1;
            }
            for (term, count) in counts {
                shares.entry(term).or_default().push(count as f32 / texts.len() as f32);
            }
        }
        for (term, mut shares) in shares {
            shares.resize(sources.len(), 0.0);
            shares.sort_by(f32::total_cmp);
            let median = shares[sources.len() / 2];
            if median >= LEAST {
                lines.push(format!("{term}\t{:.0}\n", median * 10_000.0));
            }
        }
    }
    Ok(lines.concat())
}

fn terms(text: &str) -> BTreeSet<String> {
    let normal = normal::normalise(text);
    let words = segment::terms_of(&normal).into_iter().map(|word| format!("w\t{word}"));
    let spell = |gram: u64| {
        let chars = [gram >> 42, gram >> 21 & 0x1F_FFFF, gram & 0x1F_FFFF];
        let text: String =
            chars.iter().filter_map(|&c| char::from_u32(c as u32).filter(|&c| c != '\0')).collect();
        format!("g\t{}", text.replace(' ', "_"))
    };
    words.chain(segment::grams_of(&normal).into_iter().map(spell)).collect()
}
