//! What is bought by the same people.
//!
//! How near two products are is the shrunk cosine of who bought both: what few people bought is not near by chance,
//! and what everybody buys is not near to everything.

use std::collections::HashMap;

use super::Basket;

/// Another item that is bought by the same people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::recommend) struct Near {
    pub(in crate::recommend) item: u32,
    pub(super) closeness: f32,
    pub(super) together: u32,
}

/// Others that are kept of each item.
const NEAR: usize = 100;
/// Baskets that were needed to be believed half.
const DOUBT: f32 = 3.0;
/// Of the latest purchases each counts so much of the one after it.
const FADING: f32 = 0.9;
/// The nearest from which is walked on, and how much the second step counts.
const STEPS: usize = 60;
const WALK: f32 = 1.0;

/// Per item: the nearest others, nearest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Neighbours {
    of: Vec<Vec<Near>>,
}

impl Neighbours {
    pub(super) fn none(items: usize) -> Self {
        Self { of: vec![Vec::new(); items] }
    }

    pub(super) fn find(items: usize, baskets: &[&Basket]) -> Self {
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); items];
        // Who buys everything says little of what belongs together.
        let weights: Vec<f32> =
            baskets.iter().map(|basket| 1.0 / (1.0 + basket.len() as f32).log2()).collect();
        let mut weight_of = vec![0.0_f32; items];
        for (at, basket) in (0..).zip(baskets) {
            for buy in *basket {
                holders[buy.item as usize].push(at);
                weight_of[buy.item as usize] += weights[at as usize];
            }
        }
        let mut sums = vec![(0.0_f32, 0_u32); items];
        let mut touched: Vec<u32> = Vec::new();
        let mut of = Vec::with_capacity(items);
        for item in 0..items {
            for &at in &holders[item] {
                for other in baskets[at as usize].iter().filter(|other| other.item as usize != item) {
                    let sum = &mut sums[other.item as usize];
                    if sum.1 == 0 {
                        touched.push(other.item);
                    }
                    *sum = (sum.0 + weights[at as usize], sum.1 + 1);
                }
            }
            let mut near: Vec<Near> = Vec::with_capacity(touched.len());
            for other in touched.drain(..) {
                let (weight, together) = std::mem::take(&mut sums[other as usize]);
                let believed = together as f32 / (together as f32 + DOUBT);
                let size = (weight_of[item] * weight_of[other as usize]).sqrt().max(1e-6);
                near.push(Near { item: other, closeness: believed * weight / size, together });
            }
            near.sort_by(|a, b| b.closeness.total_cmp(&a.closeness).then(a.item.cmp(&b.item)));
            near.truncate(NEAR);
            of.push(near);
        }
        Self { of }
    }

    /// The nearest others of an item.
    pub(super) fn of(&self, item: u32) -> &[Near] {
        self.of.get(item as usize).map_or(&[], Vec::as_slice)
    }

    /// What is near to these, the latest first: shares of 1; empty where nothing is.
    pub(super) fn to(&self, bought: &[u32]) -> HashMap<u32, f32> {
        let mut near: HashMap<u32, f32> = HashMap::new();
        let mut weight = 1.0;
        for &item in bought {
            for other in self.of(item) {
                *near.entry(other.item).or_default() += weight * other.closeness;
            }
            weight *= FADING;
        }
        self.walk_on(&mut near);
        let mut sorted: Vec<f32> = near.values().copied().collect();
        sorted.sort_by(f32::total_cmp);
        let all: f32 = sorted.into_iter().sum::<f32>().max(1e-9);
        for share in near.values_mut() {
            *share /= all;
        }
        near
    }

    /// What is near to what is near: of few orders most pairs were never seen, though both go with a third.
    fn walk_on(&self, near: &mut HashMap<u32, f32>) {
        let mut first: Vec<(u32, f32)> = near.iter().map(|(&item, &score)| (item, score)).collect();
        first.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        first.truncate(STEPS);
        for (item, score) in first {
            for other in self.of(item) {
                *near.entry(other.item).or_default() += WALK * score * other.closeness;
            }
        }
    }

    /// For each item that is near to one of these: the one that it is bought with most, and in how many baskets.
    pub(super) fn reasons(&self, bought: &[u32]) -> HashMap<u32, (u32, u32)> {
        let mut best: HashMap<u32, (f32, u32, u32)> = HashMap::new();
        for &with in bought {
            for near in self.of(with) {
                let link = (near.closeness, with, near.together);
                let known = best.entry(near.item).or_insert(link);
                if link.0 > known.0 {
                    *known = link;
                }
            }
        }
        best.into_iter().map(|(item, (_, with, together))| (item, (with, together))).collect()
    }
}
