//! Entries become passages.

use std::{collections::HashMap, sync::Arc};

use domain::{Entry, EntryText, Kind, Lang, picture::in_words};
use language::{
    embed::{Embedder, Meaning},
    normal, segment, spelling,
};

use super::{
    meaning::{self, Meanings},
    sentences::TextName,
    taught::{Questions, text_for},
    terms::{Listing, Terms},
    words::{self, Key, Words, take_apart},
};

/// A section longer than this many characters is cut at its paragraphs.
const LONG: usize = 1_200;
/// More phrasings than this in one language are not matched: nobody reads them either.
const MOST_PHRASINGS: usize = 64;
/// An answer's opening often says the question again; so many characters count as its opening.
const OPENING: usize = 120;

/// Where a phrasing's words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Title,
    /// The heading of the passage's section.
    Heading,
    Phrasing(u16),
    /// A customer's, who is not quoted.
    Taught,
}

/// One way to ask, ready to compare. Terms are numbers of the snapshot's vocabulary.
pub(super) struct Phrasing {
    pub(super) source: Source,
    /// Where its words, its numbers, its concepts and its grams begin among the terms of the passage, each term once
    /// and in order, and where they end.
    terms: [u32; 5],
    /// Where its core ends among the cores of the passage.
    core: u32,
    pub(super) negated: bool,
    pub(super) asks: u16,
    /// Under which its sentence vector is kept.
    pub(super) name: TextName,
}

/// What is matched: an entry in one language, or a part of a section. What its texts mean stands beside it, so that what
/// is learnt anew shares it.
pub(super) struct Passage {
    pub(super) entry: Arc<Entry>,
    pub(super) lang: Lang,
    pub(super) section: Option<u32>,
    pub(super) heading: Box<str>,
    /// Orders the passages of one entry.
    pub(super) ordinal: u32,
    pub(super) phrasings: Box<[Phrasing]>,
    terms: Terms,
    /// The cores of all phrasings, one after the other.
    cores: Box<str>,
    /// Words in all phrasings, and in the answer.
    pub(super) question_length: u32,
    pub(super) answer_length: u32,
    pub(super) answer_name: TextName,
    /// Its place in the snapshot.
    pub(super) place: u32,
}

/// How often a term stands in each field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) question: u8,
    pub(super) opening: u8,
    pub(super) answer: u16,
}

/// A way to ask, taken apart.
pub(super) struct Way {
    source: Source,
    pub(super) apart: Words,
    core: String,
    meaning: Option<Meaning>,
    name: TextName,
}

/// A passage before its terms have numbers.
pub(super) struct Draft {
    pub(super) lang: Lang,
    pub(super) section: Option<u32>,
    pub(super) heading: String,
    pub(super) ways: Vec<Way>,
    pub(super) answer: Option<Meaning>,
    answer_name: TextName,
    pub(super) question_length: u32,
    pub(super) answer_length: u32,
    /// Sorted by term, for one order everywhere.
    pub(super) counts: Vec<(Key, Counts)>,
}

/// An entry, taken apart.
pub(super) struct Analysed {
    pub(super) entry: Arc<Entry>,
    /// What customers taught of it.
    pub(super) taught: Questions,
    pub(super) drafts: Vec<Draft>,
    /// Its words, repeats included: right as they are written, since the company wrote them.
    pub(super) vocabulary: Vec<Box<str>>,
}

/// What of an entry is matched, before it is read.
struct Layout {
    lang: Lang,
    section: Option<u32>,
    heading: String,
    ways: Vec<(Source, String)>,
    answer: String,
}

pub(super) fn analyse(entry: &Arc<Entry>, taught: Questions, embedder: &Embedder) -> Analysed {
    let mut layouts = layouts(entry);
    add(entry, &taught, &mut layouts);
    let drafts = layouts.into_iter().map(|layout| draft(embedder, layout)).collect();
    Analysed { entry: Arc::clone(entry), taught, drafts, vocabulary: vocabulary(entry) }
}

