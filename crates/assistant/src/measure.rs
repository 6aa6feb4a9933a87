//! Measures of answering: what became of questions whose right entries are known.

use domain::{EntryId, Rung};
use serde::Serialize;

use crate::answer::Answer;

/// One question and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The rung that answered.
    pub rung: Rung,
    /// The entries given, cited or offered.
    pub entries: Vec<EntryId>,
    /// The entries that would be right; empty if there is none.
    pub relevant: Vec<EntryId>,
    /// How sure the best entry was: orders the risk–coverage curve.
    pub score: f32,
}

impl Outcome {
    /// From an answer and what would have been right.
    pub fn of(answer: &Answer, entries: Vec<EntryId>, relevant: Vec<EntryId>) -> Self {
        let best = answer.trace.candidates.first().map_or(0.0, |candidate| candidate.score);
        Self { rung: answer.trace.rung, entries, relevant, score: best }
    }

    fn right(&self) -> bool {
        self.entries.iter().any(|entry| self.relevant.contains(entry))
    }

    /// Whether nothing went wrong: answered rightly, or not answered where there is no answer.
    pub fn right_or_silent(&self) -> bool {
        if self.relevant.is_empty() { !self.answered() } else { self.answered() && self.right() }
    }

    fn answered(&self) -> bool {
        self.rung.answers()
    }
}

/// Counts and shares over all questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answering {
    /// Answered, with a right entry.
    pub answered_right: usize,
    /// Answered, with wrong entries only, or where there is no answer.
    pub answered_wrong: usize,
    /// Choices offered, a right one among them.
    pub suggested_right: usize,
    /// Choices offered, all wrong.
    pub suggested_wrong: usize,
    /// Neither.
    pub refused: usize,
    /// Right ÷ answered.
    pub precision: Option<f64>,
    /// Answered ÷ all questions.
    pub coverage: Option<f64>,
    /// Of the questions without an answer, the share that got one anyway.
    pub unanswerable_answered: Option<f64>,
    /// Mean risk over the coverage curve, questions without an answer counted as wrong when answered.
    pub risk_coverage_area: Option<f64>,
}

/// Sums up outcomes. Questions without an answer count like all others: answering one is wrong.
pub fn answering(outcomes: &[Outcome]) -> Answering {
    let count = |test: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| test(outcome)).count();
    let right = count(&|o| o.answered() && o.right());
    let wrong = count(&|o| o.answered() && !o.right());
    let offered = |o: &Outcome| matches!(o.rung, Rung::Suggest | Rung::Clarify);
    let suggested_right = count(&|o| offered(o) && o.right());
    let suggested_wrong = count(&|o| offered(o) && !o.right());
    let unknown = count(&|o| o.relevant.is_empty());
    Answering {
        answered_right: right,
        answered_wrong: wrong,
        suggested_right,
        suggested_wrong,
        refused: outcomes.len() - right - wrong - suggested_right - suggested_wrong,
        precision: share(right, right + wrong),
        coverage: share(right + wrong, outcomes.len()),
        unanswerable_answered: share(count(&|o| o.relevant.is_empty() && o.answered()), unknown),
        risk_coverage_area: risk_coverage_area(outcomes),
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Over all questions, surest first; those without an answer are wrong when answered.
fn risk_coverage_area(outcomes: &[Outcome]) -> Option<f64> {
    let scored: Vec<(f32, bool)> = outcomes.iter().map(|outcome| (outcome.score, outcome.right())).collect();
    knowledge::measure::risk_coverage_area(&scored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(rung: Rung, entry: &str, relevant: &[&str], score: f32) -> Outcome {
        Outcome {
            rung,
            entries: vec![entry.into()],
            relevant: relevant.iter().map(|id| (*id).into()).collect(),
            score,
        }
    }

    #[test]
    fn suggestions_are_no_answers_and_empty_denominators_are_null() {
        let sums = answering(&[
            outcome(Rung::Exact, "a", &["a"], 0.9),
            outcome(Rung::Exact, "b", &["a"], 0.8),
            outcome(Rung::Suggest, "a", &["a"], 0.5),
            outcome(Rung::Refuse, "", &["a"], 0.1),
        ]);
        assert_eq!(
            (sums.answered_right, sums.answered_wrong, sums.suggested_right, sums.refused),
            (1, 1, 1, 1)
        );
        assert_eq!((sums.precision, sums.coverage, sums.unanswerable_answered), (Some(0.5), Some(0.5), None));
    }

    #[test]
    fn an_answer_to_the_unanswerable_counts() {
        let sums = answering(&[outcome(Rung::Exact, "a", &[], 0.9), outcome(Rung::Refuse, "", &[], 0.1)]);
        assert_eq!(
            (sums.precision, sums.coverage, sums.unanswerable_answered),
            (Some(0.0), Some(0.5), Some(0.5))
        );
        assert_eq!((sums.answered_wrong, sums.refused), (1, 1));
    }
}
