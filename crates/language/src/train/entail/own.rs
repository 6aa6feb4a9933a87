//! Rows that we wrote: passages of many trades, and what an agent might freely say of each, true or false.

use super::{Judged, group_of};

const ZH: &str = include_str!("../rows/grounding.zh.txt");
const EN: &str = include_str!("../rows/grounding.en.txt");

/// The kinds of sentences by their marks.
const KINDS: [(&str, &str); 7] = [
    ("+ ", "reworded"),
    ("n ", "number"),
    ("g ", "negation"),
    ("e ", "entity"),
    ("p ", "promise"),
    ("w ", "swap"),
    ("h ", "hedge"),
];

/// All rows, those of a passage beside each other and in one group.
pub(super) fn rows() -> Vec<Judged> {
    [(ZH, true), (EN, false)].into_iter().flat_map(|(text, chinese)| read(text, chinese)).collect()
}

/// A heading after `= `, its passage on the next lines, then the sentences, each behind the mark of its kind.
fn read(text: &str, chinese: bool) -> Vec<Judged> {
    let (mut rows, mut source) = (Vec::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(heading) = line.strip_prefix("= ") {
            heading.clone_into(&mut source);
        } else if let Some(row) = row(line, &source, chinese) {
            rows.push(row);
        } else {
            source = format!("{source}\n{line}");
        }
    }
    rows
}

fn row(line: &str, source: &str, chinese: bool) -> Option<Judged> {
    let (sentence, kind) =
        KINDS.iter().find_map(|(mark, kind)| line.strip_prefix(mark).map(|sentence| (sentence, *kind)))?;
    Some(Judged {
        sentence: sentence.to_owned(),
        source: source.to_owned(),
        is: kind == "reworded",
        kind: kind.to_owned(),
        group: group_of(source),
        weight: 1.0,
        chinese,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn rows_of_ours_are_many_and_of_every_kind_in_both_languages() {
        let rows = rows();
        for chinese in [true, false] {
            let own: Vec<&Judged> = rows.iter().filter(|row| row.chinese == chinese).collect();
            let kinds: BTreeSet<&str> = own.iter().map(|row| row.kind.as_str()).collect();
            let passages: BTreeSet<&str> = own.iter().map(|row| row.source.as_str()).collect();
            assert!(own.len() >= 400 && passages.len() >= 30, "{} of {}", own.len(), passages.len());
            assert_eq!(kinds.len(), KINDS.len());
            let said: BTreeSet<(&str, &str)> =
                own.iter().map(|row| (row.source.as_str(), row.sentence.as_str())).collect();
            assert_eq!(said.len(), own.len());
        }
    }
}
