//! Internet addresses of both versions. A version number in four parts is called one, or begins with v.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    Found, Kind, Value,
    said::{Called, said},
    text::Text,
};

/// The longest spelling of an address.
const LONGEST: usize = 45;

pub(super) fn find(text: &Text) -> Vec<Found> {
    let part = |c: char| c.is_ascii_hexdigit() || ".:".contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !part(text.at(at)) {
            at += 1;
            continue;
        }
        let end = text.run(at, text.len(), part);
        found.extend(address(text, at, end));
        at = end;
    }
    found
}

fn address(text: &Text, from: usize, to: usize) -> Option<Found> {
    // "IP:203.0.113.42": the colon is no part; nor is the full stop at the end.
    let from = text.run(from, to - from, |c| c == '.' || (c == ':' && text.at(from + 1) != ':'));
    let to = text.run_back(to, to - from, |c| c == '.');
    if to - from > LONGEST || text.before(from).is_ascii_alphabetic() || text.at(to).is_ascii_alphabetic() {
        return None;
    }
    let token = text.string(from..to);
    if !(is_v4(&token) || is_v6(&token)) || called_a_thing(text, from) {
        return None;
    }
    Some(Found { kind: Kind::Ip, range: from..to, value: Value::Text(token.to_ascii_lowercase()) })
}

fn is_v4(token: &str) -> bool {
    token.parse::<Ipv4Addr>().is_ok()
}

/// Times of day have colons too: eight groups, or the double colon beside something.
fn is_v6(token: &str) -> bool {
    token.len() > 5 && token.matches(':').count() >= 3 && token.parse::<Ipv6Addr>().is_ok()
}

fn called_a_thing(text: &Text, from: usize) -> bool {
    said(text, from).is_some_and(|said| said.what == Called::Thing && said.direct)
}
