//! Knowledge goes to customers: drafts are checked against the test questions and what was asked last, and published
//! in one transaction; or the knowledge goes back to what it was.
//!
//! A person alone writes and publishes. Where several edit knowledge, the owner may ask that another looks first
//! (`[knowledge] review_by_another`).

pub mod diff;
pub mod gate;
pub(crate) mod run;

use domain::{Agent, AgentId, Entry, EntryId, Role, Said, TestQuestion, said};
use knowledge::import::Plan;
use store::{Draft, DraftStage, NewDraft, Page, Release, Released, Return, StoreError};

use crate::Reception;
pub use gate::Report;

/// Drafts read at a time.
const PAGE: u32 = 500;
/// So often may knowledge or drafts change while they are checked.
const TRIES: usize = 3;
/// All of them are asked before anything is published.
const MOST_TESTS: u64 = 200_000;
/// Characters of a reason or a note.
const LONGEST_WHY: usize = 500;

/// Why something was not drafted, published or undone. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// No such draft, entry or version.
    #[error("there is no such draft, entry or version")]
    NotFound,
    /// This person may not do that.
    #[error("only {0} may do this")]
    NotAllowed(&'static str),
    /// A value is missing or not one of those allowed.
    #[error("{}", .0.en)]
    Invalid(Said),
    /// Tests are red, or answers would change for the worse and nobody has looked yet.
    #[error("{} test questions are red and {} answers change for the worse; look at the result first", .0.red.len(), .0.worse())]
    Held(Box<Report>),
    /// These entries were changed after the drafts were written: somebody must look at both and save again.
    #[error("changed since the draft was written: {}", .0.iter().map(EntryId::as_str).collect::<Vec<_>>().join(", "))]
    Outdated(Vec<EntryId>),
    /// Another person must look at it.
    #[error("somebody else must publish what you wrote: submit it for review")]
    NeedsReview,
    /// Knowledge or drafts changed under every try.
    #[error("the knowledge is changing too fast; try again")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PublishError {
    /// In both languages.
    pub fn said(&self) -> Said {
        let zh = match self {
            Self::NotFound => "没有这份草稿、条目或版本".to_owned(),
            Self::NotAllowed(_) => "这个角色不能做这一步".to_owned(),
            Self::Invalid(said) => return said.clone(),
            Self::Held(report) => {
                format!("有 {} 道测试题没有答对，{} 个回答会变差；先看结果", report.red.len(), report.worse())
            }
            Self::Outdated(ids) => {
                let ids: Vec<&str> = ids.iter().map(EntryId::as_str).collect();
                format!("草稿写好后又改过：{}", ids.join("、"))
            }
            Self::NeedsReview => "自己写的要由另一人发布：先提交审核".to_owned(),
            Self::Busy => "知识变化太快，没有写入；再做一次".to_owned(),
            Self::Store(error) => return error.said(),
        };
        Said::new(zh, self.to_string())
    }

    /// Whether the same may succeed later by itself.
    pub fn may_retry(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Store(error) => error.may_retry(),
            _ => false,
        }
    }
}

/// Which drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All that this person may publish: what waits for review, and their own. For programs all there are.
    All,
    /// Those of these entries.
    These(Vec<EntryId>),
}

/// What one says when publishing.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Consent {
    /// Why.
    pub why: String,
    /// The result was looked at: answers may change for the worse. Red tests still block.
    pub looked: bool,
    /// The reason to publish although tests are red; for owners.
    pub overriding: Option<String>,
}

/// What stands now.
#[derive(Debug, Clone)]
pub struct Published {
    /// The version it made.
    pub version: i64,
    /// What the tests said.
    pub report: Report,
}

/// Who acts.
#[derive(Debug, Clone)]
pub(crate) struct Byline {
    pub(crate) name: String,
    pub(crate) agent: Option<AgentId>,
    pub(crate) role: Role,
}

impl Byline {
    /// A person at the desk.
    pub(crate) fn of(agent: &Agent) -> Self {
        Self { name: agent.name.clone(), agent: Some(agent.id.clone()), role: agent.role }
    }

    /// A program, or the person at the machine: whoever reads the data folder owns it.
    pub(crate) fn machine(name: &str) -> Self {
        Self { name: name.to_owned(), agent: None, role: Role::Owner }
    }

    /// Whether a draft is among those that this person publishes with "all": a colleague may not be done with theirs.
    fn publishes(&self, draft: &Draft, needs_review: bool) -> bool {
        let (own, ready) = (draft.new.agent == self.agent, draft.new.stage == DraftStage::Review);
        self.agent.is_none() || if needs_review { ready && !own } else { ready || own }
    }

