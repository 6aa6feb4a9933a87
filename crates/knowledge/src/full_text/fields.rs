//! What the index holds of an entry. Terms are cut by us: words by the dictionary and the Snowball stemmer as everywhere, and
//! letters, so that half a word is found, too.

use domain::{Entry, Kind, category, picture};
use language::segment;
use tantivy::{
    TantivyDocument,
    schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
};

use super::cut;

/// Stands for the category of entries without one; no category is called so, it would be two empty levels.
pub(super) const UNSORTED: &str = "/";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// The id in lower case, as somebody may type it.
    pub(super) name: Field,
    pub(super) title: Field,
    pub(super) phrasings: Field,
    pub(super) answer: Field,
    /// Single Chinese characters and pairs of them, of all texts.
    pub(super) letters: Field,
    /// The category and all that it lies below.
    pub(super) category: Field,
    pub(super) kind: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let cut = |by: &str| {
        let counted = TextFieldIndexing::default().set_tokenizer(by);
        TextOptions::default().set_indexing_options(counted.set_index_option(IndexRecordOption::WithFreqs))
    };
    let words = cut(cut::WORDS);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | FAST),
        name: schema.add_text_field("name", STRING),
        title: schema.add_text_field("title", words.clone()),
        phrasings: schema.add_text_field("phrasings", words.clone()),
        answer: schema.add_text_field("answer", words),
        letters: schema.add_text_field("letters", cut(cut::LETTERS)),
        category: schema.add_text_field("category", STRING),
        kind: schema.add_text_field("kind", STRING),
    };
    (schema.build(), fields)
}

impl Fields {
    pub(super) fn document(&self, entry: &Entry) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, entry.id.as_str());
        document.add_text(self.name, entry.id.as_str().to_lowercase());
        category::above(&entry.category).for_each(|above| document.add_text(self.category, above));
        if entry.category.is_empty() {
            document.add_text(self.category, UNSORTED);
        }
        document.add_text(self.kind, kind(entry.kind));
        for text in entry.texts.values() {
            self.add(&mut document, self.title, &text.title);
            text.phrasings.iter().for_each(|way| self.add(&mut document, self.phrasings, way));
            self.add(&mut document, self.answer, &picture::in_words(&text.answer));
        }
        let labels = [&entry.category, &entry.owner].into_iter().chain(&entry.tags);
        labels.for_each(|label| self.add(&mut document, self.answer, label));
        document
    }

    /// All of a text, in pieces of the length that is looked at in one go.
    fn add(&self, document: &mut TantivyDocument, field: Field, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let piece = segment::head(rest);
            rest = &rest[piece.len()..];
            document.add_text(self.letters, piece);
            document.add_text(field, piece);
        }
    }
}

/// The name of a kind in the index.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Answer => "answer",
        Kind::Article => "article",
    }
}

/// Each Chinese character, and each pair of neighbours.
pub(super) fn letters(normal: &str) -> Vec<String> {
    let mut letters = Vec::new();
    let mut before = None;
    for letter in normal.chars() {
        let is_han = language::is_han(letter);
        if is_han {
            letters.push(letter.to_string());
            letters.extend(before.map(|before: char| [before, letter].iter().collect::<String>()));
        }
        before = is_han.then_some(letter);
    }
    letters
}
