//! Tastes that nobody named: which products the same people like, found in what they bought.
//!
//! A customer is a mixture of a few tastes, and of everybody; a taste is a few products. Both are found together
//! (latent Dirichlet allocation with a taste that is what sells, by collapsed variational Bayes of order zero). Of so
//! few orders one finding is much chance: several, begun differently, are heard together.

use std::collections::HashMap;

use super::Basket;
use crate::recommend::chance::Chance;

/// So many findings are heard together. Where customers follow tastes half the time, one finds .15, eight find .19.
const FINDINGS: u64 = 8;
/// So often each purchase is thought over.
const PASSES: usize = 30;
/// The same for a customer who is asked about.
const THOUGHTS: usize = 12;
/// What is believed of a customer before anything was bought: purchases by taste, all together, and by what sells.
const BY_TASTE: f32 = 2.0;
const BY_SALES: f32 = 1.0;
/// Purchases that a taste is believed to have seen of what sells.
const DOUBT: f32 = 5.0;
/// What a taste saw less of than this is left out.
const FAINT: f32 = 0.02;
/// A taste that is less of a customer than this tells nothing.
const HARDLY: f32 = 0.004;
/// From so many purchases is learnt; of more, from customers here and there.
const PURCHASES: usize = 60_000;

/// Tastes, as several findings have them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tastes {
    findings: Vec<Finding>,
}

/// What speaks for each item beyond what sells, and how much what sells counts.
pub(super) struct Liked {
    pub(super) items: HashMap<u32, f32>,
    pub(super) sales: f32,
}

#[derive(Debug, Clone, PartialEq)]
struct Finding {
    /// Of each item the tastes that it belongs to, and its share of what they buy.
    of_item: Vec<Vec<(u32, f32)>>,
    /// Of each taste its items. The last is everybody's and has none.
    of_taste: Vec<Vec<(u32, f32)>>,
    /// Of each taste, how much of it is what sells.
    plain: Vec<f32>,
}

impl Tastes {
    /// As if so many tastes there were: `sells` is each item's share of all that is sold. The same seed, the same tastes.
    pub(super) fn find(baskets: &[&Basket], sells: &[f32], tastes: usize, seed: u64) -> Self {
        let all: usize = baskets.iter().map(|basket| basket.len()).sum();
        let some: Vec<&Basket> = baskets.iter().copied().step_by(all.div_ceil(PURCHASES).max(1)).collect();
        let find = |at: u64| Thinking::new(&some, sells, tastes, seed.wrapping_add(at)).found();
        let (even, odd) = std::thread::scope(|scope| {
            let odd = scope.spawn(|| (1..FINDINGS).step_by(2).map(find).collect::<Vec<_>>());
            let even: Vec<Finding> = (0..FINDINGS).step_by(2).map(find).collect();
            (even, odd.join().unwrap_or_default())
        });
        Self { findings: even.into_iter().chain(odd).collect() }
    }

    /// What who bought these likes.
    pub(super) fn liked(&self, bought: &[u32], sells: &[f32]) -> Liked {
        let mut liked = Liked { items: HashMap::new(), sales: 0.0 };
        let share = 1.0 / self.findings.len().max(1) as f32;
        for finding in &self.findings {
            let mixture = finding.mixture(bought, sells);
            for (taste, &part) in mixture.iter().enumerate() {
                liked.sales += share * part * finding.plain[taste];
                for &(item, weight) in finding.of_taste[taste].iter().filter(|_| part > HARDLY) {
                    *liked.items.entry(item).or_default() += share * part * weight;
                }
            }
        }
        liked
    }
}

impl Finding {
    /// How much of a customer each taste is: each purchase asks the others to which taste it belongs.
    fn mixture(&self, bought: &[u32], sells: &[f32]) -> Vec<f32> {
        let tastes = self.plain.len();
        let before = before(tastes - 1);
        let fits: Vec<Vec<f32>> = bought.iter().map(|&item| self.fits(item, sells)).collect();
        let mut sums = vec![0.0_f32; tastes];
        let mut own: Vec<Vec<f32>> = Vec::with_capacity(fits.len());
        for fit in &fits {
            let parts = shares(before.iter().zip(fit).map(|(before, fit)| before * fit));
            sums.iter_mut().zip(&parts).for_each(|(sum, part)| *sum += part);
            own.push(parts);
        }
        for _ in 0..THOUGHTS {
            for (own, fit) in own.iter_mut().zip(&fits) {
                sums.iter_mut().zip(own.iter()).for_each(|(sum, part)| *sum -= part);
                let weighed = sums.iter().zip(&before).zip(fit);
                *own = shares(weighed.map(|((sum, before), fit)| (sum.max(0.0) + before) * fit));
                sums.iter_mut().zip(own.iter()).for_each(|(sum, part)| *sum += part);
            }
        }
        shares(sums.iter().zip(&before).map(|(sum, before)| sum.max(0.0) + before))
    }

    /// How well an item fits each taste.
    fn fits(&self, item: u32, sells: &[f32]) -> Vec<f32> {
        let sells = sells.get(item as usize).copied().unwrap_or_default().max(1e-9);
        let mut fits: Vec<f32> = self.plain.iter().map(|plain| plain * sells).collect();
        for &(taste, share) in self.of_item.get(item as usize).map_or(&[][..], Vec::as_slice) {
            fits[taste as usize] += share;
        }
        fits
    }
}