    fn may_edit(&self) -> Result<(), PublishError> {
        if self.role.edits_knowledge() { Ok(()) } else { Err(PublishError::NotAllowed("editors and owners")) }
    }
}

impl Reception {
    /// Keeps drafts; `None` for an entry that shall go.
    pub(crate) async fn draft(
        &self,
        entries: Vec<(EntryId, Option<Entry>)>,
        stage: DraftStage,
        by: &Byline,
        why: &str,
    ) -> Result<(), PublishError> {
        by.may_edit()?;
        let why = reason(why)?;
        if let Some((id, _)) = entries.iter().find(|(_, entry)| !entry.as_ref().is_none_or(is_complete)) {
            return Err(PublishError::Invalid(said!(
                "{id}：每种语言都要有问题和答案",
                "{id}: an entry needs a question and an answer in each of its languages"
            )));
        }
        let draft = |(id, becomes)| NewDraft {
            id,
            becomes,
            stage,
            by: by.name.clone(),
            agent: by.agent.clone(),
            why: why.clone(),
        };
        let drafts: Vec<NewDraft> = entries.into_iter().map(draft).collect();
        Ok(self.store().put_drafts(&drafts, self.now()).await?)
    }

    /// Keeps what an import found as drafts; its test questions and examples, which tell customers nothing, are added.
    pub(crate) async fn keep_as_drafts(
        &self,
        mut plan: Plan,
        stage: DraftStage,
        by: &Byline,
        why: &str,
    ) -> Result<(), PublishError> {
        self.keep_pictures(std::mem::take(&mut plan.pictures)).await?;
        let (tests, examples) = (plan.tests.clone(), plan.examples.new.clone());
        let drafts: Vec<_> = plan.into_entries().map(|entry| (entry.id.clone(), Some(entry))).collect();
        if !drafts.is_empty() {
            self.draft(drafts, stage, by, why).await?;
        }
        self.put_tests(&tests, &by.name).await?;
        if !examples.is_empty() {
            let taught = self.teach(&examples, &by.name).await;
            taught.map_err(|error| PublishError::Invalid(error.said()))?;
        }
        Ok(())
    }

    /// Writes what an import found, unless a test question would be answered wrongly that is answered rightly now: then it
    /// becomes drafts. How many such questions there are.
    pub(crate) async fn carry_out_by_tests(&self, plan: Plan, by: &Byline) -> Result<usize, PublishError> {
        let red = self.newly_red(&plan).await?;
        if red == 0 {
            let written = self.carry_out(plan, &by.name).await;
            written.map_err(|error| PublishError::Invalid(error.said()))?;
        } else {
            self.keep_as_drafts(plan, DraftStage::Draft, by, "").await?;
        }
        Ok(red)
    }

    /// What would change if these drafts were published; nothing is.
    pub(crate) async fn check_drafts(&self, which: &Which, by: &Byline) -> Result<Report, PublishError> {
        let drafts = self.drafts_of(which, by).await?;
        self.run_gate(&drafts).await
    }

    /// What the tests say of the knowledge as it is.
    pub(crate) async fn check_published(&self) -> Result<Report, PublishError> {
        self.run_gate(&[]).await
    }

    /// Checks drafts and publishes them: all of them or none. They are findable when this returns.
    pub(crate) async fn publish(
        &self,
        which: &Which,
        by: &Byline,
        consent: &Consent,
    ) -> Result<Published, PublishError> {
        by.may_edit()?;
        let given = reason(&consent.why)?;
        for _ in 0..TRIES {
            let drafts = self.drafts_of(which, by).await?;
            let why = if given.is_empty() { of_drafts(&drafts) } else { given.clone() };
            self.may_publish(&drafts, by).await?;
            let report = self.run_gate(&drafts).await?;
            let overridden = agreed(&report, by, consent)?;
            let release = Release {
                drafts: drafts.iter().map(|draft| (draft.new.id.clone(), draft.revision)).collect(),
                since: report.knowledge_version,
                by: by.name.clone(),
                why,
                overridden,
                result: serde_json::to_string(&report.summary()).ok(),
                at: self.now(),
            };
            if let Released::Done(version) = self.store().release(&release).await? {
                self.follow().await?;
                return Ok(Published { version, report });
            }
        }
        Err(PublishError::Busy)
    }

    /// Makes the knowledge, or one entry, what it was at a version. What was meanwhile stays in the history.
    pub(crate) async fn roll_back(
        &self,
        to: i64,
        only: Option<EntryId>,
        by: &Byline,
        why: &str,
    ) -> Result<i64, PublishError> {
        by.may_edit()?;
        if self.needs_review().await? && !by.role.manages() {
            return Err(PublishError::NotAllowed("owners"));
        }
        let latest = self.store().knowledge_version().await?;
        if !(0..=latest).contains(&to) {
            return Err(PublishError::NotFound);
        }
        let back = Return { to, only, by: by.name.clone(), why: reason(why)?, at: self.now() };
        let version = self.store().go_back(&back).await?;
        self.follow().await?;
        Ok(version)
    }

