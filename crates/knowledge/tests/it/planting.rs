//! Defects that are planted into a copy of the sample shop: each is one defect of one kind.
//!
//! The rules were tuned on [`tuned`] alone. [`held`] and [`third`] were written in other words before their results
//! were seen.

pub(crate) mod held;
pub(crate) mod third;
pub(crate) mod tuned;

use std::path::Path;

use domain::{Entry, EntryId, EntryText, Kind as EntryKind, Lang, Timestamp};
use knowledge::{import, lint::Kind};

/// One change of one entry.
pub(crate) enum Sow {
    /// Other words in an answer.
    Swap(&'static str, Lang, &'static str, &'static str),
    /// A sentence at the end of an answer.
    Say(&'static str, Lang, &'static str),
    /// One more phrasing.
    Ask(&'static str, Lang, &'static str),
    /// A new entry: category, then title, phrasings and answer in Chinese and English.
    New(&'static str, &'static str, Words, Words),
    /// A language goes.
    Drop(&'static str, Lang),
    /// Only these words remain as the answer.
    Only(&'static str, Lang, &'static str),
    /// Last changed then.
    Age(&'static str, &'static str),
    /// Holds until then.
    Until(&'static str, &'static str),
}

/// Title, phrasings and answer.
pub(crate) type Words = Option<(&'static str, &'static [&'static str], &'static str)>;

/// A defect.
pub(crate) struct Plant {
    /// What should be found.
    pub(crate) kind: Kind,
    /// In one of these entries.
    pub(crate) at: &'static [&'static str],
    /// How it gets there.
    pub(crate) sow: &'static [Sow],
}

/// The sample shop as it ships.
pub(crate) fn sample(now: Timestamp) -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop");
    let paths = ["knowledge.zh.jsonl", "knowledge.en.jsonl", "articles"].map(|name| folder.join(name));
    let harvest = import::read(&paths, now).expect("the sample shop is readable");
    assert!(harvest.rejected.is_empty(), "the sample shop is whole");
    harvest.entries
}

impl Plant {
    /// Plants it.
    pub(crate) fn sow(&self, shop: &mut Vec<Entry>) {
        self.sow.iter().for_each(|sow| sow.apply(shop));
    }
}

impl Sow {
    /// Changes the shop.
    pub(crate) fn apply(&self, shop: &mut Vec<Entry>) {
        match *self {
            Self::Swap(id, lang, from, to) => {
                let text = text(shop, id, lang);
                assert!(text.answer.contains(from), "{id} does not say {from}");
                text.answer = text.answer.replacen(from, to, 1);
            }
            Self::Say(id, lang, words) => {
                let text = text(shop, id, lang);
                text.answer.push_str(lang.pick("", " "));
                text.answer.push_str(words);
            }
            Self::Ask(id, lang, words) => text(shop, id, lang).phrasings.push(words.to_owned()),
            Self::New(id, category, zh, en) => shop.push(new(id, category, zh, en)),
            Self::Drop(id, lang) => drop(entry(shop, id).texts.remove(&lang)),
            Self::Only(id, lang, words) => words.clone_into(&mut text(shop, id, lang).answer),
            Self::Age(id, moment) => entry(shop, id).updated_at = moment.parse().expect("a moment"),
            Self::Until(id, moment) => entry(shop, id).valid.until = Some(moment.parse().expect("a moment")),
        }
    }
}

fn entry<'a>(shop: &'a mut [Entry], id: &str) -> &'a mut Entry {
    let found = shop.iter_mut().find(|entry| entry.id.as_str() == id);
    found.unwrap_or_else(|| panic!("the shop has no {id}"))
}

fn text<'a>(shop: &'a mut [Entry], id: &str, lang: Lang) -> &'a mut EntryText {
    entry(shop, id).texts.get_mut(&lang).expect("both languages")
}

fn new(id: &str, category: &str, zh: Words, en: Words) -> Entry {
    let mut texts = domain::texts::Texts::new();
    for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
        if let Some((title, phrasings, answer)) = words {
            let phrasings = phrasings.iter().map(|words| (*words).to_owned()).collect();
            texts.insert(lang, EntryText { title: title.to_owned(), phrasings, answer: answer.to_owned() });
        }
    }
    Entry {
        category: category.to_owned(),
        updated_at: "2026-11-02T08:00:00Z".parse().expect("a moment"),
        ..Entry::new(EntryId::from(id), EntryKind::Answer, texts)
    }
}
