//! The history of knowledge as the API words it; the commands print the same.

use reception::{EntryChange, Publication};
use serde_json::{Value, json};

/// What was published together.
pub fn publication(publication: &Publication) -> Value {
    let result = publication.result.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    json!({
        "version": publication.version, "since": publication.since, "act": publication.act,
        "by": publication.by, "why": publication.why, "overridden": publication.overridden,
        "result": result, "at": publication.at,
    })
}

/// One step in the history of an entry.
pub fn change(change: &EntryChange) -> Value {
    json!({ "version": change.version, "by": change.by, "at": change.at, "entry": change.entry })
}
