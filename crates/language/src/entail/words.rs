//! The words of a text with what the comparison needs to know of each.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{
    lists::{is_function, is_light},
    pieces::pieces,
    source::SOME_DAY,
};
use crate::{
    denial,
    embed::{self, Embedder, Meaning},
    is_han,
    quantity::{Quantity, quantities},
    segment,
    simplify::simplify,
    spelling::lexicon,
};

/// Words beyond this many of one text are not compared.
const MOST: usize = 2_000;

/// What a word is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Latin,
    Number,
}

/// What a word does, as far as a dictionary tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Function,
    Noun,
    Verb,
    Other,
}

#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub(super) struct Word {
    /// One spelling; of English the stem.
    pub(super) text: String,
    pub(super) script: Script,
    pub(super) role: Role,
    /// How much it tells, from 0 to 1.
    pub(super) weight: f32,
    /// Written as a name: a capital within a sentence, capitals only, letters with digits.
    pub(super) named: bool,
    /// Nothing but a denial.
    pub(super) negates: bool,
    /// A denial, alone or at the beginning of what it denies.
    pub(super) denial: bool,
    pub(super) denied: bool,
    pub(super) clause: u32,
    pub(super) sentence: u32,
    /// Where it begins: bytes of its folded sentence.
    pub(super) begin: u32,
    pub(super) meaning: Option<Arc<Meaning>>,
}

impl Word {
    pub(super) fn tells(&self) -> bool {
        self.role != Role::Function && !self.negates && self.script != Script::Number
    }
}

/// A text in words, and which of its sentences ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) words: Vec<Word>,
    /// For each sentence its words and whether it asks rather than states.
    pub(super) sentences: Vec<(std::ops::Range<usize>, bool)>,
    pub(super) clauses: Vec<std::ops::Range<usize>>,
    /// Folded, in lower case, without blanks between Chinese characters.
    pub(super) low: String,
    /// The places of the sentences in the original.
    pub(super) spans: Vec<std::ops::Range<usize>>,
    /// What is counted and how much, and the word at which it is said.
    pub(super) stated: Vec<(Quantity, usize)>,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Text {
    let mut found =
        Text { low: text.nfkc().flat_map(char::to_lowercase).map(simplify).collect(), ..Text::default() };
    let embedder = embed::shipped();
    let (mut sentence, mut clause) = (0, 0);
    for span in sentences(text) {
        let folded: String = text[span.clone()].nfkc().map(simplify).collect();
        let begin = found.words.len();
        let mut offset = 0;
        for piece in pieces(&folded) {
            let from = found.words.len();
            cut(piece, begin, &embedder, &mut found.words);
            let words = &mut found.words[from..];
            for word in &mut *words {
                word.sentence = sentence;
                word.begin += offset;
            }
            offset += piece.len() as u32;
            for part in parts(words) {
                let part = from + part.start..from + part.end;
                for word in &mut found.words[part.clone()] {
                    word.clause = clause;
                }
                deny(&mut found.words[part.clone()]);
                found.clauses.push(part);
                clause += 1;
            }
            if found.words.len() >= MOST {
                break;
            }
        }
        if found.words.len() > begin {
            let stated = stated(&folded, &found.words[begin..]);
            found.stated.extend(stated.into_iter().map(|(quantity, at)| (quantity, begin + at)));
            found.sentences.push((begin..found.words.len(), asks(&folded)));
            found.spans.push(span);
            sentence += 1;
        }
        if found.words.len() >= MOST {
            break;
        }
    }
    found
}

/// Words that begin a clause without a mark before them.
const TURNS: [&str; 6] = ["but", "但", "但是", "不过", "而", "whereas"];

/// Where the clauses of words stand that no mark parts.
fn parts(words: &[Word]) -> Vec<std::ops::Range<usize>> {
    let turns = (1..words.len()).filter(|&at| TURNS.contains(&words[at].text.as_str()));
    let begins: Vec<usize> = std::iter::once(0).chain(turns).collect();
    let ends = begins.iter().skip(1).copied().chain([words.len()]);
    begins.iter().copied().zip(ends).map(|(begin, end)| begin..end).filter(|part| !part.is_empty()).collect()
}

/// The quantities of a sentence and at which of its words they are said.
fn stated(sentence: &str, words: &[Word]) -> Vec<(Quantity, usize)> {
    let counts =
        |word: &Word| word.script == Script::Number || word.text.contains(|c: char| c.is_ascii_digit());
    if !words.iter().any(|word| counts(word) || super::source::spelt(&word.text).is_some()) {
        return Vec::new();
    }
    let found = quantities(sentence, SOME_DAY).into_iter().filter_map(|quantity| {
        let at = words.partition_point(|word| (word.begin as usize) < quantity.at);
        words.get(at).filter(|word| (word.begin as usize) < quantity.end).map(|_| (quantity, at))
    });
    found.collect()
}

