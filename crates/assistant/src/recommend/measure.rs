//! Measures recommendations on generated order histories with a known structure.
//!
//! Customers have latent tastes, products belong to them, some sell far more than others, some only in season, and
//! what is bought follows from what was bought before. How strong all that is, is an argument: without structure
//! nothing can beat what simply sells, and nothing must be worse.

use std::collections::HashSet;

use serde::Serialize;

use super::{
    chance::Chance,
    habits::{Buy, Habits},
};

/// What a generated shop is like.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shape {
    /// Products.
    pub items: usize,
    /// Customers with a history.
    pub customers: usize,
    /// Latent tastes.
    pub tastes: usize,
    /// The share of purchases that follow a taste; the others follow what sells.
    pub structure: f64,
    /// How unevenly products sell: the exponent of their ranks.
    pub skew: f64,
    /// The share of products that sell in three months of the year only.
    pub seasonal: f64,
}

impl Shape {
    /// A shop whose customers know what they like.
    pub const STRONG: Self =
        Self { items: 1_000, customers: 4_000, tastes: 40, structure: 0.8, skew: 0.7, seasonal: 0.2 };
    /// One whose customers buy as much of what everybody buys.
    pub const MIDDLE: Self = Self { structure: 0.5, ..Self::STRONG };
    /// One where few products sell much, and tastes are broad: what sells is hard to beat.
    pub const SKEWED: Self = Self { tastes: 25, structure: 0.7, skew: 0.9, ..Self::STRONG };
    /// A shop whose customers mostly buy what everybody buys.
    pub const WEAK: Self = Self { structure: 0.15, ..Self::STRONG };
    /// A shop without any structure.
    pub const NONE: Self = Self { structure: 0.0, seasonal: 0.0, ..Self::STRONG };
}

/// A generated shop: what was bought, and what each customer bought next, which nothing is learnt from.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Products.
    pub items: usize,
    /// The history.
    pub buys: Vec<Buy>,
    /// Each customer's next purchase.
    pub next: Vec<Buy>,
    /// Whether it was among the ten that are likeliest for who knows how the shop was made.
    pub known: Vec<bool>,
}

/// Of what is learnt of a generated shop.
const SEED: u64 = 1;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// Purchases to be foreseen.
    pub rows: usize,
    /// The share that was among the first ten.
    pub hit_at_10: f64,
    /// The same for what sold most, all customers the same list.
    pub most_popular_hit_at_10: f64,
    /// The same for who knows how the shop was made: no method finds more. 0 of a shop of one's own.
    pub best_possible_hit_at_10: f64,
    /// How many times as many; `None` if what sells foresees nothing.
    pub ratio: Option<f64>,
    /// The same for customers with one purchase in their history.
    pub cold: Part,
    /// How much what simply sells counted, as the history chose.
    pub blend: f32,
}

/// The same for a part of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Part {
    /// Purchases to be foreseen.
    pub rows: usize,
    /// The share that was among the first ten.
    pub hit_at_10: f64,
    /// The same for what sold most.
    pub most_popular_hit_at_10: f64,
}

/// Weights to draw from, as sums.
struct Urn {
    items: Vec<u32>,
    sums: Vec<f64>,
    /// The likeliest, with their probability.
    likely: Vec<(u32, f64)>,
}

/// More than anybody buys, and ten.
const LIKELY: usize = 60;

impl Urn {
    fn of(items: Vec<u32>, weight: impl Fn(u32) -> f64) -> Self {
        let mut sum = 0.0;
        let sums = items
            .iter()
            .map(|&item| {
                sum += weight(item);
                sum
            })
            .collect();
        let mut likely: Vec<(u32, f64)> = items.iter().map(|&item| (item, weight(item) / sum)).collect();
        likely.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        likely.truncate(LIKELY);
        Self { items, sums, likely }
    }

    fn draw(&self, chance: &mut Chance) -> Option<u32> {
        let point = chance.unit() * self.sums.last()?;
        let at = self.sums.partition_point(|&sum| sum <= point).min(self.items.len() - 1);
        self.items.get(at).copied()
    }
}

