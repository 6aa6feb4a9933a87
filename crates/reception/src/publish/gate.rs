//! What test questions and past questions say of a change: right, wrong or not answered, before and after.
//!
//! Everything here is a function of answers that were given; [`super::run`] asks for them.

use domain::{Asker, EntryId, Rung};
use serde::{Deserialize, Serialize};

/// What was said to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The rung that answered.
    pub rung: Rung,
    /// The entries given, cited or offered.
    pub entries: Vec<EntryId>,
    /// The words.
    pub text: String,
}

/// How good that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What was expected.
    Right,
    /// Answered from another entry, or where nothing may be answered.
    Wrong,
    /// Not answered: refused, or several entries offered.
    Refused,
}

/// What a change does to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Right now, and was not.
    NewlyRight,
    /// Wrong now, and was not.
    NewlyWrong,
    /// Not answered now, and was.
    NewlyRefused,
    /// Answered now, and was not; nobody has said what would be right.
    NewlyAnswered,
    /// Answered from another entry; nobody has said what would be right.
    Otherwise,
    /// The same entry in other words.
    Reworded,
}

impl Effect {
    /// Whether somebody should look before customers see it.
    pub const fn is_worse(self) -> bool {
        matches!(self, Self::NewlyWrong | Self::NewlyRefused)
    }
}

/// Where a question comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// A test question: this entry must answer.
    Entry(EntryId),
    /// A test question: nothing may answer.
    Refusal,
    /// A customer asked it and found this entry helpful.
    Helped(EntryId),
    /// A customer asked it; nobody has said what would be right.
    Unknown,
}

impl Expectation {
    /// Whether it is a test question, which blocks when it is red.
    pub const fn is_test(&self) -> bool {
        matches!(self, Self::Entry(_) | Self::Refusal)
    }
}

/// A question, put to the knowledge before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// What is asked.
    pub question: String,
    /// By whom.
    #[serde(flatten)]
    pub asker: Asker,
    /// What would be right.
    pub expect: Expectation,
    /// What the change does to it.
    pub effect: Option<Effect>,
    /// What is said now.
    pub before: Said,
    /// What would be said; the same if nothing is changed.
    pub after: Said,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of the published knowledge.
    pub knowledge_version: i64,
    /// How many drafts were put to the test; 0: the knowledge as it is.
    pub drafts: usize,
    /// How many test questions were asked.
    pub tests: usize,
    /// How many questions of customers were asked again.
    pub replayed: usize,
    /// The test questions that are not answered as they must be.
    pub red: Vec<Case>,
    /// The words of the test questions that are.
    pub right: Vec<String>,
    /// The questions that are answered in another way than before.
    pub changes: Vec<Case>,
    /// How long it took.
    pub seconds: f64,
}

/// A report without the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many test questions were asked.
    pub tests: usize,
    /// How many of them were red.
    pub red: usize,
    /// How many questions of customers were asked again.
    pub replayed: usize,
    /// How many answers changed for the worse.
    pub worse: usize,
}

impl Report {
    /// Whether every test question is answered as it must be.
    pub fn passes(&self) -> bool {
        self.red.is_empty()
    }

    /// How many answers change for the worse.
    pub fn worse(&self) -> usize {
        self.changes.iter().filter(|case| case.effect.is_some_and(Effect::is_worse)).count()
    }

    /// How many answers change in this way.
    pub fn count(&self, effect: Effect) -> usize {
        self.changes.iter().filter(|case| case.effect == Some(effect)).count()
    }

    /// What stays on the record.
    pub fn summary(&self) -> Summary {
        Summary { tests: self.tests, red: self.red.len(), replayed: self.replayed, worse: self.worse() }
    }
}

impl Case {
    /// A question with its answers, judged.
    pub fn new(question: String, asker: Asker, expect: Expectation, before: Said, after: Said) -> Self {
        let effect = effect(&expect, &before, &after);
        Self { question, asker, expect, effect, before, after }
    }

    /// Whether it is a test question that is not answered as it must be.
    pub fn is_red(&self) -> bool {
        is_red(&self.expect, &self.after)
    }

