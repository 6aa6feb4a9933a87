//! Entries into the index.

use std::collections::HashSet;

use domain::{Entry, EntryId};
use tantivy::{
    Index, IndexWriter, Term,
    indexer::{MergePolicy, NoMergePolicy},
};

use super::fields::Fields;

/// What one writing thread may hold before it makes a segment of it: the least that is allowed.
const BUDGET: usize = 16 << 20;
/// Many small segments would make every search slower: when there are more, they become one.
const SEGMENTS: usize = 8;

/// One commit. The writer lives no longer: its thread and its memory would be there for edits that come once a day.
pub(super) fn write<'a>(
    index: &Index,
    fields: &Fields,
    put: impl IntoIterator<Item = &'a Entry>,
    remove: &[EntryId],
) -> tantivy::Result<()> {
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
    writer.set_merge_policy(Box::new(NoMergePolicy) as Box<dyn MergePolicy>);
    for id in remove {
        writer.delete_term(Term::from_field_text(fields.id, id.as_str()));
    }
    // Of a hundred thousand terms to be deleted, each with its table of weights, an empty index has none.
    let is_empty = index.searchable_segment_ids()?.is_empty();
    let mut written = HashSet::new();
    for entry in put {
        if !(is_empty && written.insert(&entry.id)) {
            writer.delete_term(Term::from_field_text(fields.id, entry.id.as_str()));
        }
        writer.add_document(fields.document(entry))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > SEGMENTS {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()
}
