//! What a sentence model is asked about, so that the built-in directions learn from it: short English texts, and the
//! Chinese of which they are translations. Labels are not read.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use language::{
    is_han,
    normal::normalise,
    train::{
        semantic::{Lessons, Source},
        sets::is_permissive,
    },
};
use serde::Deserialize;

use super::{FaqRow, Measured, SectionRow, file, licensed};
use crate::train::sets::{SetError, rows};

/// Bytes; longer texts cost the model more than they teach.
const LONGEST: usize = 48;
/// And of a sentence out of a longer text, shorter ones are seldom whole.
const SHORTEST_SENTENCE: usize = 20;
/// Sentences of one answer or section.
const SENTENCES: usize = 3;
/// A word is asked about once it stands in so many texts, and two in a row in so many.
const USUAL: [usize; 2] = [3, 12];
/// What is said to somebody, beside the texts of the pairs.
const SAID: &[&str] = &[
    "intent/banking77",
    "intent/clinc150",
    "intent/hwu64",
    "intent/multidogo_airline",
    "intent/multidogo_fastfood",
    "intent/multidogo_finance",
    "intent/multidogo_media",
    "sentiment/xed_emotion_en",
];
const ANSWERS: &[&str] = &["docs_faq_en", "dstc9_travel_en", "medquad_en"];
const SECTIONS: &[&str] = &["help_en"];

#[derive(Deserialize)]
struct SaidRow {
    text: String,
    split: String,
}

/// What to ask a sentence model about that reads English; `sources` and `permissive` as in [`super::pairs`].
pub fn lessons(sources: &[Source], data: &Path, permissive: bool) -> Result<Lessons, SetError> {
    let measured = Measured::read(data)?;
    let mut found = Gathered::new(&measured);
    for pair in sources.iter().flat_map(|source| &source.pairs) {
        found.mean_the_same(&pair.a, &pair.b);
    }
    let may = |set: &String| !permissive || is_permissive(set);
    for set in SAID.iter().map(|&set| licensed_set(set, permissive)).filter(may) {
        let said: Vec<SaidRow> = rows(&file(data, &set))?;
        for row in said.iter().filter(|row| row.split == "train") {
            found.add(&row.text);
        }
    }
    for set in ANSWERS.iter().map(|name| format!("faq/{name}")).filter(may) {
        let answers: Vec<FaqRow> = rows(&file(data, &set))?;
        for row in &answers {
            found.sentences(&[&row.question], &row.answer);
        }
    }
    for set in SECTIONS.iter().map(|name| format!("docs/{name}")).filter(may) {
        let sections: Vec<SectionRow> = rows(&file(data, &set))?;
        for row in &sections {
            found.sentences(&[&row.title, &row.heading], &row.text);
        }
    }
    found.words();
    Ok(found.lessons)
}

fn licensed_set(set: &str, permissive: bool) -> String {
    match set.strip_prefix("intent/") {
        Some(name) if permissive => format!("intent/{}", licensed(name)),
        _ => set.to_owned(),
    }
}

/// Texts to ask about, each once.
struct Gathered<'a> {
    lessons: Lessons,
    /// Where a text stands, in normal form.
    places: HashMap<String, u32>,
    translated: HashSet<(String, u32)>,
    measured: &'a Measured,
}

impl<'a> Gathered<'a> {
    fn new(measured: &'a Measured) -> Self {
        let (lessons, places, translated) = (Lessons::default(), HashMap::new(), HashSet::new());
        Self { lessons, places, translated, measured }
    }

    /// The place of an English text; `None` of what the model would not read well, and of what is measured on.
    fn add(&mut self, text: &str) -> Option<u32> {
        let (text, normal) = (text.trim(), normalise(text.trim()));
        let known = self.places.get(&normal).copied();
        if known.is_some() || !is_short_english(text) || self.measured.holds(text) {
            return known;
        }
        let at = self.lessons.read.len() as u32;
        self.lessons.read.push(text.to_owned());
        self.lessons.learnt.push((text.to_owned(), at));
        self.places.insert(normal, at);
        Some(at)
    }

    /// Both, where they are English; and the Chinese one as what the English one is.
    fn mean_the_same(&mut self, a: &str, b: &str) {
        let places = [self.add(a), self.add(b)];
        for (text, other) in [(a, places[1]), (b, places[0])] {
            if let Some(at) = other.filter(|_| text.chars().any(is_han))
                && self.translated.insert((normalise(text), at))
            {
                self.lessons.learnt.push((text.to_owned(), at));
            }
        }
    }

    /// The first sentences of a text, unless it or what stands over it is measured on.
    fn sentences(&mut self, over: &[&str], text: &str) {
        if over.iter().any(|over| self.measured.holds(over)) || self.measured.holds(text) {
            return;
        }
        let sentences = text.split(['\n', '.', '!', '?', ';']).filter(|text| text.len() >= SHORTEST_SENTENCE);
        for sentence in sentences.take(SENTENCES) {
            self.add(sentence);
        }
    }

    /// Usual words alone and two in a row: what they mean where no text says it.
    fn words(&mut self) {
        let mut tally: BTreeMap<String, usize> = BTreeMap::new();
        for text in &self.lessons.read {
            let normal = normalise(text);
            let words: Vec<&str> =
                normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let both = words.windows(2).map(|pair| pair.join(" "));
            let once: HashSet<String> = both.chain(words.iter().map(|&word| word.to_owned())).collect();
            for words in once {
                *tally.entry(words).or_default() += 1;
            }
        }
        for (words, count) in tally {
            if count >= USUAL[usize::from(words.contains(' '))] {
                self.add(&words);
            }
        }
    }
}

fn is_short_english(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().any(|byte| byte.is_ascii_alphabetic()) && !text.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(pairs: &[(&str, &str)], measured: &Measured) -> Lessons {
        let mut found = Gathered::new(measured);
        for (a, b) in pairs {
            found.mean_the_same(a, b);
        }
        found.lessons
    }

    fn nothing_measured() -> Measured {
        Measured { questions: HashSet::new(), sentences: HashSet::new() }
    }

    #[test]
    fn a_translation_learns_what_its_english_says() {
        let lessons = gathered(&[("怎么退款", "How do I get a refund?")], &nothing_measured());
        assert_eq!(lessons.read, ["How do I get a refund?"]);
        let learnt: Vec<_> = lessons.learnt.iter().map(|(text, at)| (text.as_str(), *at)).collect();
        assert_eq!(learnt, [("How do I get a refund?", 0), ("怎么退款", 0)]);
    }

    #[test]
    fn chinese_alone_long_texts_and_repeats_are_not_asked_about() {
        let long = "word ".repeat(40);
        let pairs = [("怎么退款", "如何退款"), (long.as_str(), "Pay here"), ("pay here", "PAY HERE")];
        assert_eq!(gathered(&pairs, &nothing_measured()).read, ["Pay here"]);
    }

    #[test]
    fn what_is_measured_on_is_not_asked_about_nor_are_its_translations() {
        let mut measured = nothing_measured();
        measured.questions.insert(normalise("How do I get a refund?"));
        assert_eq!(gathered(&[("怎么退款", "How do I get a refund?")], &measured), Lessons::default());
    }

    #[test]
    fn usual_words_are_asked_about_alone() {
        let asked = ["a refund please", "where is my refund", "refund it now", "may I pay"];
        let measured = nothing_measured();
        let mut found = Gathered::new(&measured);
        for text in asked {
            found.add(text);
        }
        found.words();
        assert_eq!(found.lessons.read[asked.len()..], ["refund"]);
    }
}
