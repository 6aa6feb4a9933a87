//! Names, things and sentences of other documents: what a falsehood borrows.

use std::collections::HashSet;

use super::{Document, lies::pieces};
use crate::{
    embed::{self, Meaning},
    is_han,
    normal::normalise,
    segment,
    spelling::lexicon,
    train::chance::Chance,
};

#[derive(Default)]
pub(super) struct Pool {
    names: Vec<String>,
    things: [Vec<(String, Meaning)>; 2],
    sentences: [Vec<(String, Meaning)>; 2],
}

const MOST: usize = 12_000;

impl Pool {
    pub(super) fn of(documents: &[Document], chance: &mut Chance) -> Self {
        let mut pool = Self::default();
        let mut seen: HashSet<String> = HashSet::new();
        let embedder = embed::shipped();
        for document in documents {
            let lang = usize::from(document.chinese);
            for sentence in crate::entail::sentences(&document.text) {
                if pool.sentences[lang].len() < MOST
                    && chance.share() < 0.3
                    && (8..200).contains(&sentence.chars().count())
                    && !crate::entail::asks(sentence)
                {
                    pool.sentences[lang].extend(
                        embedder.embed(sentence).map(|meaning| (sentence.trim().to_owned(), meaning)),
                    );
                }
                if !document.chinese {
                    pool.names.extend(
                        names(sentence)
                            .into_iter()
                            .map(|(at, end)| sentence[at..end].to_owned())
                            .filter(|name| seen.insert(name.clone())),
                    );
                }
                for (_, word) in pieces(sentence) {
                    if pool.things[lang].len() < MOST
                        && is_thing(word, document.chinese)
                        && seen.insert(word.to_owned())
                    {
                        pool.things[lang]
                            .extend(embedder.embed(word).map(|meaning| (word.to_owned(), meaning)));
                    }
                }
            }
        }
        pool
    }

    pub(super) fn name(&self, old: &str, source: &str, chance: &mut Chance) -> Option<String> {
        let upper = old.chars().all(|c| !c.is_lowercase());
        (0..12).find_map(|_| {
            let name = self.names.get(chance.below(self.names.len()))?;
            let fits = !source.to_lowercase().contains(&name.to_lowercase())
                && name.split(' ').count().abs_diff(old.split(' ').count()) <= 2;
            fits.then(|| if upper { name.to_uppercase() } else { name.clone() })
        })
    }

    /// Another thing: of a few at random one of the closer.
    pub(super) fn thing(
        &self,
        old: &str,
        source: &str,
        chinese: bool,
        chance: &mut Chance,
    ) -> Option<String> {
        let list = &self.things[usize::from(chinese)];
        let meaning = embed::shipped().embed(old)?;
        let tries = [1, 6, 40][chance.below(3)];
        let tag = |word: &str| segment::tagged(word).first().map_or("", |(_, tag)| *tag).to_owned();
        let best = (0..tries)
            .filter_map(|_| list.get(chance.below(list.len())))
            .filter(|(word, other)| !source.contains(word.as_str()) && meaning.closeness(other) < 0.6)
            .filter(|(word, _)| !chinese || tag(word).chars().next() == tag(old).chars().next())
            .max_by(|a, b| meaning.closeness(&a.1).total_cmp(&meaning.closeness(&b.1)))?;
        Some(best.0.clone())
    }

    /// A sentence of another document, of many at random the closest.
    pub(super) fn stranger(
        &self,
        sentence: &str,
        source: &str,
        chinese: bool,
        chance: &mut Chance,
    ) -> Option<String> {
        let list = &self.sentences[usize::from(chinese)];
        let meaning = embed::shipped().embed(sentence)?;
        let known = normalise(source);
        let tries = [3, 60][chance.below(2)];
        let best = (0..tries)
            .filter_map(|_| list.get(chance.below(list.len())))
            .filter(|(other, near)| meaning.closeness(near) < 0.85 && !known.contains(&normalise(other)))
            .max_by(|a, b| meaning.closeness(&a.1).total_cmp(&meaning.closeness(&b.1)))?;
        Some(best.0.clone())
    }
}

pub(super) fn is_thing(word: &str, chinese: bool) -> bool {
    if chinese {
        let all_han = word.chars().all(is_han) && (2..5).contains(&word.chars().count());
        return all_han
            && segment::tagged(word)
                .first()
                .is_some_and(|(whole, tag)| *whole == word && tag.starts_with('n'));
    }
    let low = word.to_lowercase();
    word.len() > 3
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && word == low
        && lexicon::usual(&low).is_some_and(|likely| likely < -7.5)
        && !low.ends_with("ly")
        && !low.ends_with("ing")
        && !low.ends_with("ed")
}

/// Names in an English sentence: capitals that do not stand at its beginning, in a row.
pub(super) fn names(sentence: &str) -> Vec<(usize, usize)> {
    let words = pieces(sentence);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, &(at, word)) in words.iter().enumerate() {
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.len() > 1
            && !["The", "You", "This", "If", "When", "Yes", "No"].contains(&word);
        let begins = place == 0 || sentence[..at].trim_end().ends_with(['.', ':', '!', '?', '"']);
        let joins = found.last().is_some_and(|&(_, end)| sentence.get(end..at) == Some(" "));
        if capital && joins {
            if let Some(last) = found.last_mut() {
                last.1 = at + word.len();
            }
        } else if capital && (!begins || word.chars().all(|c| c.is_ascii_uppercase())) {
            found.push((at, at + word.len()));
        }
    }
    found
}
