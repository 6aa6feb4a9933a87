//! How language models stand and what they cost: for those who manage.

use store::StoreError;

use super::AgentView;
use crate::{ModelStanding, ModelTally, RerankerStanding};

impl AgentView {
    /// The models in order, and what was spent today and this month; `None` without a model, or for who does not manage.
    pub async fn models(&self) -> Result<Option<(Vec<ModelStanding>, Vec<ModelTally>)>, StoreError> {
        if self.agent.role.manages() { self.reception.models().await } else { Ok(None) }
    }

    /// How the plugged reranker stands; `None` without one, or for who does not manage.
    pub fn reranker(&self) -> Option<RerankerStanding> {
        if self.agent.role.manages() { self.reception.reranker() } else { None }
    }
}
