//! How good the knowledge is, for programs and commands.

use std::sync::Arc;

use domain::EntryId;
use store::{EntryValue, LinkCheck, StoreError};

use super::OperatorView;
use crate::{ActError, CheckUp, Judged};

impl OperatorView {
    /// Checks the knowledge unless that was done since it last changed.
    pub async fn check_up(&self) -> Result<Arc<CheckUp>, StoreError> {
        self.reception.check_up().await
    }

    /// The last check-up.
    pub fn last_check_up(&self) -> Arc<CheckUp> {
        self.reception.last_check_up()
    }

    /// What the last check-up found, with what became of it.
    pub async fn findings(&self) -> Result<Vec<Judged>, StoreError> {
        self.reception.findings().await
    }

    /// Settles a finding.
    pub async fn settle_finding(&self, key: &str, reason: &str) -> Result<(), ActError> {
        self.reception.settle_finding(key, reason, "api").await
    }

    /// Does what a finding offers to do.
    pub async fn fix_finding(&self, key: &str) -> Result<(), ActError> {
        self.reception.fix_finding(key, "api").await
    }

    /// Opens a settled finding again. `false` if it was not settled.
    pub async fn reopen_finding(&self, key: &str) -> Result<bool, StoreError> {
        self.reception.store().reopen_finding(key).await
    }

    /// Asks the addresses outside that the knowledge links to.
    pub async fn try_links(&self) -> Result<Vec<LinkCheck>, StoreError> {
        self.reception.try_links().await
    }

    /// What entries are worth, in their order.
    pub async fn entry_values(&self, ids: &[EntryId]) -> Result<Vec<EntryValue>, StoreError> {
        self.reception.store().entry_values(ids, self.reception.now()).await
    }
}
