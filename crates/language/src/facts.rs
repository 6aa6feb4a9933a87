//! The facts in a message: numbers, addresses, times and names that somebody can act on.
//!
//! Each kind has its file below. They take turns, the surest first, and what one has found is hidden
//! from the next: so facts never overlap. Every extractor looks at a bounded window around a place,
//! so the whole is linear in the length of the text.

mod address_en;
mod address_zh;
mod amount;
mod bank_card;
mod date;
mod email;
mod iban;
mod id_card;
mod ip;
mod licence;
pub mod measure;
mod number;
mod numeral;
mod order;
mod person;
mod phone;
mod places;
mod plate;
mod product;
mod said;
mod ssn;
mod text;
mod value;
mod words;

use std::ops::Range;

use jiff::civil::Date;
pub use product::Catalogue;
pub use value::{Amount, Part, Value, When};

use text::Text;

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A mobile or landline number.
    Phone,
    /// A Chinese identity card, by its check digit.
    IdCard,
    /// A bank card, by its check digit.
    BankCard,
    /// An international bank account, by its check digits.
    Iban,
    /// A social security number of the United States.
    Ssn,
    /// A driver's licence, where it is called one.
    DriverLicence,
    /// An internet address, of either version.
    Ip,
    /// A postal or street address.
    Address,
    /// A Chinese licence plate.
    Plate,
    /// A person who was introduced by name.
    Person,
    /// The number of an order, an invoice or a ticket.
    Order,
    /// The number of a parcel.
    Parcel,
    /// A sum of money.
    Amount,
    /// A day, a span of days or a time.
    Date,
    /// A product of the owner's catalogue.
    Product,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::Email,
        Self::Phone,
        Self::IdCard,
        Self::BankCard,
        Self::Iban,
        Self::Ssn,
        Self::DriverLicence,
        Self::Ip,
        Self::Address,
        Self::Plate,
        Self::Person,
        Self::Order,
        Self::Parcel,
        Self::Amount,
        Self::Date,
        Self::Product,
    ];

    /// The name in traces and measures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::IdCard => "id_card",
            Self::BankCard => "bank_card",
            Self::Iban => "iban",
            Self::Ssn => "ssn",
            Self::DriverLicence => "driver_licence",
            Self::Ip => "ip",
            Self::Address => "address",
            Self::Plate => "plate",
            Self::Person => "person",
            Self::Order => "order",
            Self::Parcel => "parcel",
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Product => "product",
        }
    }

    /// What stands in a masked text instead; `None` for what is nobody's own: it stays.
    pub const fn tag(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("<EMAIL>"),
            Self::Phone => Some("<PHONE>"),
            Self::IdCard => Some("<ID>"),
            Self::BankCard => Some("<CARD>"),
            Self::Iban => Some("<IBAN>"),
            Self::Ssn => Some("<SSN>"),
            Self::DriverLicence => Some("<LICENCE>"),
            Self::Ip => Some("<IP>"),
            Self::Address => Some("<ADDRESS>"),
            Self::Plate => Some("<PLATE>"),
            Self::Person => Some("<NAME>"),
            Self::Order | Self::Parcel | Self::Amount | Self::Date | Self::Product => None,
        }
    }
}

/// One fact and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is.
    pub kind: Kind,
    /// Where: bytes of the text.
    pub span: Range<usize>,
    /// What it says, in one spelling.
    pub value: Value,
}

/// A fact by characters of the folded text.
struct Found {
    kind: Kind,
    range: Range<usize>,
    value: Value,
}

/// So often is looked again after something personal was hidden: what it hid may have stood in the way.
const ROUNDS: usize = 4;

/// All facts of a text in their order, none overlapping. `today` is the day that "tomorrow" counts from; where
/// facts stand does not depend on it.
pub fn facts(text: &str, today: Date, catalogue: Option<&Catalogue>) -> Vec<Fact> {
    let mut read = Text::new(text);
    let (mut personal, mut rest): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (new, other) = round(&mut read, today, catalogue);
        rest = other;
        if new.is_empty() {
            break;
        }
        personal.extend(new);
        read = Text::new(text);
        for found in &personal {
            read.hide(found.range.clone());
        }
    }
    personal.append(&mut rest);
    personal.sort_by_key(|found| found.range.start);
    let fact =
        |found: Found| Fact { kind: found.kind, span: read.bytes(found.range.clone()), value: found.value };
    personal.into_iter().map(fact).collect()
}

