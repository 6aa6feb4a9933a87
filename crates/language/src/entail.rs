//! Does a text say what a sentence says?
//!
//! A sentence is cut into words, each is looked up in the source by form and by meaning, and how it stands is put
//! in some hundred numbers that a forest of small trees weighs. What can be told exactly (quantities, what is promised,
//! what is denied) is told beside the probability, so that whoever asks can be strict about it.

mod clauses;
mod edits;
mod features;
mod figures;
mod forest;
mod idle;
mod judges;
mod kinds;
mod lists;
mod manner;
mod matched;
mod nearness;
mod only;
mod payer;
mod pieces;
mod polarity;
mod rivals;
mod shares;
mod source;
mod words;

pub use features::NAMES;
pub(crate) use forest::{Forest, Node};
pub use idle::{says_nothing, without_courtesy};
pub(crate) use judges::{Judges, LINE};
pub use kinds::{is_another, names_another};
pub use lists::{BINDING, Concept, concepts};
pub(crate) use lists::{SYNONYMS, opposite_surface};
use matched::Matched;
pub use only::{is_bare_answer, says_only};
pub use source::Source;

use crate::quantity::Quantity;

/// What the comparison of a sentence with its source gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The probability that the source says it.
    pub probability: f32,
    /// Quantities that the source does not have.
    pub quantities: Vec<Quantity>,
    /// Promises that the source does not make, as bits of [`Concept::bit`].
    pub promises: u32,
    /// Names, written as names are, that the source does not have.
    pub names: Vec<String>,
    /// Whether one of them denies what the other says.
    pub denied: bool,
    /// Who pays by the sentence and by no word of the source.
    pub payer: Option<String>,
    /// A thing that the source names only as an exception, where the sentence makes none of it.
    pub excepted: Option<String>,
}

/// What weighs how a sentence stands to its source: read from the file that [`crate::train::entail`] makes.
#[derive(Debug, Clone, Default)]
pub struct Model(Judges);

impl Model {
    /// Reads a model's file; `None` of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Judges::from_bytes(bytes).map(Self)
    }

    /// The probability from which a sentence is taken for said: where it lies was chosen on rows of which nothing was
    /// learnt. Without a model nothing reaches it.
    pub fn line(&self) -> f32 {
        if self.0.free.trees.is_empty() { 1.1 } else { LINE }
    }

    /// Compares one sentence with a source.
    pub fn compare(&self, sentence: &str, source: &Source) -> Compared {
        let (values, compared) = look(sentence, source);
        let probability = self.0.probability(&values);
        let share = repeated(sentence, source, &values, &compared);
        let quoted = share.is_some_and(|share| probability >= share * self.line());
        Compared { probability: if quoted { probability.max(self.line()) } else { probability }, ..compared }
    }
}

/// What repeats a line word for word needs no more than this share of the line.
const QUOTED: f32 = 0.33;
/// The same of what is said of one order by its number, in the words of its record.
const RECORDED: f32 = 0.05;
/// Words that say that something was done, which a text about how things are done does not say.
const DEEDS: [&str; 9] =
    ["已经", "已为", "已帮", "已给", "已将", "已取消", "has been", "have been", "already"];

/// The share of the line that will do where one line has all that a sentence tells, in the same order, or a record has
/// it, and nothing that can be told speaks against it.
fn repeated(sentence: &str, source: &Source, values: &[f32], compared: &Compared) -> Option<f32> {
    let value =
        |name: &str| NAMES.iter().position(|known| *known == name).and_then(|at| values.get(at)).copied();
    let above = |name: &str, line: f32| value(name).is_some_and(|value| value > line);
    let low = sentence.to_lowercase();
    let deeds = DEEDS.iter().any(|word| low.contains(word) && !source.text.low.contains(word));
    let exact = !compared.denied && !above("farthest", 0.001) && !above("swapped", 0.2) && !deeds;
    let number = |word: &str| word.len() >= 8 && word.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let recorded = || {
        let words = low.split(|c: char| !c.is_ascii_alphanumeric());
        words.filter(|word| number(word)).any(|word| source.by_text.contains_key(word))
    };
    match () {
        () if !exact => None,
        () if above("two lines covered", 0.999) && recorded() => Some(RECORDED),
        () if above("best line covered", 0.999) && above("order", 0.999) => Some(QUOTED),
        () => None,
    }
}

