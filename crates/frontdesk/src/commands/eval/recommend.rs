//! `frontdesk eval recommend`: what customers buy next, on generated orders of a known structure.

use std::path::{Path, PathBuf};

use assistant::recommend::{
    Stock, buys,
    measure::{Measured, Shape, first_ten, generate, hide_last, measure},
};
use domain::Clock;
use serde_json::{Value, json};

use super::report::{Times, print, report};
use crate::clock::SystemClock;

/// Measure recommendations on generated order histories: hit@10 of the next purchase against what sells most
///
/// Customers with latent tastes, seasons, few products that sell much, and customers with a single purchase. Shops of
/// strong structure (the figures at the top), middling, skewed, weak and none: without any, nothing may be worse than
/// what sells. `best_possible_hit_at_10` is that of who knows how the shop was made.
///
/// Example:  frontdesk eval recommend --json
#[derive(clap::Args)]
pub(crate) struct RecommendTask {
    /// The seed of the generated orders; several are measured from here on
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// So many generated shops of each kind
    #[arg(long, default_value_t = 3)]
    shops: u64,
    /// Products in a shop
    #[arg(long, default_value_t = Shape::STRONG.items)]
    products: usize,
    /// Customers of a shop
    #[arg(long, default_value_t = Shape::STRONG.customers)]
    customers: usize,
    /// Measure on a shop's own catalogue instead: its products …
    #[arg(long, value_name = "FILE", requires = "orders")]
    catalogue: Option<PathBuf>,
    /// … and its orders, of which each customer's last purchase is hidden
    #[arg(long, value_name = "FILE", requires = "catalogue")]
    orders: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl RecommendTask {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let (Some(catalogue), Some(orders)) = (&self.catalogue, &self.orders) {
            return self.own(catalogue, orders);
        }
        anyhow::ensure!(
            self.shops > 0 && self.products >= 100 && self.customers >= 100,
            "too small to be measured: at least 1 shop, 100 products and 100 customers"
        );
        let of = |shape: Shape| Shape { items: self.products, customers: self.customers, ..shape };
        let mut times = Times::default();
        let strong = self.kind(of(Shape::STRONG), &mut times);
        let middle = self.kind(of(Shape::MIDDLE), &mut times);
        let skewed = self.kind(of(Shape::SKEWED), &mut times);
        let weak = self.kind(of(Shape::WEAK), &mut times);
        let none = self.kind(of(Shape::NONE), &mut times);
        let rows = strong["rows"].as_u64().unwrap_or_default() as usize;
        let own = json!({
            "hit_at_10": strong["hit_at_10"], "most_popular_hit_at_10": strong["most_popular_hit_at_10"],
            "ratio": strong["ratio"], "strong": strong, "middle": middle, "skewed": skewed,
            "weak": weak, "none": none,
        });
        print(&report("recommend", rows, &times, own), self.json)
    }

    /// On a shop's own orders.
    fn own(&self, catalogue: &Path, orders: &Path) -> anyhow::Result<()> {
        let goods = knowledge::import::product::read(&[catalogue.to_owned()], SystemClock.now())?;
        let orders = knowledge::import::purchase::read(&[orders.to_owned()])?;
        let stock = Stock::new(goods.products, &[], domain::Rules::default());
        let shop = hide_last(stock.len(), &buys(&stock, &orders.purchases));
        let measured = measure(&shop);
        let own = json!({
            "products": stock.len(), "purchases": orders.purchases.len(),
            "hit_at_10": measured.hit_at_10, "most_popular_hit_at_10": measured.most_popular_hit_at_10,
            "ratio": measured.ratio, "blend": measured.blend,
        });
        print(&report("recommend", measured.rows, &Times::default(), own), self.json)
    }

    /// The mean over several shops of a kind, and the worst of their ratios.
    fn kind(&self, shape: Shape, times: &mut Times) -> Value {
        let mut all: Vec<Measured> = Vec::new();
        for seed in (0..self.shops).map(|at| self.seed.wrapping_add(at)) {
            let shop = generate(shape, seed);
            let habits = assistant::recommend::Habits::learn(shop.items, &shop.buys, seed);
            for next in shop.next.iter().take(200) {
                let bought: Vec<u32> =
                    shop.buys.iter().filter(|buy| buy.buyer == next.buyer).map(|buy| buy.item).collect();
                times.of(|| first_ten(&habits, &bought, next.month));
            }
            all.push(measure(&shop));
        }
        let mean = |of: &dyn Fn(&Measured) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        let (hit, popular) = (mean(&|one| one.hit_at_10), mean(&|one| one.most_popular_hit_at_10));
        json!({
            "rows": all.iter().map(|one| one.rows).sum::<usize>(),
            "hit_at_10": hit,
            "most_popular_hit_at_10": popular,
            "best_possible_hit_at_10": mean(&|one| one.best_possible_hit_at_10),
            "ratio": (popular > 0.0).then(|| hit / popular),
            "worst_ratio": all.iter().filter_map(|one| one.ratio).fold(f64::INFINITY, f64::min),
            "cold_hit_at_10": mean(&|one| one.cold.hit_at_10),
            "cold_most_popular_hit_at_10": mean(&|one| one.cold.most_popular_hit_at_10),
            "blend": mean(&|one| f64::from(one.blend)),
        })
    }
}
