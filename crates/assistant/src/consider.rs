//! What a message asks, seen with what was said before, and what is decided on it.
//!
//! A function of the turn, the library and the policy. Nothing is worded here, so that choosing and answering agree.

use domain::{Entry, Exchange, Kind, Past, Rung, Zone};
use knowledge::{Hit, Library, Query};
use language::mask::mask;

mod considered;
mod instead;
mod kind;
mod parts;

pub(crate) use considered::Considered;
pub(crate) use instead::{PRAISED, TOLD};

use crate::{
    another,
    answer::Turn,
    beside,
    clarify::{self, Pick},
    courtesy,
    decide::{Decision, decide, refuse},
    follow::{self, Lean, Topic},
    loops::{self, Round},
    place,
    policy::Policy,
    price,
    read::Reading,
    said::said_of,
    several,
};

/// So many entries are considered.
const CANDIDATES: usize = 8;
/// After an answer that did not help, others are offered from this probability on.
const WORTH_A_LOOK: f32 = 0.02;
/// And at most so many.
const OTHERS: usize = 3;
/// A part of a message is answered from this probability on.
const PART_ABOVE: f32 = 0.6;

/// What is left of the probability of an entry that names another thing than the one whose price is asked.
const DOUBTED: f32 = 0.6;

/// The answer just given says it: its sentences are quoted.
pub(crate) const SAID_THERE: &str = "said_there";

/// A question and what was found for it.
struct Asked {
    hits: Vec<Hit>,
    context: Option<String>,
    /// What it leans on finds only what was given already: not sure enough to say it again unasked.
    again: bool,
    /// The question joined with what it leans on, and what that finds.
    joined: Option<(String, Vec<Hit>)>,
}

impl Asked {
    const fn alone(hits: Vec<Hit>) -> Self {
        Self { hits, context: None, again: false, joined: None }
    }
}

/// Somebody who considers a turn.
pub(crate) struct Mind<'a> {
    pub(crate) library: &'a Library,
    pub(crate) policy: &'a Policy,
    /// Where customers live.
    pub(crate) zone: &'a Zone,
    pub(crate) turn: &'a Turn<'a>,
    pub(crate) reading: &'a Reading,
}

