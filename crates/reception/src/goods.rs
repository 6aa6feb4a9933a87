//! What the shop sells and what it recommends: the catalogue, past orders, the owner's rules, and their effect.

use std::sync::Arc;

pub use assistant::recommend::lift::Verdict;
use assistant::recommend::{
    Habits, Shelf, Stock, buys,
    holdout::is_held_out,
    lift::{Group, Lift, lift},
};
use domain::{
    AnswerId, BadProduct, Conversation, Given, GoodsState, Lang, Product, ProductId, Purchase, Rules, Said,
    Shopper, Timestamp, advice::Tastes, said,
};
use knowledge::import::{
    Remark, field_in,
    product::{Goods, GoodsPlan},
};
use serde::{Deserialize, Serialize};
use store::{Arm, ProductOutcome, StoreError};

use crate::{ActError, Reception};

/// Under which the rules are kept.
const RULES: &str = "advice";
/// Rows read at a time.
const PAGE: u32 = 2_000;
/// Purchases of a customer that count.
const BOUGHT: u32 = 60;
/// Recommendations of a conversation that are looked at.
const ADVISED: u32 = 60;
/// Chance, when habits are learnt from orders: the same orders teach the same.
const SEED: u64 = 1;
/// Facts of a profile that say what somebody likes, and what not.
const LIKED: [&str; 3] = ["likes", "colour", "style"];
const DISLIKED: [&str; 2] = ["avoids", "dislikes"];

/// The owner's rules, and since when they are tried.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trial {
    /// The rules.
    pub rules: Rules,
    /// Since when the present share is held out; the beginning of what is compared.
    pub since: Timestamp,
}

/// Whether recommendations sell.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    /// The comparison.
    #[serde(flatten)]
    pub lift: Lift,
    /// Since when.
    pub since: Timestamp,
    /// A purchase counts within so many days.
    pub days: u16,
    /// Purchases that are known; without any nothing can be compared.
    pub purchases: u64,
}

/// What a file of orders brought.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OrdersRead {
    /// Purchases that were not known.
    pub new: u64,
    /// Purchases that were.
    pub unchanged: u64,
    /// Rows that could not be taken.
    pub rejected: Vec<Remark>,
}

impl Reception {
    fn shelf(&self) -> Option<Arc<Shelf>> {
        self.parts().assistant.shelf().cloned()
    }

    /// Brings what is recommended to the state of the store: catalogue, orders and rules.
    pub(crate) async fn stock_up(&self) -> Result<(), StoreError> {
        let Some(goods) = self.shelf() else { return Ok(()) };
        let state = self.goods_state().await?;
        let products = self.all_products().await?;
        if products.is_empty() && goods.stock().is_empty() {
            return Ok(());
        }
        match self.stocked(products, state, None).await? {
            Some(stock) => goods.fill(stock),
            None => {
                tracing::error!(
                    "the catalogue could not be made ready; the former one is still recommended from"
                );
            }
        }
        Ok(())
    }

    /// How the goods stand now. Read before them: what changes meanwhile is read again.
    pub(crate) async fn goods_state(&self) -> Result<GoodsState, StoreError> {
        let (products, purchases) = self.store().goods_revisions().await?;
        Ok(GoodsState { products, purchases })
    }

    /// A stock of these products, with the habits of those who bought until then: seconds of work. `None` if it broke.
    async fn stocked(
        &self,
        products: Vec<Product>,
        state: GoodsState,
        until: Option<Timestamp>,
    ) -> Result<Option<Stock>, StoreError> {
        let mut purchases = if products.is_empty() { Vec::new() } else { self.all_purchases().await? };
        purchases.retain(|purchase| until.is_none_or(|until| purchase.at <= until));
        let (rules, names) = (self.trial().await?.rules, self.parts().assistant.product_names());
        let work = move || {
            let stock = Stock::new(products, &names, rules).as_of(state);
            let habits = Habits::learn(stock.len(), &buys(&stock, &purchases), SEED);
            stock.with_habits(habits)
        };
        let done = tokio::task::spawn_blocking(work).await;
        Ok(done.inspect_err(|error| tracing::error!(%error, "a stock could not be made")).ok())
    }

    /// The stock as it was: another only if it has changed since. Of more than [`store::HISTORY_DAYS`] ago nobody knows.
    pub(crate) async fn stock_then(
        &self,
        then: GoodsState,
        at: Timestamp,
    ) -> Result<Option<Stock>, StoreError> {
        let now = self.shelf().map(|shelf| shelf.stock().state);
        if now.is_none_or(|now| now == then) || self.is_out_of_memory(at) {
            return Ok(None);
        }
        let products = self.store().products_at(then.products).await?;
        self.stocked(products, then, Some(at)).await
    }

    /// Whether the catalogue of that day is no longer known.
    pub(crate) fn is_out_of_memory(&self, at: Timestamp) -> bool {
        self.now().duration_since(at) > jiff::SignedDuration::from_hours(24 * store::HISTORY_DAYS)
    }

