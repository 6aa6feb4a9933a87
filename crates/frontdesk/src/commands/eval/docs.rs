//! Documents as a test of finding: each section is an entry without its heading, each heading is a question.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
};

use domain::{Entry, EntryId, EntryText, Kind, Lang};
use language::{detect, normal};
use serde::Deserialize;

use crate::commands::files::{Question, Split, json_lines};

/// A section of a document.
#[derive(Deserialize)]
struct Section {
    id: EntryId,
    /// Of the whole document: part of no entry and no question.
    #[serde(default)]
    heading: String,
    text: String,
}

/// The sections of these files as entries, and the headings as questions. A heading that stands over several sections
/// asks for none of them. With files `asked`, the headings are theirs: those of the same sections in another language.
pub(super) fn read(
    files: &[PathBuf],
    asked: &[PathBuf],
    split: Split,
) -> anyhow::Result<(Vec<Entry>, Vec<Question>)> {
    let sections = sections(files)?;
    let known: HashSet<&EntryId> = sections.iter().map(|section| &section.id).collect();
    let others = if asked.is_empty() { None } else { Some(self::sections(asked)?) };
    let headings: Vec<(&str, &EntryId)> = others
        .as_ref()
        .unwrap_or(&sections)
        .iter()
        .filter(|section| known.contains(&section.id))
        .map(|section| (section.heading.trim(), &section.id))
        .collect();
    let questions = once(&headings).filter(|question| split.holds(&question.query)).collect();
    Ok((sections.iter().filter_map(entry).collect(), questions))
}

fn sections(files: &[PathBuf]) -> anyhow::Result<Vec<Section>> {
    let read = |file: &PathBuf| json_lines(&found(file), "{\"id\", \"heading\", \"text\"}");
    let mut all = Vec::new();
    for file in files {
        all.extend(read(file)?);
    }
    Ok(all)
}

/// `docs/help_zh` means `docs/help_zh.jsonl.gz`, if that is what is there.
fn found(file: &Path) -> PathBuf {
    let with = |ending: &str| PathBuf::from(format!("{}{ending}", file.display()));
    let all = [file.to_owned(), with(".jsonl"), with(".jsonl.gz")];
    all.into_iter().find(|path| path.is_file()).unwrap_or_else(|| file.to_owned())
}

/// Headings that stand over one section alone.
fn once<'a>(headings: &[(&'a str, &'a EntryId)]) -> impl Iterator<Item = Question> + use<'a> {
    let mut by_words: BTreeMap<String, Vec<(&str, &EntryId)>> = BTreeMap::new();
    for &(heading, id) in headings {
        by_words.entry(normal::core(heading)).or_default().push((heading, id));
    }
    by_words.into_iter().filter(|(words, _)| !words.is_empty()).filter_map(|(_, over)| match over[..] {
        [(heading, id)] => Some(Question { query: heading.to_owned(), relevant: vec![id.clone()] }),
        _ => None,
    })
}

/// The section without its heading.
fn entry(section: &Section) -> Option<Entry> {
    let answer = section.text.trim();
    let lang = detect::detect(answer).pick(Lang::Zh, Lang::En, Lang::En);
    let text = EntryText { answer: answer.to_owned(), ..EntryText::default() };
    (!answer.is_empty()).then(|| Entry::new(section.id.clone(), Kind::Answer, [(lang, text)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &tempfile::TempDir, name: &str, rows: &[[&str; 3]]) -> PathBuf {
        let row = |[id, heading, text]: &[&str; 3]| {
            serde_json::json!({ "id": id, "title": "t", "heading": heading, "text": text }).to_string() + "\n"
        };
        std::fs::write(folder.path().join(name), rows.iter().map(row).collect::<String>()).unwrap();
        folder.path().join(name)
    }

    #[test]
    fn a_heading_asks_for_its_section_and_a_repeated_one_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let zh = file(
            &folder,
            "zh.jsonl",
            &[["a", "登录", "打开页面。"], ["b", "概述", "一"], ["c", "概述 ", "二"], ["d", "", "三"]],
        );
        let (entries, questions) = read(&[folder.path().join("zh")], &[], Split::All).unwrap();
        let told: Vec<&str> = entries.iter().map(|entry| entry.texts[&Lang::Zh].answer.as_str()).collect();
        assert_eq!(told, ["打开页面。", "一", "二", "三"], "without headings");
        assert_eq!(questions.len(), 1);
        assert_eq!((questions[0].query.as_str(), &questions[0].relevant[..]), ("登录", &["a".into()][..]));
        let en = file(&folder, "en.jsonl", &[["b", "Overview", "one"], ["z", "Elsewhere", "two"]]);
        let (_, across) = read(&[zh], &[en], Split::All).unwrap();
        assert_eq!(across.len(), 1, "what has no section here asks for nothing");
        assert_eq!((across[0].query.as_str(), across[0].relevant[0].as_str()), ("Overview", "b"));
    }
}
