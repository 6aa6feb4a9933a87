//! The check of what a model wrote: nothing is sent that the cited passages do not say.
//!
//! ```text
//!   sentence ─▶ plain ─▶ filter (links, markup, secrets, personal data, promises) ─▶ states nothing? ─▶ compare
//! ```
//!
//! Pure: a sentence and its grounds in, a verdict out. Knowledge, names, order notes and what tools gave are data here:
//! whatever they tell a model to do, what it then writes is held against them like anything else.

mod code;
mod deed;
mod grounded;
mod grounds;
mod link;
mod markup;
mod personal;
mod question;
mod secret;

use std::sync::LazyLock;

pub use grounded::Grounded;
pub use grounds::{Cited, Grounds};
use language::{
    entail::{BINDING, Model, Source, concepts, is_bare_answer, says_nothing, without_courtesy},
    quantity::Unit,
};
pub use markup::plain;

/// Why a sentence is not sent. The code is stable; whoever shows it words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A quantity that no passage has.
    Number,
    /// A day or a time that no passage has.
    Date,
    /// A name that no passage has.
    Name,
    /// Denied here and not there, or there and not here.
    Negation,
    /// A price, a gift, a refund, a guarantee or a legal promise that no passage makes.
    Promise,
    /// An address outside that is neither in the knowledge nor on the list.
    Link,
    /// Markup that could become something else than text.
    Markup,
    /// A key, or words of our own instructions.
    Secret,
    /// Personal data or an order that this customer did not name.
    Personal,
    /// No passage says so.
    Meaning,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 10] = [
        Self::Number,
        Self::Date,
        Self::Name,
        Self::Negation,
        Self::Promise,
        Self::Link,
        Self::Markup,
        Self::Secret,
        Self::Personal,
        Self::Meaning,
    ];

    /// The name in traces.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Promise => "promise",
            Self::Link => "link",
            Self::Markup => "markup",
            Self::Secret => "secret",
            Self::Personal => "personal",
            Self::Meaning => "meaning",
        }
    }
}

/// What became of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It may be sent: these words, and not what came in.
    Kept {
        /// The words without harmless marks.
        text: String,
        /// How probably the passages say so; 1 of what states nothing.
        probability: f32,
    },
    /// It must not be sent.
    Cut(Cut),
}

/// Why a sentence is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Why.
    pub reason: Reason,
    /// What gave offence: for people who look after it, never for customers.
    pub detail: String,
}

impl Cut {
    fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

impl Verdict {
    /// Whether it may be sent.
    pub const fn is_kept(&self) -> bool {
        matches!(self, Self::Kept { .. })
    }
}

static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../models/entail.bin")).unwrap_or_default());

/// Loads the model now rather than at the first sentence.
pub fn warm() {
    SHIPPED.compare("warm 热身", &Source::read("warm 热身"));
}

/// More characters are no sentence: they are cut unread.
const LONGEST: usize = 2_000;

/// Checks one sentence.
pub fn check(sentence: &str, grounds: &Grounds) -> Verdict {
    if sentence.len() > 4 * LONGEST || sentence.chars().count() > LONGEST {
        return Verdict::Cut(Cut::new(Reason::Meaning, "longer than a sentence"));
    }
    let text = plain(sentence);
    match filter(&text, grounds).err().map_or_else(|| judge(&text, grounds), Err) {
        Ok(probability) => Verdict::Kept { text, probability },
        Err(cut) => Verdict::Cut(cut),
    }
}

/// Checks all sentences of a text: what is left of it, and what was cut and why.
pub fn check_all(text: &str, grounds: &Grounds) -> (Vec<String>, Vec<Cut>) {
    let (mut kept, mut cut) = (Vec::new(), Vec::new());
    for sentence in language::entail::sentences(text) {
        match check(sentence, grounds) {
            Verdict::Kept { text, .. } => kept.push(text),
            Verdict::Cut(why) => cut.push(why),
        }
    }
    (kept, cut)
}

/// The output filter alone: what may never get out, whatever it is called.
pub fn filter(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    markup::check(text)?;
    link::check(text, grounds)?;
    secret::check(text, grounds)?;
    personal::check(text, grounds)?;
    code::check(text, grounds)?;
    deed::check(text, grounds)?;
    question::check(text)?;
    promises(text, grounds)
}

fn promises(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    if says_nothing(text) {
        return Ok(());
    }
    let added = concepts(&without_courtesy(text).to_lowercase()) & !grounds.promised;
    match BINDING.iter().find(|concept| added & concept.bit() > 0) {
        Some(concept) => Err(Cut::new(Reason::Promise, format!("{concept:?}"))),
        None => Ok(()),
    }
}

/// How probably the passages say it, or why it is cut.
fn judge(text: &str, grounds: &Grounds) -> Result<f32, Cut> {
    if is_bare_answer(text) {
        return Err(Cut::new(Reason::Meaning, "a yes or a no that nothing follows"));
    }
    if says_nothing(text) || question::asks_back(text, grounds) {
        return Ok(1.0);
    }
    // Addresses were judged by the filter; they are no words.
    let links = link::found(text);
    let words = links.iter().fold(text.to_owned(), |words, link| words.replace(&link.whole, ""));
    if says_nothing(&words) {
        return Ok(1.0);
    }
    let found = SHIPPED.compare(&words, &grounds.source);
    if let Some(quantity) = found.quantities.first() {
        let is_date = matches!(quantity.unit, Unit::Day | Unit::Year | Unit::Weekday | Unit::Clock);
        let reason = if is_date { Reason::Date } else { Reason::Number };
        return Err(Cut::new(reason, format!("{:?} {}", quantity.unit, quantity.value)));
    }
    if let Some(name) = found.names.first() {
        return Err(Cut::new(Reason::Name, name.as_str()));
    }
    if let Some(payer) = found.payer {
        return Err(Cut::new(Reason::Name, payer));
    }
    if let Some(word) = found.excepted {
        return Err(Cut::new(Reason::Negation, word));
    }
    if found.probability < SHIPPED.line() {
        let reason = if found.denied { Reason::Negation } else { Reason::Meaning };
        return Err(Cut::new(reason, format!("probability {:.3}", found.probability)));
    }
    Ok(found.probability)
}

#[cfg(test)]
mod tests;
