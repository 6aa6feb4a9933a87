//! What speaks for a passage: each feature is a number between about -1 and 2, larger for closer.

use language::embed::Meaning;

use super::{
    candidates::Matched,
    likeness::Words,
    meaning::Meanings,
    passage::{Of, Passage, Phrasing, Source},
    question::Asked,
    sentences::TextName,
    snapshot::Snapshot,
};

macro_rules! features {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// What is known of a passage under a question.
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub(crate) struct Features { $($(#[doc = $doc])* pub(crate) $name: f32,)* }

        /// Their names, in the order of [`Features::values`].
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];

        impl Features {
            pub(crate) fn values(&self) -> [f32; NAMES.len()] { [$(self.$name),*] }
        }
    };
}

features! {
    /// Of what the question says, the share that the closest phrasing says too.
    covered,
    /// Of what the closest phrasing says, the share that the question says too.
    covering,
    /// Both in one, the harmonic mean.
    overlap,
    /// `covered`, of grams.
    shape_covered,
    /// `covering`, of grams.
    shape_covering,
    /// `overlap`, of grams.
    shape,
    /// The longest common run of characters, as a share of the shorter text.
    run,
    /// Whether the cores are the same.
    same,
    /// The overlap of the entry's second closest phrasing.
    second,
    /// BM25 of words over all phrasings, as a share of the question's weight.
    question_words,
    /// The same for grams.
    question_grams,
    /// BM25 of words over the answer.
    answer_words,
    /// The same for Chinese pairs.
    answer_grams,
    /// The share of the question's words that the answer says.
    said,
    /// The share of its pairs that the answer says.
    said_grams,
    /// The share of its words that the answer's opening says.
    opening,
    /// The share of its pairs that the answer's opening says.
    opening_grams,
    /// The share of its words that stand in a phrasing or in the answer.
    anywhere,
    /// The share of its concepts that the closest phrasing names.
    concepts,
    /// Of the phrasing's concepts, the share that the question names.
    concepts_back,
    /// The share of its concepts named anywhere in the passage.
    concepts_anywhere,
    /// How rare the rarest word is that the passage lacks, against the rarest of the question.
    lacking,
    /// Whether the question names what other businesses are asked about: 1 if this knowledge never does, a half if
    /// only this passage does not.
    elsewhere,
    /// Whether numbers in the one are absent from the other.
    numbers,
    /// Whether only one of both denies.
    denial,
    /// Whether both ask for the same kind of thing (1) or for different ones (-1).
    asks,
    /// How close in meaning the closest phrasing is.
    meaning,
    /// How close the passage is as a whole.
    meaning_centre,
    /// How close in meaning the answer is.
    meaning_answer,
    /// The share of the question's words that have one like it in the phrasing that is most like it.
    like_covered,
    /// The share of that phrasing's words that have one like it in the question.
    like_covering,
    /// Both in one.
    like,
    /// The most that a single word of the question is missed there, against its heaviest word.
    like_missed,
    /// How many ways to ask are written down, as a logarithm: among many, one lies close more easily.
    phrasings,
    /// One: how likely a passage of its kind is right at all.
    present,
}

/// So many of a passage's phrasings, the closest ones, are compared word by word.
const WORD_BY_WORD: usize = 3;
/// And so many passages.
const LOOKED_AT_AGAIN: usize = 32;
/// A question of more words than this is a story.
const STORY: usize = 20;

/// What kind of passage it is: the same feature says more of one kind than of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A question with its phrasings, perhaps with an answer.
    Asked,
    /// The same under a question that is told as a story: much of it is beside the point.
    Told,
    /// An answer to which no question is written.
    Bare,
    /// A part of an article.
    Section,
    /// In another language than the question.
    Foreign,
    /// The same, and an answer to which no question is written.
    ForeignBare,
}

impl Sort {
    pub(crate) const ALL: [Self; 6] =
        [Self::Asked, Self::Told, Self::Bare, Self::Section, Self::Foreign, Self::ForeignBare];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Told => "told",
            Self::Bare => "bare",
            Self::Section => "section",
            Self::Foreign => "foreign",
            Self::ForeignBare => "foreign_bare",
        }
    }

    /// What it counts as for all but the order, to which alone [`Self::ForeignBare`] makes a difference.
    pub(crate) const fn in_general(self) -> Self {
        if matches!(self, Self::ForeignBare) { Self::Foreign } else { self }
    }

    pub(super) fn of(passage: &Passage, asked: &Asked) -> Self {
        if asked.lang.is_some_and(|lang| lang != passage.lang) {
            if passage.section.is_none() && passage.phrasings.is_empty() {
                Self::ForeignBare
            } else {
                Self::Foreign
            }
        } else if passage.section.is_some() {
            Self::Section
        } else if passage.phrasings.is_empty() {
            Self::Bare
        } else if asked.words.len() > STORY {
            Self::Told
        } else {
            Self::Asked
        }
    }
}

