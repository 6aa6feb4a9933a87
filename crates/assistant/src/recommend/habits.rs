//! What customers buy together, what they like, what sells, and when: what past orders tell.
//!
//! Three voices: what is bought by the same people ([`near`]), tastes that nobody named ([`tastes`]), and what simply
//! sells in this month. How much each counts is chosen on the shop's own orders ([`choice`]).

use std::collections::HashMap;

mod choice;
mod near;
mod sales;
mod seasons;
mod tastes;

use choice::choose;
pub(super) use near::Near;
use near::Neighbours;
use sales::Sales;
use tastes::Tastes;

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
    near: Neighbours,
    sales: Sales,
    tastes: Tastes,
    mix: Mix,
}

/// How much each voice counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Mix {
    /// What simply sells, from 0 to 1.
    sales: f32,
    /// Of the rest: what is bought together, against tastes.
    together: f32,
}

impl Mix {
    const SALES: Self = Self { sales: 1.0, together: 0.0 };

    /// What tastes, what is bought together and what sells say, as one.
    fn of(self, [liked, together, sells]: [f32; 3]) -> f32 {
        let near = self.together * together + (1.0 - self.together) * liked;
        (1.0 - self.sales) * near + self.sales * sells
    }
}

/// The latest purchases of a customer that count: beyond, somebody buys for resale.
const BASKET: usize = 40;

type Basket = Vec<Buy>;

impl Habits {
    /// Of a catalogue that nobody has bought from.
    pub fn none(items: usize) -> Self {
        Self {
            near: Neighbours::none(items),
            sales: Sales::none(items),
            tastes: Tastes::default(),
            mix: Mix::SALES,
        }
    }

    /// From all purchases of a catalogue of so many items. The same seed and the same purchases in whatever order, the
    /// same habits.
    pub fn learn(items: usize, buys: &[Buy], seed: u64) -> Self {
        let baskets = baskets(items, buys);
        if baskets.is_empty() {
            return Self::none(items);
        }
        let choice = choose(items, &baskets, seed);
        let all: Vec<&Basket> = baskets.iter().collect();
        let (sales, near) = (Sales::count(items, &all), Neighbours::find(items, &all));
        let are_heard = choice.mix.sales < 1.0 && choice.mix.together < 1.0;
        let find = || Tastes::find(&all, &sales.share, choice.tastes, seed);
        let tastes = if are_heard { find() } else { Tastes::default() };
        Self { near, sales, tastes, mix: choice.mix }
    }

    /// How likely each item is bought next in this month by who bought these (the latest first), from 0 to 1, best
    /// of all 1. Items that nothing speaks for are left out.
    pub fn next(&self, bought: &[u32], month: u8) -> HashMap<u32, f32> {
        let bought = &bought[..bought.len().min(BASKET)];
        let heard = if self.mix.sales < 1.0 {
            Heard::of(&self.sales, &self.near, &self.tastes, bought)
        } else {
            Heard::nothing()
        };
        let mix = heard.mix(self.mix);
        let all = heard.all(&self.sales, month).into_iter();
        let mut next: HashMap<u32, f32> = all.map(|(item, parts)| (item, mix.of(parts))).collect();
        next.retain(|_, score| *score > 0.0);
        let best = next.values().copied().fold(0.0_f32, f32::max).max(1e-12);
        for score in next.values_mut() {
            *score /= best;
        }
        next
    }

    /// For each item that is near to one of these: the one that it is bought with most, and in how many baskets.
    pub(super) fn reasons(&self, bought: &[u32]) -> HashMap<u32, (u32, u32)> {
        self.near.reasons(bought)
    }

    /// How many bought an item.
    pub fn buyers(&self, item: u32) -> u32 {
        self.sales.buyers.get(item as usize).copied().unwrap_or_default()
    }

    /// How much what simply sells counts against what is bought together and what tastes say, from 0 to 1.
    pub const fn blend(&self) -> f32 {
        self.mix.sales
    }

