//! Questions with known answers, read from files: what is learnt from, and what is measured on.

use std::{
    collections::HashSet,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use domain::{Entry, EntryText, Kind, Lang};
use flate2::read::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::pairs::Measured;

/// A question and the entries that answer it: none, if nobody does.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// As it was asked.
    pub text: String,
    /// Ids of the entries that answer it.
    pub relevant: Vec<String>,
    /// The language that it is asked in.
    pub lang: Lang,
}

impl Question {
    /// Half of all questions may be learnt from; the other half only measures. Told by the text alone, so
    /// that a question stays on its side in every set.
    pub fn is_dev(&self) -> bool {
        Sha256::digest(self.text.as_bytes())[0].is_multiple_of(2)
    }
}

/// Knowledge, and questions for it.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// Its name, after its files.
    pub name: String,
    /// What is known.
    pub entries: Vec<Entry>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// It is not there or may not be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}, line {line}: not the expected JSON")]
    BadLine {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
}

#[derive(Deserialize)]
struct KnowledgeRow {
    id: String,
    question: String,
    #[serde(default)]
    phrasings: Vec<String>,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    lang: Option<Lang>,
}

#[derive(Deserialize)]
struct QuestionRow {
    query: String,
    #[serde(default)]
    relevant: Vec<String>,
    #[serde(default)]
    lang: Option<Lang>,
}

#[derive(Deserialize)]
pub(super) struct IntentRow {
    pub(super) text: String,
    pub(super) intent: String,
    pub(super) split: String,
}

/// The sets of `DIR/faq_retrieval`, by name.
pub fn faq_retrieval(data: &Path) -> Result<Vec<Set>, SetError> {
    let folder = data.join("faq_retrieval");
    let listed =
        std::fs::read_dir(&folder).map_err(|source| SetError::Unreadable { path: folder.clone(), source })?;
    let mut names: Vec<String> = listed
        .filter_map(|file| {
            file.ok()?.file_name().to_str()?.strip_suffix(".queries.jsonl.gz").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let entries = knowledge(&[folder.join(format!("{name}.knowledge.jsonl.gz"))])?;
            let questions = questions(&folder.join(format!("{name}.queries.jsonl.gz")), None)?;
            Ok(Set { name, entries, questions })
        })
        .collect()
}

#[derive(Deserialize)]
struct SectionRow {
    id: String,
    heading: String,
    text: String,
}

/// The sections of `DIR/docs/NAME.jsonl.gz` without their headings; each heading that stands over one section alone
/// asks for it.
pub fn headings(data: &Path, name: &str) -> Result<Set, SetError> {
    let rows: Vec<SectionRow> = rows(&data.join(format!("docs/{name}.jsonl.gz")))?;
    let mut times: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for row in &rows {
        *times.entry(row.heading.trim()).or_default() += 1;
    }
    let mut set = Set { name: name.to_owned(), ..Set::default() };
    for row in &rows {
        let text = EntryText { answer: row.text.clone(), ..EntryText::default() };
        set.entries.push(entry(row.id.clone(), lang_of(&row.text), text, Kind::Answer));
        let heading = row.heading.trim();
        if !heading.is_empty() && times[heading] == 1 {
            let (text, relevant) = (heading.to_owned(), vec![row.id.clone()]);
            set.questions.push(Question { lang: lang_of(&text), text, relevant });
        }
    }
    Ok(set)
}

/// Sections of help pages that taught nobody what words mean, since their pages are measured on, without their
/// headings; each heading that stands over one section alone asks for it, in its own language and in the other one.
pub(super) fn unseen_sections(data: &Path, most: usize) -> Result<Vec<Set>, SetError> {
    let measured = Measured::read(data)?;
    let (zh, en) = (headings(data, "help_zh")?, headings(data, "help_en")?);
    let says = |entry: &&Entry| entry.texts.values().any(|text| measured.holds(&text.answer));
    let asked: HashSet<&str> = zh
        .questions
        .iter()
        .chain(&en.questions)
        .flat_map(|question| &question.relevant)
        .map(String::as_str)
        .collect();
    let held: Vec<&Entry> =
        zh.entries.iter().filter(says).filter(|entry| asked.contains(entry.id.as_str())).collect();
    let every = held.len().div_ceil(most).max(1);
    let ids: HashSet<&str> = held.iter().step_by(every).map(|entry| entry.id.as_str()).collect();
    let set = |name: &str, asks: &Set, told: &Set| {
        let entries: Vec<Entry> =
            told.entries.iter().filter(|entry| ids.contains(entry.id.as_str())).cloned().collect();
        let known: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        let is_found = |question: &&Question| question.relevant.iter().all(|id| known.contains(id.as_str()));
        let questions = asks.questions.iter().filter(is_found).cloned().collect();
        Set { name: name.to_owned(), questions, entries: entries.clone() }
    };
    Ok(vec![
        set("sections_zh", &zh, &zh),
        set("sections_en", &en, &en),
        set("sections_zh_en", &zh, &en),
        set("sections_en_zh", &en, &zh),
    ])
}