/// The personal facts and the others.
fn round(text: &mut Text, today: Date, catalogue: Option<&Catalogue>) -> (Vec<Found>, Vec<Found>) {
    let mut all = Vec::new();
    let mut take = |text: &mut Text, found: Vec<Found>| {
        for found in found {
            text.hide(found.range.clone());
            all.push(found);
        }
    };
    let extractors: [fn(&Text) -> Vec<Found>; 12] = [
        email::find,
        ip::find,
        iban::find,
        order::parcels,
        licence::find,
        number::sure,
        plate::find,
        address_zh::find,
        address_en::find,
        person::find,
        order::orders,
        amount::find,
    ];
    for find in extractors {
        let found = find(text);
        take(text, found);
    }
    let found = date::find(text, today);
    take(text, found);
    let found = number::likely(text);
    take(text, found);
    if let Some(catalogue) = catalogue {
        let found = catalogue.find(text);
        take(text, found);
    }
    all.into_iter().partition(|found| found.kind.tag().is_some())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Looks at characters in one round over a text.
    fn looks(text: &str) -> usize {
        let mut read = Text::new(text);
        round(&mut read, date(2026, 11, 23), None);
        read.looks.get()
    }

    /// Twice the text takes twice the looks, whatever it repeats.
    #[test]
    fn the_work_is_linear_in_the_text() {
        let hostile = [
            "a",
            "1",
            "1-",
            "1 ",
            "@",
            "a@",
            "a.b@",
            "。@",
            "省市区",
            "浙江省",
            "杭州市西湖区",
            "文三路1",
            "3幢",
            "一",
            "百万",
            "+",
            "(",
            "138",
            "1381234567 ",
            "¥1,",
            "2026-",
            "1月",
            "周",
            ".",
            ":",
            "1.",
            "a:",
            "Apt. 1 ",
            "1 A ",
            "St. ",
            "address is ",
            "sent to A ",
            "the corner of ",
            "order ",
            "订单",
            "京A",
            "京A1",
            "我叫",
            "my name is ",
            "Mr. A",
            "\n",
            "\n\n1 A",
            "<PHONE>",
            "GB00",
            "SF1 ",
            "next ",
            "3 days ",
            "tomorrow at ",
            "晚上",
            "王",
            "-",
            "１",
            "é",
            "号",
            "1号",
            "a1-",
            "0x",
            "GB82 WEST 1234 5698 7654 3",
        ];
        for piece in hostile {
            let sized = |size: usize| looks(&piece.repeat(size / piece.chars().count()));
            let (small, large) = (sized(4_000), sized(8_000));
            assert!(large <= small * 2 + small / 5 + 1_000, "{piece:?}: {small} looks, then {large}");
            assert!(large <= 8_000 * 4_000, "{piece:?}: {large} looks at 8 000 characters");
        }
    }

    #[test]
    fn products_are_found_whole_and_the_longest_first() {
        let catalogue = Catalogue::new(["Cloud", "Cloud Kettle", "云雾砂锅", "砂锅", " "]);
        let found = |text: &str| {
            facts(text, date(2026, 11, 23), Some(&catalogue))
                .into_iter()
                .map(|fact| fact.value.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("ＣＬＯＵＤ kettle 和云雾砂锅，还有砂锅"), ["Cloud Kettle", "云雾砂锅", "砂锅"]);
        assert!(found("Cloudy weather").is_empty());
    }

    #[test]
    fn numbers_are_said_in_one_spelling() {
        let said = |text: &str| {
            facts(text, date(2026, 11, 23), None)
                .first()
                .map(|fact| (fact.kind.name(), fact.value.to_string()))
        };
        let is = |text: &str, kind: &'static str, value: &str| {
            assert_eq!(said(text), Some((kind, value.to_owned())), "{text}");
        };
        is("１３８-1234 5678", "phone", "13812345678");
        is("一三八零零一三八零零零", "phone", "13800138000");
        is("call +44 (0)20 7946 0958", "phone", "+4402079460958");
        is("京A·12345", "plate", "京A12345");
        is("A@B。com", "email", "a@b.com");
        is("IBAN GB82 WEST 1234 5698 7654 32", "iban", "GB82WEST12345698765432");
        is("三百五十块", "amount", "CNY 350.00");
        is("一共1.5万元", "amount", "CNY 15000.00");
        is("99块9", "amount", "CNY 99.90");
        is("两万五千元", "amount", "CNY 25000.00");
        is("¥1,299.00", "amount", "CNY 1299.00");
        is("20 bucks", "amount", "USD 20.00");
        is("顺丰 SF 1023 4567 89012", "parcel", "SF1023456789012");
        is("my order number is so-2024-001", "order", "SO-2024-001");
    }

    #[test]
    fn pieces_are_no_money() {
        for text in ["两块电池", "我们一块去", "三块面包", "第1元素"] {
            assert_eq!(facts(text, date(2026, 11, 23), None), [], "{text}");
        }
    }
}
