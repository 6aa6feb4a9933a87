//! Texts become places in a table, pairs of them batches.

use std::collections::HashMap;

use super::Pair;
use crate::train::chance::Chance;
use crate::{
    embed::{Piece, pieces},
    normal, segment,
};

/// A pair as places in the table.
pub(super) struct Bags {
    pub(super) a: Vec<u32>,
    pub(super) b: Vec<u32>,
    pub(super) group: u64,
}

impl Bags {
    /// Itself without a share of its pieces, but never without all.
    pub(super) fn some(&self, dropout: f32, chance: &mut Chance) -> Self {
        let mut thin = |bag: &[u32]| {
            let kept: Vec<u32> = bag.iter().copied().filter(|_| chance.share() >= dropout).collect();
            if kept.is_empty() { bag.to_vec() } else { kept }
        };
        Self { a: thin(&self.a), b: thin(&self.b), group: self.group }
    }
}

/// The pieces of both texts of a pair, and its group.
pub(super) type Cut = (Vec<Piece>, Vec<Piece>, u64);

/// Cuts on all cores.
pub(super) fn cut_all(pairs: &[Pair]) -> Vec<Cut> {
    let cut = |text: &str| {
        let normal = normal::normalise(segment::head(text));
        pieces(&normal, &segment::terms_of(&normal))
    };
    let half = pairs.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = pairs
            .chunks(half)
            .map(|part| {
                scope.spawn(move || {
                    part.iter().map(|pair| (cut(&pair.a), cut(&pair.b), pair.group)).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

pub(super) struct Vocabulary {
    pub(super) names: Vec<Piece>,
    pub(super) found_in: Vec<u32>,
    pub(super) places: HashMap<Piece, u32>,
}

/// The pieces that stand in most texts.
pub(super) fn vocabulary<'a>(texts: impl Iterator<Item = &'a Vec<Piece>>, most: usize) -> Vocabulary {
    let mut counts: HashMap<Piece, u32> = HashMap::new();
    for text in texts {
        for &piece in text {
            *counts.entry(piece).or_default() += 1;
        }
    }
    let mut sorted: Vec<(Piece, u32)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    sorted.sort_unstable_by_key(|&(piece, count)| (std::cmp::Reverse(count), piece));
    sorted.truncate(most);
    Vocabulary {
        places: sorted.iter().enumerate().map(|(at, &(piece, _))| (piece, at as u32)).collect(),
        names: sorted.iter().map(|&(piece, _)| piece).collect(),
        found_in: sorted.iter().map(|&(_, count)| count).collect(),
    }
}

/// Places of pairs, in batches of one source each, in no order.
pub(super) fn batches(
    bags: &[Vec<Bags>],
    shares: &[f32],
    size: usize,
    chance: &mut Chance,
) -> Vec<(usize, Vec<usize>)> {
    let mut all = Vec::new();
    for (source, (pairs, share)) in bags.iter().zip(shares).enumerate() {
        let mut places: Vec<usize> = Vec::new();
        let mut wanted = (pairs.len() as f32 * share) as usize;
        while wanted > 0 && !pairs.is_empty() {
            let mut once: Vec<usize> = (0..pairs.len()).collect();
            chance.shuffle(&mut once);
            once.truncate(wanted);
            wanted -= once.len();
            places.extend(once);
        }
        all.extend(places.chunks(size).filter(|batch| batch.len() > 1).map(|batch| (source, batch.to_vec())));
    }
    chance.shuffle(&mut all);
    all
}
