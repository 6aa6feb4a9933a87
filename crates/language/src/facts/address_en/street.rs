//! Words that name streets, in English and in the languages whose streets customers live in.

use super::token::{Shape, Token};
use crate::facts::text::Text;

const STREETS: &[&str] = &[
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "boulevard", "blvd", "court", "ct", "place", "pl",
    "way", "square", "sq", "terrace", "highway", "hwy", "parkway", "pkwy", "close", "crescent", "row", "mews", "alley", "loop",
    "trail", "isle", "ridge", "circle", "cir", "route", "quay", "wharf", "grove", "gardens", "heights", "hill", "green", "walk",
    "str", "strasse", "straße", "utca", "út", "útja", "tér", "katu", "tee", "vej", "weg", "allee", "platz", "gata", "broadway",
];
/// Street words before the name.
const BEFORE: &[&str] = &[
    "rua", "rue", "via", "calle", "avda", "avenida", "plaza", "piazza", "carrer", "ul", "ulica", "trg", "boulevard", "avenue", "cours",
    "chemin", "place", "quai", "corso", "viale", "largo", "travessa", "paseo", "camino", "carretera", "route", "impasse", "allée",
];
/// Ends of street names in one word.
const WITHIN: &[&str] = &[
    "strasse", "straße", "strassse", "gasse", "gade", "vej", "veien", "vegen", "gata", "gatan", "vägen", "laan", "straat", "plein", "dreef",
    "katu", "kuja", "weg", "allee", "platz", "singel", "kade", "steenweg", "stræde", "tie", "bakken", "gränd", "ulice", "street", "road",
];

fn word(text: &Text, token: Token) -> String {
    text.string(token.from..token.to.min(token.from + 24)).to_lowercase()
}

/// Street, Rd., utca: a word that ends a street's name.
pub(super) fn ends(text: &Text, token: Token) -> bool {
    is_word(token) && STREETS.contains(&word(text, token).as_str())
}

/// Rua, Via, Calle: a word that begins one.
pub(super) fn begins(text: &Text, token: Token) -> bool {
    is_word(token) && BEFORE.contains(&word(text, token).as_str())
}

/// Genterstrasse, Rijksweg: a word that is one.
pub(super) fn is(text: &Text, token: Token) -> bool {
    let word = word(text, token);
    is_word(token) && WITHIN.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end))
}

fn is_word(token: Token) -> bool {
    matches!(token.shape, Shape::Capital | Shape::Small)
}

/// Apt., Suite: a room follows.
pub(super) fn room(text: &Text, token: Token) -> bool {
    let rooms = ["apt", "apartment", "suite", "ste", "unit", "flat", "room", "rm", "floor"];
    is_word(token) && rooms.contains(&word(text, token).as_str())
}

/// Box and the like: a number follows.
pub(super) fn post_box(text: &Text, token: Token) -> bool {
    is_word(token) && ["box", "psc", "postbox", "pobox"].contains(&word(text, token).as_str())
}

/// Small words within a name.
pub(super) fn joins(text: &Text, token: Token) -> bool {
    const JOINS: [&str; 19] = [
        "de", "la", "of", "van", "der", "den", "do", "da", "del", "di", "du", "dos", "das", "les", "el", "y", "le", "im", "am",
    ];
    is_word(token) && JOINS.contains(&word(text, token).as_str())
}

/// Words after which no address goes on, for texts without capitals.
pub(super) fn stops(text: &Text, token: Token) -> bool {
    const STOPS: [&str; 37] = [
        "in", "for", "please", "last", "by", "because", "is", "or", "but", "so", "if", "when", "with", "to", "my", "i", "on", "at", "it",
        "this", "that", "and", "thanks", "before", "after", "instead", "not", "was", "as", "from", "we", "you", "asap", "today", "tomorrow",
        "where", "which",
    ];
    STOPS.contains(&word(text, token).as_str())
}