/// Where the sentences of a text stand.
pub(super) fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let ends = matches!(c, '。' | '！' | '？' | '；' | '\n')
            || matches!(c, '.' | '!' | '?' | ';')
                && next.is_none_or(|next| next.is_whitespace() || is_han(next));
        if ends {
            found.push(begin..at + c.len_utf8());
            begin = at + c.len_utf8();
        }
    }
    found.push(begin..text.len());
    found.retain(|span| text[span.clone()].contains(char::is_alphanumeric));
    found
}

/// Whether a sentence asks.
pub(super) fn asks(sentence: &str) -> bool {
    let end = sentence.trim_end();
    if end.ends_with(['?', '？']) {
        return true;
    }
    let bare = end.trim_end_matches(['。', '.', '!', '！', '；', ';']);
    let low = bare.to_lowercase();
    bare.ends_with(['吗', '呢', '么'])
        || [
            "怎么",
            "如何",
            "什么",
            "哪里",
            "哪些",
            "多少",
            "多久",
            "能不能",
            "是否可以",
            "可不可以",
            "为什么",
            "怎样",
        ]
        .iter()
        .any(|word| bare.starts_with(word) || bare.chars().count() < 16 && bare.contains(word))
        || end == bare
            && [
                "how ",
                "what ",
                "where ",
                "when ",
                "why ",
                "who ",
                "which ",
                "can i ",
                "do you ",
                "is there ",
                "are there ",
                "does ",
            ]
            .iter()
            .any(|word| low.trim_start().starts_with(word))
}

fn cut(piece: &str, first: usize, embedder: &Embedder, words: &mut Vec<Word>) {
    let chars: Vec<(usize, char)> = piece.char_indices().collect();
    let mut at = 0;
    let end_of = |at: usize| chars.get(at).map_or(piece.len(), |&(byte, _)| byte);
    while let Some(&(byte, c)) = chars.get(at) {
        let mut to = at + 1;
        if is_han(c) {
            while chars.get(to).is_some_and(|&(_, c)| is_han(c)) {
                to += 1;
            }
            let mut begin = byte;
            for (word, tag) in segment::tagged(&piece[byte..end_of(to)]) {
                words.push(Word { begin: begin as u32, ..han(word, tag, embedder) });
                begin += word.len();
            }
        } else if c.is_alphanumeric() {
            while let Some(&(_, c)) = chars.get(to) {
                let inner = matches!(c, '\'' | '’' | '.' | '_')
                    && chars.get(to + 1).is_some_and(|&(_, c)| c.is_alphanumeric() && !is_han(c));
                if is_han(c) || !(c.is_alphanumeric() || inner) {
                    break;
                }
                to += 1;
            }
            let word = latin(&piece[byte..end_of(to)], words.len() > first, embedder);
            words.push(Word { begin: byte as u32, ..word });
        }
        at = to;
    }
}

fn han(word: &str, tag: &str, embedder: &Embedder) -> Word {
    let numeral = word.chars().all(|c| "零〇一二三四五六七八九十百千万亿两半".contains(c));
    let negates = denial::denies(word);
    // How many was compared already.
    let function = is_function(word)
        || super::source::numeral(word).is_some()
        || tag.starts_with(['u', 'y', 'p', 'c', 'r', 'q', 'e', 'o']) && word.chars().count() < 3;
    let role = match tag.as_bytes().first() {
        _ if function => Role::Function,
        Some(b'n') => Role::Noun,
        Some(b'v') => Role::Verb,
        _ => Role::Other,
    };
    let script = if numeral { Script::Number } else { Script::Han };
    made(word.to_owned(), word, script, role, negates, embedder)
}

fn latin(word: &str, within: bool, embedder: &Embedder) -> Word {
    let low: String = word.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let digits = low.contains(|c: char| c.is_ascii_digit());
    let letters = low.contains(char::is_alphabetic);
    if digits && !letters {
        return made(low.clone(), &low, Script::Number, Role::Other, false, embedder);
    }
    // It regrets what is denied beside it.
    let negates = denial::denies(&low) && low != "unfortunately";
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let stem = if digits { low.clone() } else { segment::stem(&low) };
    let counts = low != "one" && super::source::spelt(&stem).is_some();
    // The US is no pronoun.
    let function = (is_function(&low) || counts) && !["US", "IT"].contains(&word);
    let role = if function { Role::Function } else { Role::Other };
    let mut made = made(stem, &low, Script::Latin, role, negates, embedder);
    // 5GBP and 6am are quantities, whose numbers are compared elsewhere.
    let quantity = low.starts_with(|c: char| c.is_ascii_digit());
    made.named = !function
        && !negates
        && !quantity
        && (within && word.starts_with(char::is_uppercase) || capitals >= 2 || digits);
    made
}

