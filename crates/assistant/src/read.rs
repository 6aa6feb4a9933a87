//! Reads a message: language, small talk, mood, facts, whether a person is wanted.

use domain::{Label, Lang};
use language::{
    mask, mood,
    spelling::{Corrected, Speller},
};

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
    /// The words as they were meant: pinyin as characters, slips set right.
    pub meant: String,
    /// The same with personal data masked, if it differs from what was typed.
    pub read_as: Option<String>,
    /// Facts found: kind and masked text.
    pub entities: Vec<(String, String)>,
    /// `positive`, `neutral`, `negative` or `angry`.
    pub mood: Label,
    /// The message is small talk and nothing else.
    pub smalltalk: Option<Smalltalk>,
    /// The customer asks for a person.
    pub wants_person: bool,
}

impl Reading {
    /// Whether the customer is unhappy or angry: then the feeling comes first.
    pub fn is_upset(&self) -> bool {
        self.mood.name == "angry" || self.mood.name == "negative"
    }
}

/// Reads a message by the words that ship. `before` is the language of the conversation so far: it decides for
/// messages that show none.
pub fn read(text: &str, before: Lang) -> Reading {
    read_as(text, Speller::default().correct(text), before)
}

/// Reads a message that was set right already. What the typed words say plainly still counts.
pub fn read_as(text: &str, meant: Corrected, before: Lang) -> Reading {
    let language = spoken(&meant.text);
    let masked = mask::mask(text);
    let (feeling, confidence) = mood::mood(&meant.text);
    let smalltalk = smalltalk(text).or_else(|| smalltalk(&meant.text));
    let asks = asks_for_person(text) || (meant.is_changed() && asks_for_person(&meant.text));
    Reading {
        language: language.name(),
        lang: language.pick(Lang::Zh, Lang::En, before),
        entities: masked
            .found
            .iter()
            .map(|(kind, _)| (fact(*kind).to_owned(), kind.tag().to_owned()))
            .collect(),
        masked: masked.text,
        mood: Label { name: feeling.name().to_owned(), confidence },
        wants_person: smalltalk != Some(Smalltalk::AboutBot) && asks,
        smalltalk,
        read_as: meant.is_changed().then(|| mask::mask(&meant.text).text),
        meant: meant.text,
    }
}

fn fact(kind: mask::Kind) -> &'static str {
    match kind {
        mask::Kind::Email => "email",
        mask::Kind::Phone => "phone",
        mask::Kind::IdCard => "id_card",
        mask::Kind::BankCard => "bank_card",
    }
}
