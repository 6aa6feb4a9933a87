//! What a person at the desk may do with knowledge: write, submit, check, publish, go back.

use domain::{Entry, EntryId, Role, TestQuestion, Timestamp};
use knowledge::Query;
use store::{Draft, DraftStage, EntryChange, EntryStep, Page, Publication, StoreError, TestRow};

use super::AgentView;
use crate::{
    ActError,
    lessons::Standing,
    publish::{Byline, Consent, PublishError, Published, Report, Which},
};

impl AgentView {
    /// Keeps a draft of an entry, and why; it changes nothing until it is published.
    pub async fn draft_entry(&self, mut entry: Entry, why: &str) -> Result<(), PublishError> {
        entry.source = format!("desk:{}", self.agent().name);
        entry.updated_at = self.reception().now();
        let drafts = vec![(entry.id.clone(), Some(entry))];
        self.reception().draft(drafts, DraftStage::Draft, &self.byline(), why).await
    }

    /// Keeps a draft by which an entry goes.
    pub async fn draft_removal(&self, id: &EntryId, why: &str) -> Result<(), PublishError> {
        self.reception().store().entry(id).await?.ok_or(PublishError::NotFound)?;
        self.reception().draft(vec![(id.clone(), None)], DraftStage::Draft, &self.byline(), why).await
    }

    /// The draft of an entry.
    pub async fn draft(&self, id: &EntryId) -> Result<Option<Draft>, StoreError> {
        self.reception().store().draft(id).await
    }

    /// Drafts of a stage, or all; the longest untouched first.
    pub async fn drafts(&self, stage: Option<DraftStage>, page: &Page) -> Result<Vec<Draft>, StoreError> {
        self.reception().store().drafts(stage, page).await
    }

    /// How many there are.
    pub async fn count_drafts(&self, stage: Option<DraftStage>) -> Result<u64, StoreError> {
        self.reception().store().count_drafts(stage).await
    }

    /// Asks others to look at a draft, or sends it back with a note. `false` if it was changed meanwhile.
    pub async fn move_draft(
        &self,
        id: &EntryId,
        revision: i64,
        stage: DraftStage,
        note: &str,
    ) -> Result<bool, PublishError> {
        self.may_write()?;
        let note = crate::publish::reason(note)?;
        let now = self.reception().now();
        Ok(self.reception().store().move_draft(id, revision, stage, &note, now).await?)
    }

    /// Throws a draft away.
    pub async fn discard_draft(&self, id: &EntryId) -> Result<bool, PublishError> {
        self.may_write()?;
        Ok(self.reception().store().drop_draft(id).await?)
    }

    /// What would change if these drafts were published.
    pub async fn check_drafts(&self, which: &Which) -> Result<Report, PublishError> {
        self.may_write()?;
        self.reception().check_drafts(which, &self.byline()).await
    }

    /// What the test questions say of the knowledge as it is.
    pub async fn check_published(&self) -> Result<Report, PublishError> {
        self.may_write()?;
        self.reception().check_published().await
    }

    /// Checks drafts and publishes them, all or none.
    pub async fn publish(&self, which: &Which, consent: &Consent) -> Result<Published, PublishError> {
        self.reception().publish(which, &self.byline(), consent).await
    }

    /// Writes an entry and publishes it, if nothing gets worse by it; else its draft stays.
    pub async fn put_entry(&self, entry: Entry) -> Result<(), ActError> {
        let id = entry.id.clone();
        self.draft_entry(entry, "").await?;
        self.publish(&Which::These(vec![id]), &Consent::default()).await?;
        Ok(())
    }

    /// Removes an entry, if nothing gets worse by it; else the draft stays.
    pub async fn remove_entry(&self, id: &EntryId) -> Result<(), ActError> {
        self.draft_removal(id, "").await?;
        self.publish(&Which::These(vec![id.clone()]), &Consent::default()).await?;
        Ok(())
    }

    /// Whether somebody else must publish what this person writes.
    pub async fn needs_review(&self) -> Result<bool, StoreError> {
        self.reception().needs_review().await
    }

    /// What was published, latest first.
    pub async fn publications(&self, page: &Page) -> Result<Vec<Publication>, StoreError> {
        self.reception().store().publications(page).await
    }

    /// The publication that made this version.
    pub async fn publication(&self, version: i64) -> Result<Option<Publication>, StoreError> {
        self.reception().store().publication(version).await
    }

    /// The entries that differ between two versions, by id.
    pub async fn steps(&self, since: i64, until: i64, page: &Page) -> Result<Vec<EntryStep>, StoreError> {
        self.reception().store().steps(since, until, page).await
    }

    /// The changes of an entry before a version, latest first.
    pub async fn history(
        &self,
        id: &EntryId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<EntryChange>, StoreError> {
        self.reception().store().history(id, before, limit).await
    }

    /// Makes the knowledge, or one entry, what it was at a version.
    pub async fn roll_back(&self, to: i64, only: Option<EntryId>, why: &str) -> Result<i64, PublishError> {
        self.reception().roll_back(to, only, &self.byline(), why).await
    }

    /// Test questions by their words; `text` finds in them and in the names of the entries that they expect.
    pub async fn tests(&self, text: Option<&str>, page: &Page) -> Result<Vec<TestRow>, StoreError> {
        self.reception().store().tests(text, page).await
    }

    /// How many there are.
    pub async fn count_tests(&self, text: Option<&str>) -> Result<u64, StoreError> {
        self.reception().store().count_tests(text).await
    }

    /// Adds test questions, and returns how many are new or expect something else now.
    pub async fn put_tests(&self, tests: &[TestQuestion]) -> Result<u64, PublishError> {
        self.may_write()?;
        self.reception().put_tests(tests, &self.agent().name).await
    }

    /// The entry that somebody means by its name or by its question; `None` if there is none.
    pub async fn entry_meant(&self, text: &str) -> Result<Option<EntryId>, StoreError> {
        let library = self.reception().parts().assistant.library();
        let id = EntryId::from(text.trim());
        if library.entry(&id).is_some() || self.reception().store().draft(&id).await?.is_some() {
            return Ok(Some(id));
        }
        let query = Query { text, lang: self.agent().lang, limit: 1 };
        Ok(library.search(&query).into_iter().find(|hit| hit.near_exact).map(|hit| hit.entry))
    }

    /// Removes a test question. `false` if it was not there.
    pub async fn remove_test(&self, test: &TestQuestion) -> Result<bool, PublishError> {
        self.may_write()?;
        Ok(self.reception().store().remove_test(test).await?)
    }

    fn byline(&self) -> Byline {
        Byline::of(self.agent())
    }

    /// How it stands with what customers taught.
    pub async fn lessons(&self) -> Result<Standing, StoreError> {
        self.reception().lessons().await
    }

    /// Forgets what customers taught since a moment, or all of it; for owners. Returns how many lessons.
    pub async fn forget_lessons(&self, since: Option<Timestamp>) -> Result<u64, PublishError> {
        if !self.agent().role.manages() {
            return Err(PublishError::NotAllowed("owners"));
        }
        Ok(self.reception().forget_lessons(since).await?)
    }

    fn may_write(&self) -> Result<(), PublishError> {
        let role: Role = self.agent().role;
        if role.edits_knowledge() { Ok(()) } else { Err(PublishError::NotAllowed("editors and owners")) }
    }
}
