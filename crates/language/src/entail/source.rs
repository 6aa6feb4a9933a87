//! What a sentence is held against: passages, read once.

use std::{collections::HashMap, ops::Range};

use jiff::civil::{Date, date};

use super::{
    kinds::{self, Named},
    lists::{concepts, groups},
    manner::{Manners, manners},
    nearness::{direction, pair},
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
    pub(super) manners: Manners,
    /// What it names of a kind.
    pub(super) named: Named,
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
    /// What it names of a kind.
    pub(super) named: Named,
    /// The words of its headings, which say what the lines under them are about.
    pub(super) headings: Vec<Range<usize>>,
    /// Where each clause points.
    pub(super) directions: Vec<Option<Meaning>>,
    /// Where each two telling words beside each other point.
    pub(super) pairs: Vec<Meaning>,
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
            let low = said.to_lowercase();
            Line {
                words: words.clone(),
                asks: *asks,
                meaning: embedder.embed(said),
                concepts: concepts(&low),
                manners: manners(&low),
                named: kinds::named(&low),
            }
        });
        let lines: Vec<Line> = lines.collect();
        let telling: Vec<&Word> = text.words.iter().filter(|word| word.tells()).collect();
        let beside = telling.windows(2).filter(|two| two[0].clause == two[1].clause);
        Self {
            directions: text
                .clauses
                .iter()
                .map(|clause| Some(direction(&text.words[clause.clone()])?.0))
                .collect(),
            pairs: beside.filter_map(|two| pair(two[0], two[1])).collect(),
            lines,
            known,
            by_text,
            by_group,
            meaning: embedder.embed(original),
            quantities: quantities(original, SOME_DAY),
            counts: counts(&text.words, &text.low),
            concepts: concepts(&text.low),
            named: kinds::named(&text.low),
            headings: headings(original, &text),
            tight: super::tight(original),
            zh: matches!(detect(original), Language::Zh | Language::Mixed),
            text,
        }
    }

    /// Whether a word that stands in these places stands in a heading, which speaks for every line under it.
    pub(super) fn heads(&self, places: &[u32]) -> bool {
        self.headings.iter().any(|heading| stands_in(places, heading))
    }

    pub(super) fn word(&self, known: usize) -> &Word {
        &self.text.words[self.known[known].word]
    }
}

/// Whether one of these places, which are in order, lies in a range.
pub(super) fn stands_in(places: &[u32], range: &Range<usize>) -> bool {
    let first = places.partition_point(|&place| (place as usize) < range.start);
    places.get(first).is_some_and(|&place| (place as usize) < range.end)
}

/// A heading has so many characters at most.
const HEADING: usize = 80;

/// The words of lines that end without a full stop and have another line under them.
fn headings(original: &str, text: &Text) -> Vec<Range<usize>> {
    let heads = |span: &Range<usize>| {
        let said = original[span.clone()].trim_end_matches('\n');
        let open = !said.ends_with(['。', '！', '；', '.', '!', ';', ':', '：']);
        let under = original[span.end..].trim_start_matches('\n');
        let alone =
            original[..span.start].trim_end_matches(' ').is_empty() || original[..span.start].ends_with('\n');
        open && alone
            && original[span.clone()].ends_with('\n')
            && !under.is_empty()
            && said.chars().count() <= HEADING
    };
    let found = text.sentences.iter().zip(&text.spans).filter(|(_, span)| heads(span));
    found.map(|((words, _), _)| words.clone()).collect()
}

/// Plain numbers of a text, in thousandths: digits, and numbers in words.
pub(super) fn counts(words: &[Word], low: &str) -> Vec<i64> {
    let spelt = numbers(words).into_iter().map(|(value, _)| value);
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

/// Numbers in words, in thousandths, each with its last word: dictionaries cut 八百九十九 and thirty-two in two.
pub(super) fn numbers(words: &[Word]) -> Vec<(i64, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (value, last) =
            if words[at].script == Script::Latin { english(words, at) } else { chinese(words, at) };
        found.extend(value.map(|value| (value, last)));
        at = last + 1;
    }
    found
}

/// A number of one, two or three English words: thirty-two, two hundred, ten thousand.
fn english(words: &[Word], at: usize) -> (Option<i64>, usize) {
    let Some(mut value) = spelt(&words[at].text) else { return (None, at) };
    let mut last = at;
    while let Some(next) = words.get(last + 1).filter(|next| next.clause == words[at].clause) {
        value = match spelt(&next.text) {
            Some(low) if low < 10_000 && (20_000..100_000).contains(&value) && value % 10_000 == 0 => {
                value + low
            }
            Some(100_000) if value < 100_000 => value * 100,
            Some(1_000_000) if value < 1_000_000 => value * 1_000,
            _ => break,
        };
        last += 1;
    }
    (Some(value), last)
}

/// A number of Chinese characters, of as many words as stand beside each other.
fn chinese(words: &[Word], at: usize) -> (Option<i64>, usize) {
    let bare = |word: &Word| !word.text.is_empty() && word.text.chars().all(|c| NUMERALS.contains(c));
    let (mut said, mut last) = (words[at].text.clone(), at);
    while bare(&words[last]) {
        let end = words[last].begin as usize + words[last].text.len();
        let Some(next) = words.get(last + 1) else { break };
        if next.sentence != words[at].sentence || next.begin as usize != end || numeral(&next.text).is_none()
        {
            break;
        }
        said.push_str(&next.text);
        last += 1;
    }
    (numeral(&said), last)
}

const NUMERALS: &str = "零〇一二三四五六七八九十百千万两";

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
        "twenti" => Some(20_000),
        "thirti" | "thirty" => Some(30_000),
        "forti" | "forty" => Some(40_000),
        "fifti" | "fifty" => Some(50_000),
        "sixti" | "sixty" => Some(60_000),
        "seventi" | "seventy" => Some(70_000),
        "eighti" | "eighty" => Some(80_000),
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
    let (mut all, mut total, mut part, mut last, mut any) = (0_i64, 0_i64, 0_i64, 0_i64, false);
    for c in word.chars().take(12) {
        if let Some(digit) = "零一二三四五六七八九".chars().position(|known| known == c) {
            part = i64::try_from(digit).unwrap_or(0);
            last = if part == 0 { 0 } else { last };
        } else {
            let times = match c {
                '两' => {
                    part = 2;
                    any = true;
                    continue;
                }
                '〇' => 1,
                '十' => 10,
                '百' => 100,
                '千' => 1_000,
                '万' => 10_000,
                '半' => return Some(500),
                _ => return None,
            };
            if times == 10_000 {
                all += (total + part).max(1) * times;
                total = 0;
            } else if times > 1 {
                total += part.max(1) * times;
            }
            (part, last) = (0, times);
        }
        any = true;
    }
    // 二百六 is 260, 一千五 is 1500.
    let part = if last >= 100 { part * last / 10 } else { part };
    any.then_some((all + total + part) * 1_000)
}
