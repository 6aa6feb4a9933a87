//! Which products, and why.

use std::collections::HashMap;

use domain::{Product, ProductId, Shopper};

use super::{
    rules, search,
    stock::Stock,
    wish::{Strength, Wish},
};

/// So many products are named at once.
pub(super) const MOST: usize = 3;
/// Of the best so many are looked at for what may stand side by side.
const LOOKED_AT: usize = 60;
/// From so much of a wish's words on, a product is what was asked for.
const SAYS_IT: f32 = 0.34;
/// From so close a meaning on, it may be.
const MEANS_IT: f32 = 0.42;
/// What is for the thing that was named stands so much behind the thing.
const OF_ONE: f32 = 0.8;
/// In so many baskets must two products be before we say that customers buy them together.
const OFTEN: u32 = 3;
/// As many must have bought a product before we call it popular.
const POPULAR: u32 = 10;

/// Why a product is recommended.
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
    /// Customers who bought this one, as they did, also bought it.
    Bought(ProductId),
    /// The same of a product that they ask about.
    Beside(ProductId),
    /// It makes a gift for whom they named.
    Gift,
    /// It costs what they said.
    Budget,
    /// It is what they named: the words.
    Words(Vec<String>),
    /// They said that they like this.
    Liked(String),
    /// The owner wants it.
    Pinned,
    /// Many buy it.
    Popular,
}

impl Because {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bought(_) => "bought",
            Self::Beside(_) => "beside",
            Self::Gift => "gift",
            Self::Budget => "budget",
            Self::Words(_) => "words",
            Self::Liked(_) => "liked",
            Self::Pinned => "pinned",
            Self::Popular => "popular",
        }
    }
}

/// A product with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// Its place in the stock.
    pub at: u32,
    /// How well it fits, to be compared within one answer.
    pub score: f32,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// What is known of who asks, by places.
struct Known {
    month: u8,
    bought: Vec<u32>,
    next: HashMap<u32, f32>,
    /// Why an item goes with what they bought or ask about: with which, and in how many baskets.
    reasons: HashMap<u32, (u32, u32)>,
}

fn known(stock: &Stock, shopper: &Shopper, also: &[u32], month: u8) -> Known {
    let bought: Vec<u32> = shopper.tastes.bought.iter().filter_map(|id| stock.place(id)).collect();
    let basket: Vec<u32> = also.iter().chain(&bought).copied().collect();
    Known { month, next: stock.habits.next(&basket, month), reasons: stock.habits.reasons(&basket), bought }
}

/// Up to three products for who asks for advice. Empty if nothing fits.
pub fn pick(stock: &Stock, wish: &Wish, shopper: &Shopper, month: u8) -> Vec<Pick> {
    let asked = Asked::of(stock, wish);
    let for_somebody = wish.gift && !wish.recipients.is_empty();
    if wish.strength == Strength::Perhaps && !asked.is_sure() && !for_somebody {
        return Vec::new();
    }
    let known = known(stock, shopper, &[], month);
    let left = (stock.rules.most_products as usize).saturating_sub(shopper.shown.len()).min(MOST);
    let mut picks: Vec<Pick> = (0..stock.len() as u32)
        .filter_map(|at| {
            let product = stock.product(at)?;
            (may(stock, product, at, shopper, &known) && suits(stock, wish, at)).then_some(())?;
            weigh(stock, wish, &asked, shopper, &known, at, product)
        })
        .collect();
    // Who may only have asked whether there is one is shown one, and nothing that is made for one: no lamp for candles.
    if wish.strength == Strength::Perhaps && asked.names && !for_somebody {
        // Of linen curtains the curtains are what is asked for.
        let thing = wish.words.last();
        picks.retain(|pick| {
            let says = thing.is_none_or(|thing| stock.goods.index.says(pick.at, thing));
            says && stock.product(pick.at).is_some_and(|product| search::is_called(product, &wish.words))
        });
    }
    // Where some of the shop's goods are for them, others are no gift for them.
    if for_somebody && stock.goods.recipients.iter().any(|&bits| wish.is_for(bits)) {
        picks.retain(|pick| pick.because.iter().any(|why| matches!(why, Because::Gift | Because::Words(_))));
    }
    if picks.len() > LOOKED_AT {
        picks.select_nth_unstable_by(LOOKED_AT, better);
        picks.truncate(LOOKED_AT);
    }
    picks.sort_by(better);
    side_by_side(stock, picks, &known.bought, month, left)
}

