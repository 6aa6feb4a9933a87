//! Cuts a run of Chinese where its words are most probable together, each by how often it was met: the rule of jieba,
//! whose dictionary this is.

use super::dictionary::{Code, Dictionary, shipped};

/// All words of the dictionary that stand in a run, and the best way through them.
pub(super) struct Path<'a> {
    dictionary: &'a Dictionary,
    run: &'a str,
    /// Where each character begins, and where the last one ends.
    places: Vec<usize>,
    /// Words by where they begin, the shorter first: the character after the last one, and the code.
    words: Vec<(usize, Code)>,
    /// Where the words of each character begin among [`Path::words`], and where those of the last one end.
    from: Vec<usize>,
    /// The best step from each character: where to, and over which word.
    steps: Vec<(usize, Option<Code>)>,
}

impl<'a> Path<'a> {
    /// Through a run of Chinese by the dictionary that ships.
    pub(super) fn through(run: &'a str) -> Self {
        Self::by(shipped(), run)
    }

    fn by(dictionary: &'a Dictionary, run: &'a str) -> Self {
        let characters: Vec<char> = run.chars().collect();
        let places = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let (mut words, mut from) =
            (Vec::with_capacity(2 * characters.len()), Vec::with_capacity(characters.len() + 1));
        for start in 0..characters.len() {
            from.push(words.len());
            words_at(dictionary, &characters, start, &mut words);
        }
        from.push(words.len());
        let mut path = Self { dictionary, run, places, words, from, steps: Vec::new() };
        path.steps = path.best();
        path
    }

    /// The words that begin at a character.
    fn words_from(&self, at: usize) -> &[(usize, Code)] {
        &self.words[self.from[at]..self.from[at + 1]]
    }

    /// The best steps, found from the end. Of ways that are as probable the longer word goes first; the order of
    /// additions is jieba's, so that roundings fall alike.
    fn best(&self) -> Vec<(usize, Option<Code>)> {
        let count = self.places.len() - 1;
        let mut steps = vec![(0, None); count];
        let mut probable = vec![0.0_f64; count + 1];
        for at in (0..count).rev() {
            let mut best: Option<(f64, usize, Option<Code>)> = None;
            for &(end, code) in self.words_from(at) {
                let sum = self.dictionary.met(code) - self.dictionary.total + probable[end];
                if best.is_none_or(|(known, ..)| sum >= known) {
                    best = Some((sum, end, Some(code)));
                }
            }
            let alone = || (0.0 - self.dictionary.total + probable[at + 1], at + 1, None);
            let (sum, end, code) = best.unwrap_or_else(alone);
            steps[at] = (end, code);
            // What stands before a character that joins no word is weighed by itself.
            probable[at] = if self.text(at, at + 1).starts_with(STANDS_ALONE) { 0.0 } else { sum };
        }
        steps
    }

    /// The words one after the other: their characters, from and to, and their codes.
    fn spans(&self) -> impl Iterator<Item = (usize, usize, Option<Code>)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let &(end, code) = self.steps.get(at)?;
            let from = std::mem::replace(&mut at, end);
            Some((from, end, code))
        })
    }

    fn text(&self, from: usize, to: usize) -> &'a str {
        &self.run[self.places[from]..self.places[to]]
    }

    /// The words one after the other.
    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.spans().map(|(from, to, _)| self.text(from, to))
    }

    /// The same, each with its part of speech.
    pub(super) fn tagged(&self) -> impl Iterator<Item = (&'a str, &'static str)> {
        self.spans().map(|(from, to, code)| {
            let word = self.text(from, to);
            let alone = || word.chars().next().map_or("", |c| self.dictionary.speech_alone(c));
            (word, code.map_or_else(alone, |code| self.dictionary.speech(code)))
        })
    }

    /// The same, before each long word the words of two and of three characters that stand in it.
    pub(super) fn fine(&self) -> Vec<&'a str> {
        let mut found = Vec::with_capacity(self.steps.len());
        for (from, to, _) in self.spans() {
            for length in [2, 3] {
                let starts = from..(to + 1).saturating_sub(length);
                let within = starts.filter(|_| to - from > length);
                let is_word = |&at: &usize| self.words_from(at).iter().any(|&(end, _)| end == at + length);
                found.extend(within.filter(is_word).map(|at| self.text(at, at + length)));
            }
            found.push(self.text(from, to));
        }
        found
    }
}

/// Characters that join no word, as in jieba, which takes them for no characters of Chinese.
const STANDS_ALONE: [char; 2] = ['々', '〇'];

fn words_at(dictionary: &Dictionary, characters: &[char], start: usize, words: &mut Vec<(usize, Code)>) {
    let mut node = dictionary.first(characters[start]);
    let mut end = start + 1;
    while let Some(at) = node {
        words.extend(dictionary.word(at).map(|code| (end, code)));
        let joins = |c: &&char| ![characters[start], **c].iter().any(|c| STANDS_ALONE.contains(c));
        node = characters.get(end).filter(joins).and_then(|&c| dictionary.next(at, c));
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        is_han,
        segment::runs,
        train::{own, phrases, words::JIEBA},
    };

    /// Cuts as jieba cuts by the same dictionary.
    fn is_cut_as_before(run: &str) {
        let path = Path::through(run);
        let plain: Vec<&str> = JIEBA.cut(run, false).into_iter().map(|token| token.word).collect();
        assert_eq!(path.words().collect::<Vec<_>>(), plain, "{run}");
        let fine: Vec<&str> = JIEBA.cut_for_search(run, false).into_iter().map(|token| token.word).collect();
        assert_eq!(path.fine(), fine, "{run}");
        for ((word, speech), tag) in path.tagged().zip(JIEBA.tag(run, false)) {
            // Without its own dictionary jieba guesses no part of speech.
            assert!(word == tag.word && (speech == tag.tag || tag.tag == "x"), "{run}: {word} {speech}");
        }
    }

    #[test]
    fn what_customers_write_is_cut_as_jieba_cuts_it() {
        let said = own::service_zh().into_iter().chain(own::attacks()).map(|said| said.text.to_owned());
        let phrases = phrases::zh().into_iter().map(|phrase| phrase.text);
        for text in said.chain(phrases).chain(["二〇二六年".to_owned(), "人々的鎗".to_owned()]) {
            runs(&text).filter(|run| run.starts_with(is_han)).for_each(is_cut_as_before);
        }
    }

    proptest! {
        /// Whatever the characters.
        #[test]
        fn any_run_is_cut_as_jieba_cuts_it(run in r"[一-龥〇々]{1,40}") {
            is_cut_as_before(&run);
        }
    }
}
