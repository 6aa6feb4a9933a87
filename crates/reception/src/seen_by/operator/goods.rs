//! The catalogue and recommendations, for programs and commands.

use domain::{Product, ProductId, Rules};
use knowledge::import::{
    product::{Goods, GoodsPlan},
    purchase::Orders,
};
use store::{Page, ProductFilter, ProductOutcome, ProductRow, StoreError};

use super::{OperatorView, PAGE};
use crate::{
    ActError,
    goods::{Effect, OrdersRead, Trial},
};

impl OperatorView {
    /// A page of the products, by name.
    pub async fn products(&self, filter: &ProductFilter, page: &Page) -> Result<Vec<ProductRow>, StoreError> {
        let page = Page { limit: page.limit.clamp(1, PAGE), ..page.clone() };
        self.reception.store().products(filter, &page).await
    }

    /// One product.
    pub async fn product(&self, id: &ProductId) -> Result<Option<Product>, StoreError> {
        self.reception.store().product(id).await
    }

    /// What an import of products would change.
    pub async fn plan_goods(&self, goods: Goods) -> Result<GoodsPlan, StoreError> {
        self.reception.plan_goods(goods).await
    }

    /// Imports products.
    pub async fn take_goods(&self, plan: &GoodsPlan) -> Result<(), StoreError> {
        self.reception.take_goods(plan).await
    }

    /// Writes one product.
    pub async fn put_product(&self, product: Product) -> Result<(), ActError> {
        self.reception.put_product(product, "api").await
    }

    /// Removes a product. `false` if it was not there.
    pub async fn remove_product(&self, id: &ProductId) -> Result<bool, StoreError> {
        self.reception.remove_product(id).await
    }

    /// Imports what customers bought.
    pub async fn take_orders(&self, orders: Orders) -> Result<OrdersRead, StoreError> {
        self.reception.take_orders(orders).await
    }

    /// The owner's rules.
    pub async fn trial(&self) -> Result<Trial, StoreError> {
        self.reception.trial().await
    }

    /// Sets the owner's rules.
    pub async fn put_rules(&self, rules: Rules) -> Result<(), ActError> {
        self.reception.put_rules(rules).await
    }

    /// Whether recommendations sell.
    pub async fn effect(&self) -> Result<Effect, StoreError> {
        self.reception.effect().await
    }

    /// What became of recommended products.
    pub async fn outcomes(&self, limit: u32) -> Result<Vec<ProductOutcome>, StoreError> {
        self.reception.outcomes(limit.clamp(1, PAGE)).await
    }
}
