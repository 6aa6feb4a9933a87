//! What words mean in an address: streets in English and in the languages whose streets customers live in,
//! rooms, boxes, and the words that lead to an address.

use std::{collections::HashMap, sync::LazyLock};

/// What a word means in an address; most mean nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning(u16);

impl Meaning {
    /// Street, Rd., utca: ends a street's name.
    pub(super) const ENDS: Self = Self(1);
    /// Rua, Via, Calle: begins one.
    pub(super) const BEGINS: Self = Self(2);
    /// Genterstrasse, Rijksweg: is one.
    pub(super) const IS: Self = Self(4);
    /// Apt, Suite: a room's number follows.
    pub(super) const ROOM: Self = Self(8);
    /// Box: a number follows.
    pub(super) const POST_BOX: Self = Self(16);
    /// Small words within a name.
    pub(super) const JOINS: Self = Self(32);
    /// No address goes on after it, in texts without capitals.
    pub(super) const STOPS: Self = Self(64);
    /// At, to, is: what a leading word needs before the address.
    pub(super) const TOWARDS: Self = Self(128);
    /// Address, lives, sent: an address follows soon.
    pub(super) const LEADS: Self = Self(256);
    /// APO, FPO, DPO: the post of the armed forces.
    pub(super) const FORCES: Self = Self(512);
    /// "And" parts two addresses, or joins two streets at a corner.
    pub(super) const AND: Self = Self(1024);

    /// Whether it means any of these.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[rustfmt::skip]
const WORDS: &[(Meaning, &[&str])] = &[
    (Meaning::ENDS, &[
        "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "boulevard", "blvd", "court", "ct", "place", "pl",
        "way", "square", "sq", "terrace", "highway", "hwy", "parkway", "pkwy", "close", "crescent", "row", "mews", "alley", "loop",
        "trail", "isle", "ridge", "circle", "cir", "route", "quay", "wharf", "grove", "gardens", "heights", "hill", "green", "walk",
        "str", "strasse", "straße", "utca", "út", "útja", "tér", "katu", "tee", "vej", "weg", "allee", "platz", "gata", "broadway", "gate",
        "vei", "veg", "plads", "torv", "sokak", "caddesi", "köz", "sor", "rkp", "körút",
    ]),
    (Meaning::BEGINS, &[
        "rua", "rue", "via", "calle", "avda", "avenida", "plaza", "piazza", "carrer", "ul", "ulica", "trg", "boulevard", "avenue", "cours",
        "chemin", "place", "quai", "corso", "viale", "largo", "travessa", "paseo", "camino", "carretera", "route", "impasse", "allée",
    ]),
    (Meaning::ROOM, &["apt", "apartment", "suite", "ste", "unit", "flat", "room", "rm", "floor"]),
    (Meaning::POST_BOX, &["box", "psc", "postbox", "pobox"]),
    (Meaning::JOINS, &[
        "de", "la", "of", "van", "der", "den", "do", "da", "del", "di", "du", "dos", "das", "les", "el", "y", "le", "im", "am", "the", "ten",
        "des", "na", "nad", "og", "i", "pod", "am",
    ]),
    (Meaning::STOPS, &[
        "in", "for", "please", "last", "by", "because", "is", "or", "but", "so", "if", "when", "with", "to", "my", "i", "on", "at", "it",
        "this", "that", "thanks", "before", "after", "instead", "not", "was", "as", "from", "we", "you", "asap", "today", "tomorrow",
        "where", "which", "and", "are", "have", "has", "can", "could", "would", "will", "your", "need",
    ]),
    (Meaning::TOWARDS, &["at", "to", "in", "is", "with", "on", "are", "was"]),
    (Meaning::LEADS, &[
        "address", "addresses", "lives", "live", "living", "lived", "sent", "send", "ship", "shipped", "deliver", "delivered", "return",
        "meet", "moved", "arrived", "located", "reside", "resides", "staying", "come", "pick", "house", "home", "mail", "it's", "visit",
    ]),
    (Meaning::FORCES, &["apo", "fpo", "dpo"]),
    (Meaning::AND, &["and"]),
];

/// Ends of street names in one word.
const WITHIN: &[&str] = &[
    "strasse", "straße", "gasse", "gade", "vej", "veien", "vegen", "gata", "gatan", "vägen", "laan",
    "straat", "plein", "dreef", "katu", "kuja", "weg", "allee", "platz", "singel", "kade", "steenweg",
    "stræde", "tie", "bakken", "gränd", "ulice", "street", "road",
];

static MEANINGS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for (meaning, words) in WORDS {
        for word in *words {
            *all.entry(*word).or_default() |= meaning.0;
        }
    }
    all
});

/// What a word in lower case means.
pub(super) fn meaning(word: &str) -> Meaning {
    let known = MEANINGS.get(word).copied().unwrap_or_default();
    let one = known == 0 && WITHIN.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end));
    Meaning(known | if one { Meaning::IS.0 } else { 0 })
}
