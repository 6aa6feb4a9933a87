//! Pieces of answers that are compared with each other: whole answers, sentences, parts of sentences.

use super::{
    near::{Like, Near},
    shop::{Shop, Text},
    stated::{Span, Stated},
};

/// Pieces of all answers.
pub(super) struct Spans<'a, 'b> {
    pub(super) shop: &'a Shop<'b>,
    pub(super) stated: &'a Stated<'a, 'b>,
    pub(super) list: Vec<Span>,
    pub(super) near: Near,
}

impl<'a, 'b> Spans<'a, 'b> {
    /// Cuts all answers; words of which `drop` says so are not compared.
    pub(super) fn cut(
        stated: &'a Stated<'a, 'b>,
        cut: impl Fn(&str) -> Vec<(usize, usize)>,
        drop: fn(&str) -> bool,
    ) -> Self {
        let shop = stated.shop;
        let pieces = |(text, answer): (usize, &str)| {
            cut(answer).into_iter().map(move |(at, end)| Span { text, at, end }).collect::<Vec<_>>()
        };
        let answers = shop.texts.iter().map(Text::answer).enumerate();
        let list: Vec<Span> = answers.flat_map(pieces).collect();
        let near = Near::new(list.iter().map(|span| shop.said(*span)), drop);
        Self { shop, stated, list, near }
    }

    /// The pieces that are most like one, in other entries of its language; `of` says which count.
    pub(super) fn nearest(
        &self,
        at: usize,
        least: f32,
        most: usize,
        of: impl Fn(usize) -> bool,
    ) -> Vec<Like> {
        let text = self.list[at].text;
        let nearest = self.near.nearest(at, least, most, |other| {
            of(other) && self.shop.is_comparable(text, self.list[other].text)
        });
        self.shop.tally.count(self.shop.texts[text].number, nearest)
    }
}

impl Shop<'_> {
    /// Whether two texts are of different entries and in one language.
    pub(super) fn is_comparable(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.texts[one], &self.texts[other]);
        one.lang == other.lang && one.number != other.number
    }
}
