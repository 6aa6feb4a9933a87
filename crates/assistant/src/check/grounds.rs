//! What an answer may say: the passages that it cites, what is known of the customer, where links may lead.

use std::collections::{BTreeSet, HashSet};

use domain::Record;
use language::{
    entail::{Source, concepts},
    facts::facts,
};

use super::{link, personal};

/// A passage that an answer cites.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cited<'a> {
    /// The question that it answers, or its heading.
    pub title: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Addresses that it links to.
    pub links: &'a [String],
}

/// What a sentence is held against. Costs a millisecond or two to make and is used for a whole answer.
#[derive(Debug, Clone)]
pub struct Grounds {
    pub(super) source: Source,
    pub(super) promised: u32,
    /// Everything that was cited, in lower case and folded.
    pub(super) low: String,
    /// Hosts that may be named.
    pub(super) hosts: HashSet<String>,
    /// Whole addresses that may be named.
    pub(super) links: HashSet<String>,
    /// Personal data of this customer and of the shop, in one spelling.
    pub(super) own: BTreeSet<String>,
    /// All digits that this customer may read, run by run.
    pub(super) digits: HashSet<String>,
    /// What must never be said, in letters and digits only.
    pub(super) hidden: Vec<String>,
}

/// What the names of a record's facts are called.
const CALLED: &[(&str, &str)] = &[
    ("name", "姓名 您的名字 your name"),
    ("order.id", "订单号 您的订单 order number, your order"),
    ("order.status", "订单状态 您的订单 目前 order status, your order is"),
    ("order.amount", "订单金额 您的订单 总价 order amount, total"),
    ("order.date", "下单日期 下单时间 order date, ordered on"),
    ("order.address", "收货地址 送货地址 delivery address, shipped to"),
];

impl Grounds {
    /// Of the passages that an answer cites, all of them together.
    pub fn new<'a>(cited: impl IntoIterator<Item = Cited<'a>>) -> Self {
        let (mut text, mut links) = (String::new(), Vec::new());
        for passage in cited {
            for part in [passage.title, passage.text] {
                text.push_str(part.trim());
                text.push('\n');
            }
            links.extend(passage.links.iter().cloned());
        }
        Self::of(&text, links)
    }

    fn of(text: &str, mut links: Vec<String>) -> Self {
        links.extend(link::found(text).into_iter().map(|link| link.whole));
        let hosts = links.iter().flat_map(|link| link::found(link)).map(|link| link.host).collect();
        let low = text.to_lowercase();
        Self {
            source: Source::read(text),
            promised: concepts(&low),
            hosts,
            links: links.iter().map(|link| link.trim_end_matches('/').to_lowercase()).collect(),
            own: own(text),
            digits: personal::digits(text).collect(),
            low,
            hidden: Vec::new(),
        }
    }

    /// The same, with hosts to which links may lead beside those of the passages: the knowledge's and the owner's list.
    #[must_use]
    pub fn allowing<'a>(mut self, hosts: impl IntoIterator<Item = &'a str>) -> Self {
        self.hosts.extend(hosts.into_iter().map(link::bare));
        self
    }

    /// The same for a customer: facts of the record may be said, and personal data that the customer wrote may be
    /// repeated. Nothing else that a customer writes is a ground for anything.
    #[must_use]
    pub fn for_customer(self, record: &Record, said: &str) -> Self {
        let mut lines = String::new();
        for (name, value) in &record.0 {
            let called =
                CALLED.iter().find(|(known, _)| known == name).map_or(name.as_str(), |(_, called)| called);
            lines.extend([called, ": ", value.as_str(), "\n"]);
        }
        let mut whole = if lines.is_empty() {
            self
        } else {
            let text = format!("{}{lines}", self.low);
            let fresh = Self::of(&text, Vec::new());
            Self {
                source: fresh.source,
                promised: fresh.promised,
                low: fresh.low,
                own: fresh.own,
                digits: fresh.digits,
                ..self
            }
        };
        whole.own.extend(own(said));
        whole.own.extend(record.0.values().map(|value| personal::folded(value)));
        whole.digits.extend(personal::digits(said));
        whole
    }

    /// The same, with words that must not be said, nor parts of them: a mark that stands in our own instructions.
    #[must_use]
    pub fn hiding<'a>(mut self, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        self.hidden.extend(secrets.into_iter().map(personal::folded).filter(|secret| !secret.is_empty()));
        self
    }
}

fn own(text: &str) -> BTreeSet<String> {
    let day = jiff::civil::date(2000, 1, 1);
    facts(text, day, None).into_iter().map(|fact| personal::folded(&fact.value.to_string())).collect()
}
