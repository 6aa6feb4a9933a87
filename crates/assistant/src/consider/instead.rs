//! What is said instead of a guess or a refusal: to who named a topic and no question, and to who asked nothing.

use domain::Rung;
use knowledge::Hit;

use super::{Considered, Mind};
use crate::{
    decide::{CHOICES, Decision},
    heart, memory, several,
};

/// The customer asked nothing and told something of themselves.
pub(crate) const TOLD: &str = "told_of_themselves";
/// The customer asked nothing and praised.
pub(crate) const PRAISED: &str = "praised";
/// More characters are no name of a category.
const LONGEST_CATEGORY: usize = 24;

impl Mind<'_> {
    /// The name of a category is a topic and no question: which of its questions is meant, only the customer knows.
    pub(super) fn instead_of_guessing(&self, own: &Decision) -> Option<Considered> {
        match own.rung {
            Rung::Refuse => {
                self.names_a_category().or_else(|| self.told_of_themselves()).or_else(|| self.praised())
            }
            Rung::Suggest | Rung::Clarify => self.praised(),
            Rung::Exact | Rung::Composed if own.reason != "same_words" => {
                let several = |choice: &Considered| choice.decision.picks.len() > 1;
                self.praised().or_else(|| self.names_a_category().filter(several))
            }
            _ => None,
        }
    }

    /// Who types nothing but the name of a category chooses among its questions.
    fn names_a_category(&self) -> Option<Considered> {
        let name = language::normal::core(&self.reading.meant);
        if name.is_empty() || name.chars().count() > LONGEST_CATEGORY {
            return None;
        }
        let (turn, lang) = (self.turn, self.reading.lang);
        let under = self.library.under(&name, lang, &turn.asker, turn.now, CHOICES);
        let itself = |title: &String| self.search(title, title).into_iter().find(|hit| hit.near_exact);
        let hits: Vec<Hit> = under.iter().filter_map(itself).collect();
        let picks: Vec<usize> = (0..hits.len()).collect();
        let decision = Decision { rung: Rung::Suggest, reason: "names_category", picks, confidence: 0.5 };
        (!hits.is_empty()).then(|| Considered { hits, ..Considered::of(decision, self.reading) })
    }

    /// Who asks nothing and praises is thanked, not offered an entry.
    fn praised(&self) -> Option<Considered> {
        let decision = Decision { rung: Rung::Smalltalk, reason: PRAISED, picks: vec![], confidence: 1.0 };
        heart::praises(&self.reading.meant, self.reading.lang).then(|| Considered::of(decision, self.reading))
    }

    /// Who asks nothing and says what they wear or cannot have is not refused an answer: it is remembered.
    fn told_of_themselves(&self) -> Option<Considered> {
        let (turn, lang) = (self.turn, self.reading.lang);
        let asks = several::asks(&self.reading.meant, lang);
        let learnt = || !memory::learn(turn.text, lang, turn.now).is_empty();
        let decision = Decision { rung: Rung::Smalltalk, reason: TOLD, picks: vec![], confidence: 1.0 };
        (!asks && learnt()).then(|| Considered::of(decision, self.reading))
    }
}