    async fn all_products(&self) -> Result<Vec<Product>, StoreError> {
        let mut all: Vec<Product> = Vec::new();
        loop {
            let page = self.store().products_after(all.last().map(|last| &last.id), PAGE).await?;
            let done = page.len() < PAGE as usize;
            all.extend(page);
            if done {
                return Ok(all);
            }
        }
    }

    async fn all_purchases(&self) -> Result<Vec<Purchase>, StoreError> {
        let mut all: Vec<Purchase> = Vec::new();
        loop {
            let after = all.last().map(|last| (last.order.as_str(), &last.product));
            let page = self.store().purchases_after(after, PAGE).await?;
            let done = page.len() < PAGE as usize;
            all.extend(page);
            if done {
                return Ok(all);
            }
        }
    }

    /// What an import would change.
    pub(crate) async fn plan_goods(&self, goods: Goods) -> Result<GoodsPlan, StoreError> {
        let known: std::collections::HashMap<ProductId, Product> =
            self.all_products().await?.into_iter().map(|product| (product.id.clone(), product)).collect();
        Ok(knowledge::import::product::plan(checked(goods), |id| known.get(id).cloned()))
    }

    /// Writes what a plan found new or changed; it is recommended when this returns.
    pub(crate) async fn take_goods(&self, plan: &GoodsPlan) -> Result<(), StoreError> {
        let products: Vec<Product> = plan.new.iter().chain(&plan.changed).cloned().collect();
        if !products.is_empty() {
            self.store().put_products(&products).await?;
            self.stock_up().await?;
        }
        Ok(())
    }

    /// Writes one product, checked.
    pub(crate) async fn put_product(&self, product: Product, by: &str) -> Result<(), ActError> {
        let product = Product { source: by.to_owned(), updated_at: self.now(), ..product };
        let product = product.checked().map_err(|bad| ActError::Invalid(said_of(bad)))?;
        self.store().put_products(&[product]).await?;
        Ok(self.stock_up().await?)
    }

    /// Removes a product. `false` if it was not there.
    pub(crate) async fn remove_product(&self, id: &ProductId) -> Result<bool, StoreError> {
        let gone = self.store().remove_product(id, self.now()).await?;
        self.stock_up().await?;
        Ok(gone)
    }

    /// Writes purchases; what customers buy together is learnt from them when this returns.
    pub(crate) async fn take_orders(
        &self,
        orders: knowledge::import::purchase::Orders,
    ) -> Result<OrdersRead, StoreError> {
        let purchases: Vec<Purchase> = orders.purchases.into_iter().filter(is_sound).collect();
        let new = self.store().put_purchases(&purchases).await?;
        if new > 0 {
            self.stock_up().await?;
        }
        let unchanged = (purchases.len() as u64).saturating_sub(new);
        Ok(OrdersRead { new, unchanged, rejected: orders.rejected })
    }

    /// The owner's rules; those that ship where nothing was set.
    pub(crate) async fn trial(&self) -> Result<Trial, StoreError> {
        let kept = self.store().setting(RULES).await?;
        // What a later version wrote is not lost on us: the rules that ship hold meanwhile.
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }

    /// Sets the rules. Another share of held-out customers, or another time, begins the comparison anew.
    pub(crate) async fn put_rules(&self, rules: Rules) -> Result<(), ActError> {
        if let Some(problem) = rules.problem() {
            return Err(ActError::Invalid(problem));
        }
        let former = self.trial().await?;
        let same = (former.rules.hold_out, former.rules.days) == (rules.hold_out, rules.days);
        let since = if same { former.since } else { self.now() };
        let trial = Trial { rules, since };
        let text = serde_json::to_string(&trial)
            .map_err(|error| ActError::Invalid(Said::verbatim(error.to_string())))?;
        self.store().put_setting(RULES, &text).await?;
        if let Some(shelf) = self.shelf() {
            shelf.fill((*shelf.stock()).clone().with_rules(trial.rules));
        }
        Ok(())
    }

    /// Who asks in a conversation, as far as recommendations need to know it.
    pub(crate) async fn shopper(&self, of: &Conversation) -> Result<Shopper, StoreError> {
        let Some(stock) = self.shelf().map(|shelf| shelf.stock()).filter(|stock| !stock.is_empty()) else {
            return Ok(Shopper::default());
        };
        let advised = self.store().advice_in(&of.id, ADVISED).await?;
        let told = advised.iter().filter(|row| row.given != Given::HeldOut);
        // A customer who is held out would have been told: they are spared as often.
        let mut unasked: Vec<&AnswerId> =
            advised.iter().filter(|row| row.given != Given::Asked).map(|row| &row.answer).collect();
        unasked.dedup();
        let last = advised.first().filter(|row| row.given != Given::HeldOut).map(|row| &row.answer);
        let latest = advised.iter().filter(|row| Some(&row.answer) == last);
        Ok(Shopper {
            tastes: self.tastes(of).await?,
            latest: latest.map(|row| row.product.clone()).collect(),
            shown: told.map(|row| row.product.clone()).collect(),
            volunteered: u32::try_from(unasked.len()).unwrap_or(u32::MAX),
            just_advised: self.was_just_advised(of, advised.first().map(|row| &row.answer)).await?,
            held_out: is_held_out(&of.customer, stock.rules.hold_out),
        })
    }