/// Which of two comes first: the owner's pick, then what fits better.
fn better(a: &Pick, b: &Pick) -> std::cmp::Ordering {
    let pinned = |pick: &Pick| pick.because.contains(&Because::Pinned);
    pinned(b).cmp(&pinned(a)).then(b.score.total_cmp(&a.score)).then(a.at.cmp(&b.at))
}

/// One product to be named unasked, beside those that the message is about; only with a reason.
pub fn volunteer(stock: &Stock, about: &[u32], shopper: &Shopper, month: u8) -> Option<Pick> {
    let known = known(stock, shopper, about, month);
    let from: Vec<u32> = about.iter().chain(&known.bought).copied().collect();
    let mut picks: Vec<Pick> = Vec::new();
    for near in from.iter().flat_map(|&at| stock.habits.near(at)) {
        let Some(product) = stock.product(near.item) else { continue };
        let seen = about.contains(&near.item) || picks.iter().any(|pick| pick.at == near.item);
        if seen || !may(stock, product, near.item, shopper, &known) {
            continue;
        }
        let Some(&(with, together)) = known.reasons.get(&near.item) else { continue };
        let Some(id) = stock.product(with).map(|product| product.id.clone()) else { continue };
        if together >= OFTEN {
            let because = if about.contains(&with) { Because::Beside(id) } else { Because::Bought(id) };
            let boost = if rules::is_boosted(&stock.rules, product, month) { 0.3 } else { 0.0 };
            let score = known.next.get(&near.item).copied().unwrap_or_default()
                + boost
                + liked_bonus(stock, near.item, shopper);
            picks.push(Pick { at: near.item, score, because: vec![because] });
        }
    }
    picks.sort_by(better);
    side_by_side(stock, picks, &from, month, 1).into_iter().next()
}

/// Whether it may be named at all: to them, now, here.
fn may(stock: &Stock, product: &Product, at: u32, shopper: &Shopper, known: &Known) -> bool {
    let repeated = shopper.shown.contains(&product.id) || known.bought.contains(&at);
    let disliked = shopper.tastes.disliked.iter().any(|word| is_about(stock, at, word));
    !repeated && !disliked && rules::allow(&stock.rules, product, known.month)
}

/// Whether it says what was added to the wish, and nothing of what is not wanted.
fn suits(stock: &Stock, wish: &Wish, at: u32) -> bool {
    let says = |word: &String| stock.goods.index.says(at, word);
    wish.must.iter().all(says) && !wish.without.iter().any(|word| says(word) || is_about(stock, at, word))
}

/// Whether a product says this word of itself.
fn is_about(stock: &Stock, at: u32, word: &str) -> bool {
    let word = word.trim().to_lowercase();
    !word.is_empty() && stock.goods.says.get(at as usize).is_some_and(|says| says.contains(&word))
}

fn liked_bonus(stock: &Stock, at: u32, shopper: &Shopper) -> f32 {
    if shopper.tastes.liked.iter().any(|word| is_about(stock, at, word)) { 0.2 } else { 0.0 }
}

/// What the words of a wish find.
struct Asked {
    said: HashMap<u32, f32>,
    meant: Option<language::embed::Meaning>,
    /// The wish names something.
    names: bool,
    /// The catalogue knows one of its words.
    known: bool,
    /// The share of the words that the best product says.
    best: f32,
}

impl Asked {
    fn of(stock: &Stock, wish: &Wish) -> Self {
        let said = stock.goods.index.find(&wish.words);
        let meant = language::embed::shipped().embed(&wish.words.join(" "));
        let known = wish.words.iter().any(|word| stock.goods.index.knows(word));
        let best = said.values().copied().fold(0.0, f32::max);
        Self { said, meant, names: !wish.words.is_empty(), known, best }
    }

    /// Whether a product says what was asked for.
    fn is_sure(&self) -> bool {
        self.known && self.said.values().any(|&share| share >= SAYS_IT)
    }