impl Mind<'_> {
    /// Considers the turn.
    pub(crate) fn consider(&self) -> Considered {
        self.beforehand().unwrap_or_else(|| self.asked())
    }

    /// What is no new question: a person is wanted, a choice is taken, nothing helped, small talk.
    fn beforehand(&self) -> Option<Considered> {
        let (past, reading) = (self.turn.past, self.reading);
        let silent = |decision| Some(Considered::of(decision, reading));
        if reading.wants_person {
            return silent(decide(reading, &[], self.policy));
        }
        if clarify::takes_person(past, self.turn.text) {
            return silent(hand_over("took_the_offer"));
        }
        if let Some(pick) = clarify::picked(past, self.turn.text) {
            return Some(self.taken(pick));
        }
        if clarify::is_place(self.turn.text) {
            // There was nothing to choose from.
            return silent(refuse("nothing_found", 1.0));
        }
        if reading.smalltalk.is_some() {
            return silent(decide(reading, &[], self.policy));
        }
        let unhelped = loops::unhelped(&reading.meant).then(|| loops::in_question(past)).flatten();
        unhelped.map(|exchange| self.unhelped(exchange))
    }

    fn past(&self) -> &Past {
        self.turn.past
    }

    fn taken(&self, pick: Pick) -> Considered {
        match pick {
            Pick::Neither => Considered::of(refuse("none_of_these", 1.0), self.reading),
            Pick::One(choice) => {
                let hits = self.offered_first(self.search(&choice, &choice));
                let decision = Decision { reason: "picked", ..Self::sure_of_first(&hits) };
                let context = (choice.trim() != self.turn.text.trim()).then(|| choice.clone());
                Considered { hits, context, question: choice, ..Considered::of(decision, self.reading) }
            }
            Pick::All(choices) => {
                let found = choices
                    .iter()
                    .map(|choice| (choice.clone(), self.offered_first(self.search(choice, choice))));
                let found: Vec<_> = found.map(|(choice, hits)| (choice, !hits.is_empty(), hits)).collect();
                self.together(found, "picked")
            }
        }
    }

    /// What was offered is what is taken: others that fit the same words stand back.
    fn offered_first(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        let offered = self.past().last().map(|last| last.used.as_slice()).unwrap_or_default();
        hits.sort_by_key(|hit| !(offered.contains(&hit.entry) && hit.near_exact));
        hits
    }

    fn sure_of_first(hits: &[Hit]) -> Decision {
        let Some(first) = hits.first() else { return refuse("nothing_found", 1.0) };
        Decision {
            rung: clarify::rung_of(first),
            reason: "picked",
            picks: vec![0],
            confidence: first.probability.max(0.99),
        }
    }

    /// Another way is tried with the same question; then a person is offered, then asked for.
    fn unhelped(&self, exchange: &Exchange) -> Considered {
        let going_round = || Considered::of(refuse("going_round", 1.0), self.reading);
        match loops::unhelped_round(self.past()) {
            Round::None | Round::Second => {}
            Round::Third => return going_round(),
            Round::Beyond => return Considered::of(hand_over("going_round"), self.reading),
        }
        let question = exchange.understood();
        let mut hits = self.search(question, question);
        hits.retain(|hit| !exchange.used.contains(&hit.entry));
        let worth = hits.iter().take_while(|hit| hit.probability >= WORTH_A_LOOK).count();
        let picks: Vec<usize> = (0..worth.min(OTHERS)).collect();
        if picks.is_empty() {
            return going_round();
        }
        let confidence = picks.iter().map(|&at| hits[at].probability).sum::<f32>().min(1.0);
        let decision = Decision { rung: Rung::Suggest, reason: "another_way", picks, confidence };
        let context = Some(question.to_owned());
        Considered { hits, context, ..Considered::of(decision, self.reading) }
    }

    /// A question, or several.
    fn asked(&self) -> Considered {
        let round = self.same_question();
        let settled = round >= Round::Third
            && self.past().last().is_some_and(|last| last.rung.is_some_and(Rung::answers));
        if settled && round == Round::Third {
            return Considered::of(refuse("going_round", 1.0), self.reading);
        }
        if round == Round::Beyond && !self.only_refused() {
            return Considered::of(hand_over("going_round"), self.reading);
        }
        let topic = follow::topic(self.past(), self.reading.lang).filter(|_| round == Round::None);
        let Asked { hits, context, again, joined } =
            self.ask(self.turn.text, &self.reading.meant, topic.as_ref());
        let own = if again { not_sure(&hits) } else { decide(self.reading, &hits, self.policy) };
        // Sentences of their own are questions of their own, whatever the whole was read as.
        let apart = context.is_none() || several::are_apart(&self.reading.meant, self.reading.lang);
        if apart
            && own.reason != "same_words"
            && let Some(several) = self.several(&own, &hits, topic.as_ref())
        {
            return several;
        }
        if !own.rung.answers()
            && let Some(said) =
                topic.as_ref().zip(joined).and_then(|(topic, joined)| self.said_there(topic, joined))
        {
            return said;
        }
        if let Some(instead) = self.instead_of_guessing(&own) {
            return instead;
        }
        let decision = clarify::instead(own, &hits, self.past());
        let question = context.clone().unwrap_or_else(|| self.reading.meant.clone());
        let whole = Considered { hits, context, question, ..Considered::of(decision, self.reading) };
        self.said_before(beside::joined(whole, self.library, self.policy), round)
    }

    /// A follow-up to which the answer just given says something: that is said again, and no more.
    fn said_there(&self, topic: &Topic, (question, mut hits): (String, Vec<Hit>)) -> Option<Considered> {
        let (meant, lang) = (&self.reading.meant, self.reading.lang);
        let says_it = |hit: &Hit| {
            let entry = self.library.entry(&hit.entry).filter(|_| hit.kind == Kind::Answer);
            let text = entry.as_ref().and_then(|entry| entry.text(lang));
            text.is_some_and(|(of, text)| of == lang && !said_of(meant, &text.answer, lang).is_empty())
        };
        hits.retain(|hit| topic.used.contains(&hit.entry) && says_it(hit));
        let confidence = hits.first()?.probability;
        let decision = Decision { rung: Rung::Composed, reason: SAID_THERE, picks: vec![0], confidence };
        Some(Considered { hits, context: Some(question), ..Considered::of(decision, self.reading) })
    }

    /// The words of the past are masked.
    fn same_question(&self) -> Round {
        if self.past().exchanges.is_empty() {
            return Round::None;
        }
        loops::same_question(self.past(), &mask(self.turn.text).text)
    }

    /// An honest "I do not know" offers a person each time: whoever asks on is not sent away.
    fn only_refused(&self) -> bool {
        let mut last = self.past().exchanges.iter().rev().take(3);
        last.all(|exchange| exchange.rung == Some(Rung::Refuse))
    }

    fn said_before(&self, whole: Considered, round: Round) -> Considered {
        if !whole.decision.rung.answers() {
            return whole;
        }
        let reason = match round {
            Round::None if !loops::same_answer(self.past(), &whole.used()) => return whole,
            Round::None => "same_answer",
            _ => "said_again",
        };
        Considered { decision: Decision { reason, ..whole.decision }, ..whole }
    }

    fn lean(&self, meant: &str, topic: Option<&Topic>) -> Lean {
        let lang = self.reading.lang;
        let new = topic.filter(|topic| !follow::names(topic, meant, lang));
        new.map_or(Lean::Whole, |_| follow::lean(meant, lang))
    }

    /// Asks; and where a place is named, at large too, one search more: what is known of home does not hold abroad, and
    /// what finds no answer at home may be asked without the place.
    fn ask(&self, typed: &str, meant: &str, topic: Option<&Topic>) -> Asked {
        let asked = self.ask_here(typed, meant, topic);
        let answered = self.policy.answers(&asked.hits);
        let large = place::at_large(meant, self.reading.lang, self.zone);
        let Some(large) = large.filter(|large| large.abroad || !(asked.again || answered)) else {
            return asked;
        };
        let hits = self.search(&large.question, &large.question);
        let likely = |hits: &[Hit]| hits.first().map_or(0.0, |best| best.probability);
        let exact = asked.hits.first().is_some_and(|best| best.near_exact);
        let offers = !answered && likely(&hits) > likely(&asked.hits).max(self.policy.offer_above);
        if (self.policy.answers(&hits) && !exact) || offers {
            Asked { context: Some(large.question), ..Asked::alone(hits) }
        } else {
            asked
        }
    }

    /// Asks alone, and with the topic where the message leans on it: one search more.
    fn ask_here(&self, typed: &str, meant: &str, topic: Option<&Topic>) -> Asked {
        let alone = self.search(typed, meant);
        let lean = self.lean(meant, topic);
        let Some(topic) = topic.filter(|_| lean != Lean::Whole) else {
            return self.in_full(meant, &alone).unwrap_or_else(|| Asked::alone(alone));
        };
        let line = |hit: &Hit| hit.probability >= self.policy.line(hit);
        let answered = self.policy.answers(&alone);
        if lean == Lean::Short && answered {
            return Asked::alone(alone);
        }
        let question = follow::joined(topic, meant, self.reading.lang);
        let joined = self.search(&question, &question);
        let given = |hit: &Hit| topic.used.contains(&hit.entry) && line(hit);
        let again = lean == Lean::Leaning && !answered && joined.first().is_some_and(given);
        let names_new = |hit: &Hit| follow::bears_on(meant, hit, self.reading.lang);
        let (hits, context, again) = match follow::better(lean, &alone, &joined, topic, names_new, line) {
            Some(hits) if !again || hits.first().is_some_and(line) => (hits, Some(question.clone()), false),
            _ if again => (joined.clone(), Some(question.clone()), true),
            _ => (alone, None, false),
        };
        if !again
            && !self.policy.answers(&hits)
            && let Some(asked) = self.in_full(meant, &hits)
        {
            return asked;
        }
        Asked { hits, context, again, joined: Some((question, joined)) }
    }

    /// Half a question that leans on nothing, 「那运费呢」 after advice, asked in full: 运费多少.
    fn in_full(&self, meant: &str, alone: &[Hit]) -> Option<Asked> {
        let leans = follow::lean(meant, self.reading.lang) == Lean::Leaning;
        if !leans || self.policy.answers(alone) {
            return None;
        }
        let found = follow::in_full(meant, self.reading.lang).into_iter().map(|question| {
            let hits = self.search(&question, &question);
            (question, hits)
        });
        let (question, hits) = found.into_iter().find(|(_, hits)| self.policy.answers(hits))?;
        Some(Asked { context: Some(question), ..Asked::alone(hits) })
    }

    fn search(&self, typed: &str, meant: &str) -> Vec<Hit> {
        let (typed, meant) = (courtesy::without(typed), courtesy::without(meant));
        let query = Query { text: typed, lang: self.reading.lang, limit: CANDIDATES };
        let mut hits = self.library.search_for(&query, meant, &self.turn.asker, self.turn.now);
        let likely = |hit: &&mut Hit| !hit.near_exact && hit.probability >= self.policy.suggest_above;
        hits.iter_mut().filter(likely).for_each(|hit| self.doubt_another(meant, hit));
        hits
    }

    /// What holds of another thing, or what it costs, may be offered, never given for an answer.
    fn doubt_another(&self, question: &str, hit: &mut Hit) {
        let entry = self.library.entry(&hit.entry).filter(|_| hit.kind == Kind::Answer);
        let is_of_another = |entry: &Entry| {
            another::is_asked(question, entry, hit.lang)
                || price::is_asked(question) && price::of_another(question, entry, hit.lang)
        };
        if entry.is_some_and(|entry| is_of_another(&entry)) {
            hit.because.push(("another_thing", (DOUBTED / (1.0 - DOUBTED)).ln()));
            hit.probability *= DOUBTED;
        }
    }
}

/// Asks whether the best hit is meant.
fn not_sure(hits: &[Hit]) -> Decision {
    let confidence = hits.first().map_or(0.0, |hit| hit.probability);
    Decision { rung: Rung::Suggest, reason: "not_sure", picks: vec![0], confidence }
}

fn hand_over(reason: &'static str) -> Decision {
    Decision { rung: Rung::Handover, reason, picks: vec![], confidence: 1.0 }
}
