//! Texts and judged pairs that teach whether a source says a sentence, from the developers' data.

use std::path::Path;

use language::{
    entail::{asks, says_nothing, sentences},
    train::{
        entail::{Document, Judged, group_of},
        sets::is_permissive,
    },
};
use serde::Deserialize;

use super::sets::{SetError, rows};

/// Sets of questions with answers, how many of each, and whether they are Chinese.
const FAQS: &[(&str, usize, bool)] = &[
    ("docs_faq_zh", 900, true),
    ("docs_faq_en", 900, false),
    ("dstc9_travel_en", 1_400, false),
    ("medquad_en", 500, false),
    ("baoxian_zhidao_zh", 1_800, true),
    ("air_purifier_zh", 100, true),
];
const DOCUMENTS: &[(&str, usize, bool)] =
    &[("help_zh", 900, true), ("help_en", 700, false), ("dify_zh", 300, true), ("dify_en", 300, false)];
/// So many sentences of each language that are translations of each other.
const TRANSLATED: usize = 1_200;

#[derive(Deserialize)]
struct FaqRow {
    question: String,
    answer: String,
    #[serde(default = "yes")]
    best: serde_json::Value,
}

fn yes() -> serde_json::Value {
    true.into()
}

#[derive(Deserialize)]
struct SectionRow {
    #[serde(default)]
    title: String,
    #[serde(default)]
    heading: String,
    text: String,
}

