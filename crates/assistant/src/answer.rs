//! One turn: from the customer's words to an answer and the story of why.

use std::{sync::Arc, time::Instant};

use domain::{
    AnswerId, Asker, Candidate, Content, ConversationId, EntryId, Label, Lang, Moment, Past, Record, Rung,
    Shopper, StageTime, Timestamp, Trace,
};
use knowledge::{Hit, Library};
use language::{facts::Catalogue, mask::mask, spelling::Corrected};

use crate::{
    compose::Composer,
    consider::{Considered, Mind},
    decide::Decision,
    intents::Intents,
    phrases::Phrases,
    policy::Policy,
    read::{Reading, read_as, read_briefly},
    recommend::{Advice, Asking, Shelf, month},
    tone::Manner,
    voice::Voice,
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
    /// Who asks: decides which entries are for them.
    pub asker: Asker,
    /// Now.
    pub now: Timestamp,
    /// What was said before.
    pub past: &'a Past,
    /// What is known of the customer who asks.
    pub record: &'a Record,
    /// The same, as far as it matters for recommendations.
    pub shopper: &'a Shopper,
}

/// An answer and why.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The words.
    pub content: Content,
    /// The whole story.
    pub trace: Trace,
}

/// The machine at the desk. Cheap to clone.
#[derive(Clone)]
pub struct Assistant {
    library: Arc<Library>,
    intents: Arc<Intents>,
    policy: Arc<Policy>,
    phrases: Arc<Phrases>,
    products: Arc<Catalogue>,
    manner: Manner,
    shelf: Arc<Shelf>,
}

impl Assistant {
    /// An assistant that knows this library and speaks for this shop.
    pub fn new(library: Arc<Library>, policy: Policy, phrases: Phrases) -> Self {
        Self {
            library,
            intents: Arc::default(),
            policy: Arc::new(policy),
            phrases: Arc::new(phrases),
            products: Arc::default(),
            manner: Manner::default(),
            shelf: Arc::default(),
        }
    }

