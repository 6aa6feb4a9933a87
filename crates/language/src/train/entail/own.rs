//! Rows that we wrote: passages of many trades, and what an agent might freely say of each, true or false.

use super::{Judged, group_of};

const ZH: &str = include_str!("../rows/grounding.zh.txt");
const EN: &str = include_str!("../rows/grounding.en.txt");
const SPOKEN_ZH: &str = include_str!("../rows/grounding.spoken.zh.txt");
const SPOKEN_EN: &str = include_str!("../rows/grounding.spoken.en.txt");
const TOLD_ZH: &str = include_str!("../rows/grounding.told.zh.txt");
const TOLD_EN: &str = include_str!("../rows/grounding.told.en.txt");

/// What a row that was worded as one talks counts: such rows are harder than what models write.
const SPOKEN: f32 = 0.25;
/// What a falsehood counts that no document or model makes by chance: two things that trade places, a hedge made sure.
const SUBTLE: f32 = 0.3;
/// The same in rows that are worded as models word their answers: there it counts in full.
const TOLD: f32 = 1.0 / SUBTLE;

/// The kinds of sentences by their marks.
const KINDS: [(&str, &str); 8] = [
    ("+ ", "reworded"),
    ("n ", "number"),
    ("g ", "negation"),
    ("e ", "entity"),
    ("p ", "promise"),
    ("w ", "swap"),
    ("h ", "hedge"),
    ("c ", "condition"),
];

/// All rows, those of a passage beside each other and in one group.
pub(super) fn rows() -> Vec<Judged> {
    let files = [
        (ZH, true, 1.0),
        (EN, false, 1.0),
        (SPOKEN_ZH, true, SPOKEN),
        (SPOKEN_EN, false, SPOKEN),
        (TOLD_ZH, true, TOLD),
        (TOLD_EN, false, TOLD),
    ];
    files.into_iter().flat_map(|(text, chinese, weight)| read(text, chinese, weight)).collect()
}

/// A heading after `= `, its passage on the next lines, then the sentences, each behind the mark of its kind.
fn read(text: &str, chinese: bool, weight: f32) -> Vec<Judged> {
    let (mut rows, mut source) = (Vec::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(heading) = line.strip_prefix("= ") {
            heading.clone_into(&mut source);
        } else if let Some(row) = row(line, &source, chinese, weight) {
            rows.push(row);
        } else {
            source = format!("{source}\n{line}");
        }
    }
    rows
}

fn row(line: &str, source: &str, chinese: bool, weight: f32) -> Option<Judged> {
    let (sentence, kind) =
        KINDS.iter().find_map(|(mark, kind)| line.strip_prefix(mark).map(|sentence| (sentence, *kind)))?;
    Some(Judged {
        sentence: sentence.to_owned(),
        source: source.to_owned(),
        is: kind == "reworded",
        kind: kind.to_owned(),
        group: group_of(source),
        weight: if ["swap", "hedge"].contains(&kind) { SUBTLE * weight } else { weight.min(1.0) },
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
