//! `frontdesk products`: the catalogue that is recommended from, and past orders.

use std::path::PathBuf;

use domain::Clock;
use serde_json::json;

use super::Place;
use crate::{clock::SystemClock, desk::Desk, say};

/// Read the catalogue of products, and past orders, that recommendations are made from
///
/// Example:  frontdesk products import products.csv --dry-run
#[derive(clap::Args)]
pub(crate) struct Products {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    Import(Import),
    Orders(Orders),
}

/// Read products from files: new, changed, unchanged and rejected are told
///
/// .csv, .tsv, .xlsx, .json, .jsonl and .jsonl.gz with the columns id, name (or `name_zh`, `name_en`), and, as far as
/// there are any, description, category, tags, price, currency, url, image, stock. Other columns become attributes.
///
/// Example:  frontdesk products import products.csv --dry-run
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Files
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Read past orders from files: what customers buy together is learnt from them
///
/// Columns: order, customer, product, date; one row a product of an order. The same row again changes nothing.
///
/// Example:  frontdesk products orders orders.csv
#[derive(clap::Args)]
pub(crate) struct Orders {
    /// Files
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Products {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Import(import) => import.run().await,
            What::Orders(orders) => orders.run().await,
        }
    }
}

impl Import {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let goods = knowledge::import::product::read(&self.paths, SystemClock.now())?;
        let desk = Desk::open(&config).await?;
        let plan = desk.import_products(goods, self.dry_run).await?;
        desk.close().await;
        if self.json {
            return say::line(json!({
                "new": plan.new.len(), "changed": plan.changed.len(), "unchanged": plan.unchanged,
                "rejected": plan.rejected, "dry_run": self.dry_run,
            }));
        }
        say::line(plan.told(say::lang()))
    }
}

impl Orders {
    async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let orders = knowledge::import::purchase::read(&self.paths)?;
        let desk = Desk::open(&config).await?;
        let read = desk.import_orders(orders).await?;
        desk.close().await;
        if self.json {
            return say::line(serde_json::to_string(&read)?);
        }
        let (lang, new, unchanged, rejected) = (say::lang(), read.new, read.unchanged, read.rejected.len());
        say::line(lang.pick(
            format!("新增 {new} 条，不变 {unchanged} 条，没有导入 {rejected} 条"),
            format!("{new} new, {unchanged} unchanged, {rejected} rejected"),
        ))?;
        let name = lang.pick("没有导入", "rejected");
        read.rejected.iter().try_for_each(|remark| say::line(format_args!("  {name}  {}", remark.told(lang))))
    }
}
