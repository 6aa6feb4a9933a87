//! What a visit changes: the source's words against those that stand here, document by document.

use std::sync::Arc;

use domain::{Entry, EntryId, Said, Timestamp};
use knowledge::import::{Change, Harvest, merge};
use store::{Document, DocumentRow};

use crate::crawl::Mark;

/// What the whole run changes, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Diff {
    pub(super) new: Vec<Entry>,
    pub(super) changed: Vec<Change>,
    pub(super) unchanged: Vec<EntryId>,
    /// Entries whose source is gone.
    pub(super) remove: Vec<EntryId>,
    pub(super) documents: Vec<Document>,
    pub(super) gone: Vec<String>,
}

/// What was fetched, read.
pub(super) struct Fetched {
    pub(super) address: String,
    pub(super) harvest: Harvest,
    pub(super) mark: Mark,
    pub(super) hash: String,
}

type Find<'a> = &'a dyn Fn(&EntryId) -> Option<Arc<Entry>>;

impl Diff {
    /// A document that was fetched and read.
    pub(super) fn take(
        &mut self,
        fetched: Fetched,
        known: Option<&Document>,
        find: Find<'_>,
        now: Timestamp,
    ) {
        let mut detail: Vec<Said> =
            fetched.harvest.rejected.iter().map(|remark| unread(&remark.problem)).collect();
        if fetched.harvest.entries.is_empty() {
            // What was read of it before stays: a damaged upload is no reason to forget.
            return self.stays(&fetched.address, known, "unreadable", &Said::lines(&detail), now);
        }
        let before = known.map_or(&[][..], |known| &known.base);
        for new in &fetched.harvest.entries {
            let last = before.iter().find(|last| last.id == new.id);
            self.entry(last, new, find, &mut detail);
        }
        for left in before.iter().filter(|last| !fetched.harvest.entries.iter().any(|new| new.id == last.id))
        {
            self.withdraw(left, find, &mut detail);
        }
        let is_new = known.is_none_or(|known| known.hash != fetched.hash);
        let changed_at = if is_new { Some(now) } else { known.and_then(|known| known.row.changed_at) };
        self.documents.push(Document {
            row: DocumentRow {
                address: fetched.address,
                status: "read".to_owned(),
                detail: Said::lines(&detail),
                entries: fetched.harvest.entries.iter().map(|entry| entry.id.clone()).collect(),
                checked_at: now,
                changed_at,
            },
            base: fetched.harvest.entries,
            etag: fetched.mark.etag,
            last_modified: fetched.mark.last_modified,
            hash: fetched.hash,
        });
    }

    fn entry(&mut self, last: Option<&Entry>, new: &Entry, find: Find<'_>, detail: &mut Vec<Said>) {
        let Some(here) = find(&new.id) else {
            match last {
                // A person removed it here: it is not brought back.
                Some(_) => detail.push(note("removed_here", new.id.as_str())),
                None => self.new.push(new.clone()),
            }
            return;
        };
        // Imported by hand before it had a source, and not edited since: that is what the source said last.
        let last = last.or_else(|| Some(&*here).filter(|here| here.source == new.source));
        let merged = merge(last, new, &here);
        detail.extend(merged.kept.iter().map(|field| note("kept", field)));
        if merged.entry.same_as(&here) && merged.entry.source == here.source {
            self.unchanged.push(here.id.clone());
        } else {
            self.changed.push(Change { old: (*here).clone(), new: merged.entry });
        }
    }

    /// An entry whose text is no longer at its source. What people wrote into it stays.
    fn withdraw(&mut self, last: &Entry, find: Find<'_>, detail: &mut Vec<Said>) {
        match find(&last.id) {
            None => {}
            Some(here) if here.same_as(last) => self.remove.push(last.id.clone()),
            Some(_) => detail.push(note("orphan", last.id.as_str())),
        }
    }

    /// A document that says what it said. An entry that people edited meanwhile still leads to it.
    pub(super) fn same(&mut self, known: &Document, find: Find<'_>, now: Timestamp) {
        for last in &known.base {
            match find(&last.id) {
                Some(here) if here.source != last.source => {
                    let new = Entry { source: last.source.clone(), ..(*here).clone() };
                    self.changed.push(Change { old: (*here).clone(), new });
                }
                _ => self.unchanged.push(last.id.clone()),
            }
        }
        let row = DocumentRow { checked_at: now, ..known.row.clone() };
        self.documents.push(Document { row, ..known.clone() });
    }

    /// A document that was not read: what it said before stays.
    pub(super) fn stays(
        &mut self,
        address: &str,
        known: Option<&Document>,
        status: &str,
        detail: &Said,
        now: Timestamp,
    ) {
        let empty = || Document {
            row: DocumentRow {
                address: address.to_owned(),
                status: String::new(),
                detail: Said::verbatim(""),
                entries: Vec::new(),
                checked_at: now,
                changed_at: None,
            },
            base: Vec::new(),
            etag: None,
            last_modified: None,
            hash: String::new(),
        };
        let mut document = known.cloned().unwrap_or_else(empty);
        self.unchanged.extend(document.row.entries.iter().cloned());
        document.row.checked_at = now;
        status.clone_into(&mut document.row.status);
        detail.clone_into(&mut document.row.detail);
        // It must be read again even if its server says that it is the same.
        (document.etag, document.last_modified, document.hash) = (None, None, String::new());
        self.documents.push(document);
    }

    /// A document that is no more. `status` and `detail` say so, where the source still lists it.
    pub(super) fn lost(
        &mut self,
        known: &Document,
        listed: Option<(&str, &Said)>,
        find: Find<'_>,
        now: Timestamp,
    ) {
        let mut detail: Vec<Said> = listed.map(|(_, detail)| detail.clone()).into_iter().collect();
        for last in &known.base {
            self.withdraw(last, find, &mut detail);
        }
        match listed {
            None => self.gone.push(known.row.address.clone()),
            Some((status, _)) => {
                let row = DocumentRow {
                    status: status.to_owned(),
                    detail: Said::lines(&detail),
                    entries: Vec::new(),
                    checked_at: now,
                    ..known.row.clone()
                };
                let document =
                    Document { row, base: Vec::new(), etag: None, last_modified: None, hash: String::new() };
                self.documents.push(document);
            }
        }
    }
}

/// A line of a document's detail: a code that the desk words, and what it is about.
fn note(code: &str, about: &str) -> Said {
    Said::verbatim(format!("{code}: {about}"))
}

fn unread(problem: &Said) -> Said {
    let line = |text: &str| format!("unread: {text}");
    Said::new(line(&problem.zh), line(&problem.en)).coded(problem.code)
}