/// Generates a shop. The same seed, the same shop.
pub fn generate(shape: Shape, seed: u64) -> Shop {
    let mut chance = Chance(seed);
    let taste_of: Vec<usize> = (0..shape.items).map(|_| chance.below(shape.tastes)).collect();
    // Ranks are dealt out, so that a product's number tells nothing.
    let mut ranks: Vec<usize> = (1..=shape.items).collect();
    for at in (1..ranks.len()).rev() {
        ranks.swap(at, chance.below(at + 1));
    }
    let peak: Vec<Option<usize>> =
        (0..shape.items).map(|_| (chance.unit() < shape.seasonal).then(|| chance.below(12))).collect();
    let weight = |item: u32| 1.0 / (ranks[item as usize] as f64).powf(shape.skew);
    let sells =
        |item: u32, month: usize| peak[item as usize].is_none_or(|peak| (month + 12 - peak + 1) % 12 <= 2);
    let urn = |month: usize, taste: Option<usize>| {
        let fits =
            |item: &u32| taste.is_none_or(|taste| taste_of[*item as usize] == taste) && sells(*item, month);
        Urn::of((0..shape.items as u32).filter(fits).collect(), weight)
    };
    let all: Vec<Urn> = (0..12).map(|month| urn(month, None)).collect();
    let by_taste: Vec<Vec<Urn>> =
        (0..shape.tastes).map(|taste| (0..12).map(|month| urn(month, Some(taste))).collect()).collect();
    let mut shop = Shop { items: shape.items, buys: Vec::new(), next: Vec::new(), known: Vec::new() };
    for buyer in 0..shape.customers as u32 {
        let tastes = [chance.below(shape.tastes), chance.below(shape.tastes)];
        // One in four is new: a single purchase is known.
        let length = if chance.unit() < 0.25 { 1 } else { 2 + chance.below(9) };
        let mut days: Vec<i32> =
            (0..=length).map(|_| i32::try_from(chance.below(730)).unwrap_or_default()).collect();
        days.sort_unstable();
        let mut had = HashSet::new();
        let mut history: Vec<Buy> = Vec::new();
        for day in days {
            let month = (day / 30 % 12) as usize;
            for _ in 0..20 {
                let urn = if chance.unit() < shape.structure {
                    &by_taste[tastes[usize::from(chance.unit() < 0.3)]][month]
                } else {
                    &all[month]
                };
                let Some(item) = urn.draw(&mut chance) else { continue };
                if had.insert(item) {
                    history.push(Buy { buyer, item, day, month: month as u8 + 1 });
                    break;
                }
            }
        }
        if history.len() >= 2
            && let Some(next) = history.pop()
        {
            let month = usize::from(next.month - 1);
            let of_tastes = [(0.7, tastes[0]), (0.3, tastes[1])]
                .map(|(share, taste)| (share * shape.structure, &by_taste[taste][month]));
            let urns = of_tastes.into_iter().chain([(1.0 - shape.structure, &all[month])]);
            shop.known.push(likeliest(urns, &history).contains(&next.item));
            shop.next.push(next);
        }
        shop.buys.extend(history);
    }
    shop
}

/// A shop of one's own: each customer's last purchase is hidden, of those with at least two.
pub fn hide_last(items: usize, buys: &[Buy]) -> Shop {
    let mut sorted = buys.to_vec();
    sorted.sort_by_key(|buy| (buy.buyer, buy.day, super::habits::mixed(buy), buy.item));
    let mut shop = Shop { items, buys: Vec::new(), next: Vec::new(), known: Vec::new() };
    for of_buyer in sorted.chunk_by(|a, b| a.buyer == b.buyer) {
        match of_buyer {
            [history @ .., last] if history.iter().any(|buy| buy.item != last.item) => {
                shop.buys.extend(history.iter().filter(|buy| buy.item != last.item));
                shop.next.push(*last);
            }
            _ => shop.buys.extend(of_buyer),
        }
    }
    shop
}

