//! Word by word: which words of a question have a like-minded word in a phrasing, and which have none.
//!
//! Two texts may point the same way though the one asks for trains and the other for instalments. Each word of
//! the question is held against each word of the phrasing, and the closest counts.

use language::embed::Meaning;

use super::{question::Asked, snapshot::Snapshot};

/// Of a longer question only the words that say most are looked at.
const MOST_WORDS: usize = 24;

/// How well a question and a phrasing cover each other's words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// The weight of the question's words, each as far as the phrasing has one like it; a share.
    pub(super) covered: f32,
    /// The same for the phrasing's words.
    pub(super) covering: f32,
    /// The most that a single word of the question is missed, against its heaviest word.
    pub(super) missed: f32,
}

impl Likeness {
    /// Both ways in one.
    pub(super) fn both(&self) -> f32 {
        2.0 * self.covered * self.covering / (self.covered + self.covering).max(1e-6)
    }
}

/// The words of a question, and how close the words of the knowledge are to them, as far as was asked.
pub(super) struct Words<'a> {
    snapshot: &'a Snapshot,
    asked: Vec<(Option<u32>, f32, Option<&'a Meaning>)>,
    /// For each term its row in `close`; `u32::MAX` for none yet.
    rows: Vec<u32>,
    close: Vec<f32>,
    heaviest: f32,
    mass: f32,
}

impl<'a> Words<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, asked: &'a Asked) -> Self {
        let mut words: Vec<_> = asked
            .words
            .iter()
            .zip(&asked.word_meanings)
            .map(|(word, meaning)| (word.number, word.weight, meaning.as_ref()))
            .collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        words.truncate(MOST_WORDS);
        Self {
            snapshot,
            heaviest: words.first().map_or(0.0, |word| word.1),
            mass: words.iter().map(|word| word.1).sum(),
            asked: words,
            rows: vec![u32::MAX; snapshot.terms.len()],
            close: Vec::new(),
        }
    }

    /// How close the term is to each word of the question.
    fn row(&mut self, term: u32) -> usize {
        if self.rows[term as usize] == u32::MAX {
            self.rows[term as usize] = (self.close.len() / self.asked.len()) as u32;
            let meaning = self.snapshot.terms[term as usize].meaning.as_ref();
            let closeness = |(number, _, asked): &(Option<u32>, f32, Option<&Meaning>)| {
                if *number == Some(term) {
                    return 1.0;
                }
                asked.zip(meaning).map_or(0.0, |(asked, meaning)| asked.closeness(meaning).clamp(0.0, 1.0))
            };
            self.close.extend(self.asked.iter().map(closeness));
        }
        self.rows[term as usize] as usize * self.asked.len()
    }

    pub(super) fn likeness(&mut self, phrasing: impl ExactSizeIterator<Item = u32>) -> Likeness {
        if self.asked.is_empty() || phrasing.len() == 0 || self.mass <= 0.0 {
            return Likeness::default();
        }
        let mut best = [0.0_f32; MOST_WORDS];
        let (mut found, mut all) = (0.0, 0.0);
        for term in phrasing {
            let row = self.row(term);
            let closeness = &self.close[row..][..self.asked.len()];
            let mut closest = 0.0_f32;
            for (best, &close) in best.iter_mut().zip(closeness) {
                *best = best.max(close);
                closest = closest.max(close);
            }
            let weight = self.snapshot.weight(term);
            found += weight * closest;
            all += weight;
        }
        let mut likeness = Likeness { covering: found / all.max(1e-6), ..Likeness::default() };
        for ((_, weight, _), best) in self.asked.iter().zip(best) {
            likeness.covered += weight * best / self.mass;
            likeness.missed = likeness.missed.max(weight * (1.0 - best) / self.heaviest.max(1e-6));
        }
        likeness
    }
}

#[cfg(test)]
mod tests {
    use domain::{Entry, EntryText, Kind, Lang};

    use super::*;
    use crate::{
        Library,
        library::{passage::Of, question},
    };

    fn likeness(question: &str, title: &str) -> Likeness {
        let text = EntryText { title: title.to_owned(), ..EntryText::default() };
        let entry = Entry::new("only", Kind::Answer, [(Lang::Zh, text)]);
        let library = Library::new();
        library.change(&[entry], &[], 1);
        let snapshot = library.snapshot();
        let asked = question::read(&snapshot, question);
        let passage = snapshot.passages.iter().flatten().next();
        let phrasing: Vec<u32> = passage
            .map(|passage| passage.terms(&passage.phrasings[0], Of::Words).collect())
            .unwrap_or_default();
        Words::new(&snapshot, &asked).likeness(phrasing.into_iter())
    }

    #[test]
    fn the_same_words_cover_each_other() {
        let same = likeness("运费多少", "运费多少");
        assert!(same.covered > 0.99 && same.covering > 0.99 && same.missed < 0.01, "{same:?}");
    }

    #[test]
    fn a_word_for_the_same_is_half_a_match_and_a_strange_one_none() {
        let [kin, strange] = ["邮费多少", "火车多少"].map(|question| likeness(question, "运费多少"));
        assert!(kin.covered > strange.covered && kin.missed < strange.missed, "{kin:?} {strange:?}");
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(likeness("", "运费多少"), Likeness::default());
    }
}
