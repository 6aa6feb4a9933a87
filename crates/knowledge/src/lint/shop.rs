//! The knowledge, read once for all rules.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use domain::{Entry, EntryText, Kind, Lang};
use language::normal;

use super::{
    effort::Tally,
    finding::{self, Finding, Place, Said},
    others::Others,
};
use crate::{Library, section};

/// An entry in one language.
pub(super) struct Text {
    pub(super) entry: Arc<Entry>,
    /// The entry's place among all.
    pub(super) number: usize,
    pub(super) lang: Lang,
    /// The title first, then the phrasings; of an article its headings too.
    pub(super) ways: Vec<Way>,
}

/// A way to ask for it.
pub(super) struct Way {
    pub(super) place: Place,
    pub(super) text: String,
    /// Without politeness and punctuation.
    pub(super) core: String,
}

/// Everything.
pub(super) struct Shop<'a> {
    pub(super) library: &'a Library,
    /// Called between pieces of work.
    pub(super) rest: &'a dyn Fn(),
    pub(super) texts: Vec<Text>,
    /// By id: places in `texts`.
    pub(super) by_id: HashMap<String, Vec<usize>>,
    /// What the library was asked.
    pub(super) others: Others,
    /// How much was looked at.
    pub(super) tally: Tally,
}

impl<'a> Shop<'a> {
    pub(super) fn read(library: &'a Library, rest: &'a dyn Fn()) -> Self {
        let mut texts = Vec::new();
        let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, entry) in library.entries().into_iter().enumerate() {
            rest();
            for &lang in entry.texts.keys() {
                by_id.entry(entry.id.to_string()).or_default().push(texts.len());
                texts.push(Text::new(Arc::clone(&entry), number, lang));
            }
        }
        let (others, tally) = Default::default();
        Self { library, rest, texts, by_id, others, tally }
    }
}

impl Text {
    fn new(entry: Arc<Entry>, number: usize, lang: Lang) -> Self {
        let mut ways = Vec::new();
        let mut add = |place, text: &str| {
            if !text.trim().is_empty() {
                ways.push(Way { place, text: text.to_owned(), core: normal::core(text) });
            }
        };
        if let Some(text) = entry.texts.get(&lang) {
            add(Place::Title, &text.title);
            text.phrasings.iter().for_each(|phrasing| add(Place::Phrasing, phrasing));
            if entry.kind == Kind::Article {
                let sections = section::sections(&text.title, &text.answer);
                sections
                    .iter()
                    .filter(|part| part.anchor != "top")
                    .for_each(|part| add(Place::Answer, &part.heading));
            }
        }
        Self { entry, number, lang, ways }
    }

    pub(super) fn body(&self) -> &EntryText {
        static NOTHING: LazyLock<EntryText> = LazyLock::new(EntryText::default);
        self.entry.texts.get(&self.lang).unwrap_or(&NOTHING)
    }

    pub(super) fn id(&self) -> &str {
        self.entry.id.as_str()
    }

    pub(super) fn title(&self) -> &str {
        &self.body().title
    }

    pub(super) fn answer(&self) -> &str {
        &self.body().answer
    }

    /// A finding in this text; `about` are the texts that it depends on beside its place.
    pub(super) fn finding(
        &self,
        kind: finding::Kind,
        place: Place,
        quote: &str,
        about: &[&str],
        said: [Said; 2],
    ) -> Finding {
        let mut all = vec![self.id(), self.lang.code(), quote];
        all.extend(about);
        let [problem, advice] = said;
        Finding {
            key: finding::key(kind, &all),
            kind,
            severity: kind.severity(),
            entry: self.entry.id.clone(),
            lang: self.lang,
            title: self.title().to_owned(),
            place,
            quote: finding::short(quote),
            other: None,
            problem,
            advice,
            fix: None,
        }
    }
}
