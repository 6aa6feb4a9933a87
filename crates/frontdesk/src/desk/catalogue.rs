//! The catalogue and past orders come in.

use knowledge::import::{
    product::{Goods, GoodsPlan},
    purchase::Orders,
};
use reception::goods::OrdersRead;

use super::Desk;

impl Desk {
    /// Takes products in, or only tells what would change.
    pub(crate) async fn import_products(&self, goods: Goods, dry: bool) -> anyhow::Result<GoodsPlan> {
        match self {
            Self::Here(reception, _) => {
                let plan = reception.operator().plan_goods(goods).await?;
                if !dry {
                    reception.operator().take_goods(&plan).await?;
                }
                Ok(plan)
            }
            Self::There(remote) => remote.post(&format!("/v1/products/import?dry_run={dry}"), &goods).await,
        }
    }

    /// Takes past orders in.
    pub(crate) async fn import_orders(&self, orders: Orders) -> anyhow::Result<OrdersRead> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().take_orders(orders).await?),
            Self::There(remote) => remote.post("/v1/purchases/import", &orders).await,
        }
    }
}
