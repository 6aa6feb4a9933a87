//! Each clause of a sentence against the one clause of the source that says most of it: what is put together from here
//! and there is told from what stands together.

use std::ops::Range;

use super::{matched::Matched, source::Source, words::Word};

/// How the clauses of a sentence are found in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aligned {
    /// How much of the worst clause its best partner has.
    pub(super) worst: f32,
    /// The same of all, by weight.
    pub(super) mean: f32,
    /// How much the clause before or after the best partner adds, on average.
    pub(super) beside: f32,
    /// Of the words that the best partners have, how much the source says besides in them, of the least full.
    pub(super) fullness: f32,
    /// The weight of the most telling word that stands where its partner has another, and how close that one is.
    pub(super) swapped: (f32, f32),
}

/// Clauses that tell less say nothing by themselves.
const TELLS: f32 = 0.25;

/// Looks for the best partner of each clause.
pub(super) fn align(
    words: &[Word],
    clauses: &[Range<usize>],
    source: &Source,
    matched: &Matched<'_>,
) -> Aligned {
    let mut found = Aligned { worst: 1.0, mean: 0.0, beside: 0.0, fullness: 1.0, swapped: (0.0, 1.0) };
    let mut all = 0.0;
    for clause in clauses {
        let telling: Vec<usize> = clause.clone().filter(|&at| words[at].tells()).collect();
        let mass: f32 = telling.iter().map(|&at| words[at].weight).sum();
        if mass <= TELLS {
            continue;
        }
        let share = |other: &Range<usize>| {
            let have = telling.iter().map(|&at| words[at].weight * matched.in_line(at, other).unwrap_or(0.0));
            have.sum::<f32>() / mass
        };
        let best = source.text.clauses.iter().enumerate().map(|(place, other)| (share(other), place));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((best, place)) = best else { continue };
        let wide = source.text.clauses[place.saturating_sub(1)].start
            ..source.text.clauses[(place + 1).min(source.text.clauses.len() - 1)].end;
        let partner = &source.text.words[source.text.clauses[place].clone()];
        let told: f32 = partner.iter().filter(|word| word.tells()).map(|word| word.weight).sum();
        found.worst = found.worst.min(best);
        found.mean += mass * best;
        found.beside += mass * (share(&wide) - best);
        found.fullness = found.fullness.min((best * mass / told.max(0.1)).min(1.0));
        all += mass;
        let (weight, closeness) = swapped(words, clause, &source.text.clauses[place], source, matched);
        if weight > found.swapped.0 {
            found.swapped = (weight, closeness);
        }
    }
    if all > 0.0 {
        (found.mean, found.beside) = (found.mean / all, found.beside / all);
    } else {
        found.mean = 1.0;
    }
    found
}

/// The most telling word that stands between the same two words as another of the partner, which the clause lacks.
fn swapped(
    words: &[Word],
    clause: &Range<usize>,
    partner: &Range<usize>,
    source: &Source,
    matched: &Matched<'_>,
) -> (f32, f32) {
    let mut found = (0.0_f32, 1.0_f32);
    let text = |words: &[Word], at: Option<usize>, within: &Range<usize>| {
        at.filter(|at| within.contains(at)).map(|at| words[at].text.clone())
    };
    for at in clause.clone().filter(|&at| words[at].tells()) {
        if words[at].weight <= found.0 || matched.in_line(at, partner).is_some_and(|near| near > 0.9) {
            continue;
        }
        let sides = |words: &[Word], at: usize, within: &Range<usize>| {
            [text(words, at.checked_sub(1), within), text(words, Some(at + 1), within)]
        };
        let [left, right] = sides(words, at, clause);
        let other = partner.clone().find(|&place| {
            let there = &source.text.words[place];
            let lacking = there.tells() && !clause.clone().any(|own| words[own].text == there.text);
            let [before, behind] = sides(&source.text.words, place, partner);
            let same = |here: &Option<String>, there: &Option<String>| here == there;
            lacking && same(&left, &before) && same(&right, &behind) && left.is_some() && right.is_some()
        });
        if let Some(other) = other.map(|place| &source.text.words[place]) {
            let near =
                words[at].meaning.as_ref().zip(other.meaning.as_ref()).map_or(0.0, |(a, b)| a.closeness(b));
            let alike = super::lists::groups(&words[at].text)
                .iter()
                .any(|group| super::lists::groups(&other.text).contains(group));
            if !alike && near < 0.9 {
                found = (words[at].weight, near);
            }
        }
    }
    found
}
