//! Which topics a turn touches, for the duty table.

use domain::{EntryId, Rung, Trace, duty::action_topic};
use knowledge::Library;

use crate::Action;

/// The topics of an action: its own, and the one that it belongs to.
pub fn of_action(action: &Action) -> Vec<String> {
    let group = Some(action.topic.clone()).filter(|topic| !topic.is_empty());
    [action_topic(&action.name)].into_iter().chain(group).collect()
}

/// The topics of an answer: what is wanted, and the groups of the entries that it gives, cites or offers. `None` for
/// what says nothing about any topic: small talk, and that a person is asked for.
pub fn of_answer(trace: &Trace, library: &Library) -> Option<Vec<String>> {
    if matches!(trace.rung, Rung::Smalltalk | Rung::Handover) {
        return None;
    }
    let wanted = trace.intent.iter().chain(&trace.also).map(|label| label.name.clone());
    let group = |id: &EntryId| {
        let entry = library.entry(id)?;
        Some(if entry.category.is_empty() { id.to_string() } else { entry.category.clone() })
    };
    let mut topics: Vec<String> = trace.used.iter().filter_map(group).chain(wanted).collect();
    topics.sort();
    topics.dedup();
    Some(topics)
}