/// The sample shop: its questions in each language, put to its answers alone and to its answers and articles;
/// questions for its articles; and questions that it cannot answer.
pub fn shop(folder: &Path) -> Result<Vec<Set>, SetError> {
    let answers = knowledge(&["knowledge.zh.jsonl", "knowledge.en.jsonl"].map(|name| folder.join(name)))?;
    let mut all = answers.clone();
    all.extend(articles(&folder.join("articles"))?);
    let set = |name: &str, entries: &[Entry], file: &str, lang| {
        let questions = questions(&folder.join(file), lang)?;
        Ok(Set { name: name.to_owned(), entries: entries.to_vec(), questions })
    };
    Ok(vec![
        set("shop_zh", &answers, "questions.zh.jsonl", Some(Lang::Zh))?,
        set("shop_en", &answers, "questions.en.jsonl", Some(Lang::En))?,
        set("shop_all_zh", &all, "questions.zh.jsonl", Some(Lang::Zh))?,
        set("shop_all_en", &all, "questions.en.jsonl", Some(Lang::En))?,
        set("shop_articles_zh", &all, "article-questions.zh.jsonl", Some(Lang::Zh))?,
        set("shop_articles_en", &all, "article-questions.en.jsonl", Some(Lang::En))?,
        set("shop_unanswerable", &all, "unanswerable.jsonl", None)?,
    ])
}

/// A shop made of labelled utterances: each intent an entry with `phrasings` of its training rows, further
/// training rows its questions, and rows out of scope the questions that nobody answers. Test rows are not read.
pub fn from_intents(name: &str, file: &Path, phrasings: usize, asked: usize) -> Result<Set, SetError> {
    let mut set = Set { name: name.to_owned(), ..Set::default() };
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for row in rows::<IntentRow>(file)? {
        if row.split != "train" && row.intent != "oos" || row.split == "test" {
            continue;
        }
        let lang = lang_of(&row.text);
        if row.intent == "oos" {
            set.questions.push(Question { text: row.text, relevant: Vec::new(), lang });
            continue;
        }
        let count = seen.entry(row.intent.clone()).or_default();
        *count += 1;
        if *count == 1 {
            let text = EntryText { title: row.text, ..EntryText::default() };
            set.entries.push(entry(row.intent, lang, text, Kind::Answer));
        } else if *count <= 1 + phrasings {
            let known = set.entries.iter_mut().find(|entry| entry.id.as_str() == row.intent);
            if let Some(text) = known.and_then(|entry| entry.texts.values_mut().next()) {
                text.phrasings.push(row.text);
            }
        } else if *count <= 1 + phrasings + asked {
            set.questions.push(Question { text: row.text, relevant: vec![row.intent], lang });
        }
    }
    Ok(set)
}

/// The titles of a set's first entries as questions for them.
pub(super) fn titles(set: &Set, most: usize) -> impl Iterator<Item = Question> {
    set.entries.iter().take(most).flat_map(|entry| {
        entry.texts.iter().filter(|(_, text)| !text.title.trim().is_empty()).map(|(&lang, text)| Question {
            text: text.title.clone(),
            relevant: vec![entry.id.as_str().to_owned()],
            lang,
        })
    })
}

fn entry(id: String, lang: Lang, text: EntryText, kind: Kind) -> Entry {
    Entry::new(id, kind, [(lang, text)])
}

/// Entries of files; the same id in another language is another text of the same entry.
fn knowledge(files: &[PathBuf]) -> Result<Vec<Entry>, SetError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for file in files {
        for row in rows::<KnowledgeRow>(file)? {
            let lang = row.lang.unwrap_or_else(|| lang_of(&format!("{} {}", row.question, row.answer)));
            let text = EntryText { title: row.question, phrasings: row.phrasings, answer: row.answer };
            if let Some(&at) = places.get(&row.id) {
                let known: &mut Entry = &mut entries[at];
                known.texts.insert(lang, text);
            } else {
                places.insert(row.id.clone(), entries.len());
                entries.push(entry(row.id, lang, text, Kind::Answer));
            }
        }
    }
    Ok(entries)
}

/// Articles as `NAME.LANG.md` with a front matter that names the title; a folder that is not there has none.
fn articles(folder: &Path) -> Result<Vec<Entry>, SetError> {
    let Ok(listed) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = listed.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    let mut entries: Vec<Entry> = Vec::new();
    for path in paths {
        let unreadable = |source| SetError::Unreadable { path: path.clone(), source };
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some((id, lang)) = name.rsplit_once('.') else { continue };
        let Some(lang) = Lang::from_tag(lang) else { continue };
        let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"))
        else {
            continue;
        };
        let title =
            front.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or(id).trim().to_owned();
        let text = EntryText { title, phrasings: Vec::new(), answer: body.to_owned() };
        match entries.iter_mut().find(|entry| entry.id.as_str() == id) {
            Some(known) => {
                known.texts.insert(lang, text);
            }
            None => entries.push(entry(id.to_owned(), lang, text, Kind::Article)),
        }
    }
    Ok(entries)
}

fn questions(file: &Path, lang: Option<Lang>) -> Result<Vec<Question>, SetError> {
    let question = |row: QuestionRow| {
        let lang = lang.or(row.lang).unwrap_or_else(|| lang_of(&row.query));
        Question { text: row.query, relevant: row.relevant, lang }
    };
    Ok(rows(file)?.into_iter().map(question).collect())
}

fn lang_of(text: &str) -> Lang {
    language::detect::detect(text).pick(Lang::Zh, Lang::En, Lang::En)
}

pub(super) fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, SetError> {
    let unreadable = |source| SetError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let plain: Box<dyn Read> = if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut rows = Vec::new();
    for (at, line) in BufReader::new(plain).lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if !line.trim().is_empty() {
            let bad = |source| SetError::BadLine { path: path.to_owned(), line: at + 1, source };
            rows.push(serde_json::from_str(&line).map_err(bad)?);
        }
    }
    Ok(rows)
}
