//! The terms of a passage's ways to ask. They say much the same, so each term is named once a passage and every way to
//! ask lists places among them.

use std::collections::HashMap;

/// Terms, and lists of them.
pub(super) struct Terms {
    table: Box<[u32]>,
    /// One byte a place, two where there are more than 256 terms.
    places: Box<[u8]>,
    is_wide: bool,
}

/// Terms to be.
#[derive(Default)]
pub(super) struct Listing {
    table: Vec<u32>,
    known: HashMap<u32, u16>,
    places: Vec<u16>,
}

impl Listing {
    /// How many were listed so far.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Whatever stands beyond so many is forgotten.
    pub(super) fn truncate(&mut self, len: usize) {
        self.places.truncate(len);
    }

    /// Lists terms. A passage of more different ones than two bytes can name is compared by the others.
    pub(super) fn extend(&mut self, terms: impl IntoIterator<Item = u32>) {
        for term in terms {
            let Some(place) = self.place(term) else { continue };
            self.places.push(place);
        }
    }

    /// Where it stands in the table; `None` if that is full.
    fn place(&mut self, term: u32) -> Option<u16> {
        if let Some(&known) = self.known.get(&term) {
            return Some(known);
        }
        let place = u16::try_from(self.table.len()).ok()?;
        self.table.push(term);
        self.known.insert(term, place);
        Some(place)
    }

    pub(super) fn finish(self) -> Terms {
        let is_wide = self.table.len() > 256;
        let places = if is_wide {
            self.places.iter().flat_map(|place| place.to_le_bytes()).collect()
        } else {
            self.places.iter().map(|&place| place as u8).collect()
        };
        Terms { table: self.table.into(), places, is_wide }
    }
}

impl Terms {
    /// Bytes that they hold.
    pub(super) fn bytes(&self) -> usize {
        self.table.len() * size_of::<u32>() + self.places.len()
    }

    /// The terms that were listed at these places, in their order.
    pub(super) fn listed(&self, from: usize, to: usize) -> impl ExactSizeIterator<Item = u32> + '_ {
        let width = if self.is_wide { 2 } else { 1 };
        let places = self.places[from * width..to * width].chunks_exact(width);
        places.map(move |place| {
            let low = usize::from(place[0]);
            self.table[if width == 1 { low } else { low | usize::from(place[1]) << 8 }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_read_again_from_small_tables_and_large_ones() {
        for different in [3, 256, 257, 2_000] {
            let terms: Vec<u32> = (0..3_000).map(|at| at % different * 7).collect();
            let mut listing = Listing::default();
            listing.extend(terms.iter().copied());
            let listed = listing.finish();
            assert!(listed.listed(0, terms.len()).eq(terms.iter().copied()));
            assert!(listed.listed(5, 9).eq(terms[5..9].iter().copied()), "{different}");
            assert_eq!(listed.listed(4, 4).len(), 0);
        }
    }
}