/// Customers' ways to ask, where the owner's stand: of an article, at its beginning.
fn add(entry: &Entry, taught: &Questions, layouts: &mut [Layout]) {
    for question in taught.iter() {
        let lang = text_for(entry, question);
        if let Some(layout) = layouts.iter_mut().find(|layout| Some(layout.lang) == lang) {
            layout.ways.push((Source::Taught, question.to_string()));
        }
    }
}

fn vocabulary(entry: &Entry) -> Vec<Box<str>> {
    let texts = entry.texts.values().flat_map(|text| {
        let phrasings = text.phrasings.iter().take(MOST_PHRASINGS);
        [&text.title, &text.answer].into_iter().chain(phrasings)
    });
    texts.flat_map(|text| spelling::words(&normal::normalise(segment::head(&in_words(text))))).collect()
}

/// All texts of an entry that have a meaning: its ways to ask, then what it answers.
pub(super) fn texts(entry: &Entry) -> (Vec<String>, Vec<String>) {
    let (mut asked, mut told) = (Vec::new(), Vec::new());
    for layout in layouts(entry) {
        asked.extend(layout.ways.into_iter().map(|(_, text)| text));
        told.push(layout.answer);
    }
    (asked, told)
}

fn layouts(entry: &Entry) -> Vec<Layout> {
    let of_text = |(&lang, text): (&Lang, &EntryText)| match entry.kind {
        Kind::Answer => {
            let (heading, answer) = (String::new(), in_words(&text.answer).into_owned());
            vec![Layout { lang, section: None, heading, ways: asked(text), answer }]
        }
        Kind::Article => article(lang, text),
    };
    entry.texts.iter().flat_map(of_text).collect()
}

fn asked(text: &EntryText) -> Vec<(Source, String)> {
    let phrasings = text.phrasings.iter().take(MOST_PHRASINGS).enumerate();
    std::iter::once((Source::Title, text.title.clone()))
        .chain(phrasings.map(|(at, phrasing)| (Source::Phrasing(at as u16), phrasing.clone())))
        .collect()
}

fn article(lang: Lang, text: &EntryText) -> Vec<Layout> {
    let sections = crate::section::sections(&text.title, &text.answer);
    if sections.is_empty() {
        let (heading, ways) = (text.title.clone(), asked(text));
        return vec![Layout { lang, section: Some(0), heading, ways, answer: String::new() }];
    }
    let mut layouts = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        for (part_at, answer) in parts(&in_words(&section.text)).into_iter().enumerate() {
            // The article's own phrasings lead to its beginning.
            let mut ways =
                if at == 0 && part_at == 0 { asked(text) } else { vec![(Source::Title, text.title.clone())] };
            if section.anchor != "top" {
                ways.push((Source::Heading, section.heading.clone()));
            }
            let heading = section.heading.clone();
            layouts.push(Layout { lang, section: Some(at as u32), heading, ways, answer });
        }
    }
    layouts
}

/// Paragraphs joined up to [`LONG`] characters.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut size = 0;
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let more = paragraph.chars().count();
        match parts.last_mut() {
            Some(part) if size + more <= LONG => {
                part.push_str("\n\n");
                part.push_str(paragraph);
                size += more;
            }
            _ => {
                parts.push(paragraph.to_owned());
                size = more;
            }
        }
    }
    parts
}

fn draft(embedder: &Embedder, layout: Layout) -> Draft {
    let Layout { lang, section, heading, ways, answer } = layout;
    let answer = answer.as_str();
    let mut counts: HashMap<Key, Counts> = HashMap::new();
    let mut question_length = 0;
    let ways: Vec<_> = ways
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(source, text)| {
            let apart = take_apart(&text);
            question_length += apart.single.len() as u32;
            for key in apart.in_questions() {
                let count = counts.entry(key).or_default();
                count.question = count.question.saturating_add(1);
            }
            let meaning = meaning::of(embedder, &apart);
            Way { source, apart, core: normal::core(&text), meaning, name: TextName::of(&text) }
        })
        .collect();
    let apart = take_apart(answer);
    for key in apart.in_answers() {
        let count = counts.entry(key).or_default();
        count.answer = count.answer.saturating_add(1);
    }
    let opening = take_apart(answer.char_indices().nth(OPENING).map_or(answer, |(end, _)| &answer[..end]));
    for key in opening.in_answers() {
        let count = counts.entry(key).or_default();
        count.opening = count.opening.saturating_add(1);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(key, _)| key);
    Draft {
        lang,
        section,
        heading,
        ways,
        answer: meaning::of(embedder, &apart),
        answer_name: TextName::of(answer),
        question_length,
        answer_length: apart.single.len() as u32,
        counts,
    }
}

