//! Pairs of texts that mean the same, from the developers' data: what the semantic model learns from.
//!
//! What is measured on is left out: no question of a set in `faq_retrieval`, and no page of one.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use language::{
    normal::normalise,
    train::semantic::{Pair, Source, opening},
};
use serde::Deserialize;

use super::sets::{IntentRow, SetError, faq_retrieval, rows};

/// A sentence of fewer characters stands on many pages.
const TELLING: usize = 12;
/// Pairs made of each intent's examples.
const PER_INTENT: usize = 120;

/// Files of pairs, and the share of each that a pass sees: many translations must not drown the rest.
const PAIRS: &[(&str, f32)] = &[
    ("zh_afqmc", 1.0),
    ("zh_atec", 1.0),
    ("zh_atec_ccks", 1.0),
    ("zh_simclue", 1.0),
    ("zh_oppo_xiaobu", 1.0),
    ("zh_stsb", 1.0),
    ("zh_nli", 0.5),
    ("en_clinc_machine_paraphrase", 0.5),
    ("en_pivot", 1.0),
    ("en_title_variants", 1.0),
    ("zh_title_variants", 1.0),
    ("zh_heading_variants", 1.0),
    ("zh_en_stc3_parallel", 1.0),
    ("zh_en_dify_parallel", 1.0),
    ("zh_en_docs_parallel", 0.4),
];
const INTENTS: &[&str] = &["banking77", "clinc150", "hwu64", "smp2017_zh"];
const FAQS: &[&str] =
    &["docs_faq_zh", "docs_faq_en", "dstc9_travel_en", "medquad_en", "baoxian_zhidao_zh", "air_purifier_zh"];
const DOCUMENTS: &[&str] = &["help_zh", "help_en"];
const DOCUMENT_SHARE: f32 = 0.7;

#[derive(Deserialize)]
struct PairRow {
    a: String,
    b: String,
    #[serde(default)]
    label: Option<Label>,
    #[serde(default)]
    score: Option<f32>,
    #[serde(default)]
    split: String,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Label {
    Number(i64),
    Word(String),
}

#[derive(Deserialize)]
struct FaqRow {
    question: String,
    answer: String,
}

#[derive(Deserialize)]
struct SectionRow {
    #[serde(default)]
    title: String,
    #[serde(default)]
    heading: String,
    text: String,
}

/// What must not be learnt.
struct Measured {
    questions: HashSet<String>,
    sentences: HashSet<String>,
}

impl Measured {
    fn read(data: &Path) -> Result<Self, SetError> {
        let (mut questions, mut sentences) = (HashSet::new(), HashSet::new());
        for set in faq_retrieval(data)? {
            questions.extend(set.questions.iter().map(|question| normalise(&question.text)));
            for text in set.entries.iter().flat_map(|entry| entry.texts.values()) {
                questions.insert(normalise(&text.title));
                sentences.extend(told(&text.answer));
            }
        }
        Ok(Self { questions, sentences })
    }

    fn holds(&self, text: &str) -> bool {
        self.questions.contains(&normalise(text))
            || told(text).any(|sentence| self.sentences.contains(&sentence))
    }
}

/// The sentences of a text that are long enough to tell where it is from.
fn told(text: &str) -> impl Iterator<Item = String> + '_ {
    let sentences = text.split(['\n', '。', '！', '？', '.', '!', '?', ';', '；']);
    sentences.map(normalise).filter(|sentence| sentence.chars().count() >= TELLING)
}

/// Groups: texts that are known to mean the same are never pushed apart.
#[derive(Default)]
struct Groups {
    leader: HashMap<String, u64>,
    of: Vec<u64>,
}

impl Groups {
    fn of(&mut self, text: &str) -> u64 {
        let next = self.of.len() as u64;
        let at = *self.leader.entry(normalise(text)).or_insert(next);
        if at == next {
            self.of.push(next);
        }
        self.find(at)
    }

    fn find(&mut self, mut at: u64) -> u64 {
        while self.of[at as usize] != at {
            let up = self.of[self.of[at as usize] as usize];
            self.of[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (self.of(a), self.of(b));
        self.of[a.max(b) as usize] = a.min(b);
    }
}

/// Everything that the semantic model learns from.
pub fn pairs(data: &Path) -> Result<Vec<Source>, SetError> {
    let measured = Measured::read(data)?;
    let mut sources = Vec::new();
    for &(name, share) in PAIRS {
        let rows: Vec<PairRow> = rows(&data.join(format!("pairs/{name}.jsonl.gz")))?;
        sources.push(source(name, share, equal(rows, &measured)));
    }
    for &name in INTENTS {
        sources.push(intents(name, rows(&data.join(format!("intent/{name}.jsonl.gz")))?));
    }
    for &name in FAQS {
        let rows: Vec<FaqRow> = rows(&data.join(format!("faq/{name}.jsonl.gz")))?;
        let told =
            rows.into_iter().filter(|row| !measured.holds(&row.question) && !measured.holds(&row.answer));
        sources.push(source(name, 1.0, told.map(|row| (row.question, opening(&row.answer))).collect()));
    }
    for &name in DOCUMENTS {
        let rows: Vec<SectionRow> = rows(&data.join(format!("docs/{name}.jsonl.gz")))?;
        let told = rows.into_iter().filter(|row| {
            ![&row.title, &row.heading, &row.text].into_iter().any(|text| measured.holds(text))
        });
        let pairs = told.map(|row| (format!("{} {}", row.title, row.heading), opening(&row.text))).collect();
        sources.push(source(name, DOCUMENT_SHARE, pairs));
    }
    Ok(sources)
}

fn equal(rows: Vec<PairRow>, measured: &Measured) -> Vec<(String, String)> {
    let same = |row: &PairRow| match (&row.label, row.score) {
        (Some(Label::Number(label)), _) => *label == 1,
        (Some(Label::Word(word)), _) => word == "entailment",
        (None, Some(score)) => score >= 4.0,
        (None, None) => false,
    };
    rows.into_iter()
        .filter(|row| row.split != "test" && row.kind != "ui" && same(row))
        .filter(|row| !measured.holds(&row.a) && !measured.holds(&row.b))
        .map(|row| (row.a, row.b))
        .collect()
}

fn source(name: &str, share: f32, pairs: Vec<(String, String)>) -> Source {
    let mut groups = Groups::default();
    for (a, b) in &pairs {
        groups.join(a, b);
    }
    let pairs = pairs.into_iter().map(|(a, b)| Pair { group: groups.of(&a), a, b }).collect();
    Source { name: name.to_owned(), pairs, share }
}

/// Examples of the same intent, each with the next but one: no chance needed.
fn intents(name: &str, rows: Vec<IntentRow>) -> Source {
    let mut by_intent: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows.into_iter().filter(|row| row.split == "train" && row.intent != "oos") {
        match by_intent.iter_mut().find(|(intent, _)| *intent == row.intent) {
            Some((_, texts)) => texts.push(row.text),
            None => by_intent.push((row.intent, vec![row.text])),
        }
    }
    let mut pairs = Vec::new();
    for (group, (_, texts)) in by_intent.iter().enumerate() {
        let many = texts.len().min(PER_INTENT);
        for at in 0..many {
            let step = 1 + at % 7;
            let (a, b) = (texts[at].clone(), texts[(at + step) % texts.len()].clone());
            pairs.push(Pair { a, b, group: group as u64 });
        }
    }
    Source { name: name.to_owned(), pairs, share: 1.0 }
}
