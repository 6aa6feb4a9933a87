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
    let mut personal = Vec::new();
    let mut rest = Vec::new();
    for _ in 0..ROUNDS {
        let (new, other) = round(&mut read, today, catalogue);
        rest = other;
        if new.is_empty() {
            break;
        }
        personal.extend(new);
        read = Text::new(text);
        for found in &personal {
            let found: &Found = found;
            read.hide(found.range.clone());
        }
    }
    rest.retain(|found| personal.iter().all(|other| apart(&found.range, &other.range)));
    personal.append(&mut rest);
    personal.sort_by_key(|found| found.range.start);
    let fact = |found: Found| Fact {
        kind: found.kind,
        span: read.bytes(found.range.clone()),
        value: found.value,
    };
    personal.into_iter().map(fact).collect()
}

fn apart(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.end <= other.start || other.end <= one.start
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