#[derive(Deserialize)]
struct PairRow {
    a: String,
    b: String,
    #[serde(default)]
    label: serde_json::Value,
    #[serde(default)]
    score: Option<f32>,
    #[serde(default)]
    split: String,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct RepliedRow {
    #[serde(default)]
    entity: String,
    question: String,
    answer: String,
    response: String,
}

/// What teaches: documents, and pairs that people judged.
#[derive(Default)]
pub struct Grounded {
    /// Texts whose sentences are true of them.
    pub documents: Vec<Document>,
    /// Sentences that people wrote or judged.
    pub judged: Vec<Judged>,
}

/// Reads what teaches from a folder; only what is under a stated permissive licence, if asked.
pub fn grounded(data: &Path, permissive: bool) -> Result<Grounded, SetError> {
    let may = |set: &str| !permissive || is_permissive(set) || set.starts_with("docs/dify");
    let mut found = Grounded::default();
    for &(name, most, chinese) in FAQS.iter().filter(|(name, ..)| may(&format!("faq/{name}"))) {
        let faq: Vec<FaqRow> = rows(&data.join(format!("faq/{name}.jsonl.gz")))?;
        let best = faq
            .into_iter()
            .filter(|row| row.best != serde_json::json!(false) && row.best != serde_json::json!(0));
        let documents = best.map(|row| Document { heading: row.question, text: row.answer, chinese });
        found.documents.extend(some(documents.collect(), most, |document| &document.text));
    }
    for &(name, most, chinese) in DOCUMENTS {
        let sections: Vec<SectionRow> = rows(&data.join(format!("docs/{name}.jsonl.gz")))?;
        let documents = sections.into_iter().map(|row| {
            let heading = if row.heading.is_empty() { row.title } else { row.heading };
            Document { heading, text: row.text, chinese }
        });
        found.documents.extend(some(documents.collect(), most, |document| &document.text));
    }
    if may("grounded/dstc9_val_en") {
        replied(&rows(&data.join("grounded/dstc9_val_en.jsonl.gz"))?, &mut found.judged);
    }
    if !permissive {
        inferred(rows(&data.join("pairs/zh_nli.jsonl.gz"))?, &mut found.judged);
        matched(rows(&data.join("pairs/zh_pawsx.jsonl.gz"))?, &mut found.judged);
        rated(rows(&data.join("pairs/zh_stsb.jsonl.gz"))?, &mut found.judged);
    }
    translated(rows(&data.join("pairs/zh_en_docs_parallel.jsonl.gz"))?, &mut found.judged);
    same(data, &mut found.judged)?;
    Ok(found)
}

/// About so many, the same each time.
fn some<T>(mut all: Vec<T>, most: usize, text: impl Fn(&T) -> &str) -> Vec<T> {
    let one_in = (all.len() / most.max(1)).max(1) as u64;
    all.retain(|row| group_of(text(row)).is_multiple_of(one_in));
    all
}

/// What agents replied from an entry: each sentence that states something.
fn replied(rows: &[RepliedRow], judged: &mut Vec<Judged>) {
    for row in rows {
        let whole = format!("{}\n{}", row.question, row.answer);
        let named = row.response.to_lowercase().contains(&row.entity.to_lowercase());
        let alone = group_of(&row.response).is_multiple_of(3)
            && (!named || row.answer.to_lowercase().contains(&row.entity.to_lowercase()));
        for sentence in sentences(&row.response).into_iter().map(str::trim) {
            if asks(sentence) || says_nothing(sentence) || sentence.split(' ').count() < 3 {
                continue;
            }
            judged.push(Judged {
                sentence: sentence.to_owned(),
                source: if alone { row.answer.clone() } else { whole.clone() },
                is: true,
                kind: "human".to_owned(),
                group: group_of(&row.answer),
                weight: 3.0,
                chinese: false,
            });
        }
    }
}

fn inferred(rows: Vec<PairRow>, judged: &mut Vec<Judged>) {
    let told = rows
        .into_iter()
        .filter(|row| row.split == "dev" && !row.a.is_empty() && group_of(&row.a).is_multiple_of(3))
        .map(|row| Judged {
            is: row.label == "entailment",
            group: group_of(&row.a),
            sentence: row.b,
            source: row.a,
            kind: "nli".to_owned(),
            weight: 0.5,
            chinese: true,
        });
    judged.extend(told);
}

/// Sentences of the same words that mean the same or do not.
fn matched(rows: Vec<PairRow>, judged: &mut Vec<Judged>) {
    judged.extend(rows.into_iter().filter(|row| row.split == "dev").map(|row| {
        let is = row.label == 1;
        pair(row, is, 0.5)
    }));
}

/// Sentences of which people said how close they are, from 0 to 5.
fn rated(rows: Vec<PairRow>, judged: &mut Vec<Judged>) {
    let clear = rows.into_iter().filter(|row| row.split == "train").filter_map(|row| {
        let score = row.score?;
        (score >= 4.4 || score <= 1.5).then(|| pair(row, score >= 4.4, 0.6))
    });
    judged.extend(clear);
}

fn pair(row: PairRow, is: bool, weight: f32) -> Judged {
    let group = group_of(&row.a);
    Judged { sentence: row.b, source: row.a, is, kind: "nli".to_owned(), group, weight, chinese: true }
}

fn translated(rows: Vec<PairRow>, judged: &mut Vec<Judged>) {
    let told: Vec<PairRow> =
        rows.into_iter().filter(|row| row.kind == "sentence" && row.b.len() > 40).collect();
    for (at, row) in some(told, 2 * TRANSLATED, |row| &row.a).into_iter().enumerate() {
        let group = group_of(&row.a);
        let chinese = at % 2 == 0;
        let (sentence, source) = if chinese { (row.a, row.b) } else { (row.b, row.a) };
        judged.push(Judged {
            sentence,
            source,
            is: true,
            kind: "translated".to_owned(),
            group,
            weight: 1.0,
            chinese,
        });
    }
}

/// Two translations of one sentence.
fn same(data: &Path, judged: &mut Vec<Judged>) -> Result<(), SetError> {
    for (set, chinese) in [("zh_heading_variants", true), ("en_pivot", false)] {
        let rows: Vec<PairRow> = rows(&data.join(format!("pairs/{set}.jsonl.gz")))?;
        judged.extend(rows.into_iter().filter(|row| row.a.chars().count() > 8).map(|row| Judged {
            group: group_of(&row.a),
            sentence: row.b,
            source: row.a,
            is: true,
            kind: "variant".to_owned(),
            weight: 2.0,
            chinese,
        }));
    }
    Ok(())
}
