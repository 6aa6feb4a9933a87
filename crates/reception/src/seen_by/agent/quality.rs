//! How good the knowledge is, for people at the desk.

use std::sync::Arc;

use domain::{EntryId, Timestamp};
use store::{ByValue, EntryFilter, EntryRow, EntryValue, LinkCheck, Page, StoreError};

use super::AgentView;
use crate::{ActError, CheckUp, Judged};

impl AgentView {
    /// What the last check-up found, with what became of it.
    pub async fn findings(&self) -> Result<Vec<Judged>, StoreError> {
        self.reception.findings().await
    }

    /// How many findings wait for somebody.
    pub async fn open_findings(&self) -> Result<usize, StoreError> {
        Ok(self.findings().await?.iter().filter(|one| one.settled.is_none()).count())
    }

    /// The last check-up.
    pub fn check_up(&self) -> Arc<CheckUp> {
        self.reception.last_check_up()
    }

    /// Settles a finding.
    pub async fn settle_finding(&self, key: &str, reason: &str) -> Result<(), ActError> {
        self.may_edit()?;
        self.reception.settle_finding(key, reason, &self.agent.name).await
    }

    /// Does what a finding offers to do.
    pub async fn fix_finding(&self, key: &str) -> Result<(), ActError> {
        self.may_edit()?;
        self.reception.fix_finding(key, &self.agent.name).await
    }

    /// Opens a settled finding again. `false` if it was not settled.
    pub async fn reopen_finding(&self, key: &str) -> Result<bool, ActError> {
        self.may_edit()?;
        Ok(self.reception.store().reopen_finding(key).await?)
    }

    /// Asks the addresses outside that the knowledge links to.
    pub async fn try_links(&self) -> Result<Vec<LinkCheck>, ActError> {
        self.may_edit()?;
        let tried = self.reception.try_links().await?;
        self.reception.check_up().await?;
        Ok(tried)
    }

    /// When that was last done.
    pub async fn links_tried_at(&self) -> Result<Option<Timestamp>, StoreError> {
        self.reception.links_tried_at().await
    }

    /// What entries are worth, in their order.
    pub async fn entry_values(&self, ids: &[EntryId]) -> Result<Vec<EntryValue>, StoreError> {
        self.reception.store().entry_values(ids, self.reception.now()).await
    }

    /// A list of entries, the most valuable first.
    pub async fn entries_by_value(
        &self,
        filter: &EntryFilter,
        by: ByValue,
        page: &Page,
    ) -> Result<Vec<EntryRow>, StoreError> {
        self.reception.store().entries_by_value(filter, by, page).await
    }
}
