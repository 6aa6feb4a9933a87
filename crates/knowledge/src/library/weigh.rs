//! What a library holds in memory, part by part: bytes that were asked of the allocator.

use std::mem::size_of;

use domain::Entry;

use super::{
    Library,
    snapshot::{Snapshot, Term},
};

impl Library {
    /// Bytes of each part, for measuring.
    pub fn holds(&self) -> Vec<(&'static str, usize)> {
        self.snapshot().holds()
    }
}

impl Snapshot {
    fn holds(&self) -> Vec<(&'static str, usize)> {
        let entries = self.entries.values().map(|known| entry(&known.entry)).sum();
        let passages = self.passages.iter().flatten().map(|passage| passage.bytes()).sum();
        let meanings = self.meanings.iter().flatten().map(|meanings| meanings.bytes()).sum();
        let postings = self.terms.iter().map(|term| term.postings.bytes()).sum();
        let words = self.terms.iter().filter(|term| term.meaning.is_some()).count();
        vec![
            ("entries", entries),
            ("passages", passages),
            ("meanings of texts", meanings),
            ("directions of passages", self.directions.bytes()),
            ("lists of terms", postings),
            ("terms", self.terms.capacity() * size_of::<Term>() + self.terms.len() * 12),
            ("meanings of words", words * self.embedder.dim()),
            ("number of terms, in thousands", self.terms.len() * 1_000),
        ]
    }
}

fn entry(entry: &Entry) -> usize {
    let texts = entry.texts.values().map(|text| {
        let phrasings = text.phrasings.iter().map(|way| size_of::<String>() + way.capacity());
        96 + text.title.capacity() + text.answer.capacity() + phrasings.sum::<usize>()
    });
    let tags = entry.tags.iter().map(|tag| size_of::<String>() + tag.capacity()).sum::<usize>();
    size_of::<Entry>() + texts.sum::<usize>() + tags + entry.category.capacity() + entry.source.capacity()
}
