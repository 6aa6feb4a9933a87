//! Chinese postal addresses: 浙江省杭州市西湖区文三路100号3幢201室, and what people leave out of them.
//!
//! An address is read as a chain of parts, each ended by its word (省, 区, 路, 幢, 室). It begins at a
//! place that everybody knows, or at the first character of the sentence that leads to a house number.
//! A region alone is nobody's address.

mod part;

use super::{Found, Kind, Value, places, text::Text};
use part::{Level, part};

/// So far back the beginning of a road's or an estate's name is looked for.
const BACK: usize = 24;
/// The longest address that is read.
const LONGEST: usize = 80;

/// An address parsed from its beginning.
struct Parsed {
    end: usize,
    regions: usize,
    names: usize,
    weak: usize,
    numbers: usize,
    /// Cities and provinces that everybody knows: two side by side are a list.
    known: usize,
}

impl Parsed {
    fn is_address(&self) -> bool {
        let details = (self.names, self.numbers);
        let list = self.known > 2 || (self.known == 2 && self.regions == 2 && details == (0, 0));
        let named = self.names + usize::from(self.numbers > 1) * self.weak;
        !list
            && match (self.regions, named, self.numbers) {
                (3.., _, _) => self.regions > self.known || named > 0,
                (1.., 1.., 1..) | (2.., 1.., _) | (0, 1.., 2..) | (0, _, 3..) => true,
                (1.., 0, numbers) => numbers >= 2,
                _ => false,
            }
    }
}

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let floor = found.last().map_or(0, |last| last.range.end);
        match known_place(text, at).or_else(|| opening(text, at)).or_else(|| house(text, at, floor)) {
            Some(range) => {
                at = range.end;
                let value = Value::Text(text.string(range.clone()));
                found.push(Found { kind: Kind::Address, range, value });
            }
            None => at += 1,
        }
    }
    found
}

/// From a province or a city on.
fn known_place(text: &Text, at: usize) -> Option<std::ops::Range<usize>> {
    if !crate::is_han(text.at(at)) {
        return None;
    }
    places::PLACES.at(text, at)?;
    let parsed = parse(text, at);
    parsed.is_address().then_some(at..parsed.end)
}

/// From a district or a town that opens the clause: nothing less than a road with its number, or two names.
fn opening(text: &Text, at: usize) -> Option<std::ops::Range<usize>> {
    let before = text.before(at);
    let opens = !before.is_alphanumeric() || BEFORE.contains(before);
    if !opens || !crate::is_han(text.at(at)) || part::named(text, at).is_none() {
        return None;
    }
    let at = without_openers(text, at, text.len());
    let parsed = parse(text, at);
    let placed = parsed.regions > 0 || parsed.names > 1;
    let whole = placed && parsed.names > 0 && (parsed.numbers > 0 || parsed.regions + parsed.names > 2);
    (whole && parsed.is_address()).then_some(at..parsed.end)
}

/// From a house number back to where the sentence begins to name the place.
fn house(text: &Text, at: usize, floor: usize) -> Option<std::ops::Range<usize>> {
    if !part::is_house_number(text, at) {
        return None;
    }
    let begin = text.run_back(at, BACK.min(at - floor), |c| {
        (crate::is_han(c) || c.is_ascii_alphanumeric() || c == '-') && !BEFORE.contains(c)
    });
    let begin = without_openers(text, begin, at);
    let parsed = parse(text, begin);
    let road = parsed.names > 0 && parsed.numbers > 0 && part::ends_with_road(text, begin, at);
    (parsed.end > at && (parsed.is_address() || road)).then_some(begin..parsed.end)
}

/// What leads to an address and is no part of it.
const BEFORE: &str = "在到是住寄送发至给去从把的我你他她您了吗呢请叫放于址成为往";
const OPENERS: &[&str] = &[
    "地址",
    "住址",
    "收货地址",
    "收件地址",
    "详细地址",
    "家",
    "公司",
    "单位",
    "麻烦",
    "改",
    "收货",
    "新",
    "换",
    "地点",
];

fn without_openers(text: &Text, mut begin: usize, limit: usize) -> usize {
    while let Some(end) = text.any(begin, OPENERS).filter(|&end| end <= limit) {
        begin = end;
    }
    begin
}

fn parse(text: &Text, from: usize) -> Parsed {
    let mut parsed = Parsed { end: from, regions: 0, names: 0, weak: 0, numbers: 0, known: 0 };
    while parsed.end - from < LONGEST {
        let known = parsed.regions + parsed.names + parsed.weak + parsed.numbers;
        let Some((end, level)) = part(text, parsed.end, known, parsed.numbers > 0) else { break };
        match level {
            Level::Region => {
                parsed.regions += 1;
                parsed.known += usize::from(places::PLACES.at(text, parsed.end).is_some());
            }
            Level::Name => parsed.names += 1,
            Level::Weak => parsed.weak += 1,
            Level::Number => parsed.numbers += 1,
        }
        parsed.end = end;
    }
    parsed
}
