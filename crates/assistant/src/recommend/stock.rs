//! The catalogue, ready for advice: found by words and by meaning, with what customers buy together.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{Entry, GoodsState, Kind, Lang, Product, ProductId, Purchase, Rules, Timestamp};
use knowledge::Hit;
use language::{embed::Meaning, facts::Catalogue, segment::terms};

use super::{
    habits::{Buy, Habits},
    material,
    people::Recipient,
    search::Index,
};

/// All that advice knows of the shop. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    pub(super) goods: Arc<Goods>,
    pub(super) habits: Arc<Habits>,
    /// The owner's rules.
    pub rules: Arc<Rules>,
    /// Which state of the shop it is.
    pub state: GoodsState,
}

/// The products, by id, and how they are found.
#[derive(Debug, Default)]
pub(super) struct Goods {
    pub(super) products: Vec<Product>,
    pub(super) index: Index,
    pub(super) meanings: Vec<Option<Meaning>>,
    /// For whom each makes a gift: a bit each.
    pub(super) recipients: Vec<u32>,
    /// What each says of itself, in lower case, a part on a line.
    pub(super) says: Vec<String>,
    /// What each is called, in lower case, a name on a line.
    pub(super) called: Vec<String>,
    /// The words of all labels and groups.
    labelled: HashSet<String>,
    names: Catalogue,
    by_name: HashMap<String, Vec<u32>>,
    by_id: HashMap<ProductId, u32>,
    currencies: HashSet<String>,
}

impl Stock {
    /// A catalogue that nobody has bought from yet. `names` are the owner's other names of products, to be recognised
    /// beside those of the catalogue.
    pub fn new(mut products: Vec<Product>, names: &[String], rules: Rules) -> Self {
        products.sort_by(|a, b| a.id.cmp(&b.id));
        products.dedup_by(|a, b| a.id == b.id);
        let goods = Arc::new(Goods::of(products, names));
        let habits = Arc::new(Habits::none(goods.products.len()));
        Self { goods, habits, rules: Arc::new(rules), state: GoodsState::default() }
    }

    /// The same, known as this state of the shop.
    #[must_use]
    pub fn as_of(self, state: GoodsState) -> Self {
        Self { state, ..self }
    }

    /// The same with what customers buy together.
    #[must_use]
    pub fn with_habits(self, habits: Habits) -> Self {
        Self { habits: Arc::new(habits), ..self }
    }

    /// The same under other rules.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules: Arc::new(rules), ..self }
    }

    /// Whether there is nothing to recommend.
    pub fn is_empty(&self) -> bool {
        self.goods.products.is_empty()
    }

    /// How many products there are.
    pub fn len(&self) -> usize {
        self.goods.products.len()
    }

    /// The names to be recognised in messages.
    pub fn names(&self) -> &Catalogue {
        &self.goods.names
    }

    /// The product at a place.
    pub fn product(&self, at: u32) -> Option<&Product> {
        self.goods.products.get(at as usize)
    }

    /// Whether a text as it was typed names something of the catalogue that a corrected one does not.
    pub(crate) fn loses_a_word(&self, typed: &str, corrected: &str) -> bool {
        let kept = terms(corrected);
        terms(typed).iter().any(|term| !kept.contains(term) && self.goods.index.names(term))
    }

    /// Whether what an entry says may hold of a product: what is about other materials does not. `of_kind` asks for an
    /// entry that speaks of the product's own; else it must not be about other goods, a lamp's warranty is not a pot's.
    pub(crate) fn holding_of(&self, at: u32) -> impl Fn(&Hit, &Entry, bool) -> bool {
        move |hit, entry, of_kind| self.may_hold_of(at, hit, entry, of_kind)
    }

    fn may_hold_of(&self, at: u32, hit: &Hit, entry: &Entry, of_kind: bool) -> bool {
        let text = entry.text(hit.lang).map(|(_, text)| text);
        let (Some(product), Some(text)) = (self.product(at), text) else { return true };
        // An article is about many things: what it says of one stands in a section, under its own title.
        let answer = if entry.kind == Kind::Answer { text.answer.as_str() } else { "" };
        let own = [&*hit.title, answer].map(|text| material::is_of_its_own(product, text));
        let goods = || of_kind || !self.is_of_other_goods(product, &hit.title);
        !own.contains(&Some(false)) && (own.contains(&Some(true)) || !of_kind) && goods()
    }

    /// Whether a title names goods by labels of the catalogue, and none that this product bears.
    fn is_of_other_goods(&self, product: &Product, title: &str) -> bool {
        let mut named = terms(title);
        named.retain(|term| self.goods.labelled.contains(term));
        let own: HashSet<String> = kinds(product).flat_map(terms).collect();
        !named.is_empty() && !named.iter().any(|term| own.contains(term))
    }

    /// Where a product stands.
    pub fn place(&self, id: &ProductId) -> Option<u32> {
        self.goods.by_id.get(id).copied()
    }

    /// The products that a recognised name means.
    pub(super) fn named(&self, name: &str) -> &[u32] {
        self.goods.by_name.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Whether any product has a price in this currency.
    pub(super) fn has_prices_in(&self, currency: &str) -> bool {
        self.goods.currencies.contains(currency)
    }
}

