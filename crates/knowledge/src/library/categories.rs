//! Which questions the owner put under which category.

use std::{collections::HashMap, sync::Arc};

use domain::{Asker, Entry, EntryId, Kind, Lang, Timestamp, category::LEVELS};
use language::normal;

use super::{Library, Snapshot};

/// The questions under each level of each category, by its name without marks and filler words.
pub(super) struct Categories(HashMap<String, Vec<EntryId>>);

impl Categories {
    fn of(snapshot: &Snapshot) -> Self {
        let mut by_category: HashMap<&str, Vec<&EntryId>> = HashMap::new();
        let questions = snapshot.entries.values().map(|indexed| &indexed.entry);
        for entry in questions.filter(|entry| entry.kind == Kind::Answer) {
            by_category.entry(&entry.category).or_default().push(&entry.id);
        }
        let mut under: HashMap<String, Vec<EntryId>> = HashMap::new();
        for (category, entries) in by_category {
            for level in category.split(LEVELS) {
                under.entry(normal::core(level)).or_default().extend(entries.iter().copied().cloned());
            }
        }
        for entries in under.values_mut() {
            entries.sort_unstable();
        }
        Self(under)
    }
}

impl Library {
    /// The questions under this level of a category, named without marks and filler words ([`normal::core`]), that this
    /// asker may have answered: so many at most, by their entries' names.
    pub fn under(&self, level: &str, lang: Lang, asker: &Asker, now: Timestamp, most: usize) -> Vec<String> {
        let title = |entry: Arc<Entry>| entry.texts.get(&lang).map(|text| text.title.clone());
        let snapshot = self.snapshot();
        let categories = snapshot.categories.get_or_init(|| Categories::of(&snapshot));
        let entries = categories.0.get(level).into_iter().flatten();
        let open = entries.filter_map(|id| self.entry(id)).filter(|entry| entry.is_for(asker, now));
        open.filter_map(title).take(most).collect()
    }
}
