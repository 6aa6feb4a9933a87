//! What customers buy together, what sells, and when: item-to-item statistics of past orders.
//!
//! How near two products are is the shrunk cosine of who bought both: what few people bought is not near by chance,
//! and what everybody buys is not near to everything. How much it counts against what simply sells is chosen on the
//! shop's own orders: the last purchase of each customer is hidden and must be found again. Where orders have no
//! structure, what sells wins.

use std::collections::HashMap;

/// One purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buy {
    /// Who, by number.
    pub buyer: u32,
    /// What, by place.
    pub item: u32,
    /// When, in days since 1970.
    pub day: i32,
    /// The month, 1 to 12.
    pub month: u8,
}

/// What orders tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Habits {
    /// Per item: the nearest others, nearest first, and in how many baskets both were.
    near: Vec<Vec<Near>>,
    /// Per item: the share of what sells, lately more than long ago.
    share: Vec<f32>,
    /// Per item: how many bought it.
    buyers: Vec<u32>,
    /// Per item and month: how much more it sells than all the year round.
    season: Vec<[f32; 12]>,
    /// Per month: what sells best.
    popular: Vec<Vec<u32>>,
    /// How much what simply sells counts, from 0 to 1.
    blend: f32,
}

/// Another item that is bought by the same people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) item: u32,
    pub(super) closeness: f32,
    pub(super) together: u32,
}

/// Others that are kept of each item, and best sellers of each month.
const NEAR: usize = 100;
const POPULAR: usize = 200;
/// The latest purchases of a customer that count: beyond, somebody buys for resale.
const BASKET: usize = 40;
/// Baskets that were needed to be believed half.
const DOUBT: f32 = 3.0;
/// Days after which a sale counts half.
const HALF_LIFE: f32 = 180.0;
/// Sales of an item in a month that were needed to be believed half.
const SEASON_DOUBT: f32 = 6.0;
/// Of the latest purchases each counts so much of the one after it.
const FADING: f32 = 0.9;
/// What the last purchases of at most so many customers are hidden for.
const ASKED: usize = 800;
/// So many parts take turns.
const FOLDS: usize = 5;
/// What is gained must be so many times what chance gains.
const SURE: f32 = 1.5;
/// How many of a list count as found.
const FIRST: usize = 10;
/// The nearest from which is walked on, and how much the second step counts.
const STEPS: usize = 60;
const WALK: f32 = 1.0;
/// What may be chosen for the blend; the last is what simply sells.
const BLENDS: [f32; 7] = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0];

type Basket = Vec<Buy>;

impl Habits {
    /// Of a catalogue that nobody has bought from.
    pub fn none(items: usize) -> Self {
        Self {
            near: vec![Vec::new(); items],
            share: vec![0.0; items],
            buyers: vec![0; items],
            season: vec![[1.0; 12]; items],
            popular: vec![Vec::new(); 12],
            blend: 1.0,
        }
    }

    /// From all purchases of a catalogue of so many items. Deterministic, whatever their order.
    pub fn learn(items: usize, buys: &[Buy]) -> Self {
        let baskets = baskets(items, buys);
        if baskets.is_empty() {
            return Self::none(items);
        }
        let blend = chosen(items, &baskets);
        let parts: Vec<&[Buy]> = baskets.iter().map(Vec::as_slice).collect();
        Self { blend, ..Self::count(items, &parts) }
    }

    fn count(items: usize, baskets: &[&[Buy]]) -> Self {
        let mut habits = Self::none(items);
        let today =
            baskets.iter().flat_map(|basket| basket.iter()).map(|buy| buy.day).max().unwrap_or_default();
        let mut months = vec![[0.0_f32; 12]; items];
        for buy in baskets.iter().flat_map(|basket| basket.iter()) {
            let item = buy.item as usize;
            habits.share[item] += 0.5_f32.powf((today - buy.day) as f32 / HALF_LIFE);
            habits.buyers[item] += 1;
            months[item][usize::from(buy.month.clamp(1, 12) - 1)] += 1.0;
        }
        let all: f32 = habits.share.iter().sum();
        habits.share.iter_mut().for_each(|share| *share /= all.max(1e-6));
        habits.season = seasons(&months);
        habits.near = neighbours(items, baskets);
        habits.popular = (0..12).map(|month| habits.best_sellers(month)).collect();
        habits
    }

