//! Praise, blame and plain words in phrases of ours: what any trade's customers say, so that a model of one trade
//! understands another.

use std::collections::HashSet;

/// A phrase with what it shows: `positive`, `neutral` or `negative`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    pub(crate) label: &'static str,
}

/// In Chinese.
pub(crate) fn zh() -> Vec<Phrase> {
    read(include_str!("rows/phrases.zh.txt"), "")
}

/// In English.
pub(crate) fn en() -> Vec<Phrase> {
    read(include_str!("rows/phrases.en.txt"), " ")
}

/// Below `= each` stands what each of the lists that follow is said of, until `= alone`. Each phrase once.
fn read(rows: &'static str, between: &str) -> Vec<Phrase> {
    let (mut found, mut seen, mut said_of) = (Vec::new(), HashSet::new(), Vec::new());
    let mut label = "";
    for line in rows.lines().filter(|line| !line.starts_with("# ")) {
        match line.strip_prefix("= ") {
            Some(heading) => {
                if heading == "each" || heading == "alone" {
                    said_of.clear();
                }
                label = heading;
            }
            None if label == "each" => said_of.extend(parts(line)),
            None => {
                for part in parts(line) {
                    let whole = said_of.iter().map(|of| format!("{of}{between}{part}"));
                    let alone = said_of.is_empty().then(|| part.to_owned());
                    let new = whole.chain(alone).filter(|text| seen.insert(text.clone()));
                    found.extend(new.map(|text| Phrase { text, label }));
                }
            }
        }
    }
    found
}

fn parts(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(',').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::own::{service_en, service_zh};

    #[test]
    fn phrases_are_crossed_and_stand_alone() {
        let found =
            read("= each\nthe food, it\n= positive\nis good\n= alone\n= negative\nnever again,\n", " ");
        let told: Vec<_> = found.iter().map(|phrase| (phrase.text.as_str(), phrase.label)).collect();
        assert_eq!(
            told,
            [("the food is good", "positive"), ("it is good", "positive"), ("never again", "negative")]
        );
    }

    #[test]
    fn phrases_are_many_of_three_kinds_and_none_is_a_row_that_measures() {
        for (phrases, rows) in [(zh(), service_zh()), (en(), service_en())] {
            assert!(phrases.len() > 2_000, "{}", phrases.len());
            assert!(phrases.iter().all(|phrase| ["positive", "neutral", "negative"].contains(&phrase.label)));
            let rows: HashSet<String> =
                rows.iter().filter(|said| said.is_test()).map(|said| said.text.to_lowercase()).collect();
            let both: Vec<_> =
                phrases.iter().filter(|phrase| rows.contains(&phrase.text.to_lowercase())).collect();
            assert!(both.is_empty(), "{both:?}");
        }
    }
}