impl Draft {
    /// What its texts mean.
    pub(super) fn meanings(&self) -> Meanings {
        let asked: Vec<Option<Meaning>> = self.ways.iter().map(|way| way.meaning.clone()).collect();
        Meanings::of(&asked, self.answer.as_ref())
    }

    /// Where it points as a whole.
    pub(super) fn direction(&self) -> Option<Meaning> {
        let asked = self.ways.iter().filter_map(|way| way.meaning.as_ref());
        meaning::of_passage(asked, self.answer.as_ref())
    }

    /// The passage, once `number` names its terms.
    pub(super) fn finish(
        self,
        entry: Arc<Entry>,
        ordinal: u32,
        place: u32,
        number: impl Fn(Key) -> u32,
    ) -> Passage {
        let numbers = |keys: &[Key]| words::distinct(keys).into_iter().map(&number).collect::<Vec<u32>>();
        let (mut listing, mut cores) = (Listing::default(), String::new());
        let phrasings = self.ways.iter().map(|Way { source, apart, core, name, .. }| {
            let begin = listing.len();
            let [words, figures, concepts] = [&apart.single, &apart.numbers, &apart.concepts].map(|keys| {
                listing.extend(numbers(keys));
                listing.len().min(begin + usize::from(u16::MAX))
            });
            // Whoever writes a novel into a phrasing is compared by its beginning.
            listing.truncate(concepts);
            listing.extend(numbers(&[apart.pairs.as_slice(), &apart.triples].concat()));
            cores.push_str(core);
            Phrasing {
                source: *source,
                terms: [begin, words, figures, concepts, listing.len()].map(|at| at as u32),
                core: cores.len() as u32,
                negated: apart.negated,
                asks: apart.asks,
                name: *name,
            }
        });
        Passage {
            place,
            entry,
            lang: self.lang,
            section: self.section,
            heading: self.heading.into(),
            ordinal,
            phrasings: phrasings.collect(),
            terms: listing.finish(),
            cores: cores.into(),
            question_length: self.question_length,
            answer_length: self.answer_length,
            answer_name: self.answer_name,
        }
    }
}

/// Which of a phrasing's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Words,
    Numbers,
    Concepts,
    Grams,
}

impl Passage {
    /// Bytes that it holds.
    pub(super) fn bytes(&self) -> usize {
        let phrasings = self.phrasings.len() * size_of::<Phrasing>();
        size_of::<Self>() + phrasings + self.terms.bytes() + self.cores.len() + self.heading.len()
    }

    /// Terms of one of its phrasings, each once, in order.
    pub(super) fn terms(&self, phrasing: &Phrasing, of: Of) -> impl ExactSizeIterator<Item = u32> + '_ {
        let [from, to] = [phrasing.terms[of as usize], phrasing.terms[of as usize + 1]];
        self.terms.listed(from as usize, to as usize)
    }

    /// What is left of a phrasing without punctuation and filler words.
    pub(super) fn core(&self, way: usize) -> &str {
        let begin = way.checked_sub(1).map_or(0, |before| self.phrasings[before].core);
        &self.cores[begin as usize..self.phrasings[way].core as usize]
    }

    /// The entry's question, or the heading of the section.
    pub(super) fn title(&self) -> &str {
        if self.section.is_some() { &self.heading } else { self.text(Source::Title) }
    }

    /// A phrasing as its owner wrote it.
    pub(super) fn text(&self, source: Source) -> &str {
        let text = self.entry.texts.get(&self.lang);
        match source {
            Source::Title | Source::Taught => text.map_or("", |text| &text.title),
            Source::Heading => &self.heading,
            Source::Phrasing(at) => {
                text.and_then(|text| text.phrasings.get(usize::from(at))).map_or("", String::as_str)
            }
        }
    }
}
