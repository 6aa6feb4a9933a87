//! The catalogue and recommendations, for people at the desk.

use domain::{Product, ProductId, Rules};
use knowledge::import::product::{GoodsPlan, read_upload};
use store::{Page, ProductFilter, ProductOutcome, ProductRow, StoreError};

use super::AgentView;
use crate::{
    ActError,
    goods::{Effect, OrdersRead, Trial},
};

/// So many products of the list of what became of them.
const OUTCOMES: u32 = 20;
/// So many categories of the catalogue are named.
const GROUPS: u32 = 100;

impl AgentView {
    /// A page of the products, by name.
    pub async fn products(&self, filter: &ProductFilter, page: &Page) -> Result<Vec<ProductRow>, StoreError> {
        self.reception.store().products(filter, page).await
    }

    /// How many there are.
    pub async fn count_products(&self, filter: &ProductFilter) -> Result<u64, StoreError> {
        self.reception.store().count_products(filter).await
    }

    /// One product of each category.
    pub async fn product_groups(&self) -> Result<Vec<Product>, StoreError> {
        self.reception.store().product_groups(GROUPS).await
    }

    /// One product.
    pub async fn product(&self, id: &ProductId) -> Result<Option<Product>, StoreError> {
        self.reception.store().product(id).await
    }

    /// Writes one product.
    pub async fn put_product(&self, product: Product) -> Result<(), ActError> {
        self.may_edit()?;
        self.reception.put_product(product, &format!("desk:{}", self.agent.name)).await
    }

    /// Removes a product. `false` if it was not there.
    pub async fn remove_product(&self, id: &ProductId) -> Result<bool, ActError> {
        self.may_edit()?;
        Ok(self.reception.remove_product(id).await?)
    }

    /// Reads a file of products and takes them in; what it changed.
    pub async fn import_products(&self, name: &str, bytes: Vec<u8>) -> Result<GoodsPlan, ActError> {
        self.may_edit()?;
        let (name, now) = (name.to_owned(), self.reception.now());
        let read = tokio::task::spawn_blocking(move || read_upload(&name, bytes, now)).await;
        let goods = read.map_err(|_| ActError::Busy)?.map_err(|error| ActError::Invalid(error.said()))?;
        let plan = self.reception.plan_goods(goods).await?;
        self.reception.take_goods(&plan).await?;
        Ok(plan)
    }

    /// Reads a file of orders and takes them in.
    pub async fn import_orders(&self, name: &str, bytes: Vec<u8>) -> Result<OrdersRead, ActError> {
        self.may_edit()?;
        let name = name.to_owned();
        let read =
            tokio::task::spawn_blocking(move || knowledge::import::purchase::read_upload(&name, bytes)).await;
        let orders = read.map_err(|_| ActError::Busy)?.map_err(|error| ActError::Invalid(error.said()))?;
        Ok(self.reception.take_orders(orders).await?)
    }

    /// The owner's rules.
    pub async fn trial(&self) -> Result<Trial, StoreError> {
        self.reception.trial().await
    }

    /// Sets the owner's rules.
    pub async fn put_rules(&self, rules: Rules) -> Result<(), ActError> {
        self.may_edit()?;
        self.reception.put_rules(rules).await
    }

    /// Whether recommendations sell.
    pub async fn effect(&self) -> Result<Effect, StoreError> {
        self.reception.effect().await
    }

    /// What became of recommended products, the most shown first.
    pub async fn outcomes(&self) -> Result<Vec<ProductOutcome>, StoreError> {
        self.reception.outcomes(OUTCOMES).await
    }
}
