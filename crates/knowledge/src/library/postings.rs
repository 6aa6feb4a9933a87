//! Which passages hold a term, and how often: packed, since there are more of them than of anything else.
//!
//! Passages come in the order of their places, each as its distance to the one before in steps of seven bits, and its
//! counts in one byte where they are small, as they nearly always are.

use std::sync::Arc;

use super::passage::Counts;

/// A passage that holds a term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) passage: u32,
    pub(super) counts: Counts,
}

/// The passages that hold a term, in the order of their places.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    bytes: Arc<[u8]>,
    len: u32,
}

/// Says that counts follow that do not fit one byte.
const LARGE: u8 = u8::MAX;

impl Postings {
    /// Bytes that they hold.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len() + size_of::<[usize; 2]>()
    }

    /// Of passages in the order of their places.
    pub(super) fn of(postings: &[Posting]) -> Self {
        let mut bytes = Vec::with_capacity(postings.len() * 3);
        let mut before = 0;
        for posting in postings {
            write_number(&mut bytes, posting.passage - before);
            write_counts(&mut bytes, posting.counts);
            before = posting.passage;
        }
        Self { bytes: bytes.into(), len: postings.len() as u32 }
    }

    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn iter(&self) -> Iter<'_> {
        Iter { rest: &self.bytes, before: 0 }
    }

    /// Whether this passage is among them.
    pub(super) fn holds(&self, passage: u32) -> bool {
        self.iter().map(|posting| posting.passage).find(|known| *known >= passage) == Some(passage)
    }
}

/// Reads them one by one.
pub(super) struct Iter<'a> {
    rest: &'a [u8],
    before: u32,
}

impl Iter<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }

    fn counts(&mut self) -> Option<Counts> {
        match self.byte()? {
            LARGE => {
                let (question, opening) = (self.byte()?, self.byte()?);
                let answer = u16::from_le_bytes([self.byte()?, self.byte()?]);
                Some(Counts { question, opening, answer })
            }
            small => Some(Counts {
                question: small >> 6,
                opening: small >> 4 & 0b11,
                answer: u16::from(small & 0b1111),
            }),
        }
    }
}

impl Iterator for Iter<'_> {
    type Item = Posting;

    #[inline]
    fn next(&mut self) -> Option<Posting> {
        let distance = self.number()?;
        self.before += distance;
        Some(Posting { passage: self.before, counts: self.counts()? })
    }
}

fn write_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn write_counts(bytes: &mut Vec<u8>, counts: Counts) {
    let Counts { question, opening, answer } = counts;
    let small = question < 4 && opening < 4 && answer < 16;
    let packed = question << 6 | (opening & 0b11) << 4 | (answer & 0b1111) as u8;
    if small && packed != LARGE {
        bytes.push(packed);
    } else {
        bytes.extend([LARGE, question, opening]);
        bytes.extend(answer.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_read_again(rows in prop::collection::btree_map(any::<u32>(), any::<(u8, u8, u16)>(), 0..40)) {
            let posting = |(&passage, &(question, opening, answer)): (&u32, &(u8, u8, u16))| {
                // Small counts are the usual ones.
                let shift = passage % 8;
                let counts = Counts { question: question >> shift, opening: opening >> shift, answer: answer >> (2 * shift) };
                Posting { passage, counts }
            };
            let all: Vec<Posting> = rows.iter().map(posting).collect();
            let told = |postings: &[Posting]| -> Vec<_> {
                postings.iter().map(|p| (p.passage, p.counts.question, p.counts.opening, p.counts.answer)).collect()
            };
            let packed = Postings::of(&all);
            prop_assert_eq!(told(&packed.iter().collect::<Vec<_>>()), told(&all));
            prop_assert_eq!((packed.len(), packed.is_empty()), (all.len(), all.is_empty()));
            for posting in &all {
                prop_assert!(packed.holds(posting.passage));
                let next = posting.passage.wrapping_add(1);
                prop_assert_eq!(packed.holds(next), rows.contains_key(&next));
            }
        }
    }

    #[test]
    fn most_take_two_bytes() {
        let counts = Counts { question: 3, opening: 1, answer: 2 };
        let packed = Postings::of(&[1, 5, 9, 100].map(|passage| Posting { passage, counts }));
        assert_eq!(packed.bytes.len(), 8);
    }
}