/// The ten that are likeliest for who knows the urns.
fn likeliest<'a>(urns: impl Iterator<Item = (f64, &'a Urn)>, had: &[Buy]) -> Vec<u32> {
    let mut chances: std::collections::BTreeMap<u32, f64> = std::collections::BTreeMap::new();
    for (share, urn) in urns {
        for &(item, chance) in &urn.likely {
            *chances.entry(item).or_default() += share * chance;
        }
    }
    let mut ranked: Vec<(u32, f64)> = chances.into_iter().collect();
    ranked.retain(|(item, _)| had.iter().all(|buy| buy.item != *item));
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(10).map(|(item, _)| item).collect()
}

/// Foresees each customer's next purchase.
pub fn measure(shop: &Shop) -> Measured {
    let habits = Habits::learn(shop.items, &shop.buys, SEED);
    let mut sold = vec![0_u32; shop.items];
    let mut history: Vec<Vec<u32>> =
        vec![Vec::new(); shop.next.iter().map(|buy| buy.buyer as usize + 1).max().unwrap_or(0)];
    for buy in &shop.buys {
        sold[buy.item as usize] += 1;
        if let Some(history) = history.get_mut(buy.buyer as usize) {
            history.insert(0, buy.item);
        }
    }
    let mut popular: Vec<u32> = (0..shop.items as u32).collect();
    popular.sort_by_key(|&item| (std::cmp::Reverse(sold[item as usize]), item));
    let (mut hits, mut plain, mut cold) = (0, 0, (0, 0, 0));
    for next in &shop.next {
        let bought = &history[next.buyer as usize];
        let hit = first_ten(&habits, bought, next.month).contains(&next.item);
        let by_sales =
            popular.iter().filter(|item| !bought.contains(item)).take(10).any(|&item| item == next.item);
        hits += usize::from(hit);
        plain += usize::from(by_sales);
        if bought.len() == 1 {
            cold = (cold.0 + 1, cold.1 + usize::from(hit), cold.2 + usize::from(by_sales));
        }
    }
    let share = |found: usize, of: usize| if of == 0 { 0.0 } else { found as f64 / of as f64 };
    let rows = shop.next.len();
    Measured {
        rows,
        hit_at_10: share(hits, rows),
        most_popular_hit_at_10: share(plain, rows),
        best_possible_hit_at_10: share(shop.known.iter().filter(|known| **known).count(), rows),
        ratio: (plain > 0).then(|| hits as f64 / plain as f64),
        cold: Part {
            rows: cold.0,
            hit_at_10: share(cold.1, cold.0),
            most_popular_hit_at_10: share(cold.2, cold.0),
        },
        blend: habits.blend(),
    }
}

/// The ten that are most probably bought next; what was bought is left out.
pub fn first_ten(habits: &Habits, bought: &[u32], month: u8) -> Vec<u32> {
    let mut next: Vec<(u32, f32)> = habits.next(bought, month).into_iter().collect();
    next.retain(|(item, _)| !bought.contains(item));
    next.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    next.into_iter().take(10).map(|(item, _)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small shop, so that the test is quick; `frontdesk eval recommend` measures larger ones.
    const SMALL: Shape = Shape { items: 300, customers: 500, tastes: 15, ..Shape::STRONG };

    #[test]
    fn structure_is_found_and_where_there_is_none_nothing_gets_worse() {
        let strong = measure(&generate(SMALL, 3));
        assert!(strong.ratio.is_some_and(|ratio| ratio >= 2.0), "{strong:?}");
        let none = measure(&generate(Shape { structure: 0.0, seasonal: 0.0, ..SMALL }, 3));
        assert!(none.ratio.is_some_and(|ratio| ratio >= 0.9), "{none:?}");
    }

    #[test]
    fn the_same_orders_in_any_order_teach_the_same() {
        let shop = generate(SMALL, 5);
        let mut turned = shop.buys.clone();
        turned.reverse();
        assert_eq!(Habits::learn(shop.items, &shop.buys, 1), Habits::learn(shop.items, &turned, 1));
    }
}