/// What was seen of a passage at a first look.
pub(super) struct Look<'a> {
    pub(super) features: Features,
    pub(super) closest: Option<Source>,
    /// How close the closest phrasing is, and the few closest ones.
    closeness: f32,
    ways: Vec<(f32, &'a Phrasing)>,
    passage: &'a Passage,
}

impl Look<'_> {
    /// Compares the closest phrasings word by word.
    fn word_by_word(&mut self, words: &mut Words<'_>) {
        for (_, phrasing) in &self.ways {
            let likeness = words.likeness(self.passage.terms(phrasing, Of::Words));
            let features = &mut self.features;
            if likeness.both() > features.like {
                (features.like_covered, features.like_covering) = (likeness.covered, likeness.covering);
                (features.like, features.like_missed) = (likeness.both(), likeness.missed);
            }
        }
    }
}

/// A second look at the passages that are closest at the first.
pub(super) fn look_again(looks: &mut [Look<'_>], words: &mut Words<'_>) {
    let mut order: Vec<usize> = (0..looks.len()).collect();
    order.sort_by(|&a, &b| looks[b].closeness.total_cmp(&looks[a].closeness));
    order.into_iter().take(LOOKED_AT_AGAIN).for_each(|at| looks[at].word_by_word(words));
}

/// The features of a passage, and its closest phrasing.
pub(super) fn look<'a>(
    snapshot: &Snapshot,
    asked: &Asked,
    passage: &'a Passage,
    matched: &Matched,
) -> Look<'a> {
    let share = |part: f32, mass: f32| if mass > 0.0 { part / mass } else { 0.0 };
    let meanings = snapshot.meanings[passage.place as usize].as_deref();
    let known = |of: &dyn Fn(&Meanings, &Meaning) -> Option<f32>| {
        meanings.zip(asked.meaning.as_ref()).and_then(|(meanings, asked)| of(meanings, asked))
    };
    let mut features = Features {
        question_words: share(matched.question_words, asked.word_mass),
        question_grams: share(matched.question_grams, asked.gram_mass),
        answer_words: share(matched.answer_words, asked.word_mass),
        answer_grams: share(matched.answer_grams, asked.pair_mass),
        said: share(matched.said, asked.word_mass),
        said_grams: share(matched.said_grams, asked.pair_mass),
        opening: share(matched.opening, asked.word_mass),
        opening_grams: share(matched.opening_grams, asked.pair_mass),
        anywhere: share(matched.anywhere, asked.word_mass),
        concepts_anywhere: share(matched.concepts, asked.concept_mass),
        lacking: lacking(asked, matched),
        elsewhere: elsewhere(snapshot, asked, passage),
        meaning_answer: close(
            snapshot,
            asked,
            passage,
            known(&|meanings, asked| meanings.closeness_of_answer(asked)),
            &passage.answer_name,
        ),
        meaning_centre: centre(snapshot, asked, passage),
        like_missed: 1.0,
        phrasings: (1.0 + passage.phrasings.len() as f32).ln(),
        present: 1.0,
        ..Features::default()
    };
    let mut closest: Option<(f32, usize)> = None;
    let mut ways: Vec<(f32, &Phrasing)> = Vec::with_capacity(passage.phrasings.len());
    for (way, phrasing) in passage.phrasings.iter().enumerate() {
        let terms = |of| passage.terms(phrasing, of);
        let [covered, covering] = both_ways(snapshot, asked, asked.word_mass, terms(Of::Words));
        let [grams_covered, grams_covering] = both_ways(snapshot, asked, asked.gram_mass, terms(Of::Grams));
        let (overlap, gram_overlap) = (harmonic(covered, covering), harmonic(grams_covered, grams_covering));
        let ours = known(&|meanings, asked| meanings.closeness(way, asked));
        let meaning = close(snapshot, asked, passage, ours, &phrasing.name);
        features.meaning = features.meaning.max(meaning);
        let closeness = overlap + gram_overlap + meaning;
        ways.push((closeness, phrasing));
        let best = closest.map_or(-1.0, |(best, _)| best);
        // The runner-up is whoever of the two gives way; at first, nobody.
        features.second = features.second.max(best.min(closeness));
        if closeness > best {
            closest = Some((closeness, way));
            (features.covered, features.covering, features.overlap) = (covered, covering, overlap);
            (features.shape_covered, features.shape_covering) = (grams_covered, grams_covering);
            features.shape = gram_overlap;
        }
    }
    ways.sort_by(|a, b| b.0.total_cmp(&a.0));
    ways.truncate(WORD_BY_WORD);
    let Some((closeness, way)) = closest else {
        return Look { features, closest: None, closeness: 0.0, ways, passage };
    };
    let (phrasing, core) = (&passage.phrasings[way], passage.core(way));
    features.run = common_run(&asked.core, core);
    features.same = f32::from(u8::from(is_same(&asked.core, core)));
    [features.concepts, features.concepts_back] =
        both_ways(snapshot, asked, asked.concept_mass, passage.terms(phrasing, Of::Concepts));
    features.numbers = number_gap(asked, passage, phrasing);
    features.denial = f32::from(u8::from(asked.negated != phrasing.negated));
    features.asks = match (asked.asks & phrasing.asks, asked.asks, phrasing.asks) {
        (1.., ..) => 1.0,
        (0, 1.., 1..) => -1.0,
        _ => 0.0,
    };
    Look { features, closest: Some(phrasing.source), closeness, ways, passage }
}

