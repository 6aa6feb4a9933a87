//! Recommendations: what is known of who shops, what was recommended and how, and the owner's rules.

use serde::{Deserialize, Serialize};

use crate::{id::ProductId, product::Product, said, said::Said};

/// What a customer bought and likes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tastes {
    /// Products, the latest first.
    pub bought: Vec<ProductId>,
    /// Words for what they like: `素色`, `linen`.
    pub liked: Vec<String>,
    /// Words for what they do not.
    pub disliked: Vec<String>,
}

/// Who asks, as far as advice needs to know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shopper {
    /// What they bought and like.
    pub tastes: Tastes,
    /// What was recommended in this conversation.
    pub shown: Vec<ProductId>,
    /// How often something was recommended in this conversation that was not asked for.
    pub volunteered: u32,
    /// What was recommended last, in its order.
    pub latest: Vec<ProductId>,
    /// The last answer recommended something.
    pub just_advised: bool,
    /// They get no recommendation that they did not ask for, so that its effect can be told.
    pub held_out: bool,
}

/// How a recommendation came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// The customer asked for advice.
    Asked,
    /// It was added to another answer.
    Unasked,
    /// It would have been added, but the customer is held out: nothing was said.
    HeldOut,
}

impl Given {
    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unasked => "unasked",
            Self::HeldOut => "held_out",
        }
    }

    /// That of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Asked, Self::Unasked, Self::HeldOut].into_iter().find(|given| given.name() == name)
    }
}

/// A product that was recommended, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advised {
    /// The product.
    pub product: ProductId,
    /// How it came about.
    pub given: Given,
    /// Why, as stable codes, the weightiest first: `bought`, `gift`, `budget`, `words`, `liked`, `pinned`, `popular`.
    pub because: Vec<String>,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
}

/// The owner's rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Whether products are recommended at all.
    pub on: bool,
    /// Whether they are where nobody asked.
    pub unasked: bool,
    /// Categories of entries after whose answers something may be added, beside those about a product.
    pub after: Vec<String>,
    /// So many additions in one conversation, at most.
    pub most_unasked: u32,
    /// So many products in one conversation, at most.
    pub most_products: u32,
    /// The share of customers who are held out, in per cent.
    pub hold_out: u8,
    /// A purchase counts for a recommendation if it comes within so many days.
    pub days: u16,
    /// Products whose margin is known and lower, in per cent, are not recommended.
    pub least_margin: Option<f32>,
    /// Rules on certain products.
    pub products: Vec<Rule>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            on: true,
            unasked: true,
            after: Vec::new(),
            most_unasked: 1,
            most_products: 9,
            hold_out: 10,
            days: 14,
            least_margin: None,
            products: Vec::new(),
        }
    }
}

/// A rule on certain products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What is to be done.
    pub act: Act,
    /// With which products.
    pub what: Which,
    /// `NeverWith`: these must not stand beside them, nor be recommended to who bought these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Which>,
    /// Months in which it holds, 1 to 12; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u8>,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// First, wherever it fits what was asked.
    Pin,
    /// Sooner than others.
    Boost,
    /// Never.
    Never,
    /// Never together with others.
    NeverWith,
    /// Only in these months.
    OnlyIn,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Pin, Self::Boost, Self::Never, Self::NeverWith, Self::OnlyIn];

    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Boost => "boost",
            Self::Never => "never",
            Self::NeverWith => "never_with",
            Self::OnlyIn => "only_in",
        }
    }

    /// That of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// Certain products.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// This one.
    Product(ProductId),
    /// Those of a category.
    Category(String),
    /// Those with a tag.
    Tag(String),
}

impl Which {
    /// Whether a product is among them.
    pub fn has(&self, product: &Product) -> bool {
        match self {
            Self::Product(id) => product.id == *id,
            Self::Category(name) => product.category == *name,
            Self::Tag(name) => product.tags.contains(name),
        }
    }

    /// Kind and name: `category:bedding`; a name alone is a product's.
    pub fn from_words(text: &str) -> Option<Self> {
        let text = text.trim();
        let (kind, name) =
            text.split_once(':').map_or(("product", text), |(kind, name)| (kind.trim(), name.trim()));
        // What stands alone is an id: words after it belong to something that was mistyped.
        if name.is_empty() || (!text.contains(':') && name.contains(char::is_whitespace)) {
            return None;
        }
        match kind {
            "product" => Some(Self::Product(name.into())),
            "category" => Some(Self::Category(name.to_owned())),
            "tag" => Some(Self::Tag(name.to_owned())),
            _ => None,
        }
    }

    /// What [`Which::from_words`] reads again.
    pub fn words(&self) -> String {
        match self {
            Self::Product(id) => format!("product:{id}"),
            Self::Category(name) => format!("category:{name}"),
            Self::Tag(name) => format!("tag:{name}"),
        }
    }
}

impl Rules {
    /// What is wrong with them, in words.
    pub fn problem(&self) -> Option<Said> {
        if self.hold_out > 50 {
            return Some(said!("对照组最多占 50%", "hold_out: at most 50 per cent can be held out"));
        }
        if self.days == 0 || self.days > 365 {
            return Some(said!("购买算数的天数写 1 到 365", "days: write 1 to 365"));
        }
        if self.products.len() > 500 || self.after.len() > 100 {
            return Some(said!(
                "商品规则最多 500 条，回答之后可以推荐的分类最多 100 个",
                "products: at most 500 rules; after: at most 100 categories"
            ));
        }
        self.products.iter().find_map(Rule::problem)
    }
}

impl Rule {
    /// Whether it holds in this month, 1 to 12.
    pub fn holds_in(&self, month: u8) -> bool {
        self.months.is_empty() || self.months.contains(&month)
    }

    fn problem(&self) -> Option<Said> {
        if self.months.iter().any(|month| !(1..=12).contains(month)) {
            return Some(said!("规则里的月份（months）写 1 到 12", "months: write 1 to 12"));
        }
        match self.act {
            Act::NeverWith if self.with.is_none() => {
                Some(said!("never_with 要写明不和什么一起（with）", "never_with: say with which (`with`)"))
            }
            Act::OnlyIn if self.months.is_empty() => {
                Some(said!("only_in 要写明哪几个月（months）", "only_in: say in which months"))
            }
            _ => None,
        }
    }
}
