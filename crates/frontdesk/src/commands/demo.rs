//! `frontdesk demo`

mod orders;

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use serde_json::json;

use self::orders::OrderService;
use super::serve::Open;
use crate::{config::Config, sample, say};

/// Start everything with a sample shop, ready to talk to
///
/// Example:  frontdesk demo --port 8080
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// The port to listen on, on this machine only; 0 for any free one [default: 8080]
    #[arg(long)]
    port: Option<u16>,
    /// The folder that holds the data
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Print the links as one JSON object on the first line
    #[arg(long)]
    json: bool,
}

impl Demo {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let mut config = Config { shop: sample::shop(), ..Config::default() }.or_environment()?;
        // Never the folder of the environment: the sample would be poured into a real shop.
        config.data.clone_from(&self.data);
        if let Some(port) = self.port {
            config.server.listen = SocketAddr::from(([127, 0, 0, 1], port));
        }
        let service = OrderService::open()?;
        let (identity, shop) = orders::shop();
        config.actions = service.actions()?;
        config.identity = identity;
        let open = Open::new(config, true).await?.with_shop(shop);
        learn_the_sample(&open).await?;
        stock_the_sample(&open).await?;
        let base = open.base();
        let sign_in = format!("{base}{}", open.reception.owner_link("店主 Owner").await?.path);
        let (shop, desk) = (format!("{base}/"), format!("{base}/desk"));
        if self.json {
            say::line(json!({ "shop": shop, "desk": desk, "sign_in": sign_in }))?;
        } else {
            say::line(format_args!("小二 frontdesk\n"))?;
            say::line(format_args!("  shop     {shop}   the sample shop with the widget 示例商店"))?;
            say::line(format_args!("  desk     {desk}   where people answer 工作台"))?;
            say::line(format_args!(
                "  sign_in  {sign_in}\n           works once, for 24 hours 一次性登录链接\n"
            ))?;
            say::line("Ctrl-C stops it. 按 Ctrl-C 停止。")?;
        }
        open.serve().await
    }
}

async fn learn_the_sample(open: &Open) -> anyhow::Result<()> {
    let folder = sample::unpack(&open.config.data)?;
    let harvest = knowledge::import::read(&[folder], open.reception.now()).context("the sample knowledge")?;
    let operator = open.reception.operator();
    let mut plan = operator.plan(harvest).await?;
    // What was edited at the desk during an earlier demo stays.
    plan.changed.retain(|change| !change.is_edited_at_desk());
    operator.import(plan).await?;
    Ok(())
}

/// What was edited at the desk during an earlier demo stays.
async fn stock_the_sample(open: &Open) -> anyhow::Result<()> {
    let (products, orders) = sample::unpack_catalogue(&open.config.data)?;
    let goods = knowledge::import::product::read(&[products], open.reception.now())
        .context("the sample catalogue")?;
    let operator = open.reception.operator();
    let mut plan = operator.plan_goods(goods).await?;
    plan.changed.clear();
    operator.take_goods(&plan).await?;
    operator.take_orders(knowledge::import::purchase::read(&[orders]).context("the sample orders")?).await?;
    Ok(())
}