    /// Whether a product says so much of the words that it is one: where another is called by them, being told of in a
    /// description is not enough.
    fn says_it(&self, said: f32) -> bool {
        said >= SAYS_IT.max(0.6 * self.best)
    }

    /// How much a product is what was asked for; `None` if it is not.
    fn fit(&self, stock: &Stock, at: u32) -> Option<f32> {
        if !self.names {
            return Some(0.0);
        }
        let said = self.said.get(&at).copied().unwrap_or_default();
        let meaning = stock.goods.meanings.get(at as usize)?.as_ref();
        let meant = self.meant.as_ref().zip(meaning).map_or(0.0, |(a, b)| a.closeness(b)).max(0.0);
        let enough = self.says_it(said) || (meant >= MEANS_IT && (!self.known || said > 0.0));
        enough.then_some(0.7 * said + 0.3 * meant)
    }
}

fn weigh(
    stock: &Stock,
    wish: &Wish,
    asked: &Asked,
    shopper: &Shopper,
    known: &Known,
    at: u32,
    product: &Product,
) -> Option<Pick> {
    let fit = asked.fit(stock, at)?;
    let part = if search::is_of_one(product, &wish.words) { OF_ONE } else { 0.0 };
    let (mut score, mut because) = (2.0 * fit - part, Vec::new());
    let for_whom = stock.goods.recipients.get(at as usize).copied().unwrap_or_default();
    let gift = wish.recipients.iter().filter(|one| for_whom & one.bit() > 0).count();
    if gift > 0 {
        score += 0.5 * gift as f32;
        because.push(Because::Gift);
    }
    if asked.names && asked.said.get(&at).is_some_and(|&share| asked.says_it(share)) {
        let said = wish.words.iter().filter(|word| stock.goods.index.says(at, word));
        because.push(Because::Words(said.cloned().collect()));
    }
    if let Some(budget) = &wish.budget
        && (budget.currency.is_empty() || stock.has_prices_in(&budget.currency))
    {
        budget.holds(product)?.then_some(())?;
        because.push(Because::Budget);
    }
    let next = known.next.get(&at).copied().unwrap_or_default();
    score += if asked.names || wish.gift { 0.3 * next } else { next };
    if let Some(&(with, together)) = known.reasons.get(&at)
        && together >= OFTEN
        && !wish.gift
        && let Some(other) = stock.product(with)
    {
        score += 0.1;
        because.insert(0, Because::Bought(other.id.clone()));
    }
    if let Some(word) = shopper.tastes.liked.iter().find(|word| is_about(stock, at, word)) {
        score += 0.2;
        because.push(Because::Liked(word.clone()));
    }
    let mut pick = Pick { at, score, because };
    owners_wish(stock, product, known.month, &mut pick);
    if pick.because.is_empty() && stock.habits.buyers(at) >= POPULAR {
        pick.because.push(Because::Popular);
    }
    (!pick.because.is_empty()).then_some(pick)
}

/// What the owner's rules add. A pinned product must still be what was asked for.
fn owners_wish(stock: &Stock, product: &Product, month: u8, pick: &mut Pick) {
    if rules::is_boosted(&stock.rules, product, month) {
        pick.score += 0.3;
    }
    if rules::is_pinned(&stock.rules, product, month) {
        pick.because.push(Because::Pinned);
    }
}

/// The first that may stand beside each other; of equally good ones, those of different kinds.
fn side_by_side(stock: &Stock, mut picks: Vec<Pick>, bought: &[u32], month: u8, most: usize) -> Vec<Pick> {
    let mut taken: Vec<Pick> = Vec::new();
    while taken.len() < most && !picks.is_empty() {
        let pick = picks.remove(0);
        let Some(product) = stock.product(pick.at) else { continue };
        let others = taken.iter().map(|pick| pick.at).chain(bought.iter().copied());
        let mut others = others.filter_map(|at| stock.product(at));
        if others.all(|other| rules::agree(&stock.rules, product, other, month)) {
            for later in &mut picks {
                let same = stock.product(later.at).is_some_and(|other| other.category == product.category);
                later.score -= if same { 0.15 } else { 0.0 };
            }
            picks.sort_by(better);
            taken.push(pick);
        }
    }
    taken
}
