//! Decides what to do with a message: small talk, answer, suggest, compose, hand over or refuse.
//!
//! A question is *answerable* if the best entry is probably right (`answer_above`, `compose_above`), or
//! is the question itself but for punctuation and politeness.
//!
//! [`decide`] is a function of its arguments, so every rule fits in a table of tests.

use domain::{Kind, Rung};
use knowledge::Hit;

use crate::{policy::Policy, read::Reading};

/// At most so many "did you mean" choices.
pub(crate) const CHOICES: usize = 3;

/// What to do, and with which hits (places in the list).
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The rung that answers.
    pub rung: Rung,
    /// Why, as a stable code that the desk words.
    pub reason: &'static str,
    /// The hits it uses, by place.
    pub picks: Vec<usize>,
    /// The probability that this is right.
    pub confidence: f32,
}

/// The rung for this reading and these hits, best first.
pub fn decide(reading: &Reading, hits: &[Hit], policy: &Policy) -> Decision {
    if reading.wants_person {
        return Decision { rung: Rung::Handover, reason: "asked_for_person", picks: vec![], confidence: 1.0 };
    }
    if let Some(kind) = reading.smalltalk {
        return Decision { rung: Rung::Smalltalk, reason: kind.name(), picks: vec![], confidence: 1.0 };
    }
    let Some(best) = hits.first() else {
        return refuse("nothing_found", 1.0);
    };
    near_exact(hits)
        .or_else(|| sure(best, policy))
        .or_else(|| choices(hits, policy))
        .unwrap_or_else(|| refuse("nothing_fits", 1.0 - best.probability))
}

/// The question is an entry's own words. Two entries with the same words are a choice, not a guess.
fn near_exact(hits: &[Hit]) -> Option<Decision> {
    let exact: Vec<usize> =
        (0..hits.len()).filter(|&at| hits[at].near_exact && hits[at].kind == Kind::Answer).collect();
    match exact[..] {
        [] => None,
        [only] => Some(Decision {
            rung: Rung::Exact,
            reason: "same_words",
            picks: vec![only],
            confidence: hits[only].probability.max(0.99),
        }),
        _ => Some(Decision {
            rung: Rung::Suggest,
            reason: "same_words_twice",
            picks: exact.into_iter().take(CHOICES).collect(),
            confidence: 0.5,
        }),
    }
}

fn sure(best: &Hit, policy: &Policy) -> Option<Decision> {
    let rung = match best.kind {
        Kind::Answer => Rung::Exact,
        Kind::Article => Rung::Composed,
    };
    (best.probability >= policy.line(best)).then(|| Decision {
        rung,
        reason: "probably_right",
        picks: vec![0],
        confidence: best.probability,
    })
}

fn choices(hits: &[Hit], policy: &Policy) -> Option<Decision> {
    let picks: Vec<usize> =
        (0..hits.len()).filter(|&at| hits[at].probability >= policy.suggest_above).take(CHOICES).collect();
    let confidence = picks.iter().map(|&at| hits[at].probability).sum::<f32>().min(1.0);
    let worth_it = !picks.is_empty() && confidence >= policy.offer_above;
    worth_it.then_some(Decision { rung: Rung::Suggest, reason: "not_sure", picks, confidence })
}

/// An honest "I don't know".
pub(crate) fn refuse(reason: &'static str, confidence: f32) -> Decision {
    Decision { rung: Rung::Refuse, reason, picks: vec![], confidence }
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::{EntryId, Lang};

    use language::facts::Catalogue;

    use super::*;
    use crate::{policy::MANY_WAYS, read::read};

    pub(crate) fn hit(id: &str, kind: Kind, probability: f32, near_exact: bool) -> Hit {
        Hit {
            entry: EntryId::from(id),
            kind,
            category: String::new(),
            lang: Lang::Zh,
            title: id.to_owned(),
            closest: String::new(),
            section: (kind == Kind::Article).then_some(0),
            rank: probability,
            probability,
            near_exact,
            phrasings: MANY_WAYS,
            because: vec![],
        }
    }

    fn rung(text: &str, hits: &[Hit]) -> (Rung, Vec<usize>) {
        let policy = Policy {
            version: "t".into(),
            answer_above: 0.8,
            answer_few_above: 0.9,
            compose_above: 0.7,
            suggest_above: 0.1,
            offer_above: 0.4,
            calibrated_on: "t".into(),
        };
        let decision = decide(
            &read(text, Lang::Zh, domain::Timestamp::UNIX_EPOCH, &Catalogue::default()),
            hits,
            &policy,
        );
        (decision.rung, decision.picks)
    }

    #[test]
    fn the_ladder_from_top_to_bottom() {
        use Kind::{Answer, Article};
        assert_eq!(rung("怎么退货", &[hit("a", Answer, 0.2, true)]), (Rung::Exact, vec![0]));
        assert_eq!(rung("怎么退货", &[hit("a", Answer, 0.9, false)]), (Rung::Exact, vec![0]));
        assert_eq!(
            rung("怎么退货", &[hit("a", Answer, 0.5, false), hit("b", Answer, 0.4, false)]),
            (Rung::Suggest, vec![0, 1])
        );
        assert_eq!(rung("怎么退货", &[hit("a", Article, 0.75, false)]), (Rung::Composed, vec![0]));
        assert_eq!(rung("怎么退货", &[hit("a", Answer, 0.3, false)]), (Rung::Refuse, vec![]));
        assert_eq!(
            rung("怎么退货", &[hit("a", Answer, 0.3, false), hit("b", Answer, 0.2, false)]),
            (Rung::Suggest, vec![0, 1]),
            "together they are worth offering"
        );
        assert_eq!(rung("怎么退货", &[]), (Rung::Refuse, vec![]));
        let alone = Hit { phrasings: 1, ..hit("a", Answer, 0.85, false) };
        assert_eq!(rung("怎么退货", &[alone]).0, Rung::Suggest, "of an entry asked in one way less is known");
    }

    #[test]
    fn two_entries_with_the_same_words_are_offered_not_guessed() {
        let twins = [hit("a", Kind::Answer, 0.9, true), hit("b", Kind::Answer, 0.9, true)];
        assert_eq!(rung("运费", &twins), (Rung::Suggest, vec![0, 1]));
    }

    #[test]
    fn a_person_comes_before_everything_and_small_talk_before_knowledge() {
        let sure = [hit("a", Kind::Answer, 0.99, true)];
        assert_eq!(rung("转人工", &sure).0, Rung::Handover);
        assert_eq!(rung("你好", &sure).0, Rung::Smalltalk);
        assert_eq!(rung("😀😀", &sure).0, Rung::Smalltalk);
        assert_eq!(rung("", &sure).0, Rung::Smalltalk);
        assert_eq!(rung("你好，怎么退货", &sure).0, Rung::Exact);
    }
}
