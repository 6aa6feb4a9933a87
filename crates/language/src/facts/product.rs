//! Products of the owner's catalogue, found by their names.

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Found, Kind, Value, text::Text};

/// Names of products, ready to be found. Width and case do not matter; of two names the longer one counts.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    names: Vec<String>,
    search: Option<AhoCorasick>,
}

impl Catalogue {
    /// From an owner's list; empty names are left out. A list too large for memory finds nothing.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> =
            names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let patterns = names.iter().map(|name| folded(&Text::new(name)).0);
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Self { names, search }
    }

    /// The names, as they were given.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether a text names any of them.
    pub fn is_named(&self, text: &str) -> bool {
        !self.find(&Text::new(text)).is_empty()
    }

    pub(super) fn find(&self, text: &Text) -> Vec<Found> {
        let Some(search) = self.search.as_ref().filter(|_| !self.names.is_empty()) else { return Vec::new() };
        let (folded, places) = folded(text);
        let mut found = Vec::new();
        for hit in search.find_iter(&folded) {
            let (from, to) = (places[hit.start()], places[hit.end() - 1] + 1);
            if whole_words(text, from, to) {
                let value = Value::Text(self.names[hit.pattern().as_usize()].clone());
                found.push(Found { kind: Kind::Product, range: from..to, value });
            }
        }
        found
    }
}

/// Lower case, with the character that each byte comes from.
fn folded(text: &Text) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::new(), Vec::new());
    for (at, c) in text.slice(0..text.len()).iter().enumerate() {
        for lower in c.to_lowercase() {
            out.push(lower);
            places.extend(std::iter::repeat_n(at, lower.len_utf8()));
        }
    }
    (out, places)
}

/// "Pro" is not found in "Product"; Chinese has no such bounds.
fn whole_words(text: &Text, from: usize, to: usize) -> bool {
    let word = |c: char| c.is_alphanumeric() && !crate::is_han(c);
    let cut = |at: usize| word(text.before(at)) && word(text.at(at));
    !cut(from) && !cut(to)
}
