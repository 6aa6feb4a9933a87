//! Pairs of texts that mean the same, from the developers' data: what the semantic model learns from.
//!
//! What is measured on is left out: no question of a set in `faq_retrieval`, and no page of one.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use language::{
    normal::normalise,
    train::{
        semantic::{Pair, Source, opening},
        sets::is_permissive,
    },
};
use serde::Deserialize;

use super::sets::{IntentRow, SetError, faq_retrieval, rows};

mod lessons;

pub use lessons::lessons;

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
/// The texts of a set that states no licence, as their makers gave them out, under one.
const LICENSED: &[(&str, &str)] = &[("hwu64", "nlu_home_en")];
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
pub(super) struct Measured {
    questions: HashSet<String>,
    sentences: HashSet<String>,
}

impl Measured {
    pub(super) fn read(data: &Path) -> Result<Self, SetError> {
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

    pub(super) fn holds(&self, text: &str) -> bool {
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

/// Everything that the semantic model learns from; `permissive`: only what is under a stated permissive licence.
pub fn pairs(data: &Path, permissive: bool) -> Result<Vec<Source>, SetError> {
    let measured = Measured::read(data)?;
    let may = |set: &str| !permissive || is_permissive(set);
    let mut sources = Vec::new();
    for (set, name, share) in PAIRS.iter().map(|&(name, share)| (format!("pairs/{name}"), name, share)) {
        if may(&set) {
            sources.push(source(name, share, equal(rows(&file(data, &set))?, &measured)));
        }
    }
    for name in INTENTS.iter().map(|&name| if permissive { licensed(name) } else { name }) {
        let set = format!("intent/{name}");
        if may(&set) {
            sources.push(intents(name, rows(&file(data, &set))?));
        }
    }
    for (set, name) in FAQS.iter().map(|&name| (format!("faq/{name}"), name)) {
        if may(&set) {
            sources.push(source(name, 1.0, answered(rows(&file(data, &set))?, &measured)));
        }
    }
    for (set, name) in DOCUMENTS.iter().map(|&name| (format!("docs/{name}"), name)) {
        if may(&set) {
            sources.push(source(name, DOCUMENT_SHARE, headed(rows(&file(data, &set))?, &measured)));
        }
    }
    Ok(sources)
}

fn file(data: &Path, set: &str) -> PathBuf {
    data.join(format!("{set}.jsonl.gz"))
}

/// The set that holds the same texts under a stated licence, if there is one.
fn licensed(name: &str) -> &str {
    LICENSED.iter().find(|(unstated, _)| *unstated == name).map_or(name, |(_, stated)| stated)
}

/// Questions with the beginnings of their answers.
fn answered(rows: Vec<FaqRow>, measured: &Measured) -> Vec<(String, String)> {
    let told = rows.into_iter().filter(|row| !measured.holds(&row.question) && !measured.holds(&row.answer));
    told.map(|row| (row.question, opening(&row.answer))).collect()
}

/// Titles and headings with the beginnings of their sections.
fn headed(rows: Vec<SectionRow>, measured: &Measured) -> Vec<(String, String)> {
    let told = rows
        .into_iter()
        .filter(|row| ![&row.title, &row.heading, &row.text].into_iter().any(|text| measured.holds(text)));
    told.map(|row| (format!("{} {}", row.title, row.heading), opening(&row.text))).collect()
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

#[cfg(test)]
mod tests {
    use std::{fs, io::Write};

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    /// A data folder of one row a set, and none of those that state no licence.
    fn licensed_data() -> tempfile::TempDir {
        let data = tempfile::tempdir().expect("a folder");
        for (set, row) in [
            ("pairs/en_pivot", r#"{"a":"turn it on","b":"switch it on","label":1}"#),
            ("pairs/en_title_variants", r#"{"a":"b","b":"c","label":1}"#),
            ("pairs/zh_title_variants", r#"{"a":"甲","b":"乙","label":1}"#),
            ("pairs/zh_heading_variants", r#"{"a":"甲","b":"乙","label":1}"#),
            ("pairs/zh_en_stc3_parallel", r#"{"a":"甲","b":"a","label":1}"#),
            ("pairs/zh_en_dify_parallel", r#"{"a":"甲","b":"a","label":1}"#),
            ("pairs/zh_en_docs_parallel", r#"{"a":"甲","b":"a","label":1}"#),
            ("intent/banking77", r#"{"text":"a","intent":"b","split":"train"}"#),
            ("intent/clinc150", r#"{"text":"a","intent":"b","split":"train"}"#),
            ("intent/nlu_home_en", r#"{"text":"a","intent":"b","split":"train"}"#),
            ("faq/docs_faq_zh", r#"{"question":"a","answer":"b"}"#),
            ("faq/docs_faq_en", r#"{"question":"a","answer":"b"}"#),
            ("faq/dstc9_travel_en", r#"{"question":"a","answer":"b"}"#),
            ("faq/medquad_en", r#"{"question":"a","answer":"b"}"#),
            ("docs/help_zh", r#"{"title":"a","text":"b"}"#),
            ("docs/help_en", r#"{"title":"a","text":"b"}"#),
        ] {
            let file = file(data.path(), set);
            fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder");
            let mut packed = GzEncoder::new(fs::File::create(file).expect("a file"), Compression::fast());
            packed.write_all(row.as_bytes()).expect("it is written");
            packed.finish().expect("it is written");
        }
        fs::create_dir(data.path().join("faq_retrieval")).expect("a folder");
        data
    }

    #[test]
    fn permissive_data_teach_alone_where_that_is_asked() {
        let data = licensed_data();
        let sources = pairs(data.path(), true).expect("nothing else is read");
        assert_eq!(sources.len(), 16);
        assert!(sources.iter().any(|source| source.name == "nlu_home_en"));
        assert!(matches!(pairs(data.path(), false), Err(SetError::Unreadable { .. })));
    }
}
