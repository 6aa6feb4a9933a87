//! How well personal data is found, by characters of labelled texts.

use std::{collections::BTreeMap, ops::Range};

use serde::Serialize;

use super::Kind;

/// A text with what must be masked and what must stay, in characters.
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    /// The words.
    pub text: String,
    /// What must be masked: type and place.
    pub mask: Vec<(String, Range<usize>)>,
    /// What must stay.
    pub keep: Vec<(String, Range<usize>)>,
    /// What may be either: it counts nowhere.
    pub ignore: Vec<Range<usize>>,
    /// Names of people, where they are reported apart.
    pub persons: Option<Vec<Range<usize>>>,
}

/// Of one type.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OfType {
    /// Labelled places.
    pub spans: usize,
    /// Share of their characters that are masked.
    pub recall: Option<f64>,
    /// Share of the places that are masked from end to end.
    pub whole: Option<f64>,
}

/// Shares over all texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Masking {
    /// Characters of the marked places that are masked.
    pub recall: Option<f64>,
    /// Masked letters and digits that are marked; blanks and marks between hide nothing.
    pub precision: Option<f64>,
    /// By the type in the file.
    pub by_type: BTreeMap<String, OfType>,
    /// Share of the places to keep that were touched.
    pub wrongly_masked: Option<f64>,
    /// Names of people, where they are reported apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

/// Names of people: only those that a phrase introduces are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Person {
    /// Labelled names.
    pub spans: usize,
    /// Characters of names that are masked.
    pub recall: Option<f64>,
    /// Characters masked as names that are names.
    pub precision: Option<f64>,
}

#[derive(Default)]
struct Count {
    spans: usize,
    whole: usize,
    chars: usize,
    hit: usize,
}

impl Count {
    fn add(&mut self, chars: usize, hit: usize) {
        self.spans += 1;
        self.whole += usize::from(chars == hit);
        self.chars += chars;
        self.hit += hit;
    }
}

/// Sums up masking over labelled texts.
#[derive(Default)]
pub struct Tally {
    by_type: BTreeMap<String, Count>,
    masked: usize,
    masked_right: usize,
    kept: usize,
    touched: usize,
    persons: Option<Count>,
    named: usize,
    named_right: usize,
}

impl Tally {
    /// Adds a text with what was masked, by bytes.
    pub fn add(&mut self, row: &Labelled, found: &[(Kind, Range<usize>)]) {
        let mut masked: Vec<Option<Kind>> = Vec::new();
        for (byte, _) in row.text.char_indices() {
            masked.push(found.iter().find(|(_, range)| range.contains(&byte)).map(|(kind, _)| *kind));
        }
        let covered = |range: &Range<usize>| {
            masked.get(range.clone()).unwrap_or_default().iter().filter(|kind| kind.is_some()).count()
        };
        for (name, range) in &row.mask {
            self.by_type.entry(name.clone()).or_default().add(range.len(), covered(range));
        }
        self.kept += row.keep.len();
        self.touched += row.keep.iter().filter(|(_, range)| covered(range) > 0).count();
        if let Some(persons) = &row.persons {
            let count = self.persons.get_or_insert_default();
            for range in persons {
                count.add(range.len(), covered(range));
            }
        }
        self.add_masked(row, &masked);
    }

    fn add_masked(&mut self, row: &Labelled, kinds: &[Option<Kind>]) {
        let persons = row.persons.as_deref();
        for ((at, kind), c) in kinds.iter().enumerate().zip(row.text.chars()) {
            let Some(kind) = kind.as_ref().filter(|_| c.is_alphanumeric()) else { continue };
            let wanted = row.mask.iter().any(|(_, range)| range.contains(&at));
            let named = persons.is_some_and(|all| all.iter().any(|range| range.contains(&at)));
            if *kind == Kind::Person && persons.is_some() {
                self.named += 1;
                self.named_right += usize::from(named);
            } else if wanted || !(named || row.ignore.iter().any(|range| range.contains(&at))) {
                self.masked += 1;
                self.masked_right += usize::from(wanted);
            }
        }
    }

    /// The shares.
    pub fn measured(&self) -> Masking {
        let all = self.by_type.values();
        let of_type = |count: &Count| OfType {
            spans: count.spans,
            recall: share(count.hit, count.chars),
            whole: share(count.whole, count.spans),
        };
        Masking {
            recall: share(all.clone().map(|count| count.hit).sum(), all.map(|count| count.chars).sum()),
            precision: share(self.masked_right, self.masked),
            by_type: self.by_type.iter().map(|(name, count)| (name.clone(), of_type(count))).collect(),
            wrongly_masked: share(self.touched, self.kept),
            person: self.persons.as_ref().map(|count| Person {
                spans: count.spans,
                recall: share(count.hit, count.chars),
                precision: share(self.named_right, self.named),
            }),
        }
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_not_places() {
        let row = Labelled {
            text: "打13812345678给王".into(),
            mask: vec![("phone".into(), 1..12)],
            keep: vec![("other".into(), 12..13)],
            ..Labelled::default()
        };
        let mut tally = Tally::default();
        tally.add(&row, &[(Kind::Phone, 3..8), (Kind::Phone, 14..17)]);
        let sums = tally.measured();
        assert_eq!((sums.recall, sums.precision), (Some(5.0 / 11.0), Some(5.0 / 6.0)));
        assert_eq!(sums.wrongly_masked, Some(1.0));
        assert_eq!(sums.by_type["phone"].whole, Some(0.0));
    }

    #[test]
    fn names_count_apart_and_what_is_ignored_nowhere() {
        let row = Labelled {
            text: "Jane at Rome".into(),
            ignore: vec![8..10, 10..12],
            persons: Some(vec![0..2, 2..4]),
            ..Labelled::default()
        };
        let mut tally = Tally::default();
        tally.add(&row, &[(Kind::Person, 0..4), (Kind::Address, 8..12)]);
        let sums = tally.measured();
        assert_eq!((sums.recall, sums.precision, sums.wrongly_masked), (None, None, None));
        assert_eq!(sums.person.and_then(|person| person.precision), Some(1.0));
    }
}