    /// Whether the last answer is the one that recommended something.
    async fn was_just_advised(&self, of: &Conversation, last: Option<&AnswerId>) -> Result<bool, StoreError> {
        let Some(last) = last else { return Ok(false) };
        let since = of.answered_seq.saturating_sub(1).max(0);
        let said = self.store().messages(&of.id, since, 50).await?;
        let mut answers = said.iter().filter_map(|message| message.content.answer.as_ref());
        Ok(answers.next_back() == Some(last))
    }

    /// What somebody bought under the names that are theirs, and what their profile says they like. The shop's own
    /// word for who they are makes its orders theirs.
    async fn tastes(&self, of: &Conversation) -> Result<Tastes, StoreError> {
        let profile = self.store().profile(&of.customer).await?;
        let mut names = self.store().buyers_of(&of.customer).await?;
        if let Some(identity) = profile.identity.as_ref().filter(|one| !names.contains(&one.user_id)) {
            self.store().put_buyer(&of.customer, &identity.user_id).await?;
            names.push(identity.user_id.clone());
        }
        names.extend([of.customer.to_string(), of.sender.clone()]);
        let bought = self.store().bought_by(&names, BOUGHT).await?;
        let mut seen = std::collections::HashSet::new();
        let bought = bought.into_iter().map(|purchase| purchase.product).filter(|id| seen.insert(id.clone()));
        let known = |wanted: &[&str]| -> Vec<String> {
            let facts = profile.facts.iter().filter(|fact| wanted.contains(&fact.name.as_str()));
            facts.map(|fact| fact.value.clone()).collect()
        };
        Ok(Tastes { bought: bought.collect(), liked: known(&LIKED), disliked: known(&DISLIKED) })
    }

    /// Whether recommendations sell, as far as can be told.
    pub(crate) async fn effect(&self) -> Result<Effect, StoreError> {
        let trial = self.trial().await?;
        let days = trial.rules.days;
        let arms = self.store().arms(trial.since, days, self.now()).await?;
        let group = |arm: Arm| Group { customers: arm.customers, bought: arm.bought };
        let lift = lift(group(arms.advised), group(arms.held_out));
        Ok(Effect { lift, since: trial.since, days, purchases: self.store().count_purchases().await? })
    }

    /// What became of recommended products, the most shown first.
    pub(crate) async fn outcomes(&self, limit: u32) -> Result<Vec<ProductOutcome>, StoreError> {
        let trial = self.trial().await?;
        self.store().outcomes(trial.since, trial.rules.days, limit).await
    }

    /// Somebody follows the link of a recommendation; where it leads.
    pub async fn follow_advice(&self, answer: &AnswerId, place: u32) -> Result<Option<String>, StoreError> {
        let Some(id) = self.store().follow_advice(answer, place, self.now()).await? else { return Ok(None) };
        let product = self.store().product(&id).await?;
        Ok(product.map(|product| product.url).filter(|url| !url.is_empty()))
    }

    /// A product as customers see it: one that is offered, or sold out.
    pub async fn product_on_show(&self, id: &ProductId) -> Result<Option<Product>, StoreError> {
        Ok(self.store().product(id).await?.filter(|product| product.active))
    }
}

/// Other programs hand in products too, which nobody has looked at.
fn checked(goods: Goods) -> Goods {
    let mut taken = Goods { rejected: goods.rejected, ..Goods::default() };
    for product in goods.products {
        let (file, field) = (product.id.to_string(), Some("products".to_owned()));
        match product.checked() {
            Ok(product) => taken.products.push(product),
            Err(bad) => taken.rejected.push(Remark { file, line: 1, field, problem: said_of(bad) }),
        }
    }
    taken
}

/// What is wrong with a product, its field named.
fn said_of(bad: BadProduct) -> Said {
    let BadProduct { field, problem: Said { zh, en, code } } = bad;
    let column = field_in(Lang::Zh, field);
    said!("{column}一项：{zh}", "{field}: {en}").coded(code)
}

/// Longer names are none.
const NAME: usize = 400;

fn is_sound(purchase: &Purchase) -> bool {
    let names = [purchase.order.as_str(), purchase.buyer.as_str(), purchase.product.as_str()];
    names.iter().all(|name| !name.trim().is_empty() && name.len() <= NAME)
}
