//! International bank accounts, by their check digits (ISO 13616, remainder 1 of 97).

use super::{Found, Kind, Value, text::Text};

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match account(text, at) {
            Some(one) => {
                at = one.range.end;
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

/// Two letters, two check digits, 11 to 30 places more, with or without blanks by fours.
fn account(text: &Text, from: usize) -> Option<Found> {
    let begins = text.at(from).is_ascii_alphabetic()
        && text.at(from + 1).is_ascii_alphabetic()
        && text.digit(from + 2).is_some()
        && text.digit(from + 3).is_some()
        && !text.before(from).is_ascii_alphanumeric();
    if !begins {
        return None;
    }
    let mut places = String::new();
    let (mut at, mut best) = (from, None);
    while places.len() <= 34 {
        let c = text.at(at);
        if c.is_ascii_alphanumeric() {
            places.push(c.to_ascii_uppercase());
            let ends = !text.at(at + 1).is_ascii_alphanumeric();
            if ends && (15..=34).contains(&places.len()) && checks(&places) {
                best = Some((at + 1, places.clone()));
            }
        } else if !(c == ' ' && places.len().is_multiple_of(4)) {
            break;
        }
        at += 1;
    }
    best.map(|(end, places)| Found { kind: Kind::Iban, range: from..end, value: Value::Text(places) })
}

fn checks(places: &str) -> bool {
    let turned = places.chars().skip(4).chain(places.chars().take(4));
    let rest = turned
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 });
    rest == 1
}
