//! A unit of knowledge: a short question with its answer, or an article in sections.

use serde::{Deserialize, Serialize};

use crate::{
    audience::{Asker, Audience, Validity},
    clock::Timestamp,
    id::EntryId,
    lang::Lang,
    texts::Texts,
};

/// What an entry is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A question with phrasings and one answer, given verbatim.
    #[default]
    Answer,
    /// A longer text in Markdown, its `## ` headings are sections; answers are composed from it.
    Article,
}

/// An entry in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntryText {
    /// The question, or the article's title.
    pub title: String,
    /// Other ways to ask it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrasings: Vec<String>,
    /// The answer, or the article's Markdown.
    pub answer: String,
}

/// One unit of knowledge, in one or both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name, kept across imports.
    pub id: EntryId,
    /// Question or article.
    #[serde(default)]
    pub kind: Kind,
    /// The owner's own grouping; also the name of the intent.
    #[serde(default)]
    pub category: String,
    /// Free labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The texts by language; never empty.
    pub texts: Texts,
    /// For whom it is; nobody else finds it.
    #[serde(default, skip_serializing_if = "Audience::is_everyone")]
    pub audience: Audience,
    /// When it holds; outside that time nobody finds it.
    #[serde(default, skip_serializing_if = "Validity::is_always")]
    pub valid: Validity,
    /// Who looks after it: a person or a team, in the shop's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Where it came from: a file and line, an address, a person.
    #[serde(default)]
    pub source: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Entry {
    /// An entry for everybody, valid for ever, of no category, owner or source, never changed.
    pub fn new(id: impl Into<EntryId>, kind: Kind, texts: impl Into<Texts>) -> Self {
        Self {
            id: id.into(),
            kind,
            category: String::new(),
            tags: Vec::new(),
            texts: texts.into(),
            audience: Audience::default(),
            valid: Validity::default(),
            owner: String::new(),
            source: String::new(),
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// The text in this language, else in the other one.
    pub fn text(&self, lang: Lang) -> Option<(Lang, &EntryText)> {
        self.texts.get_key_value(&lang).or_else(|| self.texts.iter().next()).map(|(lang, text)| (*lang, text))
    }

    /// Whether this customer may be told it at this moment.
    pub fn is_for(&self, asker: &Asker, now: Timestamp) -> bool {
        self.valid.includes(now) && self.audience.includes(asker)
    }

    /// Whether there are customers or times for which it is not.
    pub fn is_limited(&self) -> bool {
        !self.valid.is_always() || !self.audience.is_everyone()
    }

    /// Whether both say the same: everything but when it changed and where it came from.
    pub fn same_as(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.category == other.category
            && self.tags == other.tags
            && self.texts == other.texts
            && self.audience == other.audience
            && self.valid == other.valid
            && self.owner == other.owner
    }
}
