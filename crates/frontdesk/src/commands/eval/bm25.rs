//! BM25 as everybody has it, to measure against: the words of all texts in one field, the usual constants.

use std::collections::HashMap;

use domain::Entry;
use language::{normal, segment};

/// The usual constants.
const K: f64 = 1.2;
const B: f64 = 0.75;

/// An index of entries.
pub(super) struct Bm25 {
    ids: Vec<String>,
    lengths: Vec<f64>,
    usual: f64,
    /// By term, which entry holds it how often.
    postings: HashMap<String, Vec<(usize, f64)>>,
}

impl Bm25 {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let said = terms(&all_text(entry));
            lengths.push(said.len() as f64);
            let mut counts: HashMap<String, f64> = HashMap::new();
            for term in said {
                *counts.entry(term).or_default() += 1.0;
            }
            for (term, count) in counts {
                postings.entry(term).or_default().push((at, count));
            }
        }
        let usual = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        let ids = entries.iter().map(|entry| entry.id.to_string()).collect();
        Self { ids, lengths, usual, postings }
    }

    /// The best ids, best first; of equals, in the order of the entries.
    pub(super) fn search(&self, question: &str, most: usize) -> Vec<String> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let all = self.ids.len() as f64;
        for term in terms(question) {
            let Some(held) = self.postings.get(&term) else { continue };
            let rare = (1.0 + (all - held.len() as f64 + 0.5) / (held.len() as f64 + 0.5)).ln();
            for &(at, times) in held {
                let long = K * (1.0 - B + B * self.lengths[at] / self.usual.max(1.0));
                *scores.entry(at).or_default() += rare * times * (K + 1.0) / (times + long);
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.into_iter().take(most).map(|(at, _)| self.ids[at].clone()).collect()
    }
}

fn all_text(entry: &Entry) -> String {
    let texts = entry.texts.values().flat_map(|text| {
        std::iter::once(&text.title).chain(&text.phrasings).chain(std::iter::once(&text.answer))
    });
    texts.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// Words by the same cutter and stemmer as everywhere.
fn terms(text: &str) -> Vec<String> {
    segment::terms_of(&normal::normalise(text))
}

#[cfg(test)]
mod tests {
    use domain::{EntryText, Kind, Lang};

    use super::*;

    #[test]
    fn who_says_the_rare_word_in_fewer_words_comes_first() {
        let entry = |id: &str, answer: &str| {
            Entry::new(
                id,
                Kind::Answer,
                [(Lang::En, EntryText { answer: answer.to_owned(), ..EntryText::default() })],
            )
        };
        let index = Bm25::of(&[
            entry(
                "long",
                "parcels are sent by post, and a kettle is sent in a box with much paper around it",
            ),
            entry("short", "a kettle boils"),
            entry("none", "parcels are sent by post"),
        ]);
        assert_eq!(index.search("kettles", 5), ["short", "long"]);
        assert_eq!(index.search("zebra", 5), [""; 0]);
    }
}