    /// Whether it was before.
    pub fn was_red(&self) -> bool {
        is_red(&self.expect, &self.before)
    }
}

/// Whether this is a test question and not answered as it must be.
pub(crate) fn is_red(expect: &Expectation, said: &Said) -> bool {
    expect.is_test() && verdict(expect, said) != Some(Verdict::Right)
}

/// How good an answer is; `None` if nobody has said what would be right.
pub fn verdict(expect: &Expectation, said: &Said) -> Option<Verdict> {
    let answered = said.rung.answers();
    let wanted = match expect {
        Expectation::Unknown => return None,
        Expectation::Refusal if answered => return Some(Verdict::Wrong),
        Expectation::Refusal => return Some(Verdict::Right),
        Expectation::Entry(entry) | Expectation::Helped(entry) => entry,
    };
    Some(match answered {
        true if said.entries.contains(wanted) => Verdict::Right,
        true => Verdict::Wrong,
        false => Verdict::Refused,
    })
}

fn effect(expect: &Expectation, before: &Said, after: &Said) -> Option<Effect> {
    let reworded = || (before.text != after.text).then_some(Effect::Reworded);
    if let (Some(was), Some(is)) = (verdict(expect, before), verdict(expect, after)) {
        return match is {
            _ if was == is => reworded(),
            Verdict::Right => Some(Effect::NewlyRight),
            Verdict::Wrong => Some(Effect::NewlyWrong),
            Verdict::Refused => Some(Effect::NewlyRefused),
        };
    }
    match (before.rung.answers(), after.rung.answers()) {
        (true, false) => Some(Effect::NewlyRefused),
        (false, true) => Some(Effect::NewlyAnswered),
        (true, true) if before.entries != after.entries => Some(Effect::Otherwise),
        _ => reworded(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rung: Rung, entry: &str) -> Said {
        Said { rung, entries: vec![entry.into()], text: entry.to_owned() }
    }

    #[test]
    fn a_test_question_is_right_wrong_or_not_answered() {
        let wanted = Expectation::Entry("a".into());
        assert_eq!(verdict(&wanted, &said(Rung::Exact, "a")), Some(Verdict::Right));
        assert_eq!(verdict(&wanted, &said(Rung::Composed, "b")), Some(Verdict::Wrong));
        assert_eq!(
            verdict(&wanted, &said(Rung::Suggest, "a")),
            Some(Verdict::Refused),
            "offered is not given"
        );
        assert_eq!(verdict(&Expectation::Refusal, &said(Rung::Exact, "a")), Some(Verdict::Wrong));
        assert_eq!(verdict(&Expectation::Refusal, &said(Rung::Suggest, "a")), Some(Verdict::Right));
        assert_eq!(verdict(&Expectation::Unknown, &said(Rung::Exact, "a")), None);
    }

    #[test]
    fn what_a_change_does_is_told_by_before_and_after() {
        let [a, b] = [said(Rung::Exact, "a"), said(Rung::Exact, "b")];
        let none = Said { entries: Vec::new(), ..said(Rung::Refuse, "") };
        let wanted = Expectation::Entry("a".into());
        assert_eq!(effect(&wanted, &none, &a), Some(Effect::NewlyRight));
        assert_eq!(effect(&wanted, &a, &b), Some(Effect::NewlyWrong));
        assert_eq!(effect(&wanted, &b, &none), Some(Effect::NewlyRefused));
        assert_eq!(effect(&wanted, &a, &a), None);
        assert_eq!(effect(&Expectation::Unknown, &a, &b), Some(Effect::Otherwise));
        assert_eq!(effect(&Expectation::Unknown, &none, &b), Some(Effect::NewlyAnswered));
        assert_eq!(effect(&Expectation::Unknown, &a, &none), Some(Effect::NewlyRefused));
        let other_words = Said { text: "other words".to_owned(), ..a.clone() };
        assert_eq!(effect(&Expectation::Helped("a".into()), &a, &other_words), Some(Effect::Reworded));
    }
}
