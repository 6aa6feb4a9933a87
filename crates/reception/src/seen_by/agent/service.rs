//! Personal service, for people at the desk.

use domain::{AnswerId, Call, CallId, ConversationId, CustomerId, Duty, DutyChange, Profile, Proposal};
use store::StoreError;

use super::AgentView;
use crate::{ActError, Action, DutyRow, ProfileView};

impl AgentView {
    /// A customer with all that is known.
    pub async fn customer(&self, id: &CustomerId) -> Result<ProfileView, ActError> {
        let found = self.reception.profile_view(id).await?;
        Ok(ProfileView { profile: self.worded(found.profile), ..found })
    }

    /// A profile whose orders are told in the agent's language.
    pub(super) fn worded(&self, mut profile: Profile) -> Profile {
        for (name, value) in profile.orders.iter_mut().flat_map(|order| order.facts.iter_mut()) {
            *value = assistant::action::said_of_order(self.actions(), name, value, self.agent.lang);
        }
        profile
    }

    /// What is known of the customer of a conversation.
    pub async fn profile(&self, id: &CustomerId) -> Result<Profile, StoreError> {
        self.reception.store().profile(id).await
    }

    /// Writes a fact of a customer.
    pub async fn correct(&self, id: &CustomerId, name: &str, value: &str) -> Result<(), ActError> {
        self.reception.correct(id, name, value, &self.agent.name).await
    }

    /// Erases a fact of a customer.
    pub async fn erase(&self, id: &CustomerId, name: &str) -> Result<bool, ActError> {
        Ok(self.reception.erase(id, name, &self.agent.name).await?)
    }

    /// Forgets a customer; with `words` also what was said. Only an owner may: it cannot be undone.
    pub async fn forget_customer(&self, id: &CustomerId, words: bool) -> Result<(), ActError> {
        self.may_manage()?;
        self.reception.forget_customer(id, words, &self.agent.name).await
    }

    /// What was done in other systems in a conversation, or waits to be.
    pub async fn calls(&self, id: &ConversationId) -> Result<Vec<Call>, StoreError> {
        self.reception.store().calls(id).await
    }

    /// What the assistant drafted in a conversation and nobody has sent.
    pub async fn proposals(&self, id: &ConversationId) -> Result<Vec<Proposal>, StoreError> {
        self.reception.open_proposals(id).await
    }

    /// Sends a draft, as it is or in other words.
    pub async fn send_proposal(
        &self,
        id: &ConversationId,
        answer: &AnswerId,
        words: Option<&str>,
    ) -> Result<(), ActError> {
        self.reception.send_proposal(id, answer, &self.agent, words).await
    }

    /// Throws a draft away.
    pub async fn discard_proposal(&self, id: &ConversationId, answer: &AnswerId) -> Result<(), ActError> {
        self.reception.discard_proposal(id, answer, &self.agent.name).await
    }

    /// Agrees to a call that waits for a person.
    pub async fn agree(&self, id: &CallId) -> Result<(), ActError> {
        self.reception.agree(id, &self.agent.name).await
    }

    /// Decides against it.
    pub async fn decline(&self, id: &CallId) -> Result<(), ActError> {
        self.reception.decline(id, &self.agent.name).await
    }

    /// Says what became of a call of which nobody knows.
    pub async fn resolve_call(&self, id: &CallId, again: bool) -> Result<(), ActError> {
        self.reception.resolve_call(id, again, &self.agent.name).await
    }

    /// What can be done in other systems.
    pub fn actions(&self) -> &[Action] {
        &self.reception.settings().actions
    }

    /// The duty table.
    pub async fn duty_rows(&self) -> Result<Vec<DutyRow>, StoreError> {
        self.reception.duty_rows().await
    }

    /// Its changes, latest first.
    pub async fn duty_changes(&self, before: Option<i64>, limit: u32) -> Result<Vec<DutyChange>, StoreError> {
        self.reception.duty_changes(before, limit).await
    }

    /// Changes a row. Only an owner may.
    pub async fn set_duty(&self, topic: &str, to: Option<Duty>, why: &str) -> Result<Option<i64>, ActError> {
        self.may_manage()?;
        self.reception.set_duty(topic, to, why, &self.agent.name).await
    }

    fn may_manage(&self) -> Result<(), ActError> {
        if self.agent.role.manages() { Ok(()) } else { Err(ActError::NotAllowed("owners")) }
    }
}