    fn best_sellers(&self, month: usize) -> Vec<u32> {
        let mut sold: Vec<u32> =
            (0..self.share.len() as u32).filter(|&item| self.buyers[item as usize] > 0).collect();
        let sells = |item: u32| self.share[item as usize] * self.season[item as usize][month];
        sold.sort_by(|&a, &b| sells(b).total_cmp(&sells(a)).then(a.cmp(&b)));
        sold.truncate(POPULAR);
        sold
    }

    /// How likely each item is bought next in this month by who bought these (the latest first), from 0 to 1, best
    /// of all 1. Items that nothing speaks for are left out.
    pub fn next(&self, bought: &[u32], month: u8) -> HashMap<u32, f32> {
        self.blended(bought, month, self.blend)
    }

    fn blended(&self, bought: &[u32], month: u8, blend: f32) -> HashMap<u32, f32> {
        let at = usize::from(month.clamp(1, 12) - 1);
        let mut near: HashMap<u32, f32> = HashMap::new();
        let mut weight = 1.0;
        for &item in bought.iter().take(BASKET) {
            for other in self.near.get(item as usize).map_or(&[][..], Vec::as_slice) {
                *near.entry(other.item).or_default() += weight * other.closeness;
            }
            weight *= FADING;
        }
        self.walk_on(&mut near);
        let season = |item: u32| self.season[item as usize][at];
        for (&item, score) in &mut near {
            *score *= season(item);
        }
        let nearest = near.values().copied().fold(0.0_f32, f32::max);
        let blend = if nearest > 0.0 { blend } else { 1.0 };
        for score in near.values_mut() {
            *score *= (1.0 - blend) / nearest.max(1e-9);
        }
        let sellers = self.popular.get(at).map_or(&[][..], Vec::as_slice);
        let sells = |item: u32| self.share[item as usize] * season(item);
        let most = sellers.first().map_or(1.0, |&item| sells(item)).max(1e-9);
        for &item in sellers {
            *near.entry(item).or_default() += blend * sells(item) / most;
        }
        near
    }

    /// What is near to what is near: of few orders most pairs were never seen, though both go with a third.
    fn walk_on(&self, near: &mut HashMap<u32, f32>) {
        let mut first: Vec<(u32, f32)> = near.iter().map(|(&item, &score)| (item, score)).collect();
        first.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        first.truncate(STEPS);
        for (item, score) in first {
            for other in self.near(item) {
                *near.entry(other.item).or_default() += WALK * score * other.closeness;
            }
        }
    }

    /// For each item that is near to one of these: the one that it is bought with most, and in how many baskets.
    pub(super) fn reasons(&self, bought: &[u32]) -> HashMap<u32, (u32, u32)> {
        let mut best: HashMap<u32, (f32, u32, u32)> = HashMap::new();
        for &with in bought {
            for near in self.near(with) {
                let link = (near.closeness, with, near.together);
                let known = best.entry(near.item).or_insert(link);
                if link.0 > known.0 {
                    *known = link;
                }
            }
        }
        best.into_iter().map(|(item, (_, with, together))| (item, (with, together))).collect()
    }

    /// How many bought an item.
    pub fn buyers(&self, item: u32) -> u32 {
        self.buyers.get(item as usize).copied().unwrap_or_default()
    }

    /// How much what simply sells counts against what is bought together, from 0 to 1.
    pub const fn blend(&self) -> f32 {
        self.blend
    }

    /// The nearest others of an item.
    pub(super) fn near(&self, item: u32) -> &[Near] {
        self.near.get(item as usize).map_or(&[], Vec::as_slice)
    }
}

/// Each customer's purchases, the latest first, each item once.
fn baskets(items: usize, buys: &[Buy]) -> Vec<Basket> {
    let mut sorted: Vec<Buy> = buys.iter().copied().filter(|buy| (buy.item as usize) < items).collect();
    sorted.sort_by_key(|buy| (buy.buyer, std::cmp::Reverse(buy.day), mixed(buy), buy.item));
    let mut all: Vec<Basket> = Vec::new();
    let mut of = None;
    for buy in sorted {
        if of != Some(buy.buyer) {
            of = Some(buy.buyer);
            all.push(Vec::new());
        }
        let Some(basket) = all.last_mut() else { continue };
        if basket.len() < BASKET && basket.iter().all(|other| other.item != buy.item) {
            basket.push(buy);
        }
    }
    all
}

