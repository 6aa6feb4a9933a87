//! What was decided of a turn, and from what.

use domain::{EntryId, Rung};
use knowledge::Hit;

use crate::{decide::Decision, read::Reading};

/// What was decided, and from what.
#[derive(Debug, Clone)]
pub(crate) struct Considered {
    pub(crate) decision: Decision,
    /// What was found; the decision's picks are places in it.
    pub(crate) hits: Vec<Hit>,
    /// The question as it was understood from what was said before, where that is more than its own words.
    pub(crate) context: Option<String>,
    /// The questions of a message that asks several, each with its place among the hits if it has an answer.
    pub(crate) parts: Vec<(String, Option<usize>)>,
    /// The words to which sentences of an article must fit.
    pub(crate) question: String,
}

impl Considered {
    pub(super) fn of(decision: Decision, reading: &Reading) -> Self {
        Self { decision, hits: Vec::new(), context: None, parts: Vec::new(), question: reading.meant.clone() }
    }

    /// The same with another decision, which uses nothing of what was found.
    pub(crate) fn or(self, decision: Option<Decision>) -> Self {
        match decision {
            Some(decision) => Self { decision, parts: Vec::new(), context: None, ..self },
            None => self,
        }
    }

    /// The same for questions that the knowledge does not answer.
    pub(crate) fn asking(self, questions: &[String]) -> Self {
        Self { parts: questions.iter().map(|question| (question.clone(), None)).collect(), ..self }
    }

    /// The same, where one of its questions has an answer after all.
    pub(crate) fn with_part(mut self, part: usize, hit: Hit) -> Self {
        let known = self.hits.iter().position(|one| (&one.entry, one.section) == (&hit.entry, hit.section));
        let at = known.unwrap_or_else(|| {
            self.hits.push(hit);
            self.hits.len() - 1
        });
        self.parts[part].1 = Some(at);
        if !self.decision.picks.contains(&at) {
            self.decision.picks.push(at);
        }
        let (rung, reason) = (Rung::Composed, "several_questions");
        Self { decision: Decision { rung, reason, ..self.decision }, ..self }
    }

    /// The same, where the question was understood as more than its own words.
    pub(crate) fn meaning(self, context: Option<&str>) -> Self {
        match context {
            Some(context) => Self { context: Some(context.to_owned()), ..self },
            None => self,
        }
    }

    /// The entries that it gives, cites or offers, each once.
    pub(crate) fn used(&self) -> Vec<EntryId> {
        let mut used: Vec<EntryId> = Vec::new();
        for hit in self.decision.picks.iter().filter_map(|&at| self.hits.get(at)) {
            if !used.contains(&hit.entry) {
                used.push(hit.entry.clone());
            }
        }
        used
    }
}
