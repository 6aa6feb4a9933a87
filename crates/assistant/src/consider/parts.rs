//! A message that asks several questions: each on its own, and one answer out of all.

use domain::{EntryId, Rung};
use knowledge::Hit;

use super::{Asked, Considered, Mind, PART_ABOVE};
use crate::{
    clarify,
    decide::{Decision, decide},
    follow::{self, Lean, Topic},
    several,
};

impl Mind<'_> {
    /// Each question on its own, where that answers more than the whole does.
    pub(super) fn several(
        &self,
        whole: &Decision,
        hits: &[Hit],
        before: Option<&Topic>,
    ) -> Option<Considered> {
        let lang = self.reading.lang;
        let questions = several::questions(&self.reading.meant, lang);
        if questions.is_empty() {
            return None;
        }
        let mut topic = before.cloned();
        let mut found = Vec::new();
        for question in questions {
            let asked = self.ask(&question, &question, topic.as_ref());
            let answered = self.answers_part(&question, &asked);
            if !answered && found.last().is_some() && self.lean(&question, topic.as_ref()) == Lean::Leaning {
                // It only goes on with the one before.
                continue;
            }
            let used = asked.hits.first().filter(|_| answered).map(|hit| hit.entry.clone());
            topic = Topic::of(&question, used.into_iter().collect(), lang).or(topic);
            found.push((question, answered, asked.hits));
        }
        self.is_more(whole, hits, &found).then(|| self.together(found, "several_questions"))
    }

    /// Whether a part has an answer of its own. A part says less than a whole message, so more is asked of its answer;
    /// and where it leans on the part before, the answer must speak of what it adds.
    fn answers_part(&self, question: &str, asked: &Asked) -> bool {
        let own = decide(self.reading, &asked.hits, self.policy);
        let Some(best) = asked.hits.first().filter(|_| own.rung.answers() && !asked.again) else {
            return false;
        };
        let fits = asked.context.is_none() || follow::bears_on(question, best, self.reading.lang);
        fits && (best.near_exact || best.probability >= PART_ABOVE)
    }

    /// Whether the parts answer more than the whole: two entries where it has one, or one where it has none.
    fn is_more(&self, whole: &Decision, hits: &[Hit], found: &[(String, bool, Vec<Hit>)]) -> bool {
        let given = found.iter().filter(|(_, answered, _)| *answered).filter_map(|(.., hits)| hits.first());
        let mut entries: Vec<&EntryId> = given.map(|hit| &hit.entry).collect();
        entries.sort();
        entries.dedup();
        let open = found
            .iter()
            .filter(|(part, answered, _)| !answered && several::asks_plainly(part, self.reading.lang));
        let same =
            whole.picks.first().and_then(|&at| hits.get(at)).is_some_and(|hit| entries == [&hit.entry]);
        match entries.len() {
            0 => false,
            1 => {
                let apart = several::are_apart(&self.reading.meant, self.reading.lang);
                open.count() > 0 && apart && (!whole.rung.answers() || same)
            }
            _ => true,
        }
    }

    /// One answer out of several: the first hit of each question that has an answer, in their order. A question whose
    /// best hit is given to another one anyway is not left open.
    pub(super) fn together(
        &self,
        mut found: Vec<(String, bool, Vec<Hit>)>,
        reason: &'static str,
    ) -> Considered {
        let best = |own: &[Hit]| own.first().map(|hit| hit.entry.clone());
        let given: Vec<EntryId> =
            found.iter().filter(|(_, answered, _)| *answered).filter_map(|(.., own)| best(own)).collect();
        found.retain(|(_, answered, own)| *answered || best(own).is_none_or(|entry| !given.contains(&entry)));
        let mut hits: Vec<Hit> = Vec::new();
        let mut parts = Vec::new();
        for (question, answered, own) in found {
            let best = own.into_iter().next().filter(|_| answered);
            let place = best.map(|best| {
                let known =
                    hits.iter().position(|hit| hit.entry == best.entry && hit.section == best.section);
                known.unwrap_or_else(|| {
                    hits.push(best);
                    hits.len() - 1
                })
            });
            parts.push((question, place));
        }
        let decision = Decision {
            rung: if hits.iter().all(|hit| clarify::rung_of(hit) == Rung::Exact) {
                Rung::Exact
            } else {
                Rung::Composed
            },
            reason,
            picks: (0..hits.len()).collect(),
            confidence: hits.iter().map(|hit| hit.probability).fold(1.0, f32::min),
        };
        Considered { hits, parts, ..Considered::of(decision, self.reading) }
    }
}
