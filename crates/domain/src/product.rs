//! What the shop sells, as far as advice needs to know it, and what customers bought.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{clock::Timestamp, id::ProductId, lang::Lang, said, said::Said};

/// A sum of money that something costs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Price {
    /// The currency by ISO 4217: three capital letters.
    pub currency: String,
    /// In hundredths of the currency.
    pub cents: i64,
}

/// A product in one language: plain words, no markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProductText {
    /// What it is called.
    pub name: String,
    /// What it is, in a few sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Something that the shop sells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name in the shop's own system.
    pub id: ProductId,
    /// Its texts by language; never empty.
    pub texts: BTreeMap<Lang, ProductText>,
    /// The owner's own grouping.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// Free labels, in any language: what it is for, for whom, of what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What it costs; the first is the shop's own currency, each currency stands once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Price>,
    /// Its page: a path on this server or an http(s) address; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Its picture, in the same way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub image: String,
    /// It can be bought now.
    #[serde(default = "yes")]
    pub in_stock: bool,
    /// The owner lets it be recommended.
    #[serde(default = "yes")]
    pub active: bool,
    /// What else is known: colour, size, `margin` (a share in per cent, for the owner's rules only).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// Where it came from: a file and line, a person.
    #[serde(default)]
    pub source: String,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Timestamp,
}

/// Something a customer bought: one line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The order's number; with the product it names the purchase.
    pub order: String,
    /// Who bought, in the shop's own terms.
    pub buyer: String,
    /// What.
    pub product: ProductId,
    /// When.
    pub at: Timestamp,
}

/// Why a product cannot be taken: the field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {}", .problem.en)]
pub struct BadProduct {
    /// Which field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub problem: Said,
}

const fn yes() -> bool {
    true
}

/// Characters of an id, a category, a name or a tag.
const LABEL: usize = 200;
/// Characters of a description.
const DESCRIPTION: usize = 4_000;
/// Characters of an address.
const ADDRESS: usize = 2_000;
/// Tags, and attributes, of one product.
const MANY: usize = 50;
/// The greatest price, in hundredths.
const DEAREST: i64 = 100_000_000_000;

impl Price {
    /// Reads a price as tables have it: `129`, `¥129.00`, `129元`, `$18`, `1,299.50`. `currency` is that of a
    /// price that names none.
    pub fn read(text: &str, currency: &str) -> Option<Self> {
        let named = [("¥", "CNY"), ("￥", "CNY"), ("元", "CNY"), ("$", "USD"), ("€", "EUR"), ("£", "GBP")];
        let currency =
            named.into_iter().find(|(sign, _)| text.contains(sign)).map_or(currency, |(_, name)| name);
        let code: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let currency = if code.is_empty() { currency.to_owned() } else { code.to_ascii_uppercase() };
        let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
        let is_number =
            !whole.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let cents = format!("{whole}{part:0<2}").parse().ok()?;
        (is_number && !text.contains('-') && is_currency(&currency)).then_some(Self { currency, cents })
    }

    /// As customers read it: `¥129`, `$18.50`, `EUR 20`.
    pub fn shown(&self) -> String {
        let sign = match self.currency.as_str() {
            "CNY" => "¥".to_owned(),
            "USD" => "$".to_owned(),
            other => format!("{other} "),
        };
        let (whole, part) = (self.cents / 100, self.cents % 100);
        if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:02}") }
    }
}

