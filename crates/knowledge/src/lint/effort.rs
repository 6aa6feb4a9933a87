//! How far a check-up looked: what it compared and asked, and where a bound may have cut something off.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
};

use super::near::{Like, Nearest};

/// How far a check-up looked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Pairs of texts that were compared word by word.
    pub compared: usize,
    /// Questions that were put to the library.
    pub asked: usize,
    /// Entries that have more near others than are looked at, or no word that few have: there may be more to find.
    pub crowded: usize,
    /// Pairs that are alike in words and were left alone, because the library had been asked enough.
    pub unasked: usize,
}

/// Counts while the check-up goes on.
#[derive(Default)]
pub(super) struct Tally {
    compared: Cell<usize>,
    asked: Cell<usize>,
    unasked: Cell<usize>,
    crowded: RefCell<HashSet<usize>>,
}

impl Tally {
    /// The nearest texts of this entry, counted.
    pub(super) fn count(&self, entry: usize, nearest: Nearest) -> Vec<Like> {
        self.compared.set(self.compared.get() + nearest.compared);
        if nearest.crowded {
            self.crowded.borrow_mut().insert(entry);
        }
        nearest.likes
    }

    /// The library was asked.
    pub(super) fn asked(&self) {
        self.asked.set(self.asked.get() + 1);
    }

    /// How often the library was asked so far.
    pub(super) fn questions(&self) -> usize {
        self.asked.get()
    }

    /// It would have been asked, had it not been asked enough.
    pub(super) fn unasked(&self) {
        self.unasked.set(self.unasked.get() + 1);
    }

    /// All of it.
    pub(super) fn sum(&self) -> Effort {
        let crowded = self.crowded.borrow().len();
        let (asked, unasked) = (self.asked.get(), self.unasked.get());
        Effort { compared: self.compared.get(), asked, crowded, unasked }
    }
}
