//! How a text sounds: its words and letters, words under a "not", marks of feeling, punctuation and faces.

use std::{cell::OnceCell, collections::HashMap, sync::LazyLock};

use crate::{
    bag::{Names, names_cut},
    embed::{Meaning, Piece, name, shipped},
    emoji, is_han,
    mood::Mood,
    normal::normalise,
    segment,
    spelling::lexicon::usual,
};

/// Beyond so many characters nothing changes how a text sounds.
pub(crate) const HEAD: usize = 2_000;
/// A "not" turns so many words after it.
const REACH: usize = 3;

/// The logarithm of how usual a word must be to be no name.
const USUAL: f32 = -10.0;

/// What a word shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Glad,
    Sad,
    Furious,
    Pressing,
    Claim,
    Not,
}

/// How many words show what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) glad: u16,
    pub(crate) sad: u16,
    pub(crate) furious: u16,
}

/// A text that is cut once for all who listen to it.
pub(crate) struct Tone {
    pub(crate) normal: String,
    pub(crate) terms: Vec<String>,
    pub(crate) names: Names,
    pub(crate) signs: Signs,
    meaning: OnceCell<Option<Meaning>>,
}

impl Tone {
    /// What the text means.
    pub(crate) fn meaning(&self) -> Option<&Meaning> {
        self.meaning.get_or_init(|| shipped().embed_cut(&self.normal, &self.terms)).as_ref()
    }
}

type Listed = HashMap<&'static str, Sign>;

static WORDS: LazyLock<Listed> = LazyLock::new(|| {
    let (mut words, mut sign) = (Listed::new(), Sign::Not);
    for line in include_str!("tone/words.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(' ') {
            Some(("glad", "zh" | "en")) => sign = Sign::Glad,
            Some(("sad", "zh" | "en")) => sign = Sign::Sad,
            Some(("furious", "zh" | "en")) => sign = Sign::Furious,
            Some(("pressing", "zh" | "en")) => sign = Sign::Pressing,
            Some(("claim", "zh" | "en")) => sign = Sign::Claim,
            Some(("not", "zh" | "en")) => sign = Sign::Not,
            _ => words.extend(line.split(' ').map(|word| (word, sign))),
        }
    }
    words
});

/// Listens to a text; only its head is heard.
pub(crate) fn hear(text: &str) -> Tone {
    let head = text.char_indices().nth(HEAD).map_or(text, |(end, _)| &text[..end]);
    let normal = normalise(head);
    let terms = segment::terms_of(&normal);
    let (signs, mut marks) = signs(head, &normal, &terms);
    marks.extend(punctuation(head));
    let mut names = names_cut(&normal, &terms);
    names.hear(turned(&terms), marks);
    Tone { normal, terms, names, signs, meaning: OnceCell::new() }
}

/// What says how one feels: emoji, and words, Chinese by the longest match, English by stems; a "not" just before turns them.
fn signs(head: &str, normal: &str, terms: &[String]) -> (Signs, Vec<Piece>) {
    let (mut signs, mut marks, mut before) = (Signs::default(), Vec::new(), "");
    let mut note = |sign: Sign, turned: bool| {
        let mark: &str = match (sign, turned) {
            (Sign::Glad, false) => "glad",
            (Sign::Glad, true) => "not glad",
            (Sign::Sad, false) => "sad",
            (Sign::Sad, true) => "not sad",
            (Sign::Furious, _) => "furious",
            (Sign::Pressing, _) => "pressing",
            (Sign::Claim, _) => "claim",
            (Sign::Not, _) => "not",
        };
        match mark {
            "glad" => signs.glad += 1,
            "sad" | "not glad" => signs.sad += 1,
            "furious" => signs.furious += 1,
            _ => {}
        }
        marks.push(name(b'm', &[mark.as_bytes()]));
        // "great, another delay" is no praise; "late, but great" is.
        if !before.is_empty() && mark != before {
            marks.push(name(b'm', &[before.as_bytes(), b">", mark.as_bytes()]));
        }
        before = mark;
    };
    for felt in head.chars().filter_map(emoji::feeling) {
        let sign = match felt {
            Mood::Positive => Sign::Glad,
            Mood::Angry => Sign::Furious,
            Mood::Negative | Mood::Neutral => Sign::Sad,
        };
        note(sign, false);
    }
    chinese(normal, &mut note);
    let mut since_not = REACH;
    for term in terms.iter().filter(|term| !term.starts_with(is_han)) {
        match WORDS.get(term.as_str()) {
            Some(Sign::Not) => {
                note(Sign::Not, false);
                since_not = 0;
            }
            Some(&sign) => note(sign, since_not < REACH),
            None => {}
        }
        since_not += 1;
    }
    (signs, marks)
}

