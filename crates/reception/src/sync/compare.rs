//! A run: everything is read, and what would change is known. Nothing is written.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{Entry, EntryId, Said, Timestamp};
use store::{Document, StoreError};

use super::{
    SyncCounts, SyncError,
    diff::{Diff, Fetched},
    once::{FULL, read},
};
use crate::{
    Reception,
    crawl::{Crawl, Listed, Mark, Silence, Visit},
    source::Source,
};

/// Documents that may go at once without a question: more, and more than half, are kept.
const FEW: usize = 3;

/// A document that is gone, and how the source says so, where it still lists it.
type Lost<'a> = (&'a Document, Option<(&'static str, Said)>);

/// What is known, and what has come of it so far.
struct Comparison<'a> {
    known: &'a HashMap<String, Document>,
    find: &'a (dyn Fn(&EntryId) -> Option<Arc<Entry>> + Send + Sync),
    now: Timestamp,
    diff: Diff,
    lost: Vec<Lost<'a>>,
    /// Bytes of text that were read.
    weight: usize,
}

impl Reception {
    /// Reads everything and says what would change.
    pub(super) async fn compare(&self, source: &Source) -> Result<(Diff, SyncCounts), SyncError> {
        let known = self.known(source).await?;
        let library = self.parts().assistant.library().clone();
        let find = move |id: &EntryId| library.entry(id);
        let mut crawl = Crawl::open(&self.parts().gate, source).await?;
        let mut listed = crawl.list().await?;
        let (diff, lost) = (Diff::default(), Vec::new());
        let mut comparison =
            Comparison { known: &known, find: &find, now: self.now(), diff, lost, weight: 0 };
        let mut silence = Silence::default();
        for (at, address) in listed.pages.iter().enumerate() {
            self.progress().insert(source.name.clone(), (at, listed.pages.len()));
            if comparison.weight > FULL {
                listed.complete = false;
                break;
            }
            let visit = crawl.visit(address, &mark(known.get(address))).await;
            silence.hear(&visit)?;
            comparison.visited(address, visit).await;
        }
        Ok(comparison.finish(&listed))
    }

    async fn known(&self, source: &Source) -> Result<HashMap<String, Document>, StoreError> {
        let documents = self.store().documents(&source.name).await?;
        Ok(documents.into_iter().map(|document| (document.row.address.clone(), document)).collect())
    }
}

impl Comparison<'_> {
    async fn visited(&mut self, address: &str, visit: Visit) {
        let before = self.known.get(address);
        match (visit, before) {
            (Visit::Same, Some(before)) => self.diff.same(before, self.find, self.now),
            (Visit::Same, None) => {
                self.diff.stays(address, None, "http", &Said::verbatim("HTTP 304"), self.now);
            }
            (Visit::Read { content_type, body, mark }, before) => {
                let fetched = read(address, content_type, body, mark, self.now).await;
                self.weight += super::once::weight(&fetched.harvest);
                self.take(fetched, before);
            }
            (Visit::Unread { status: status @ ("missing" | "repeated"), detail }, Some(before)) => {
                self.lost.push((before, Some((status, detail))));
            }
            (Visit::Unread { status, detail }, before) => {
                self.diff.stays(address, before, status, &detail, self.now);
            }
        }
    }

    /// A server without marks sends the same bytes again.
    fn take(&mut self, fetched: Fetched, before: Option<&Document>) {
        let same = before.filter(|before| before.hash == fetched.hash && before.row.status == "read");
        match same {
            None => self.diff.take(fetched, before, self.find, self.now),
            Some(before) => {
                let Mark { etag, last_modified } = fetched.mark;
                let marked = Document { etag, last_modified, ..before.clone() };
                self.diff.same(&marked, self.find, self.now);
            }
        }
    }

    fn finish(mut self, listed: &Listed) -> (Diff, SyncCounts) {
        if listed.complete {
            let pages: HashSet<&str> = listed.pages.iter().map(String::as_str).collect();
            let is_left = |known: &&Document| !pages.contains(known.row.address.as_str());
            let mut left: Vec<&Document> = self.known.values().filter(is_left).collect();
            left.sort_by(|a, b| a.row.address.cmp(&b.row.address));
            self.lost.extend(left.into_iter().map(|document| (document, None)));
        }
        let held_back = self.part_with_the_lost();
        let diff = self.diff;
        let is_unread =
            |each: &&Document| each.row.status != "read" || each.row.detail.en.contains("unread: ");
        let counts = SyncCounts {
            documents: diff.documents.len(),
            unread: diff.documents.iter().filter(is_unread).count(),
            new: diff.new.len(),
            changed: diff.changed.len(),
            unchanged: diff.unchanged.len(),
            removed: diff.remove.len(),
            held_back,
            cut: usize::from(!listed.complete),
        };
        (diff, counts)
    }

    /// Lets documents go that are gone, unless they are too many for that to be meant. Returns how many were kept.
    fn part_with_the_lost(&mut self) -> usize {
        let lost = std::mem::take(&mut self.lost);
        let with_entries = lost.iter().filter(|(document, _)| !document.base.is_empty()).count();
        let too_many = with_entries > FEW && with_entries * 2 > self.known.len();
        for (document, listed) in lost {
            if too_many {
                let (status, detail) = listed.unwrap_or_else(|| ("unlisted", Said::verbatim("")));
                self.diff.stays(&document.row.address, Some(document), status, &detail, self.now);
            } else {
                let listed = listed.as_ref().map(|(status, detail)| (*status, detail));
                self.diff.lost(document, listed, self.find, self.now);
            }
        }
        if too_many { with_entries } else { 0 }
    }
}

fn mark(known: Option<&Document>) -> Mark {
    let mark =
        |known: &Document| Mark { etag: known.etag.clone(), last_modified: known.last_modified.clone() };
    known.map(mark).unwrap_or_default()
}