    /// The nearest others of an item.
    pub(super) fn near(&self, item: u32) -> &[Near] {
        self.near.of(item)
    }
}

/// What speaks for each item, where somebody bought something.
struct Heard {
    near: HashMap<u32, f32>,
    liked: HashMap<u32, f32>,
    /// How much tastes say that what sells is liked.
    sales: f32,
}

impl Heard {
    fn nothing() -> Self {
        Self { near: HashMap::new(), liked: HashMap::new(), sales: 0.0 }
    }

    fn of(sales: &Sales, near: &Neighbours, tastes: &Tastes, bought: &[u32]) -> Self {
        if bought.is_empty() {
            return Self::nothing();
        }
        let liked = tastes.liked(bought, &sales.share);
        Self { near: near.to(bought), liked: liked.items, sales: liked.sales }
    }

    /// The mix where a voice is silent: the others speak.
    fn mix(&self, mix: Mix) -> Mix {
        match (self.near.is_empty(), self.liked.is_empty()) {
            (true, true) => Mix::SALES,
            (true, false) => Mix { together: 0.0, ..mix },
            (false, true) => Mix { together: 1.0, ..mix },
            (false, false) => mix,
        }
    }

    /// For each item what tastes, what is bought together and what sells say in a month.
    fn all(&self, sales: &Sales, month: u8) -> Vec<(u32, [f32; 3])> {
        let popular = sales.popular.get(sales::month(month)).map_or(&[][..], Vec::as_slice);
        let mut items: Vec<u32> = self.near.keys().chain(self.liked.keys()).chain(popular).copied().collect();
        items.sort_unstable();
        items.dedup();
        items.into_iter().map(|item| (item, self.parts(sales, item, month))).collect()
    }

    fn parts(&self, sales: &Sales, item: u32, month: u8) -> [f32; 3] {
        let of = |voice: &HashMap<u32, f32>| voice.get(&item).copied().unwrap_or_default();
        let (sells, season) = (sales.share[item as usize], sales.season[item as usize][sales::month(month)]);
        [of(&self.liked) + self.sales * sells, of(&self.near), sells].map(|part| part * season)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers by number who each buy three of ten products, those of `kind` from 0 on.
    fn buys(customers: std::ops::Range<u32>, kind: u32) -> impl Iterator<Item = Buy> {
        customers.flat_map(move |buyer| {
            let item = move |at: u32| kind * 10 + (buyer * 7 + at * 3) % 10;
            (0..3).map(move |at| Buy { buyer, item: item(at), day: (buyer + at).cast_signed(), month: 1 })
        })
    }

    #[test]
    fn who_bought_of_one_kind_is_shown_more_of_it_and_first_what_was_never_bought_beside() {
        let all: Vec<Buy> = buys(0..60, 0).chain(buys(60..120, 1)).collect();
        let habits = Habits::learn(20, &all, 1);
        assert!(habits.blend() < 1.0, "{}", habits.blend());
        let next = habits.next(&[2, 5], 1);
        let of = |item: u32| next.get(&item).copied().unwrap_or_default();
        let (own, other): (Vec<u32>, Vec<u32>) = ((0..10).collect(), (10..20).collect());
        let least =
            own.iter().filter(|item| ![2, 5].contains(*item)).map(|&item| of(item)).fold(1.0, f32::min);
        assert!(other.iter().all(|&item| of(item) < least), "{next:?}");
    }

    #[test]
    fn without_orders_and_without_purchases_only_what_sells_speaks() {
        assert!(Habits::learn(20, &[], 1).next(&[3], 5).is_empty());
        let habits = Habits::learn(20, &buys(0..60, 0).collect::<Vec<_>>(), 1);
        let next = habits.next(&[], 1);
        assert_eq!(next.len(), 10, "{next:?}");
        assert!(next.keys().all(|item| *item < 10));
    }
}
