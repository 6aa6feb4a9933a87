//! A list of words that is asked at every place of a text: by their first or last character.

use super::text::Text;

/// Words with what they mean.
pub(super) struct Words<T: 'static> {
    /// In the order of the character by which they are found.
    sorted: Vec<(char, &'static str, T)>,
    last: bool,
}

impl<T: Copy> Words<T> {
    /// Words that begin at a place.
    pub(super) fn beginning(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::sorted(words, false)
    }

    /// Words that end at a place.
    pub(super) fn ending(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::sorted(words, true)
    }

    fn sorted(words: impl IntoIterator<Item = (&'static str, T)>, last: bool) -> Self {
        let key = |word: &str| if last { word.chars().next_back() } else { word.chars().next() };
        let keyed = |(word, meant): (&'static str, T)| Some((key(word)?.to_ascii_lowercase(), word, meant));
        let mut sorted: Vec<_> = words.into_iter().filter_map(keyed).collect();
        sorted.sort_by_key(|&(key, _, _)| key);
        Self { sorted, last }
    }

    fn keyed(&self, c: char) -> impl Iterator<Item = &(char, &'static str, T)> {
        let c = c.to_ascii_lowercase();
        let from = self.sorted.partition_point(|&(key, _, _)| key < c);
        self.sorted[from..].iter().take_while(move |(key, _, _)| *key == c)
    }

    /// The other end of the longest word that begins (or ends) at a place, and what it means.
    pub(super) fn at(&self, text: &Text, at: usize) -> Option<(usize, T)> {
        if self.last {
            let begin = |word: &str| at.checked_sub(word.chars().count());
            let found = |&(_, word, meant): &(char, &'static str, T)| {
                let begin = begin(word)?;
                text.word(begin, word).map(|_| (begin, meant))
            };
            return self.keyed(text.before(at)).filter_map(found).min_by_key(|&(begin, _)| begin);
        }
        let found = |&(_, word, meant): &(char, &'static str, T)| text.word(at, word).map(|end| (end, meant));
        self.keyed(text.at(at)).filter_map(found).max_by_key(|&(end, _)| end)
    }
}
