//! What the shop sells, what customers bought, and what was recommended to whom.

use async_trait::async_trait;
use domain::{AnswerId, ConversationId, CustomerId, Given, Product, ProductId, Purchase, Timestamp};

use crate::{Page, Result};

/// So many days back the catalogue is known as it was.
pub const HISTORY_DAYS: i64 = 30;

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Words in names, ids and categories.
    pub text: Option<String>,
    /// Only those of this category.
    pub category: Option<String>,
    /// Only those that may be recommended, or only the others.
    pub offered: Option<bool>,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRow {
    /// The product.
    pub product: Product,
    /// Where the list goes on after it.
    pub cursor: String,
}

/// A product that was recommended, or would have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceRow {
    /// The answer.
    pub answer: AnswerId,
    /// Its place in the answer, from 0.
    pub place: u32,
    /// The product.
    pub product: ProductId,
    /// How it came about.
    pub given: Given,
    /// When.
    pub at: Timestamp,
}

/// What became of the recommendations of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductOutcome {
    /// The product.
    pub product: ProductId,
    /// So often it was recommended.
    pub shown: u64,
    /// So often its link was followed.
    pub clicked: u64,
    /// So many customers to whom it was recommended bought it in time.
    pub bought: u64,
}

/// Customers of one arm of the experiment: those who got a recommendation unasked, or those who would have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arm {
    /// Customers.
    pub customers: u64,
    /// Of these, who bought something of what was, or would have been, recommended, in time.
    pub bought: u64,
}

/// Both arms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arms {
    /// Who got recommendations.
    pub advised: Arm,
    /// Who was held out.
    pub held_out: Arm,
}

/// The catalogue, the orders, and the effect of recommendations.
#[async_trait]
pub trait Goods: Send + Sync {
    /// One product.
    async fn product(&self, id: &ProductId) -> Result<Option<Product>>;

    /// Products by name.
    async fn products(&self, filter: &ProductFilter, page: &Page) -> Result<Vec<ProductRow>>;

    /// How many there are.
    async fn count_products(&self, filter: &ProductFilter) -> Result<u64>;

    /// One product of each category, by category.
    async fn product_groups(&self, limit: u32) -> Result<Vec<Product>>;

    /// All products after this id, by id: pages of a full read.
    async fn products_after(&self, after: Option<&ProductId>, limit: u32) -> Result<Vec<Product>>;

    /// Writes products in one transaction, each over the former of the same id.
    async fn put_products(&self, products: &[Product]) -> Result<()>;

    /// The products as they stood at a revision of the last [`HISTORY_DAYS`] days, by id. All of them at once: the
    /// catalogue is held in memory anyway.
    async fn products_at(&self, revision: i64) -> Result<Vec<Product>>;

    /// Removes a product. `false` if it was not there.
    async fn remove_product(&self, id: &ProductId, now: Timestamp) -> Result<bool>;

    /// Writes purchases in one transaction and returns how many are new. What is there already stays as it is.
    async fn put_purchases(&self, purchases: &[Purchase]) -> Result<u64>;

    /// How many purchases are known.
    async fn count_purchases(&self) -> Result<u64>;

    /// Purchases after this one (order and product), by these: pages of a full read.
    async fn purchases_after(&self, after: Option<(&str, &ProductId)>, limit: u32) -> Result<Vec<Purchase>>;

    /// What somebody bought under any of these names, the latest first.
    async fn bought_by(&self, buyers: &[String], limit: u32) -> Result<Vec<Purchase>>;

    /// The names under which a customer buys, as far as they proved them.
    async fn buyers_of(&self, customer: &CustomerId) -> Result<Vec<String>>;

    /// Remembers the name under which a customer buys. Safe to repeat.
    async fn put_buyer(&self, customer: &CustomerId, buyer: &str) -> Result<()>;

    /// A number that grows with every change of the products, and one for the purchases.
    async fn goods_revisions(&self) -> Result<(i64, i64)>;

    /// What was recommended in a conversation, the latest first.
    async fn advice_in(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<AdviceRow>>;

    /// Somebody follows the link to the product at a place of an answer; which one that is. Only the first time counts.
    async fn follow_advice(&self, answer: &AnswerId, place: u32, now: Timestamp)
    -> Result<Option<ProductId>>;

    /// Who bought what was recommended, unasked or held out, since a moment; a purchase counts within so many days.
    /// Customers whose days are not over at `now` are left out.
    async fn arms(&self, since: Timestamp, days: u16, now: Timestamp) -> Result<Arms>;

    /// What became of the products recommended since a moment, the most shown first.
    async fn outcomes(&self, since: Timestamp, days: u16, limit: u32) -> Result<Vec<ProductOutcome>>;
}