fn made(text: String, surface: &str, script: Script, role: Role, negates: bool, embedder: &Embedder) -> Word {
    let likely = lexicon::usual(surface).unwrap_or(-13.0);
    let weight = match () {
        () if role == Role::Function || negates => 0.05,
        () if is_light(surface) => 0.1,
        () => ((-likely - 4.0) / 8.0).clamp(0.1, 1.0),
    };
    let meaning = (script != Script::Number && role != Role::Function)
        .then(|| embedder.embed_cut(surface, std::slice::from_ref(&text)).map(Arc::new))
        .flatten();
    Word {
        text,
        script,
        role,
        weight,
        named: false,
        negates,
        denial: negates,
        denied: false,
        clause: 0,
        sentence: 0,
        begin: 0,
        meaning,
    }
}

/// What is denied with these goes on undisturbed: 不影响退货.
const HARM: [&str; 6] = ["影响", "妨碍", "耽误", "affect", "prevent", "hinder"];

/// Where a denial that denied something ends.
const ENDS: [&str; 20] = [
    "的", "的话", "可以", "就", "也", "但", "则", "时", "after", "if", "when", "while", "becaus", "once",
    "onc", "unless", "until", "though", "but", "so",
];
/// A measure, no denial: 不超过.
const MEASURES: [&str; 8] = ["超过", "少于", "低于", "高于", "多于", "到", "满", "足"];

/// Denials that with a measure say how much at most: 不能超过.
const FORBIDDEN: [&str; 8] = ["不能", "不可", "不得", "不可以", "不会", "不要", "没有", "别"];

/// Whether a denial of what follows says how much at most or at least: "must not weigh more than 8 kg".
fn is_measured(rest: &[Word]) -> bool {
    let is = |at: usize, words: &[&str]| rest.get(at).is_some_and(|word| words.contains(&word.text.as_str()));
    let compared = [
        "more", "less", "fewer", "later", "earlier", "earli", "higher", "lower", "larger", "heavier",
        "longer",
    ];
    (0..3).any(|at| is(at, &compared) && is(at + 1, &["than"]) || is(at, &["exceed"]))
}

/// What a denial reaches: some telling words after it, within its clause, and no further than 的 after one.
fn deny(clause: &mut [Word]) {
    // 无理由 and the like deny nothing that follows.
    for at in 1..clause.len() {
        let before = clause[at - 1].text.as_str();
        let next = clause[at].text.as_str();
        let limits = before == "不" && MEASURES.contains(&next)
            || FORBIDDEN.contains(&before) && MEASURES[..5].contains(&next);
        if limits {
            (clause[at - 1].negates, clause[at - 1].denial) = (false, false);
        }
        if clause[at - 1].text == "无"
            && ["理由", "条件", "线", "障碍", "忧", "损", "息", "需"].contains(&clause[at].text.as_str())
        {
            (clause[at - 1].negates, clause[at - 1].denial) = (false, false);
        }
    }
    for at in 0..clause.len() {
        if clause[at].negates && is_measured(&clause[at + 1..]) {
            (clause[at].negates, clause[at].denial) = (false, false);
        }
    }
    let mut left = 0;
    for word in clause {
        if word.negates {
            left = 4;
            // 不支持 denies what it holds itself.
            if let Some(rest) = denial::denied_within(&word.text).map(str::to_owned) {
                word.text = rest;
                word.negates = false;
                word.denied = true;
                let modal = is_function(&word.text);
                word.role = if modal { Role::Function } else { Role::Verb };
                word.weight = if modal { 0.05 } else { 0.3 };
                word.meaning =
                    embed::shipped().embed_cut(&word.text, std::slice::from_ref(&word.text)).map(Arc::new);
                left = if HARM.contains(&word.text.as_str()) { 0 } else { 3 };
            }
        } else if left < 4 && ENDS.contains(&word.text.as_str()) {
            left = 0;
        } else if left > 0 && word.tells() {
            word.denied = true;
            left = if HARM.contains(&word.text.as_str()) { 0 } else { left - 1 };
        }
    }
}
