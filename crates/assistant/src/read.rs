//! Reads a message: language, small talk, mood and marks, facts, whether a person is wanted.

use domain::{Label, Lang};
use language::{attack, mask};

use crate::{
    person::asks_for_person,
    smalltalk::{Smalltalk, smalltalk},
    spoken::spoken,
};

/// What a message says, before any knowledge is asked.
#[derive(Debug, Clone)]
pub struct Reading {
    /// `zh`, `en`, `mixed` or `other`.
    pub language: &'static str,
    /// The language to answer in.
    pub lang: Lang,
    /// The words with personal data masked: what is kept, logged and shown in traces.
    pub masked: String,
    /// Facts found: kind and masked text.
    pub entities: Vec<(String, String)>,
    /// `positive`, `neutral`, `negative` or `angry`.
    pub mood: Label,
    /// The probability that time presses.
    pub urgent: f32,
    /// The probability that this is a complaint that wants an answer.
    pub complaint: f32,
    /// The probability that it tries to instruct the assistant, where that is enough to be marked.
    pub attack: Option<f32>,
    /// The message is small talk and nothing else.
    pub smalltalk: Option<Smalltalk>,
    /// The customer asks for a person.
    pub wants_person: bool,
}

impl Reading {
    /// The marks that people at the desk see: `urgent`, `complaint`, `attack`, each with its probability.
    pub fn marks(&self) -> Vec<Label> {
        /// A mark that is more probable than not.
        const LIKELY: f32 = 0.5;
        let likely = |name: &str, share: f32| (share >= LIKELY).then(|| label(name, share));
        let urgent = likely("urgent", self.urgent);
        let complaint = likely("complaint", self.complaint);
        [urgent, complaint, self.attack.map(|share| label("attack", share))].into_iter().flatten().collect()
    }

    /// Whether people should look at it soon: time presses, or it is a complaint.
    pub fn presses(&self) -> bool {
        self.marks().iter().any(|mark| mark.name != "attack")
    }

    /// Whether the customer is unhappy or angry: then the feeling comes first.
    pub fn is_upset(&self) -> bool {
        self.mood.name == "angry" || self.mood.name == "negative"
    }
}

/// Reads a message. `before` is the language of the conversation so far: it decides for messages
/// that show none.
pub fn read(text: &str, before: Lang) -> Reading {
    let language = spoken(text);
    let masked = mask::mask(text);
    let (feeling, suspicion) = attack::with_feeling(text);
    let (mood, confidence) = feeling.mood();
    let smalltalk = smalltalk(text);
    Reading {
        language: language.name(),
        lang: language.pick(Lang::Zh, Lang::En, before),
        entities: masked
            .found
            .iter()
            .map(|(kind, _)| (fact(*kind).to_owned(), kind.tag().to_owned()))
            .collect(),
        masked: masked.text,
        mood: Label { name: mood.name().to_owned(), confidence },
        urgent: feeling.urgent,
        complaint: feeling.complaint,
        attack: suspicion.is_attack.then_some(suspicion.probability),
        wants_person: smalltalk != Some(Smalltalk::AboutBot) && asks_for_person(text),
        smalltalk,
    }
}

fn label(name: &str, confidence: f32) -> Label {
    Label { name: name.to_owned(), confidence }
}

fn fact(kind: mask::Kind) -> &'static str {
    match kind {
        mask::Kind::Email => "email",
        mask::Kind::Phone => "phone",
        mask::Kind::IdCard => "id_card",
        mask::Kind::BankCard => "bank_card",
    }
}
