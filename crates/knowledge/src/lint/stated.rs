//! What pieces of answers state, each read once: a piece is compared with many others.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use jiff::civil::Date;
use language::quantity::{Quantity, quantities};

use super::shop::Shop;

/// A piece of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// The place of its text.
    pub(super) text: usize,
    /// The bytes of the answer.
    pub(super) at: usize,
    pub(super) end: usize,
}

/// The text of a piece, where it begins and where it ends.
type Bytes = (usize, usize, usize);

/// The quantities in pieces that somebody wanted to compare.
pub(super) struct Stated<'a, 'b> {
    pub(super) shop: &'a Shop<'b>,
    today: Date,
    known: RefCell<HashMap<Bytes, Rc<[Quantity]>>>,
}

impl<'a, 'b> Stated<'a, 'b> {
    pub(super) fn new(shop: &'a Shop<'b>, today: Date) -> Self {
        Self { shop, today, known: RefCell::default() }
    }

    /// What a piece states, and where in it.
    pub(super) fn by(&self, span: Span) -> Rc<[Quantity]> {
        let mut known = self.known.borrow_mut();
        let known = known.entry((span.text, span.at, span.end));
        Rc::clone(known.or_insert_with(|| quantities(self.shop.said(span), self.today).into()))
    }

    /// What the whole answer of a text states.
    pub(super) fn by_answer(&self, text: usize) -> Rc<[Quantity]> {
        self.by(Span { text, at: 0, end: self.shop.texts[text].answer().len() })
    }
}

impl Shop<'_> {
    /// The words of a piece.
    pub(super) fn said(&self, span: Span) -> &str {
        &self.texts[span.text].answer()[span.at..span.end]
    }
}