    /// The same, speaking in another manner.
    #[must_use]
    pub fn with_manner(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// The same, knowing the shop's products by their names.
    #[must_use]
    pub fn with_products(self, products: Catalogue) -> Self {
        Self { products: Arc::new(products), ..self }
    }

    /// The same, answering from another library.
    #[must_use]
    pub fn knowing(&self, library: Arc<Library>) -> Self {
        Self { library, ..self.clone() }
    }

    /// The same, drawing other lines between the rungs.
    #[must_use]
    pub fn obeying(&self, policy: Policy) -> Self {
        Self { policy: Arc::new(policy), ..self.clone() }
    }

    /// The same, recommending from another shelf.
    #[must_use]
    pub fn recommending(&self, from: Arc<Shelf>) -> Self {
        Self { shelf: from, ..self.clone() }
    }

    /// The policy that it obeys.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Reads a message as it was meant, by the words of the knowledge too, without answering.
    pub fn read(&self, text: &str, before: Lang, now: Timestamp) -> Reading {
        let stock = self.shelf.stock();
        // The catalogue's names hold the owner's others too.
        let products = if stock.is_empty() { &*self.products } else { stock.names() };
        let here = Moment { now, zone: &self.manner.zone };
        read_as(text, self.correct(text), before, here, products)
    }

    /// Set right by the words of the knowledge; what the catalogue calls something is no slip.
    fn correct(&self, text: &str) -> Corrected {
        let fixed = self.library.correct(text);
        if fixed.is_changed() && self.shelf.stock().loses_a_word(text, &fixed.text) {
            return Corrected { text: text.to_owned(), changes: Vec::new() };
        }
        fixed
    }

    /// What it recommends from.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Names of products that it knows beside those of the catalogue.
    pub fn product_names(&self) -> &[String] {
        self.products.names()
    }

    /// The library it answers from.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// What customers want, as far as it was learnt.
    pub fn intents(&self) -> &Arc<Intents> {
        &self.intents
    }

    /// Answers. Sentences of an answer that is written piece by piece go to `say` first; the returned
    /// content holds all of it.
    pub fn answer(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer {
        // The knowledge may change meanwhile: reading, searching and the version that the trace names are of one state.
        self.knowing(Arc::new(self.library.listening())).answer_from(turn, say)
    }

    /// The rung that would answer, and the entries that it would give, cite or offer: the same as in
    /// [`Assistant::answer`], without the words and the story of why, at a fraction of the cost.
    pub fn choose(&self, turn: &Turn<'_>) -> (Rung, Vec<EntryId>) {
        let reading = read_briefly(turn.text, self.correct(turn.text), turn.lang);
        let reading = in_context(reading, turn.past);
        let considered = self.consider(turn, &reading);
        let settled = self.settle(turn, &reading, considered);
        (settled.decision.rung, settled.used())
    }

    /// With what the catalogue has to say; only where it may have something the whole reading is needed.
    fn settle(&self, turn: &Turn<'_>, brief: &Reading, considered: Considered) -> Considered {
        if !Advice::may_be_asked(&self.shelf.stock(), &brief.meant, turn.past) {
            return considered;
        }
        let reading = in_context(self.read(turn.text, turn.lang, turn.now), turn.past);
        let (considered, advice) = self.advise(turn, &reading, considered);
        settled(considered, &advice)
    }

    /// Advice, asked for or not; and what is said of a product's kind where nothing is said of the product.
    fn advise(&self, turn: &Turn<'_>, reading: &Reading, considered: Considered) -> (Considered, Advice) {
        let stock = self.shelf.stock();
        let view = asking(turn, reading, &considered);
        let asked = Advice::asked(Arc::clone(&stock), &view);
        let general = asked.in_general(&stock, &view).and_then(|(at, questions)| {
            self.mind(turn, reading).of_its_kind(&considered, &questions, stock.holding_of(at))
        });
        if let Some(considered) = general {
            let unasked = Advice::unasked(stock, &asking(turn, reading, &considered));
            return (considered, unasked);
        }
        let considered = match asked.questions() {
            [] => considered,
            questions => considered.or(asked.decision()).asking(questions),
        };
        let considered = self.parts_in_general(turn, reading, considered, &asked);
        if !asked.is_none() {
            return (considered, asked);
        }
        let unasked = Advice::unasked(stock, &asking(turn, reading, &considered));
        (considered, unasked)
    }

    /// Of several questions, those that nobody answers are asked of the product's kind.
    fn parts_in_general(
        &self,
        turn: &Turn<'_>,
        reading: &Reading,
        considered: Considered,
        advice: &Advice,
    ) -> Considered {
        let stock = self.shelf.stock();
        let parts = considered.parts.clone();
        let open =
            parts.iter().enumerate().filter(|(_, (part, place))| place.is_none() && !advice.says(part));
        open.fold(considered, |considered, (at, (part, _))| {
            let view = asking(turn, reading, &considered);
            let Some((of, questions)) = Advice::part_in_general(&stock, &view, part) else {
                return considered;
            };
            match self.mind(turn, reading).part_of_its_kind(part, &questions, stock.holding_of(of)) {
                Some(hit) => considered.with_part(at, hit),
                None => considered,
            }
        })
    }

    fn answer_from(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer {
        let mut clock = StopWatch::start();
        let reading = in_context(self.read(turn.text, turn.lang, turn.now), turn.past);
        clock.stage("read");
        let wishes = self.wishes(&reading);
        clock.stage("intent");
        let considered = self.consider(turn, &reading);
        clock.stage("search");
        let (considered, advice) = self.advise(turn, &reading, considered);
        clock.stage("advise");
        let content = advice.content(&turn.id, reading.lang);
        let mut content = content.unwrap_or_else(|| {
            let voice = self.voice(turn, reading.lang);
            let (reading, considered, library) = (&reading, &considered, &*self.library);
            Composer { turn, reading, considered, library, voice, asides: advice.asides() }.compose(say)
        });
        advice.add_to(&mut content, &turn.id);
        clock.stage("compose");
        let considered = settled(considered, &advice);
        let trace = self.trace(turn, reading, wishes, considered, clock.stages);
        Answer { content, trace: Trace { advised: advice.advised(), ..trace } }
    }

    fn consider(&self, turn: &Turn<'_>, reading: &Reading) -> Considered {
        self.mind(turn, reading).consider()
    }

    fn mind<'a>(&'a self, turn: &'a Turn<'a>, reading: &'a Reading) -> Mind<'a> {
        Mind { library: &self.library, policy: &self.policy, zone: &self.manner.zone, turn, reading }
    }

    fn voice<'a>(&'a self, turn: &Turn<'a>, lang: Lang) -> Voice<'a> {
        Voice { phrases: &self.phrases, manner: &self.manner, past: turn.past, lang, now: turn.now }
    }

    fn wishes(&self, reading: &Reading) -> Vec<Label> {
        if reading.smalltalk.is_some() || reading.wants_person {
            Vec::new()
        } else {
            self.intents.read(&reading.meant)
        }
    }

    fn trace(
        &self,
        turn: &Turn<'_>,
        reading: Reading,
        wishes: Vec<Label>,
        considered: Considered,
        timings: Vec<StageTime>,
    ) -> Trace {
        let used = considered.used();
        let Considered { ref decision, ref hits, context, .. } = considered;
        let mut wishes = intents(decision, hits, wishes).into_iter();
        let marks = reading.marks();
        Trace {
            id: turn.id.clone(),
            conversation: turn.conversation.clone(),
            at: turn.now,
            question: reading.masked,
            read_as: reading.read_as,
            context: context.map(|context| mask(&context).text),
            language: reading.language.to_owned(),
            intent: wishes.next(),
            also: wishes.collect(),
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
            used,
            acted: None,
            duty: None,
            advised: Vec::new(),
            reranked: self.library.heard(),
            model_calls: Vec::new(),
            checks: Vec::new(),
            inputs: None,
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

/// 「换一个」 after advice wants another product and not another person.
fn in_context(reading: Reading, past: &Past) -> Reading {
    let wants_person = reading.wants_person && !Advice::wants_more(&reading.meant, past);
    Reading { wants_person, ..reading }
}

/// What was decided, with advice where that is the answer. Where the catalogue answers some of several questions and the
/// knowledge others, both do.
fn settled(considered: Considered, advice: &Advice) -> Considered {
    let both = !advice.questions().is_empty() && !considered.decision.picks.is_empty();
    if both { considered } else { considered.or(advice.decision()).meaning(advice.context()) }
}

fn asking<'a>(turn: &Turn<'a>, reading: &'a Reading, considered: &'a Considered) -> Asking<'a> {
    let Considered { decision, hits, parts, .. } = considered;
    Asking { reading, past: turn.past, decision, hits, parts, shopper: turn.shopper, month: month(turn.now) }
}

/// What is wanted: small talk and a wish for a person are intents of their own; else what was learnt, and before
/// anything was, the group of the entry that is most probably meant.
fn intents(decision: &Decision, hits: &[Hit], wishes: Vec<Label>) -> Vec<Label> {
    let alone = |name: &str| vec![Label { name: name.to_owned(), confidence: decision.confidence }];
    match decision.rung {
        Rung::Handover => alone("person"),
        Rung::Smalltalk => alone(decision.reason),
        _ if !wishes.is_empty() => wishes,
        Rung::Refuse => Vec::new(),
        _ => group(decision, hits).into_iter().collect(),
    }
}

fn group(decision: &Decision, hits: &[Hit]) -> Option<Label> {
    let hit = hits.get(*decision.picks.first()?)?;
    (!hit.category.is_empty()).then(|| Label { name: hit.category.clone(), confidence: hit.probability })
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
