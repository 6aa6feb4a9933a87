//! What programs and the person at the machine may do with knowledge: the same as an owner at the desk.

use domain::{Entry, EntryId, TestQuestion, Timestamp, said};
use knowledge::import::Plan;
use store::{Draft, DraftStage, EntryChange, EntryStep, Page, Publication, StoreError, TestRow};

use super::{OperatorView, PAGE};
use crate::{
    lessons::Standing,
    publish::{Byline, Consent, PublishError, Published, Report, Which},
};

impl OperatorView {
    /// Keeps a draft of an entry; `None` if it shall go.
    pub async fn draft_entry(
        &self,
        id: &EntryId,
        entry: Option<Entry>,
        why: &str,
    ) -> Result<(), PublishError> {
        if entry.is_none() {
            self.reception().store().entry(id).await?.ok_or(PublishError::NotFound)?;
        }
        let entry = entry.map(|entry| Entry {
            id: id.clone(),
            updated_at: self.reception().now(),
            source: if entry.source.is_empty() { "api".to_owned() } else { entry.source.clone() },
            ..entry
        });
        self.reception().draft(vec![(id.clone(), entry)], DraftStage::Draft, &api(), why).await
    }

    /// Keeps what an import found as drafts, so that somebody looks before it is published. Test questions and
    /// examples are added at once: they tell customers nothing.
    pub async fn import_as_drafts(&self, plan: Plan, why: &str) -> Result<(), PublishError> {
        self.reception().keep_as_drafts(plan, DraftStage::Review, &Byline::machine("import"), why).await
    }

    /// An entry as it is published.
    pub async fn published(&self, id: &EntryId) -> Result<Option<Entry>, StoreError> {
        self.reception().store().entry(id).await
    }

    /// The draft of an entry.
    pub async fn draft(&self, id: &EntryId) -> Result<Option<Draft>, StoreError> {
        self.reception().store().draft(id).await
    }

    /// A page of drafts, the longest untouched first.
    pub async fn drafts(&self, after: Option<String>, limit: u32) -> Result<Vec<Draft>, StoreError> {
        self.reception().store().drafts(None, &page(after, limit)).await
    }

    /// Throws a draft away. `false` if there was none.
    pub async fn discard_draft(&self, id: &EntryId) -> Result<bool, StoreError> {
        self.reception().store().drop_draft(id).await
    }

    /// What would change if all drafts were published; without drafts, or if only the knowledge as it is counts,
    /// what the test questions say of that.
    pub async fn check_knowledge(&self, drafts: bool) -> Result<Report, PublishError> {
        let any = drafts && self.reception().store().count_drafts(None).await? > 0;
        if any {
            self.reception().check_drafts(&Which::All, &api()).await
        } else {
            self.reception().check_published().await
        }
    }

    /// Checks drafts and publishes them, all or none.
    pub async fn publish(&self, which: &Which, consent: &Consent) -> Result<Published, PublishError> {
        self.reception().publish(which, &api(), consent).await
    }

    /// Makes the knowledge, or one entry, what it was at a version.
    pub async fn roll_back(&self, to: i64, only: Option<EntryId>, why: &str) -> Result<i64, PublishError> {
        self.reception().roll_back(to, only, &api(), why).await
    }

    /// The version of the knowledge at a moment. Before there was any is no moment to go back to: a slip in the year would
    /// empty the knowledge.
    pub async fn version_at(&self, moment: Timestamp) -> Result<i64, PublishError> {
        match self.reception().store().version_at(moment).await? {
            0 => Err(PublishError::Invalid(said!(
                "{moment} 时还没有知识",
                "there was no knowledge yet at {moment}"
            ))),
            version => Ok(version),
        }
    }

    /// A page of what was published, latest first.
    pub async fn publications(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<Publication>, StoreError> {
        self.reception().store().publications(&page(after, limit)).await
    }

    /// The publication that made this version.
    pub async fn publication(&self, version: i64) -> Result<Option<Publication>, StoreError> {
        self.reception().store().publication(version).await
    }

    /// A page of the entries that differ between two versions, by id.
    pub async fn steps(
        &self,
        since: i64,
        until: i64,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<EntryStep>, StoreError> {
        self.reception().store().steps(since, until, &page(after, limit)).await
    }

    /// A page of the changes of an entry before a version, latest first.
    pub async fn history(
        &self,
        id: &EntryId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<EntryChange>, StoreError> {
        self.reception().store().history(id, before, limit.clamp(1, PAGE)).await
    }

    /// A page of the test questions, by their words.
    pub async fn tests(&self, after: Option<String>, limit: u32) -> Result<Vec<TestRow>, StoreError> {
        self.reception().store().tests(None, &page(after, limit)).await
    }

    /// Adds test questions, and returns how many are new or expect something else now.
    pub async fn put_tests(&self, tests: &[TestQuestion]) -> Result<u64, PublishError> {
        self.reception().put_tests(tests, "api").await
    }

    /// How it stands with what customers taught.
    pub async fn lessons(&self) -> Result<Standing, StoreError> {
        self.reception().lessons().await
    }

    /// Forgets what customers taught since a moment, or all of it. Returns how many lessons.
    pub async fn forget_lessons(&self, since: Option<Timestamp>) -> Result<u64, StoreError> {
        self.reception().forget_lessons(since).await
    }

    /// Removes a test question. `false` if it was not there.
    pub async fn remove_test(&self, test: &TestQuestion) -> Result<bool, StoreError> {
        self.reception().store().remove_test(test).await
    }
}

fn api() -> Byline {
    Byline::machine("api")
}

fn page(after: Option<String>, limit: u32) -> Page {
    Page { after, limit: limit.clamp(1, PAGE) }
}
