//! Driver's licences: any number that is called one, for every state has its own shape.

use super::{
    Found, Kind, Value,
    said::{Called, said},
    text::Text,
};

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = text.at(at);
        if !c.is_ascii_alphanumeric() || text.before(at).is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let end = text.run(at, text.len(), |c| c.is_ascii_alphanumeric() || c == '-');
        found.extend(licence(text, at, end));
        at = end;
    }
    found
}

/// Five to twenty places, at least four of them digits.
fn licence(text: &Text, from: usize, to: usize) -> Option<Found> {
    let to = text.run_back(to, to - from, |c| c == '-');
    let digits = text.slice(from..to.min(from + 20)).iter().filter(|c| c.is_ascii_digit()).count();
    let shape = (5..=20).contains(&(to - from)) && digits >= 4;
    if !shape || said(text, from).is_none_or(|said| said.what != Called::Licence || !said.direct) {
        return None;
    }
    let value = text.string(from..to).to_ascii_uppercase();
    Some(Found { kind: Kind::DriverLicence, range: from..to, value: Value::Text(value) })
}