fn chinese(normal: &str, note: &mut impl FnMut(Sign, bool)) {
    let mut ends: Vec<usize> = normal.char_indices().map(|(at, _)| at).collect();
    ends.push(normal.len());
    let (mut at, mut since_not) = (0, REACH);
    while at + 1 < ends.len() {
        let longest = (1..=5).rev().find_map(|length| {
            let word = &normal[ends[at]..*ends.get(at + length)?];
            if !word.starts_with(is_han) {
                return None;
            }
            Some((length, *WORDS.get(word)?))
        });
        if let Some((length, sign)) = longest {
            note(sign, sign != Sign::Not && since_not < REACH);
            since_not = if sign == Sign::Not { 0 } else { REACH };
            at += length;
        } else {
            at += 1;
            since_not += 1;
        }
    }
}

/// Words that stand under a "not".
fn turned(terms: &[String]) -> Vec<Piece> {
    let mut left = 0;
    let mut found = Vec::new();
    for term in terms {
        if WORDS.get(term.as_str()) == Some(&Sign::Not) {
            left = REACH;
        } else if left > 0 {
            left -= 1;
            found.push(name(b'n', &[term.as_bytes()]));
        }
    }
    found
}

/// Exclamations, questions, dots, faces, shouting in capitals.
fn punctuation(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut push = |mark: &str| found.push(name(b'p', &[mark.as_bytes()]));
    let count = |marks: &[char]| text.matches(marks).count();
    for (mark, several, these) in
        [("!", "!!", &['!', '！'][..]), ("?", "??", &['?', '？'][..]), ("…", "……", &['…', '~', '～'][..])]
    {
        match count(these) {
            0 => {}
            1 => push(mark),
            _ => push(several),
        }
    }
    for pair in [
        "..", "。。", "!?", "?!", "？！", "！？", ":)", ":(", ":-)", ":-(", ":D", "<3", ";)", "http", "#",
        "@", "\"",
    ] {
        if text.contains(pair) {
            push(pair);
        }
    }
    for face in text.chars().filter(|&c| matches!(u32::from(c), 0x2600..=0x27BF | 0x1F300..=0x1FAFF)) {
        push(face.encode_utf8(&mut [0; 4]));
    }
    let (upper, letters) = text
        .chars()
        .filter(char::is_ascii_alphabetic)
        .fold((0, 0), |(upper, all), c| (upper + u32::from(c.is_ascii_uppercase()), all + 1));
    if letters > 8 && upper * 2 > letters {
        push("LOUD");
    }
    for word in loud_words(text) {
        push("loud");
        push(&word.to_ascii_lowercase());
    }
    if text.contains("!!!") || text.contains("！！！") {
        push("!!!");
    }
    if is_drawn_out(text) {
        push("looong");
    }
    let length =
        ["l0", "l1", "l2", "l3", "l4"][(text.chars().count().max(4).ilog2() as usize / 2).min(5) - 1];
    push(length);
    found
}

/// Usual words in capitals among others that are not: "I want it NOW". What is not usual is a name, such as USB.
fn loud_words(text: &str) -> impl Iterator<Item = &str> {
    const MOST: usize = 20;
    let mixed = text.contains(|c: char| c.is_ascii_lowercase());
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    let is_loud = |word: &&str| {
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && usual(&word.to_ascii_lowercase()).is_some_and(|likely| likely > USUAL)
    };
    words.filter(move |_| mixed).filter(is_loud).take(MOST)
}

/// A letter three times in a row: "sooo", "noooo".
fn is_drawn_out(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| three[0].is_alphabetic() && three.iter().all(|c| *c == three[0]))
}
