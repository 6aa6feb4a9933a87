//! Personal service, for programs.

use domain::{Call, ChannelId, ConversationId, Customer, CustomerFile, CustomerId, Duty, DutyChange};
use store::{StoreError, TakenIn};

use super::{OperatorView, PAGE};
use crate::{ActError, DutyRow, ProfileView};

impl OperatorView {
    /// A page of customers, by id.
    pub async fn customers_after(
        &self,
        after: Option<&CustomerId>,
        limit: u32,
    ) -> Result<Vec<Customer>, StoreError> {
        self.reception.store().customers_after(after, limit.clamp(1, PAGE)).await
    }

    /// A customer with all that is known.
    pub async fn customer(&self, id: &CustomerId) -> Result<ProfileView, ActError> {
        self.reception.profile_view(id).await
    }

    /// Takes in customers of another desk. Who is signed in at the shop is recognised by the shop's word.
    pub async fn take_in_customers(&self, files: Vec<CustomerFile>) -> Result<TakenIn, StoreError> {
        let reception = &self.reception;
        let here = |mut file: CustomerFile| {
            // Names of the widget's visitors are made under another key there.
            file.senders.retain(|(channel, _)| channel.as_str() != ChannelId::WIDGET);
            if let Some(identity) = &file.profile.identity {
                let name =
                    reception.inner.visitors.admit_known(&identity.user_id, identity.at, identity.at).name;
                file.senders.push((ChannelId::WIDGET.into(), name));
            }
            file
        };
        self.reception.store().put_customer_files(files.into_iter().map(here).collect()).await
    }

    /// Writes a fact of a customer.
    pub async fn correct(&self, id: &CustomerId, name: &str, value: &str) -> Result<(), ActError> {
        self.reception.correct(id, name, value, "api").await
    }

    /// Erases a fact of a customer. `false` if it was not there.
    pub async fn erase(&self, id: &CustomerId, name: &str) -> Result<bool, StoreError> {
        self.reception.erase(id, name, "api").await
    }

    /// Forgets a customer; with `words` also what was said.
    pub async fn forget_customer(&self, id: &CustomerId, words: bool) -> Result<(), ActError> {
        self.reception.forget_customer(id, words, "api").await
    }

    /// What was done in other systems in a conversation.
    pub async fn calls(&self, id: &ConversationId) -> Result<Vec<Call>, ActError> {
        self.reception.store().conversation(id).await?.ok_or(ActError::NotFound)?;
        Ok(self.reception.store().calls(id).await?)
    }

    /// The duty table.
    pub async fn duty_rows(&self) -> Result<Vec<DutyRow>, StoreError> {
        self.reception.duty_rows().await
    }

    /// Its changes, latest first.
    pub async fn duty_changes(&self, before: Option<i64>, limit: u32) -> Result<Vec<DutyChange>, StoreError> {
        self.reception.duty_changes(before, limit.clamp(1, PAGE)).await
    }

    /// Changes a row.
    pub async fn set_duty(&self, topic: &str, to: Option<Duty>, why: &str) -> Result<Option<i64>, ActError> {
        self.reception.set_duty(topic, to, why, "api").await
    }
}