/// Of what was bought on one day no product comes first because of its place.
pub(super) fn mixed(buy: &Buy) -> u32 {
    let mixed = buy.item.wrapping_mul(0x9E37_79B1) ^ buy.buyer.wrapping_mul(0x85EB_CA77);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D)
}

/// What sells in which month, against what all sell in it; neighbouring months count half.
fn seasons(months: &[[f32; 12]]) -> Vec<[f32; 12]> {
    let smooth = |of: &[f32; 12]| {
        std::array::from_fn::<f32, 12, _>(|at| of[at] + 0.5 * (of[(at + 11) % 12] + of[(at + 1) % 12]))
    };
    let mut all = [0.0_f32; 12];
    for item in months {
        all.iter_mut().zip(item).for_each(|(all, one)| *all += one);
    }
    let total: f32 = all.iter().sum::<f32>().max(1.0);
    let all = smooth(&all);
    let factor = |item: &[f32; 12]| {
        let sold: f32 = item.iter().sum();
        let own = smooth(item);
        std::array::from_fn(|at| (own[at] + SEASON_DOUBT) / (sold * all[at] / total + SEASON_DOUBT))
    };
    months.iter().map(factor).collect()
}

fn neighbours(items: usize, baskets: &[&[Buy]]) -> Vec<Vec<Near>> {
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); items];
    // Who buys everything says little of what belongs together.
    let weights: Vec<f32> = baskets.iter().map(|basket| 1.0 / (1.0 + basket.len() as f32).log2()).collect();
    let mut weight_of = vec![0.0_f32; items];
    for (at, basket) in (0..).zip(baskets) {
        for buy in *basket {
            holders[buy.item as usize].push(at);
            weight_of[buy.item as usize] += weights[at as usize];
        }
    }
    let mut sums = vec![(0.0_f32, 0_u32); items];
    let mut touched: Vec<u32> = Vec::new();
    let mut all = Vec::with_capacity(items);
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
        all.push(near);
    }
    all
}

/// The blend under which most hidden purchases are found again. What simply sells stays unless it is beaten by more
/// than chance. A part of the customers at a time hides its last purchase, so that little is missing of the rest.
fn chosen(items: usize, baskets: &[Basket]) -> f32 {
    let fit: Vec<usize> = (0..baskets.len()).filter(|&at| baskets[at].len() >= 2).collect();
    let step = fit.len().div_ceil(ASKED).max(1);
    let asked: Vec<usize> = fit.into_iter().step_by(step).collect();
    let mut found: Vec<Vec<bool>> = vec![Vec::new(); BLENDS.len()];
    for fold in 0..FOLDS {
        let hiding: Vec<usize> = asked.iter().copied().skip(fold).step_by(FOLDS).collect();
        let mut parts: Vec<&[Buy]> = baskets.iter().map(Vec::as_slice).collect();
        for &at in &hiding {
            parts[at] = &parts[at][1..];
        }
        let habits = Habits::count(items, &parts);
        for (found, blend) in found.iter_mut().zip(BLENDS) {
            found.extend(hiding.iter().map(|&at| is_found(&habits, &baskets[at], blend)));
        }
    }
    let [.., plain] = found.as_slice() else { return 1.0 };
    let gain = |found: &[bool]| {
        let only = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| **a && !**b).count() as f32;
        let (won, lost) = (only(found, plain), only(plain, found));
        (won - lost > SURE * (won + lost).sqrt()).then_some(won - lost)
    };
    let gains = found.iter().zip(BLENDS).filter_map(|(found, blend)| Some((gain(found)?, blend)));
    gains.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(1.0, |(_, blend)| blend)
}

fn is_found(habits: &Habits, basket: &[Buy], blend: f32) -> bool {
    let (hidden, known) = (basket[0], &basket[1..]);
    let bought: Vec<u32> = known.iter().map(|buy| buy.item).collect();
    let scores = habits.blended(&bought, hidden.month, blend);
    let Some(&own) = scores.get(&hidden.item) else { return false };
    let better = scores.iter().filter(|&(&item, score)| {
        !bought.contains(&item) && own.total_cmp(score).then(item.cmp(&hidden.item)).is_lt()
    });
    better.count() < FIRST
}
