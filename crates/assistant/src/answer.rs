//! One turn: from the customer's words to an answer and the story of why.

use std::{sync::Arc, time::Instant};

use domain::{AnswerId, Candidate, Content, ConversationId, Label, Lang, Rung, StageTime, Timestamp, Trace};
use knowledge::{Hit, Library, Query};

use crate::{
    compose::compose,
    decide::{Decision, decide},
    phrases::Phrases,
    policy::Policy,
    read::{Reading, read},
};

/// What the customer said and where: all that an answer depends on, beside library and policy.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    /// The name of the answer to come.
    pub id: AnswerId,
    /// Where it is asked.
    pub conversation: ConversationId,
    /// The words: all messages since the last answer, one per line.
    pub text: &'a str,
    /// The language of the conversation so far.
    pub lang: Lang,
    /// Now.
    pub now: Timestamp,
}

/// An answer and why.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The words.
    pub content: Content,
    /// The whole story.
    pub trace: Trace,
}

/// So many entries are considered.
const CANDIDATES: usize = 8;

/// The machine at the desk. Cheap to clone.
#[derive(Clone)]
pub struct Assistant {
    library: Arc<Library>,
    policy: Arc<Policy>,
    phrases: Arc<Phrases>,
}

impl Assistant {
    /// An assistant that knows this library and speaks for this shop.
    pub fn new(library: Arc<Library>, policy: Policy, phrases: Phrases) -> Self {
        Self { library, policy: Arc::new(policy), phrases: Arc::new(phrases) }
    }

    /// The library it answers from.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// Answers. Sentences of an answer that is written piece by piece go to `say` first; the returned
    /// content holds all of it.
    pub fn answer(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer {
        let mut clock = StopWatch::start();
        let reading = read(turn.text, turn.lang);
        clock.stage("read");
        let hits = self.search(turn.text, &reading);
        clock.stage("search");
        let decision = decide(&reading, &hits, &self.policy);
        clock.stage("decide");
        let content = compose(turn, &reading, &decision, &hits, &self.library, &self.phrases, say);
        clock.stage("compose");
        let trace = self.trace(turn, reading, &decision, &hits, clock.stages);
        Answer { content, trace }
    }

    fn search(&self, text: &str, reading: &Reading) -> Vec<Hit> {
        if reading.smalltalk.is_some() || reading.wants_person {
            return Vec::new();
        }
        self.library.search(&Query { text, lang: reading.lang, limit: CANDIDATES })
    }

    fn trace(
        &self,
        turn: &Turn<'_>,
        reading: Reading,
        decision: &Decision,
        hits: &[Hit],
        timings: Vec<StageTime>,
    ) -> Trace {
        let marks = reading.marks();
        Trace {
            id: turn.id.clone(),
            conversation: turn.conversation.clone(),
            at: turn.now,
            question: reading.masked,
            language: reading.language.to_owned(),
            intent: intent(decision, hits),
            marks,
            satisfaction: None,
            sentiment: reading.mood,
            entities: reading.entities,
            knowledge_version: self.library.version(),
            meanings_version: self.library.adapted_to(),
            policy_version: self.policy.version.clone(),
            candidates: hits.iter().map(candidate).collect(),
            thresholds: self.thresholds(hits),
            rung: decision.rung,
            reason: decision.reason.to_owned(),
            confidence: decision.confidence,
            used: used(decision, hits),
            model_calls: Vec::new(),
            checks: Vec::new(),
            timings,
        }
    }

    /// The lines of the policy, and the one that the best hit had to reach.
    fn thresholds(&self, hits: &[Hit]) -> Vec<(String, f32)> {
        let mut lines = self.policy.thresholds();
        lines.extend(hits.first().map(|best| ("answer_line".to_owned(), self.policy.line(best))));
        lines
    }
}

/// The group of the entry that is most probably meant; a wish for a person is an intent of its own.
fn intent(decision: &Decision, hits: &[Hit]) -> Option<Label> {
    match decision.rung {
        Rung::Handover => Some(Label { name: "person".to_owned(), confidence: decision.confidence }),
        Rung::Smalltalk => Some(Label { name: decision.reason.to_owned(), confidence: decision.confidence }),
        Rung::Refuse => None,
        _ => hits
            .get(*decision.picks.first()?)
            .filter(|hit| !hit.category.is_empty())
            .map(|hit| Label { name: hit.category.clone(), confidence: hit.probability }),
    }
}

fn used(decision: &Decision, hits: &[Hit]) -> Vec<domain::EntryId> {
    decision.picks.iter().filter_map(|&at| hits.get(at)).map(|hit| hit.entry.clone()).collect()
}

fn candidate(hit: &Hit) -> Candidate {
    Candidate {
        entry: hit.entry.clone(),
        title: hit.title.clone(),
        section: hit.section,
        score: hit.probability,
        because: hit.because.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
    }
}

/// Time per stage: a report, never an input.
struct StopWatch {
    last: Instant,
    stages: Vec<StageTime>,
}

impl StopWatch {
    fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::with_capacity(4) }
    }

    fn stage(&mut self, name: &str) {
        let us = u64::try_from(self.last.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.stages.push(StageTime { stage: name.to_owned(), us });
        self.last = Instant::now();
    }
}
