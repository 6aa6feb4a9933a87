//! All texts are looked through: slower than an index, and found is what stands there letter by letter.

use std::sync::Arc;

use domain::{Entry, category};
use knowledge::Library;
use store::{EntryFilter, EntryRow};

use super::row;

/// The entries that hold all words, those that hold them in a title first, then by id; and how many there are.
pub(super) fn scan(
    library: &Library,
    filter: &EntryFilter,
    words: &str,
    (skip, limit): (usize, usize),
) -> (Vec<EntryRow>, u64) {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let fits = |entry: &Arc<Entry>| {
        filter.kind.is_none_or(|kind| kind == entry.kind)
            && filter.category.as_ref().is_none_or(|wanted| is_within(&entry.category, wanted))
    };
    let mut found: Vec<(bool, Arc<Entry>)> = library
        .entries()
        .into_iter()
        .filter(fits)
        .filter_map(|entry| holds(&entry, &words).map(|titled| (!titled, entry)))
        .collect();
    // The entries came by their ids.
    found.sort_by_key(|(later, _)| *later);
    let count = found.len() as u64;
    let part = (skip + 1..).zip(found.into_iter().skip(skip).take(limit));
    (part.map(|(at, (_, entry))| row(&entry, at)).collect(), count)
}

fn is_within(known: &str, wanted: &str) -> bool {
    if wanted.is_empty() { known.is_empty() } else { category::above(known).any(|above| above == wanted) }
}

/// Whether an entry holds all words; if so, whether a title or the id does.
fn holds(entry: &Entry, words: &[String]) -> Option<bool> {
    let has = |text: &str, word: &str| text.to_lowercase().contains(word);
    let titled = |word: &String| {
        has(entry.id.as_str(), word) || entry.texts.values().any(|text| has(&text.title, word))
    };
    let anywhere = |word: &String| {
        let labels = [&entry.category, &entry.owner].into_iter().chain(&entry.tags);
        let texts = entry.texts.values().flat_map(|text| text.phrasings.iter().chain([&text.answer]));
        titled(word) || labels.chain(texts).any(|text| has(text, word))
    };
    words.iter().all(anywhere).then(|| words.iter().all(titled))
}
