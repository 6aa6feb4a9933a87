//! E-mail addresses: `name@host.tld`, grown outwards from each `@`.

use super::{Found, Kind, Value, text::Text};

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in 0..text.len() {
        if text.at(at) == '@' {
            let floor = found.last().map_or(0, |last| last.range.end);
            found.extend(around(text, at, floor));
        }
    }
    found
}

fn around(text: &Text, at: usize, floor: usize) -> Option<Found> {
    let name = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let mut start = text.run_back(at, 64.min(at - floor.min(at)), name);
    while start < at && ".-%+".contains(text.at(start)) {
        start += 1;
    }
    let end = host_end(text, at + 1);
    let tld = text.run_back(end, 24, |c| c.is_ascii_alphabetic());
    if start == at || end - tld < 2 || tld <= at + 2 || !matches!(text.before(tld), '.' | '。') {
        return None;
    }
    let value = text.string(start..end).replace('。', ".").to_ascii_lowercase();
    Some(Found { kind: Kind::Email, range: start..end, value: Value::Text(value) })
}

/// A Chinese keyboard writes the dot as 。 often enough.
fn host_end(text: &Text, from: usize) -> usize {
    let mut end = text.run(from, 255, |c| c.is_ascii_alphanumeric() || ".-".contains(c));
    if text.at(end) == '。' && text.at(end + 1).is_ascii_alphabetic() && !text.slice(from..end).contains(&'.')
    {
        end = text.run(end + 1, 24, |c| c.is_ascii_alphabetic() || c == '.');
    }
    while end > from && ".-".contains(text.before(end)) {
        end -= 1;
    }
    end
}
