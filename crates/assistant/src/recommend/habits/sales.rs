//! What sells, and when.

use super::{
    Basket, Buy,
    seasons::{MONTHS, seasons},
};

/// Days after which a sale may count half; the last says that all count the same.
const HALF_LIVES: [f32; 3] = [90.0, 365.0, f32::INFINITY];
/// The part of all sales, the latest, that the others are to foretell.
const LATEST: usize = 5;
/// What is believed of an item that did not sell yet, in sales.
const UNSOLD: f32 = 0.1;
/// Best sellers that are kept of each month.
const POPULAR: usize = 200;

/// What orders tell of each item alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sales {
    /// The share of what sells, lately more than long ago where that foretells more.
    pub(super) share: Vec<f32>,
    /// How many bought it.
    pub(super) buyers: Vec<u32>,
    /// How much more it sells in a month than all the year round.
    pub(super) season: Vec<[f32; MONTHS]>,
    /// Per month: what sells best.
    pub(super) popular: Vec<Vec<u32>>,
}

impl Sales {
    pub(super) fn none(items: usize) -> Self {
        Self {
            share: vec![0.0; items],
            buyers: vec![0; items],
            season: vec![[1.0; MONTHS]; items],
            popular: vec![Vec::new(); MONTHS],
        }
    }

    pub(super) fn count(items: usize, baskets: &[&Basket]) -> Self {
        let mut sales = Self::none(items);
        let mut months = vec![[0.0_f32; MONTHS]; items];
        let mut buys: Vec<Buy> = baskets.iter().flat_map(|basket| basket.iter().copied()).collect();
        for buy in &buys {
            sales.buyers[buy.item as usize] += 1;
            months[buy.item as usize][month(buy.month)] += 1.0;
        }
        buys.sort_unstable_by_key(|buy| (buy.day, buy.buyer, buy.item));
        sales.share = shares(items, &buys, half_life(items, &buys));
        sales.season = seasons(&months);
        sales.popular = (0..MONTHS).map(|month| sales.best_sellers(month)).collect();
        sales
    }

    fn best_sellers(&self, month: usize) -> Vec<u32> {
        let mut sold: Vec<u32> =
            (0..self.share.len() as u32).filter(|&item| self.buyers[item as usize] > 0).collect();
        let sells = |item: u32| self.share[item as usize] * self.season[item as usize][month];
        sold.sort_by(|&a, &b| sells(b).total_cmp(&sells(a)).then(a.cmp(&b)));
        sold.truncate(POPULAR);
        sold
    }
}

/// The place of a month, 1 to 12.
pub(super) fn month(month: u8) -> usize {
    usize::from(month.clamp(1, 12) - 1)
}

/// Each item's share of these sales, which are in the order of their days.
fn shares(items: usize, buys: &[Buy], half_life: f32) -> Vec<f32> {
    let today = buys.last().map_or(0, |buy| buy.day);
    let mut shares = vec![UNSOLD; items];
    for buy in buys {
        shares[buy.item as usize] += 0.5_f32.powf((today - buy.day) as f32 / half_life);
    }
    let all: f32 = shares.iter().sum::<f32>().max(1e-6);
    for share in &mut shares {
        *share /= all;
    }
    shares
}

/// The one under which earlier sales foretell later ones best.
fn half_life(items: usize, buys: &[Buy]) -> f32 {
    let (before, after) = buys.split_at(buys.len() - buys.len() / LATEST);
    let foretold = |half_life: &f32| {
        let shares = shares(items, before, *half_life);
        after.iter().map(|buy| f64::from(shares[buy.item as usize].ln())).sum::<f64>()
    };
    let all = HALF_LIVES.iter().map(|half_life| (foretold(half_life), *half_life));
    all.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(f32::INFINITY, |(_, half_life)| half_life)
}
