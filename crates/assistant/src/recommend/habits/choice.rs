//! What is believed of a shop's orders is chosen on the orders themselves: the last purchase of each customer is hidden
//! and must be found again. Where orders have no structure, what sells wins.

use super::{Basket, Heard, Mix, Neighbours, Sales, Tastes};

/// What the last purchases of at most so many customers are hidden for.
const ASKED: usize = 2_000;
/// So many parts take turns, so that little is missing of the rest; of few orders more.
const FOLDS: [usize; 2] = [2, 5];
const FEW: usize = 4_000;
/// So many tastes there may be.
const TASTES: [usize; 3] = [8, 20, 40];
/// With fewer purchases than this for each, they are chance.
const PURCHASES_A_TASTE: usize = 40;
/// What is gained must be so many times what chance gains.
const SURE: f64 = 2.0;
/// No purchase is thought less probable than this.
const LEAST: f32 = 1e-7;
/// After so many others a purchase counts a third: who recommends names a few.
const AFTER: f64 = 12.0;
/// What may be chosen for what simply sells, and of the rest for what is bought together.
const SALES: [f32; 6] = [0.0, 0.1, 0.25, 0.45, 0.7, 0.85];
const TOGETHER: [f32; 3] = [0.0, 0.3, 1.0];

/// What was chosen.
pub(super) struct Choice {
    pub(super) tastes: usize,
    pub(super) mix: Mix,
}

/// How well each mix foretold one customer's hidden purchase.
#[derive(Debug, Clone, Copy)]
struct Foretold {
    /// How probable it was thought: the logarithm.
    probable: f64,
    /// 1 if it was named first, less after others.
    named: f64,
}

/// Under which the hidden purchases are named earliest. What simply sells stays unless it is beaten by more than chance.
/// How many tastes there are is told by the first part alone.
pub(super) fn choose(items: usize, baskets: &[Basket], seed: u64) -> Choice {
    let purchases: usize = baskets.iter().map(Vec::len).sum();
    let fit: Vec<usize> = (0..baskets.len()).filter(|&at| baskets[at].len() >= 2).collect();
    let asked: Vec<usize> = fit.iter().copied().step_by(fit.len().div_ceil(ASKED).max(1)).collect();
    let folds = FOLDS[usize::from(purchases < FEW)];
    let (mut tastes, mut said) = (numbers(purchases), Vec::new());
    for fold in 0..folds {
        let hiding: Vec<usize> = asked.iter().copied().skip(fold).step_by(folds).collect();
        let trial = Trial::hiding(items, baskets, &hiding);
        let tried = tastes.iter().map(|&tastes| (tastes, trial.ask(tastes, seed)));
        let best = tried.max_by(|a, b| most(&a.1).total_cmp(&most(&b.1)));
        let Some((number, foretold)) = best else { break };
        tastes = vec![number];
        said.extend(foretold);
    }
    Choice { tastes: tastes[0], mix: best_mix(&said) }
}

/// What the other purchases tell, without those that are hidden.
struct Trial<'a> {
    known: Vec<Basket>,
    hidden: Vec<&'a Basket>,
    sales: Sales,
    near: Neighbours,
}

impl<'a> Trial<'a> {
    fn hiding(items: usize, baskets: &'a [Basket], hiding: &[usize]) -> Self {
        let mut known: Vec<Basket> = baskets.to_vec();
        for &at in hiding {
            known[at].remove(0);
        }
        let all: Vec<&Basket> = known.iter().collect();
        let (sales, near) = (Sales::count(items, &all), Neighbours::find(items, &all));
        Self { hidden: hiding.iter().map(|&at| &baskets[at]).collect(), known, sales, near }
    }

    fn ask(&self, tastes: usize, seed: u64) -> Vec<Vec<Foretold>> {
        let known: Vec<&Basket> = self.known.iter().collect();
        let tastes = Tastes::find(&known, &self.sales.share, tastes, seed);
        self.hidden.iter().map(|basket| ask(&self.sales, &self.near, &tastes, basket)).collect()
    }
}

/// So many tastes may be tried on so many purchases.
fn numbers(purchases: usize) -> Vec<usize> {
    let few = TASTES.iter().filter(|tastes| **tastes * PURCHASES_A_TASTE <= purchases).count();
    TASTES[..few.max(1)].to_vec()
}

/// All that may be chosen; the last is what simply sells.
fn mixes() -> impl Iterator<Item = Mix> {
    let together = |sales: f32| TOGETHER.into_iter().map(move |together| Mix { sales, together });
    SALES.into_iter().flat_map(together).chain([Mix::SALES])
}

/// How probable the best mix thinks all.
fn most(said: &[Vec<Foretold>]) -> f64 {
    let all = |mix: usize| said.iter().map(|said| said[mix].probable).sum::<f64>();
    (0..mixes().count()).map(all).fold(f64::MIN, f64::max)
}

fn best_mix(said: &[Vec<Foretold>]) -> Mix {
    let plain = SALES.len() * TOGETHER.len();
    let gain = |mix: usize| {
        let gains = said.iter().map(|said| said[mix].named - said[plain].named);
        let (sum, squares) =
            gains.fold((0.0, 0.0), |(sum, squares), gain| (sum + gain, squares + gain * gain));
        (sum > SURE * squares.sqrt()).then_some(sum)
    };
    let gains = mixes().enumerate().filter_map(|(at, mix)| Some((gain(at)?, mix)));
    gains.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(Mix::SALES, |(_, mix)| mix)
}

fn ask(sales: &Sales, near: &Neighbours, tastes: &Tastes, basket: &Basket) -> Vec<Foretold> {
    let (hidden, known) = (basket[0], &basket[1..]);
    let bought: Vec<u32> = known.iter().map(|buy| buy.item).collect();
    let heard = Heard::of(sales, near, tastes, &bought);
    let own = heard.parts(sales, hidden.item, hidden.month);
    let mut others = heard.all(sales, hidden.month);
    others.retain(|(item, _)| *item != hidden.item && !bought.contains(item));
    let foretold = |mix: Mix| {
        let mix = heard.mix(mix);
        let score = mix.of(own);
        let before = others.iter().filter(|(_, parts)| mix.of(*parts) > score).count();
        Foretold { probable: f64::from(score.max(LEAST).ln()), named: (-(before as f64) / AFTER).exp() }
    };
    mixes().map(foretold).collect()
}
