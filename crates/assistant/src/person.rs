//! Does the customer ask for a person?
//!
//! A clause asks if it wants something done (`转`, `找`, `talk to`) with a person (`人工`, `主管`,
//! `a human`), or refuses the machine. It does not ask if it only asks *about* people: their hours,
//! their number, what they cost, or whether one talks to a robot. Beside the lists stands a detector that has learnt
//! how wishes sound: it hears those that no list knows.

use language::handoff;

use crate::clause::{clauses, says};

mod back;
mod words;

pub use back::goes_back;
use words::{ABOUT, ALONE, EN_ALWAYS, EN_PEOPLE, EN_VERBS, FORGIVEN, ZH_ALWAYS, ZH_PEOPLE, ZH_VERBS};

/// Between what one wants done and the person stand at most so many characters.
const ZH_GAP: usize = 6;

/// From this probability on a message that no list knows is a wish: who only asks about people is not sent to one.
const SURELY: f32 = 0.85;

/// What the lists say of a message, by its surest clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// It speaks of people, of their hours or their number.
    About,
    /// Nothing.
    Nothing,
    /// A wish for a person.
    Plainly,
}

impl Told {
    /// Whether it is a wish, where `probability` says how much the whole message sounds like one.
    pub(crate) fn is_wish(self, probability: impl FnOnce() -> f32) -> bool {
        match self {
            Self::Plainly => true,
            Self::Nothing => probability() >= SURELY,
            Self::About => false,
        }
    }
}

/// Whether the message asks for a person, in any words.
pub fn asks_for_person(text: &str) -> bool {
    told(text).is_wish(|| handoff::asks(text))
}

/// What the lists say of a message.
pub(crate) fn told(text: &str) -> Told {
    let told: Vec<Told> = clauses(text).iter().map(|clause| told_by(clause)).collect();
    match told.iter().max() {
        Some(Told::Nothing) if told.contains(&Told::About) => Told::About,
        most => most.copied().unwrap_or(Told::Nothing),
    }
}

fn told_by(clause: &str) -> Told {
    let clause = &mended(clause);
    let compact: String = clause.chars().filter(|ch| !ch.is_whitespace()).collect();
    if ALONE.iter().any(|phrase| clause == phrase || compact == *phrase) {
        return Told::Plainly;
    }
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| holds(clause, &compact, phrase));
    if has(ABOUT) {
        Told::About
    } else if has(ZH_ALWAYS) || has(EN_ALWAYS) || wants_zh(&compact) || (has(EN_VERBS) && has(EN_PEOPLE)) {
        Told::Plainly
    } else {
        Told::Nothing
    }
}

fn holds(clause: &str, compact: &str, phrase: &str) -> bool {
    if phrase.is_ascii() { says(clause, phrase) } else { compact.contains(phrase) }
}

/// A wish, then at most a few characters later the person.
fn wants_zh(compact: &str) -> bool {
    ZH_VERBS.iter().any(|verb| {
        compact.match_indices(verb).any(|(at, _)| {
            let after: String = compact[at + verb.len()..].chars().take(ZH_GAP).collect();
            ZH_PEOPLE.iter().any(|person| after.contains(person))
        })
    })
}

/// `speak to a humna` → `speak to a human`.
fn mended(clause: &str) -> String {
    let mend = |word: &str| {
        FORGIVEN
            .iter()
            .find(|right| one_slip(word, right))
            .map_or_else(|| word.to_owned(), |right| (*right).to_owned())
    };
    clause.split(' ').map(mend).collect::<Vec<_>>().join(" ")
}

/// Whether two words differ by one pair of neighbours in the wrong order.
fn one_slip(word: &str, right: &str) -> bool {
    if word.len() != right.len() || !word.is_ascii() || word == right {
        return false;
    }
    let (word, right) = (word.as_bytes(), right.as_bytes());
    let Some(first) = (0..word.len()).find(|&at| word[at] != right[at]) else { return false };
    first + 1 < word.len()
        && word[first] == right[first + 1]
        && word[first + 1] == right[first]
        && word[first + 2..] == right[first + 2..]
}