impl Goods {
    fn of(products: Vec<Product>, others: &[String]) -> Self {
        let by_id = (0..).zip(&products).map(|(at, product)| (product.id.clone(), at)).collect();
        let mut by_name: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, product) in (0..).zip(&products) {
            for text in product.texts.values() {
                by_name.entry(text.name.to_lowercase()).or_default().push(at);
            }
        }
        let texts = || products.iter().flat_map(|product| product.texts.values());
        let names = texts().map(|text| text.name.as_str()).chain(others.iter().map(String::as_str));
        let names = Catalogue::new(names);
        let prices = products.iter().flat_map(|product| &product.prices);
        let currencies = prices.map(|price| price.currency.clone()).collect();
        let embedder = language::embed::shipped();
        let meanings = products.iter().map(|product| embedder.embed(&said(product))).collect();
        let index = Index::of(&products);
        let says: Vec<String> = products.iter().map(labels).collect();
        let called = products.iter().map(called).collect();
        // Many products share few labels.
        let distinct: HashSet<&str> = products.iter().flat_map(kinds).collect();
        let labelled = distinct.into_iter().flat_map(terms).collect();
        let recipients = products.iter().map(for_whom).collect();
        Self {
            products,
            index,
            meanings,
            recipients,
            says,
            called,
            labelled,
            names,
            by_name,
            by_id,
            currencies,
        }
    }
}

/// What a product is, in its own words of both languages.
fn said(product: &Product) -> String {
    let texts = product.texts.values().flat_map(|text| [text.name.as_str(), text.description.as_str()]);
    let labels = std::iter::once(product.category.as_str()).chain(product.tags.iter().map(String::as_str));
    texts.chain(labels).collect::<Vec<_>>().join(" ")
}

/// Names, labels and what else is known, in lower case.
fn labels(product: &Product) -> String {
    let names = product.texts.values().map(|text| text.name.as_str());
    let labels = product.tags.iter().map(String::as_str).chain([product.category.as_str()]);
    names.chain(labels).chain(product.features()).collect::<Vec<_>>().join("\n").to_lowercase()
}

/// Its names, in lower case, one on a line.
fn called(product: &Product) -> String {
    product.texts.values().map(|text| text.name.to_lowercase() + "\n").collect()
}

/// What it is one of and made of: labels, features and what its group is called.
fn kinds(product: &Product) -> impl Iterator<Item = &str> {
    let tags = product.tags.iter().map(String::as_str).chain(product.features());
    tags.chain([Lang::Zh, Lang::En].map(|lang| product.group(lang)))
}

fn for_whom(product: &Product) -> u32 {
    let labels: Vec<String> =
        product.tags.iter().chain([&product.category]).map(|label| label.to_lowercase()).collect();
    Recipient::named_by(labels.iter().map(String::as_str))
}

/// Purchases in the terms of a stock: places, and buyers by number. What is no longer sold is left out.
pub fn buys(stock: &Stock, purchases: &[Purchase]) -> Vec<Buy> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let buy = |purchase: &Purchase, buyer: u32| {
        Some(Buy {
            buyer,
            item: stock.place(&purchase.product)?,
            day: day(purchase.at),
            month: month(purchase.at),
        })
    };
    let mut all = Vec::with_capacity(purchases.len());
    for purchase in purchases {
        let next = numbers.len() as u32;
        let buyer = *numbers.entry(purchase.buyer.as_str()).or_insert(next);
        all.extend(buy(purchase, buyer));
    }
    all
}

/// Days since 1970, UTC.
pub(super) fn day(at: Timestamp) -> i32 {
    i32::try_from(at.as_second().div_euclid(86_400)).unwrap_or_default()
}

/// The month, 1 to 12, UTC.
pub fn month(at: Timestamp) -> u8 {
    at.to_zoned(jiff::tz::TimeZone::UTC).month().unsigned_abs()
}