    /// Whether somebody else must look at what one wrote: it is wished, and there is somebody else.
    pub(crate) async fn needs_review(&self) -> Result<bool, StoreError> {
        if !self.settings().knowledge.review_by_another {
            return Ok(false);
        }
        let editors = self.store().agents().await?.into_iter().filter(|agent| agent.role.edits_knowledge());
        Ok(editors.count() > 1)
    }

    async fn may_publish(&self, drafts: &[Draft], by: &Byline) -> Result<(), PublishError> {
        let outdated: Vec<EntryId> =
            drafts.iter().filter(|draft| draft.is_outdated()).map(|draft| draft.new.id.clone()).collect();
        if !outdated.is_empty() {
            return Err(PublishError::Outdated(outdated));
        }
        let own = by.agent.is_some() && drafts.iter().any(|draft| draft.new.agent == by.agent);
        if own && self.needs_review().await? { Err(PublishError::NeedsReview) } else { Ok(()) }
    }

    async fn drafts_of(&self, which: &Which, by: &Byline) -> Result<Vec<Draft>, PublishError> {
        let mut drafts: Vec<Draft> = Vec::new();
        match which {
            Which::These(ids) => {
                for id in ids {
                    drafts.push(self.store().draft(id).await?.ok_or(PublishError::NotFound)?);
                }
            }
            Which::All => {
                let needs_review = self.needs_review().await?;
                drafts = self.all_drafts().await?;
                drafts.retain(|draft| by.publishes(draft, needs_review));
            }
        }
        if drafts.is_empty() { Err(PublishError::NotFound) } else { Ok(drafts) }
    }

    /// Adds test questions, and returns how many are new or expect something else now.
    pub(crate) async fn put_tests(&self, tests: &[TestQuestion], by: &str) -> Result<u64, PublishError> {
        if tests.is_empty() {
            return Ok(0);
        }
        let known = self.store().count_tests(None).await?;
        if known.saturating_add(tests.len() as u64) > MOST_TESTS {
            return Err(PublishError::Invalid(said!(
                "测试题最多 {MOST_TESTS} 道",
                "there are at most {MOST_TESTS} test questions"
            )));
        }
        Ok(self.store().put_tests(tests, by, self.now()).await?)
    }

    pub(crate) async fn all_drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let mut drafts: Vec<Draft> = Vec::new();
        loop {
            let after = drafts.last().map(|draft| draft.cursor.clone());
            let page = self.store().drafts(None, &Page { after, limit: PAGE }).await?;
            let done = page.len() < PAGE as usize;
            drafts.extend(page);
            if done {
                return Ok(drafts);
            }
        }
    }

    async fn follow(&self) -> Result<(), StoreError> {
        self.catch_up().await?;
        self.inner.events.knowledge_changed();
        Ok(())
    }
}

/// The reason on the record, if tests are red and an owner wants it nevertheless.
fn agreed(report: &Report, by: &Byline, consent: &Consent) -> Result<Option<String>, PublishError> {
    let overriding = consent.overriding.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    match overriding {
        _ if report.passes() && (consent.looked || report.worse() == 0) => Ok(None),
        Some(_) if !by.role.manages() => Err(PublishError::NotAllowed("owners")),
        Some(given) => Ok(Some(reason(given)?)),
        None => Err(PublishError::Held(Box::new(report.clone()))),
    }
}

fn is_complete(entry: &Entry) -> bool {
    let complete = |text: &domain::EntryText| !text.title.trim().is_empty() && !text.answer.trim().is_empty();
    !entry.texts.is_empty() && entry.texts.values().all(complete)
}

/// What was said when the drafts were written, each reason once.
fn of_drafts(drafts: &[Draft]) -> String {
    let mut said: Vec<&str> = Vec::new();
    for why in drafts.iter().map(|draft| draft.new.why.trim()).filter(|why| !why.is_empty()) {
        if !said.contains(&why) {
            said.push(why);
        }
    }
    said.join(" · ").chars().take(LONGEST_WHY).collect()
}

/// A reason as it is kept: trimmed, and no novel.
pub(crate) fn reason(text: &str) -> Result<String, PublishError> {
    let text = text.trim();
    if text.chars().nth(LONGEST_WHY).is_some() {
        return Err(PublishError::Invalid(said!(
            "理由最多 {LONGEST_WHY} 个字符",
            "a reason has at most {LONGEST_WHY} characters"
        )));
    }
    Ok(text.to_owned())
}