fn is_currency(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The attributes that hold what customers and people call a product's group: its category is a code.
const GROUP_NAMES: [(Lang, &str); 2] = [(Lang::Zh, "category_zh"), (Lang::En, "category_en")];

impl Product {
    /// The attribute that names its group in this language.
    pub const fn group_name(lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => GROUP_NAMES[0].1,
            Lang::En => GROUP_NAMES[1].1,
        }
    }

    /// What the catalogue calls its group in this language, else in the other one, else the group's code.
    pub fn group(&self, lang: Lang) -> &str {
        let said = |lang| self.attributes.get(Self::group_name(lang)).map(|name| name.trim());
        let names = [lang, lang.pick(Lang::En, Lang::Zh)].into_iter().filter_map(said);
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(&self.category)
    }

    /// What else is known of it, without what is for the owner's rules and for the desk alone.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        let apart = |name: &str| name == "margin" || GROUP_NAMES.iter().any(|(_, own)| *own == name);
        self.attributes.iter().filter(move |(name, _)| !apart(name)).map(|(_, value)| value.as_str())
    }

    /// The text in this language, else in the other one.
    pub fn text(&self, lang: Lang) -> Option<&ProductText> {
        self.texts.get(&lang).or_else(|| self.texts.values().next())
    }

    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        self.text(lang).map_or(self.id.as_str(), |text| text.name.as_str())
    }

    /// What it costs in this currency.
    pub fn price_in(&self, currency: &str) -> Option<&Price> {
        self.prices.iter().find(|price| price.currency == currency)
    }

    /// Whether it may be recommended at all.
    pub const fn is_offered(&self) -> bool {
        self.in_stock && self.active
    }

    /// What the shop earns on it, in per cent of the price, where the owner says so.
    pub fn margin(&self) -> Option<f32> {
        self.attributes.get("margin")?.trim().trim_end_matches('%').parse().ok()
    }

    /// Whether both say the same: everything but when it changed and where it came from.
    pub fn same_as(&self, other: &Self) -> bool {
        let bare =
            |one: &Self| Self { source: String::new(), updated_at: Timestamp::UNIX_EPOCH, ..one.clone() };
        bare(self) == bare(other)
    }

    /// Cleans every text (one line, no control characters) and refuses what is missing, too large or no address.
    pub fn checked(mut self) -> Result<Self, BadProduct> {
        self.id = line(self.id.as_str()).into();
        self.category = line(&self.category);
        self.tags = self.tags.iter().map(|tag| line(tag)).filter(|tag| !tag.is_empty()).collect();
        for text in self.texts.values_mut() {
            text.name = line(&text.name);
            text.description = line(&text.description);
        }
        self.texts.retain(|_, text| !text.name.is_empty());
        self.url = self.url.trim().to_owned();
        self.image = self.image.trim().to_owned();
        self.sized()?;
        self.priced()?;
        Ok(self)
    }

    fn sized(&self) -> Result<(), BadProduct> {
        within("id", self.id.as_str(), LABEL)?;
        if self.id.as_str().is_empty() {
            return Err(bad(
                "id",
                said!(Empty:
                    "没有填：以后认不出是同一件商品",
                    "is empty: the same product could not be found again"
                ),
            ));
        }
        if self.texts.is_empty() {
            return Err(bad(
                "name",
                said!(Empty: "没有填：没人知道这是什么", "is empty: nobody would know what it is"),
            ));
        }
        for text in self.texts.values() {
            within("name", &text.name, LABEL)?;
            within("description", &text.description, DESCRIPTION)?;
        }
        within("category", &self.category, LABEL)?;
        self.tags.iter().try_for_each(|tag| within("tags", tag, LABEL))?;
        if self.tags.len() > MANY || self.attributes.len() > MANY {
            return Err(bad(
                "tags",
                said!(TooLong: "标签或其他列超过 {MANY} 个", "more than {MANY} tags or other columns"),
            ));
        }
        for (name, value) in &self.attributes {
            within("attributes", name, LABEL)?;
            within("attributes", value, DESCRIPTION)?;
        }
        address("url", &self.url)?;
        address("image", &self.image)
    }

    fn priced(&self) -> Result<(), BadProduct> {
        for (at, price) in self.prices.iter().enumerate() {
            if !is_currency(&price.currency) {
                return Err(bad(
                    "currency",
                    said!(BadValue:
                        "“{}”不是币种；写 CNY 或 USD",
                        "`{}` is no currency; write CNY or USD",
                        price.currency
                    ),
                ));
            }
            if !(0..=DEAREST).contains(&price.cents) {
                return Err(bad(
                    "price",
                    said!(BadValue: "小于零，或超出限度", "is below nothing or beyond all measure"),
                ));
            }
            if self.prices[..at].iter().any(|other| other.currency == price.currency) {
                return Err(bad(
                    "price",
                    said!(Repeated: "{} 的价格有两个", "two prices in {}", price.currency),
                ));
            }
        }
        Ok(())
    }
}

fn bad(field: &'static str, problem: Said) -> BadProduct {
    BadProduct { field, problem }
}

fn within(field: &'static str, text: &str, most: usize) -> Result<(), BadProduct> {
    if text.len() <= most || text.chars().count() <= most {
        return Ok(());
    }
    Err(bad(field, said!(TooLong: "超过 {most} 个字符", "is longer than {most} characters")))
}

/// Only what a browser may open without running anything.
fn address(field: &'static str, url: &str) -> Result<(), BadProduct> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let here = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    if url.is_empty() || (url.len() <= ADDRESS && (web || here) && plain) {
        return Ok(());
    }
    Err(bad(
        field,
        said!(BadValue:
            "不是网址；写 https://… 或以 / 开头的路径",
            "is no address; write https://… or a path that starts with /"
        ),
    ))
}

/// One line without control characters or marks that turn the direction of writing.
fn line(text: &str) -> String {
    let stays = |c: char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let spaced: String =
        text.chars().filter(|&c| stays(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_as_tables_have_them() {
        let read = |text| Price::read(text, "CNY").map(|price| price.shown());
        assert_eq!(read("129").as_deref(), Some("¥129"));
        assert_eq!(read("¥1,299.50").as_deref(), Some("¥1299.50"));
        assert_eq!(read("129元").as_deref(), Some("¥129"));
        assert_eq!(read("$18.5").as_deref(), Some("$18.50"));
        assert_eq!(read("EUR 20").as_deref(), Some("EUR 20"));
        for text in ["", "free", "-5", "1.234.5", "1.999", "12 apples", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_product_says_is_one_plain_line_and_its_address_runs_nothing() {
        let product = |name: &str, url: &str| Product {
            id: "a".into(),
            texts: [(Lang::Zh, ProductText { name: name.to_owned(), description: String::new() })].into(),
            category: String::new(),
            tags: vec![],
            prices: vec![],
            url: url.to_owned(),
            image: String::new(),
            in_stock: true,
            active: true,
            attributes: BTreeMap::new(),
            source: String::new(),
            updated_at: Timestamp::UNIX_EPOCH,
        };
        let taken = product(" 云雾\n砂锅\u{202e} ", "/goods/a").checked().unwrap();
        assert_eq!(taken.name(Lang::En), "云雾 砂锅");
        for url in ["javascript:alert(1)", "//evil.example", "data:text/html,x", "/a b", "/\\evil", "ftp://x"]
        {
            assert_eq!(product("碗", url).checked().unwrap_err().field, "url", "{url}");
        }
        assert_eq!(product(" \n ", "").checked().unwrap_err().field, "name");
    }
}
