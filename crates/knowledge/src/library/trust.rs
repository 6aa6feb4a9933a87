//! What a plugged model can be trusted with, tried on questions of our own: in Chinese, in English, and across.
//!
//! A model that knows English alone tells nothing of Chinese, but tells it with numbers as firm as any. Where it
//! finds fewer right partners among strangers than our own directions do, those count instead.

use domain::Lang;
use language::embed::{self, Meaning};

use super::sentences::{TextName, Vectors};

/// A row: two ways to ask in Chinese, the same two in English. Written by us.
const PROBE: &str = include_str!("../../models/probe.tsv");
/// Who finds so much less than our own directions do, as a share of the questions, is not believed at all.
const MARGIN: f32 = 0.2;

/// From 0, our own directions alone, to 1, the plugged model alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Trust {
    zh: f32,
    en: f32,
    across: f32,
}

/// The texts whose vectors the trial needs.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    PROBE.lines().flat_map(|line| line.split('\t'))
}

/// One of the four columns: two ways to ask in Chinese, the same two in English, row by row.
pub(super) fn column(at: usize) -> Vec<&'static str> {
    PROBE.lines().filter_map(|line| line.split('\t').nth(at)).collect()
}

impl Trust {
    /// Tries a model by its vectors of [`texts`].
    pub(super) fn tried(vectors: &Vectors) -> Self {
        let embedder = embed::shipped();
        let ours = columns(|text| embedder.embed(text));
        let theirs = columns(|text| vectors.get(&TextName::of(text)).cloned());
        let trust = |from: usize, to: usize| {
            let behind = found(&ours[from], &ours[to]) - found(&theirs[from], &theirs[to]);
            (1.0 - behind / MARGIN).clamp(0.0, 1.0)
        };
        Self { zh: trust(0, 1), en: trust(2, 3), across: trust(0, 2).min(trust(2, 0)) }
    }

    /// For a question in one language and a text in another; who asks in no language that one can tell asks in
    /// that of the text.
    pub(super) fn between(&self, asked: Option<Lang>, text: Lang) -> f32 {
        match (asked.unwrap_or(text), text) {
            (Lang::Zh, Lang::Zh) => self.zh,
            (Lang::En, Lang::En) => self.en,
            _ => self.across,
        }
    }
}

/// What the rows mean, column by column.
fn columns(meaning: impl Fn(&str) -> Option<Meaning>) -> [Vec<Option<Meaning>>; 4] {
    let column = |at| PROBE.lines().map(|line| meaning(line.split('\t').nth(at)?)).collect();
    [column(0), column(1), column(2), column(3)]
}

/// How many of a column find their partner in another, as a share.
fn found(asked: &[Option<Meaning>], partners: &[Option<Meaning>]) -> f32 {
    let is_found = |(at, asked): &(usize, &Option<Meaning>)| {
        let Some(asked) = asked else { return false };
        let close = |partner: &Option<Meaning>| partner.as_ref().map_or(-1.0, |known| asked.closeness(known));
        let right = close(&partners[*at]);
        partners.iter().enumerate().all(|(other, partner)| other == *at || close(partner) < right)
    };
    asked.iter().enumerate().filter(is_found).count() as f32 / asked.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(meaning: impl Fn(&str) -> Option<Meaning>) -> Vectors {
        texts().filter_map(|text| Some((TextName::of(text), meaning(text)?))).collect()
    }

    #[test]
    fn rows_are_whole() {
        assert!(PROBE.lines().count() >= 20);
        assert!(
            PROBE.lines().all(|line| line.split('\t').filter(|text| !text.trim().is_empty()).count() == 4)
        );
    }

    #[test]
    fn who_knows_as_much_as_we_do_is_believed_and_who_knows_nothing_is_not() {
        let ours = Trust::tried(&vectors(|text| embed::shipped().embed(text)));
        assert_eq!(ours, Trust { zh: 1.0, en: 1.0, across: 1.0 });
        let nothing = Trust::tried(&Vectors::default());
        assert_eq!(nothing, Trust { zh: 0.0, en: 0.0, across: 0.0 });
    }

    #[test]
    fn who_knows_english_alone_is_believed_in_english_alone() {
        let english = vectors(|text| text.is_ascii().then(|| embed::shipped().embed(text)).flatten());
        let trust = Trust::tried(&english);
        assert_eq!(trust, Trust { zh: 0.0, en: 1.0, across: 0.0 });
        assert!(trust.between(None, Lang::En) > 0.99 && trust.between(Some(Lang::Zh), Lang::En) < 0.01);
    }
}
