//! What the knowledge says of things of a kind, where it says nothing of the one that is asked about.

use domain::{Entry, Rung};
use knowledge::Hit;

use super::{Considered, Mind, PART_ABOVE};
use crate::{
    another, beside,
    decide::{Decision, decide},
    recommend::General,
};

/// Understood as a question on things of its kind.
pub(crate) const OF_ITS_KIND: &str = "of_its_kind";
/// So early among what was found for the question as it was asked must stand what answers the general one.
const AMONG: usize = 3;

impl Mind<'_> {
    /// Asks in general what was asked of one thing. `fits` says whether an entry may hold of it, and whether
    /// it speaks of its kind.
    pub(crate) fn of_its_kind(
        &self,
        own: &Considered,
        questions: &[General],
        fits: impl Fn(&Hit, &Entry, bool) -> bool,
    ) -> Option<Considered> {
        let mut offered = None;
        for general in questions {
            let Some(found) = self.in_general(&own.hits, general, &fits) else { continue };
            if found.decision.rung.answers() {
                return Some(found);
            }
            // What says nothing of the thing stands nearer to what was asked than what names its kind.
            offered = Some(found);
        }
        offered.filter(|_| own.decision.rung == Rung::Refuse)
    }

    /// The same for one of several questions: only what answers it.
    pub(crate) fn part_of_its_kind(
        &self,
        question: &str,
        questions: &[General],
        fits: impl Fn(&Hit, &Entry, bool) -> bool,
    ) -> Option<Hit> {
        let own = self.search(question, question);
        let found = questions.iter().filter_map(|general| self.in_general(&own, general, &fits));
        let mut answers = found.filter(|found| found.decision.rung.answers());
        let hit = answers.next().and_then(|found| found.hits.get(*found.decision.picks.first()?).cloned())?;
        (hit.near_exact || hit.probability >= PART_ABOVE).then_some(hit)
    }

    fn in_general(
        &self,
        own: &[Hit],
        general: &General,
        fits: impl Fn(&Hit, &Entry, bool) -> bool,
    ) -> Option<Considered> {
        let question = general.question.clone();
        let hits = self.search(&question, &question);
        let decision = decide(self.reading, &hits, self.policy);
        let answers = decision.rung.answers();
        let reach = if general.leans { own.len() } else { AMONG };
        let known = |hit: &Hit| own.iter().take(reach).any(|other| other.entry == hit.entry);
        let picks: Vec<usize> = decision
            .picks
            .iter()
            .copied()
            .filter(|&at| {
                known(&hits[at]) && self.fits(&hits[at], |hit, entry| fits(hit, entry, general.names_kind))
            })
            .collect();
        // An answer is its first pick; choices may lose some.
        if picks.is_empty() || answers && picks[0] != decision.picks[0] {
            return None;
        }
        let whole = Considered {
            hits,
            context: Some(question.clone()),
            question,
            ..Considered::of(Decision { reason: OF_ITS_KIND, picks, ..decision }, self.reading)
        };
        Some(beside::joined(whole, self.library, self.policy))
    }

    /// Whether an entry is about the thing that was named and not about another.
    fn fits(&self, hit: &Hit, fits: impl Fn(&Hit, &Entry) -> bool) -> bool {
        let entry = self.library.entry(&hit.entry);
        entry.is_some_and(|entry| {
            fits(hit, &entry) && !another::is_asked(&self.reading.meant, &entry, hit.lang)
        })
    }
}
