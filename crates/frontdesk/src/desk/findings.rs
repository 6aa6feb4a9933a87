//! What the check-up found, here or at a running server.

use serde::Deserialize;
use serde_json::Value;

use super::{Desk, paged};

/// What a check-up found, and what it did not look into.
#[derive(Default, Deserialize)]
pub(crate) struct Findings {
    pub(crate) items: Vec<Value>,
    /// Entries that are nearly like so many others that only the nearest were compared.
    #[serde(default)]
    pub(crate) crowded: usize,
    /// Pairs of entries that are alike and were not looked into.
    #[serde(default)]
    pub(crate) unasked: usize,
}

impl Desk {
    /// What the check-up of the knowledge finds, settled findings too.
    pub(crate) async fn findings(&self) -> anyhow::Result<Findings> {
        let mut found = Findings::default();
        if let Self::Here(reception, _) = self {
            let effort = &reception.operator().check_up().await?.effort;
            (found.crowded, found.unasked) = (effort.crowded, effort.unasked);
            let judged = reception.operator().findings().await?;
            found.items = judged.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
            return Ok(found);
        }
        let Self::There(remote) = self else { return Ok(found) };
        loop {
            let after = found.items.last().and_then(|last| last["key"].as_str());
            let path = paged("/v1/knowledge/findings", after);
            let join = if after.is_some() { '&' } else { '?' };
            let more: Findings = remote.get(&format!("{path}{join}state=all&fresh=true")).await?;
            (found.crowded, found.unasked) = (more.crowded, more.unasked);
            if more.items.is_empty() {
                return Ok(found);
            }
            found.items.extend(more.items);
        }
    }
}
