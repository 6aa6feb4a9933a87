//! What a sentence is held against: passages, read once.

use std::{collections::HashMap, ops::Range};

use jiff::civil::{Date, date};

use super::{
    lists::{concepts, groups},
    words::{self, Script, Text, Word},
};
use crate::{
    detect::{Language, detect},
    embed::{self, Meaning},
    quantity::{Quantity, quantities},
};

/// Any day: quantities of the calendar do not depend on it.
pub(super) const SOME_DAY: Date = date(2000, 1, 1);

/// Where a word stands in a text.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) word: usize,
    pub(super) places: Vec<u32>,
}

/// A sentence of a text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) words: Range<usize>,
    pub(super) asks: bool,
    pub(super) meaning: Option<Meaning>,
    pub(super) concepts: u32,
}

/// Passages that were read to be compared with.
#[derive(Debug, Clone)]
pub struct Source {
    pub(super) text: Text,
    pub(super) lines: Vec<Line>,
    pub(super) known: Vec<Known>,
    pub(super) by_text: HashMap<String, usize>,
    /// One word of each group of synonyms that occurs.
    pub(super) by_group: HashMap<u32, usize>,
    pub(super) meaning: Option<Meaning>,
    pub(super) quantities: Vec<Quantity>,
    /// Plain numbers, however they are written.
    pub(super) counts: Vec<i64>,
    pub(super) concepts: u32,
    /// Its letters and digits.
    pub(super) tight: String,
    pub(super) zh: bool,
}

impl Source {
    /// Reads a text: passages one under the other, headings on lines of their own.
    pub fn read(text: &str) -> Self {
        let original = text;
        let text = words::read(text);
        let mut known: Vec<Known> = Vec::new();
        let mut by_text: HashMap<String, usize> = HashMap::new();
        for (at, word) in text.words.iter().enumerate().filter(|(_, word)| word.script != Script::Number) {
            let next = known.len();
            let place = *by_text.entry(word.text.clone()).or_insert(next);
            if place == next {
                known.push(Known { word: at, places: Vec::new() });
            }
            known[place].places.push(at as u32);
        }
        let mut by_group = HashMap::new();
        for (place, known) in known.iter().enumerate() {
            for &group in groups(&text.words[known.word].text) {
                by_group.entry(group).or_insert(place);
            }
        }
        let embedder = embed::shipped();
        let lines = text.sentences.iter().zip(&text.spans).map(|((words, asks), span)| {
            let said = &original[span.clone()];
            Line {
                words: words.clone(),
                asks: *asks,
                meaning: embedder.embed(said),
                concepts: concepts(&said.to_lowercase()),
            }
        });
        let lines: Vec<Line> = lines.collect();
        Self {
            lines,
            known,
            by_text,
            by_group,
            meaning: embedder.embed(original),
            quantities: quantities(original, SOME_DAY),
            counts: counts(&text.words, &text.low),
            concepts: concepts(&text.low),
            tight: super::tight(original),
            zh: matches!(detect(original), Language::Zh | Language::Mixed),
            text,
        }
    }

    pub(super) fn word(&self, known: usize) -> &Word {
        &self.text.words[self.known[known].word]
    }
}

/// Plain numbers of a text: digits, and small numbers in words.
pub(super) fn counts(words: &[Word], low: &str) -> Vec<i64> {
    let spelt = words.iter().filter_map(|word| match word.script {
        Script::Latin => spelt(&word.text),
        Script::Number | Script::Han => numeral(&word.text),
    });
    let digits = low.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).filter_map(|run| {
        let plain: String = run.chars().filter(|c| *c != ',').collect();
        let number: f64 = plain.trim_matches('.').parse().ok()?;
        Some((number * 1_000.0) as i64)
    });
    let tens = low.match_indices('万').filter_map(|(at, _)| {
        let head = low[..at].trim_end_matches(' ');
        let begin = head.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(0, |at| at + 1);
        let number: f64 = head.get(begin..)?.parse().ok()?;
        Some((number * 10_000_000.0) as i64)
    });
    spelt.chain(digits).chain(tens).collect()
}

const NAMES: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The number that an English word names, in thousandths.
pub(super) fn spelt(word: &str) -> Option<i64> {
    let low = NAMES.iter().position(|name| *name == word || name.starts_with(word) && word.len() >= 5);
    low.map(|at| (i64::try_from(at).unwrap_or(0) + 1) * 1_000).or(match word {
        "thirti" | "thirty" => Some(30_000),
        "forti" | "forty" => Some(40_000),
        "fifti" | "fifty" => Some(50_000),
        "sixti" | "sixty" => Some(60_000),
        "ninety" | "nineti" => Some(90_000),
        "hundr" | "hundred" => Some(100_000),
        "thousand" => Some(1_000_000),
        "half" => Some(500),
        "twice" | "doubl" => Some(2_000),
        "tripl" => Some(3_000),
        _ => None,
    })
}

/// The number that Chinese characters name, in thousandths.
pub(super) fn numeral(word: &str) -> Option<i64> {
    let word = word.trim_end_matches([
        '个', '种', '次', '条', '张', '件', '家', '位', '名', '款', '步', '项', '台', '份', '本', '天', '年',
        '倍', '级',
    ]);
    let (mut total, mut part, mut any) = (0_i64, 0_i64, false);
    for c in word.chars().take(8) {
        if let Some(digit) = "零一二三四五六七八九".chars().position(|known| known == c) {
            part = i64::try_from(digit).unwrap_or(0);
        } else {
            let times = match c {
                '两' => {
                    part = 2;
                    any = true;
                    continue;
                }
                '十' => 10,
                '百' => 100,
                '千' => 1_000,
                '万' => 10_000,
                '半' => return Some(500),
                _ => return None,
            };
            total += part.max(1) * times;
            part = 0;
        }
        any = true;
    }
    any.then_some((total + part) * 1_000)
}