/// What is believed of a customer beforehand.
fn before(tastes: usize) -> Vec<f32> {
    let each = BY_TASTE / tastes.max(1) as f32;
    std::iter::repeat_n(each, tastes).chain([BY_SALES]).collect()
}

/// Parts of 1.
fn shares(weights: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut parts: Vec<f32> = weights.collect();
    let sum: f32 = parts.iter().sum::<f32>().max(1e-20);
    for part in &mut parts {
        *part /= sum;
    }
    parts
}

/// All purchases while they are thought over.
struct Thinking<'a> {
    baskets: &'a [&'a Basket],
    sells: &'a [f32],
    before: Vec<f32>,
    /// To which taste each purchase belongs.
    of_buy: Vec<f32>,
    /// The same, summed by item and by taste.
    of_item: Vec<f32>,
    of_taste: Vec<f32>,
}

impl<'a> Thinking<'a> {
    fn new(baskets: &'a [&'a Basket], sells: &'a [f32], tastes: usize, seed: u64) -> Self {
        let before = before(tastes);
        let buys = baskets.iter().map(|basket| basket.len()).sum::<usize>();
        let mut thinking = Self {
            baskets,
            sells,
            of_buy: vec![0.0; buys * before.len()],
            of_item: vec![0.0; sells.len() * before.len()],
            of_taste: vec![0.0; before.len()],
            before,
        };
        thinking.begin(seed);
        thinking
    }

    /// Anywhere: a third is everybody's, the rest by chance.
    fn begin(&mut self, seed: u64) {
        let (tastes, mut chance) = (self.before.len(), Chance(seed));
        let items = self.baskets.iter().flat_map(|basket| basket.iter());
        for (buy, own) in items.zip(self.of_buy.chunks_mut(tastes)) {
            let (all, some) = own.split_at_mut(tastes - 1);
            for part in all.iter_mut() {
                *part = -chance.within().ln();
            }
            some[0] = all.iter().sum::<f32>() * BY_SALES / BY_TASTE;
            let sum: f32 = own.iter().sum::<f32>().max(1e-20);
            for part in own.iter_mut() {
                *part /= sum;
            }
            let of_item = &mut self.of_item[buy.item as usize * tastes..][..tastes];
            for ((own, of_item), of_taste) in own.iter().zip(of_item).zip(&mut self.of_taste) {
                *of_item += own;
                *of_taste += own;
            }
        }
    }

    fn found(mut self) -> Finding {
        for _ in 0..PASSES {
            self.pass();
        }
        let tastes = self.before.len();
        let plain: Vec<f32> = (0..tastes).map(|taste| DOUBT / (self.of_taste[taste] + DOUBT)).collect();
        let plain: Vec<f32> = plain[..tastes - 1].iter().copied().chain([1.0]).collect();
        let mut finding = Finding {
            of_item: vec![Vec::new(); self.sells.len()],
            of_taste: vec![Vec::new(); tastes],
            plain,
        };
        for (item, parts) in self.of_item.chunks(tastes).enumerate() {
            for (taste, &part) in parts[..tastes - 1].iter().enumerate().filter(|(_, part)| **part > FAINT) {
                let share = part / (self.of_taste[taste] + DOUBT);
                finding.of_item[item].push((taste as u32, share));
                finding.of_taste[taste].push((item as u32, share));
            }
        }
        finding
    }

    /// Each purchase asks the customer's others, and who else bought the item, to which taste it belongs.
    fn pass(&mut self) {
        let tastes = self.before.len();
        let mut own = self.of_buy.chunks_mut(tastes);
        for basket in self.baskets {
            let mut of_buyer = self.before.clone();
            let mut own: Vec<&mut [f32]> = own.by_ref().take(basket.len()).collect();
            for own in &own {
                of_buyer.iter_mut().zip(own.iter()).for_each(|(sum, part)| *sum += part);
            }
            for (buy, own) in basket.iter().zip(&mut own) {
                let item = buy.item as usize;
                let of_item = &mut self.of_item[item * tastes..][..tastes];
                rethink(own, &mut of_buyer, of_item, &mut self.of_taste, self.sells[item]);
            }
        }
    }
}

/// One purchase: what it said so far is taken out of all sums, and what it says now put in.
fn rethink(own: &mut [f32], of_buyer: &mut [f32], of_item: &mut [f32], of_taste: &mut [f32], sells: f32) {
    let all = own.iter_mut().zip(of_buyer.iter_mut()).zip(of_item.iter_mut()).zip(of_taste.iter_mut());
    for (((own, buyer), item), taste) in all {
        *buyer = (*buyer - *own).max(0.0);
        *item = (*item - *own).max(0.0);
        *taste = (*taste - *own).max(0.0);
        *own = *buyer * (*item + DOUBT * sells) / (*taste + DOUBT);
    }
    if let (Some(own), Some(buyer)) = (own.last_mut(), of_buyer.last()) {
        *own = buyer * sells;
    }
    let sum = own.iter().sum::<f32>().max(1e-20);
    let all = own.iter_mut().zip(of_buyer).zip(of_item).zip(of_taste);
    for (((own, buyer), item), taste) in all {
        *own /= sum;
        *buyer += *own;
        *item += *own;
        *taste += *own;
    }
}