/// How close a passage is as a whole.
fn centre(snapshot: &Snapshot, asked: &Asked, passage: &Passage) -> f32 {
    let closeness = |asked| snapshot.directions.closeness(passage.place, asked);
    let ours = asked.meaning.as_ref().map_or(0.0, |asked| closeness(asked).max(0.0));
    snapshot.plugged.as_ref().map_or(ours, |plugged| plugged.close_to(asked, passage, ours))
}

/// How close a text of a passage is in meaning to the question, from 0 (or opposed) to 1.
fn close(snapshot: &Snapshot, asked: &Asked, passage: &Passage, ours: Option<f32>, name: &TextName) -> f32 {
    let ours = ours.map_or(0.0, |ours| ours.max(0.0));
    snapshot.plugged.as_ref().map_or(ours, |plugged| plugged.close(asked, name, passage.lang, ours))
}

/// Whether a title or phrasing of this passage is the question itself.
pub(super) fn same_as(asked: &Asked, passage: &Passage) -> Option<Source> {
    let ways = passage.phrasings.iter().enumerate();
    // What a customer said once is not the entry's own word.
    let same = |(way, phrasing): &(usize, &Phrasing)| {
        phrasing.source != Source::Taught && is_same(&asked.core, passage.core(*way))
    };
    ways.into_iter().find(same).map(|(_, phrasing)| phrasing.source)
}

fn is_same(asked: &str, core: &str) -> bool {
    !asked.is_empty() && asked == core
}

/// The weight of the shared words: as a share of the question's, and of the phrasing's.
fn both_ways(snapshot: &Snapshot, asked: &Asked, mass: f32, phrasing: impl Iterator<Item = u32>) -> [f32; 2] {
    let (mut shared, mut all) = (0.0, 0.0);
    for word in phrasing {
        let weight = snapshot.weight(word);
        all += weight;
        if asked.known[word as usize] {
            shared += weight;
        }
    }
    [if mass > 0.0 { (shared / mass).min(1.0) } else { 0.0 }, if all > 0.0 { shared / all } else { 0.0 }]
}

fn harmonic(a: f32, b: f32) -> f32 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// The longest common substring of the first 64 characters, against the shorter text.
fn common_run(a: &str, b: &str) -> f32 {
    const MOST: usize = 64;
    let mut other = ['\0'; MOST];
    let mut length = 0;
    for (place, c) in other.iter_mut().zip(b.chars()) {
        *place = c;
        length += 1;
    }
    let (mut runs, mut longest, mut asked_length) = ([0_u8; MOST + 1], 0, 0);
    for c in a.chars().take(MOST) {
        asked_length += 1;
        for at in (0..length).rev() {
            runs[at + 1] = if other[at] == c { runs[at] + 1 } else { 0 };
            longest = longest.max(runs[at + 1]);
        }
    }
    let shorter = length.min(asked_length);
    if shorter == 0 { 0.0 } else { f32::from(longest) / shorter as f32 }
}

fn number_gap(asked: &Asked, passage: &Passage, phrasing: &Phrasing) -> f32 {
    let mut said = passage.terms(phrasing, Of::Numbers);
    let holds = |number: u32| passage.terms(phrasing, Of::Numbers).any(|known| known == number);
    let absent = asked.numbers.iter().any(|number| number.is_none_or(|number| !holds(number)));
    let extra = said.any(|number| !asked.numbers.contains(&Some(number)));
    f32::from(u8::from(absent)) * 0.5 + f32::from(u8::from(extra)) * 0.5
}

/// How far the question is at home elsewhere.
fn elsewhere(snapshot: &Snapshot, asked: &Asked, passage: &Passage) -> f32 {
    let away = |number: &Option<u32>| {
        let held = number.map(|number| &snapshot.terms[number as usize].postings);
        match held {
            Some(held) if held.holds(passage.place) => 0.0,
            Some(held) if !held.is_empty() => 0.5,
            _ => 1.0,
        }
    };
    asked.elsewhere.iter().map(away).fold(0.0, f32::max)
}

fn lacking(asked: &Asked, matched: &Matched) -> f32 {
    let heaviest = asked.words.iter().map(|word| word.weight).fold(0.0, f32::max);
    let missed = asked
        .words
        .iter()
        .enumerate()
        .filter(|(at, _)| matched.present >> at & 1 == 0)
        .map(|(_, word)| word.weight)
        .fold(0.0, f32::max);
    if heaviest > 0.0 { missed / heaviest } else { 0.0 }
}
