//! Finds where the lines between the rungs lie, from questions whose right entries are known.

use domain::{EntryId, Kind, Lang};
use knowledge::{Hit, Library, Query, train::threshold};

use crate::{
    decide::CHOICES,
    policy::{MANY_WAYS, Policy},
    read::read,
};

/// The share of answers that must be right, with a little room above the promised 0.97.
const PRECISION: f32 = 0.972;
/// An answer that quotes an article shows its source; a little less is asked of it.
const QUOTED: f32 = 0.9;
/// At most this share of questions without an answer, which were chosen to be hard, may get one.
const HARD: f32 = 0.05;
/// And of questions for other kinds of business, of which the knowledge has never heard.
const STRANGERS: f32 = 0.1;
/// So many neighbours say how useful an offer is at their probability.
const NEIGHBOURS: usize = 40;
/// Such a share of offered lists holds the right entry at the line below which nothing is offered.
const OFFERED: f32 = 0.6;
/// And such a share of choices is right at the line below which none is listed.
const LISTED: f32 = 0.1;

/// The best hits for a question, and whether they are right.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    kind: Kind,
    near_exact: bool,
    phrasings: usize,
    probability: f32,
    right: bool,
    /// What may be offered: how probable each is, and whether it is right.
    choices: Vec<(f32, bool)>,
    /// There is an answer at all.
    known: bool,
}

/// Asks the library; `None` for questions that never reach it (small talk, a wish for a person) and for
/// those that find nothing.
pub fn try_out(library: &Library, question: &str, relevant: &[EntryId]) -> Option<Tried> {
    let reading =
        read(question, Lang::Zh, domain::Timestamp::UNIX_EPOCH, &language::facts::Catalogue::default());
    if reading.smalltalk.is_some() || reading.wants_person {
        return None;
    }
    let hits = library.search(&Query { text: question, lang: reading.lang, limit: CHOICES });
    let right = |hit: &Hit| relevant.contains(&hit.entry);
    hits.first().map(|best| Tried {
        kind: best.kind,
        near_exact: best.near_exact,
        phrasings: best.phrasings,
        probability: best.probability,
        right: right(best),
        choices: hits.iter().map(|hit| (hit.probability, right(hit))).collect(),
        known: !relevant.is_empty(),
    })
}

/// The policy that these questions call for: `asked` are questions to entries, `read_up` questions to
/// articles; both hold questions without an answer too. `strangers` are questions for other kinds of business, far more
/// than come: they say what is answered, not what is worth offering. `version` names it.
pub fn calibrate(
    asked: &[Tried],
    read_up: &[Tried],
    strangers: &[Tried],
    version: &str,
    calibrated_on: &str,
) -> Policy {
    let (many, few): (Vec<Tried>, Vec<Tried>) =
        asked.iter().cloned().partition(|tried| tried.phrasings >= MANY_WAYS);
    let unknown = asked.iter().filter(|t| !t.known).count();
    let far = strangers_above(strangers, strangers.len(), Kind::Answer, STRANGERS);
    let answer_above = line(&many, unknown, Kind::Answer, PRECISION).max(far);
    let answer_few_above = line(&few, unknown, Kind::Answer, PRECISION).max(answer_above);
    let compose_above = line(read_up, unknown, Kind::Article, QUOTED);
    let unsure: Vec<&Tried> =
        asked.iter().filter(|t| t.probability < answer_above && !t.near_exact).collect();
    let choices = unsure.iter().flat_map(|tried| tried.choices.clone()).collect();
    let suggest_above = worth_it(choices, LISTED).min(answer_above * 0.9).min(compose_above * 0.9);
    let list = |tried: &&Tried| {
        let listed = tried.choices.iter().filter(|(probability, _)| *probability >= suggest_above);
        listed.fold((0.0, false), |(sum, right), choice| (sum + choice.0, right || choice.1))
    };
    let offer_above = worth_it(unsure.iter().map(list).collect(), OFFERED).clamp(suggest_above, 0.99);
    Policy {
        version: version.to_owned(),
        answer_above,
        answer_few_above,
        compose_above,
        suggest_above,
        offer_above,
        calibrated_on: calibrated_on.to_owned(),
    }
}

/// The probability below which less than `share` of the neighbours are right.
fn worth_it(mut offered: Vec<(f32, bool)>, share: f32) -> f32 {
    offered.sort_by(|a, b| b.0.total_cmp(&a.0));
    let fails = offered.windows(NEIGHBOURS).position(|near| {
        (near.iter().filter(|(_, right)| *right).count() as f32) < share * near.len() as f32
    });
    let line = fails.map_or_else(|| offered.last(), |at| offered.get(at + NEIGHBOURS / 2));
    line.map_or(0.0, |&(probability, _)| probability)
}

/// The lowest probability from which on enough is right, and few strangers get an answer.
fn line(tried: &[Tried], unknown: usize, kind: Kind, precision: f32) -> f32 {
    let of_kind = tried.iter().filter(|t| t.kind == kind && !t.near_exact && t.known);
    let scored: Vec<(f32, bool)> = of_kind.map(|t| (t.probability, t.right)).collect();
    threshold(&scored, precision).max(strangers_above(tried, unknown, kind, HARD)).min(0.995)
}

/// The probability that only this share of the `unknown` questions without an answer reach.
fn strangers_above(tried: &[Tried], unknown: usize, kind: Kind, share: f32) -> f32 {
    let mut found: Vec<f32> =
        tried.iter().filter(|t| !t.known && t.kind == kind).map(|t| t.probability).collect();
    found.sort_by(|a, b| b.total_cmp(a));
    found.get((unknown as f32 * share) as usize).map_or(0.0, |&line| line + f32::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(probability: f32, right: bool, known: bool) -> Tried {
        let choices = vec![(probability, right)];
        Tried {
            kind: Kind::Answer,
            near_exact: false,
            phrasings: MANY_WAYS,
            probability,
            right,
            choices,
            known,
        }
    }

    #[test]
    fn the_line_keeps_out_wrong_answers_and_strangers() {
        let mut rows: Vec<Tried> = (60..100).map(|p| tried(p as f32 / 100.0, true, true)).collect();
        rows.extend((30..60).map(|p| tried(p as f32 / 100.0, p % 2 == 0, true)));
        let policy = calibrate(&rows, &rows, &[], "t", "rows");
        assert!((0.55..=0.6).contains(&policy.answer_above), "{policy:?}");
        assert!(policy.suggest_above < policy.answer_above);
        let strangers: Vec<Tried> = (0..20).map(|_| tried(0.75, false, false)).collect();
        let strict = calibrate(&rows, &rows, &strangers, "t", "rows");
        assert!(strict.answer_above > 0.75, "strangers at 0.75 are kept out");
        assert_eq!(
            strict.offer_above.to_bits(),
            policy.offer_above.to_bits(),
            "who may ask decides on what is offered"
        );
    }
}
