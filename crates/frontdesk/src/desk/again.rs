//! Answers, made again.

use domain::Timestamp;
use reception::{Otherwise, Replayed, Shadow};
use serde_json::json;

use super::Desk;

impl Desk {
    /// An answer, made again.
    pub(crate) async fn replay(&self, id: &str, otherwise: &Otherwise) -> anyhow::Result<Replayed> {
        match self {
            Self::Here(reception, _) => {
                reception.adapt().await;
                Ok(reception.operator().replay(&id.into(), otherwise).await?)
            }
            Self::There(remote) => remote.post(&format!("/v1/answers/{id}/replay"), otherwise).await,
        }
    }

    /// The latest questions, answered again.
    pub(crate) async fn shadow(
        &self,
        since: Option<Timestamp>,
        last: u32,
        otherwise: &Otherwise,
    ) -> anyhow::Result<Shadow> {
        match self {
            Self::Here(reception, _) => {
                reception.adapt().await;
                Ok(reception.operator().shadow(since, last, otherwise).await?)
            }
            Self::There(remote) => {
                let wanted = json!({ "since": since, "last": last, "otherwise": otherwise });
                remote.post("/v1/shadow", &wanted).await
            }
        }
    }
}
