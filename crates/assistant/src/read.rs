//! Reads a message: language, small talk, mood and marks, facts, whether a person is wanted.

use domain::{Label, Lang, Moment};
use language::{
    facts::{Catalogue, Fact, facts},
    handoff,
    marks::marks,
    mask,
    spelling::{Corrected, Speller},
};

use crate::{
    person::{self, Told},
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
    /// Facts found: kind, and what it says in one spelling; of a personal one only its tag.
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

/// Reads a message by the words that ship. `before` is the language of the conversation so far: it decides for
/// messages that show none. `now` is what "tomorrow" counts from, `products` are the owner's.
pub fn read<'a>(text: &str, before: Lang, now: impl Into<Moment<'a>>, products: &Catalogue) -> Reading {
    read_as(text, Speller::default().correct(text), before, now.into(), products)
}

/// Reads a message that was set right already. What the typed words say plainly still counts.
pub fn read_as(text: &str, meant: Corrected, before: Lang, now: Moment<'_>, products: &Catalogue) -> Reading {
    let marks = marks(&meant.text);
    let brief = brief(text, meant, before, |_| marks.handoff);
    let facts = facts(text, now.today(brief.lang), Some(products));
    let (feeling, suspicion) = (marks.feeling, marks.suspicion);
    let (mood, confidence) = feeling.mood();
    Reading {
        entities: facts.iter().map(entity).collect(),
        masked: mask::hide(text, &facts).text,
        mood: Label { name: mood.name().to_owned(), confidence },
        urgent: feeling.urgent,
        complaint: feeling.complaint,
        attack: suspicion.is_attack.then_some(suspicion.probability),
        read_as: brief.read_as.map(|meant| mask::mask(&meant).text),
        ..brief
    }
}

/// Only what decides on an answer: language, small talk, and whether a person is wanted. Feelings and facts are left
/// out, and nothing is masked: for questions of which no trace is kept.
pub(crate) fn read_briefly(text: &str, meant: Corrected, before: Lang) -> Reading {
    brief(text, meant, before, handoff::asks)
}

/// `probability` says how probable it is that a text asks for a person.
fn brief(text: &str, meant: Corrected, before: Lang, probability: impl FnOnce(&str) -> f32) -> Reading {
    let language = spoken(&meant.text);
    let smalltalk = smalltalk(text).or_else(|| smalltalk(&meant.text));
    let typed = if meant.is_changed() { person::told(text) } else { Told::About };
    let told = typed.max(person::told(&meant.text));
    let asks = told.is_wish(|| if smalltalk.is_some() { 0.0 } else { probability(&meant.text) });
    Reading {
        language: language.name(),
        lang: language.pick(Lang::Zh, Lang::En, before),
        entities: Vec::new(),
        masked: String::new(),
        mood: label("neutral", 1.0),
        urgent: 0.0,
        complaint: 0.0,
        attack: None,
        wants_person: smalltalk != Some(Smalltalk::AboutBot) && asks,
        smalltalk,
        read_as: meant.is_changed().then(|| meant.text.clone()),
        meant: meant.text,
    }
}

fn label(name: &str, confidence: f32) -> Label {
    Label { name: name.to_owned(), confidence }
}

fn entity(fact: &Fact) -> (String, String) {
    let said = fact.kind.tag().map_or_else(|| fact.value.to_string(), ToOwned::to_owned);
    (fact.kind.name().to_owned(), said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entities(text: &str) -> Vec<(String, String)> {
        let products = Catalogue::new(["云雾砂锅", "Cloud Kettle"]);
        // Late on 22 November in Greenwich, early on the 23rd in Beijing.
        let now: domain::Timestamp = "2026-11-22T20:00:00Z".parse().unwrap();
        read(text, Lang::Zh, now, &products).entities
    }

    fn pairs(entities: &[(String, String)]) -> Vec<(&str, &str)> {
        entities.iter().map(|(kind, said)| (kind.as_str(), said.as_str())).collect()
    }

    #[test]
    fn what_is_personal_is_only_a_tag_and_the_rest_is_said_in_one_spelling() {
        let found = entities("订单2024011500123456，云雾砂锅三百块，明天下午打13812345678");
        let expected = [
            ("order", "2024011500123456"),
            ("product", "云雾砂锅"),
            ("amount", "CNY 300.00"),
            ("date", "2026-11-24 afternoon"),
            ("phone", "<PHONE>"),
        ];
        assert_eq!(pairs(&found), expected);
        let found = entities("the cloud kettle for $20 came yesterday to 12 Baker Street, London");
        let expected = [
            ("product", "Cloud Kettle"),
            ("amount", "USD 20.00"),
            ("date", "2026-11-21"),
            ("address", "<ADDRESS>"),
        ];
        assert_eq!(pairs(&found), expected);
    }

    #[test]
    fn tomorrow_is_where_customers_live() {
        let new_york = domain::Zone::try_from("America/New_York".to_owned()).unwrap();
        let now = "2026-11-23T03:00:00Z".parse().unwrap();
        let there =
            read("can you come tomorrow", Lang::En, Moment { now, zone: &new_york }, &Catalogue::default());
        assert_eq!(pairs(&there.entities), [("date", "2026-11-23")], "it is still the evening of the 22nd");
    }
}