/// What a sentence's comparison is made of: the values that a forest weighs, and all but the probability.
pub(crate) fn look(sentence: &str, source: &Source) -> (Vec<f32>, Compared) {
    let sentence = idle::without_courtesy(sentence);
    let text = words::read(sentence);
    let matched = Matched::new(&text, source);
    let mut figures = figures::check(sentence, &text, source);
    let tied = rivals::tie(&text, source, &matched);
    let values = features::of(sentence, &text, source, &figures, &matched, &tied);
    if figures.lacking.is_empty() {
        figures.lacking.extend(tied.ousted);
    }
    let value =
        |name: &str| NAMES.iter().position(|known| *known == name).and_then(|at| values.get(at)).copied();
    let above = |name: &str, line: f32| value(name).is_some_and(|value| value > line);
    let names = text.words.iter().filter(|word| word.named && !source.by_text.contains_key(&word.text));
    // In another language a name may be written otherwise; what has digits is not.
    let foreign = above("languages differ", 0.5);
    let mut names: Vec<String> = names
        .filter(|word| {
            !source.text.low.contains(&word.text)
                && !DAYS.contains(&word.text.as_str())
                && (!foreign || word.text.contains(|c: char| c.is_ascii_digit()))
        })
        .map(|word| word.text.clone())
        .collect();
    if !foreign {
        names.extend(quoted(sentence).filter(|name| !source.tight.contains(&tight(name))).map(str::to_owned));
    }
    let excepted = excepted(&text, source);
    let denied = polarity::opens_otherwise(&text.low, &source.text.low)
        || above("parity differs covered", 0.5)
        || above("denied here only", 0.2)
        || above("denied there only", 0.2)
        || above("limits turned", 0.5);
    let payer = payer::other_payer(&text.low, &source.text.low);
    let compared = Compared {
        probability: 0.0,
        payer,
        promises: concepts(&text.low) & !source.concepts,
        quantities: figures.lacking,
        names,
        excepted,
        denied,
    };
    (values, compared)
}

/// Days of the week are compared as such.
const DAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondai",
    "tuesdai",
    "wednesdai",
    "thursdai",
    "fridai",
    "saturdai",
    "sundai",
];

/// Words that make an exception of what stands in their clause.
const EXCEPT: [&str; 8] = ["除外", "除了", "不包括", "除非", "except", "excluding", "excluded", "unless"];

/// Words that let something be in one case alone.
const ONLY: [&str; 4] = ["only", "只有", "只在", "才"];

/// A telling word that the source has in clauses of exceptions alone, where the sentence denies nothing.
fn excepted(text: &words::Text, source: &Source) -> Option<String> {
    let says = |low: &str| EXCEPT.iter().any(|word| low.contains(word));
    // "Only if" says what "not unless" says.
    let only_if = ONLY.iter().any(|word| text.low.contains(word));
    // "Returns without a reason" is what the exception is from, and no denial of it.
    let shared = |word: &words::Word| word.text == "without" && source.by_text.contains_key(&word.text);
    let denies = text.words.iter().any(|word| word.denial && !shared(word));
    if says(&text.low) || only_if || denies || !says(&source.text.low) {
        return None;
    }
    let exception = |place: u32| {
        let clause = source.text.clauses.iter().find(|clause| clause.contains(&(place as usize)));
        clause.is_some_and(|clause| {
            source.text.words[clause.clone()]
                .iter()
                .any(|word| EXCEPT.iter().any(|known| known.starts_with(&word.text) && word.text.len() > 3))
        })
    };
    let only = |word: &&words::Word| {
        let known = source.by_text.get(&word.text).map(|&known| &source.known[known].places);
        word.tells()
            && word.weight > 0.4
            && source::spelt(&word.text).is_none()
            && known.is_some_and(|places| places.iter().all(|&place| exception(place)))
    };
    text.words.iter().find(only).map(|word| word.text.clone())
}

/// What stands in quotation marks: the names of buttons, pages and the like.
fn quoted(sentence: &str) -> impl Iterator<Item = &str> {
    [('“', '”'), ('「', '」'), ('《', '》'), ('【', '】')].into_iter().flat_map(move |(open, close)| {
        let inside = sentence.split(open).skip(1);
        inside
            .filter_map(move |rest| rest.split_once(close))
            .map(|(name, _)| name)
            .filter(|name| name.chars().count() <= 24)
    })
}

/// Letters and digits only, in lower case: what is compared where marks and blanks do not count.
pub(crate) fn tight(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sentences of a text, as the comparison cuts them.
pub fn sentences(text: &str) -> Vec<&str> {
    words::sentences(text).into_iter().map(|span| &text[span]).collect()
}

/// Whether a sentence asks rather than states.
pub fn asks(sentence: &str) -> bool {
    words::asks(sentence)
}
