//! Counts the words that spelling is corrected by.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use jieba_rs::Jieba;

use crate::{
    is_han,
    normal::normalise,
    segment,
    spelling::{
        lexicon::{EDGE, LONGEST, STEPS, push_number},
        sound::names,
        typos,
    },
};

/// How much is kept.
const MOST_ZH: usize = 36_000;
const MOST_EN: usize = 30_000;
const MOST_PAIRS: usize = 130_000;
/// A word or a pair that is met less often may be a slip itself.
const SELDOM: u32 = 3;
/// A word that the dictionary does not have must be met so often, and not be so much rarer than one that sounds
/// the same.
const SELDOM_GUESSED: u32 = 30;
const RARER_GUESSED: u32 = 8;
/// A word this many times rarer than one an edit away is a slip, unless it is met often all the same.
const RARER: u32 = 100;
const OFTEN: u32 = 15;

/// The three files.
pub struct Words {
    /// Chinese words and how often each was met, the most frequent first; the first is the edge of a run.
    pub zh: String,
    /// Which word follows which: see `spelling/lexicon.rs`.
    pub pairs: Vec<u8>,
    /// English words and how often each was met.
    pub en: String,
}

/// Texts so far. Chinese is cut at the end, when it is known which words there are.
#[derive(Default)]
pub struct Tally {
    runs: Vec<Box<str>>,
    en: HashMap<String, u32>,
}

impl Tally {
    /// Counts a text's words.
    pub fn add(&mut self, text: &str) {
        let normal = normalise(segment::head(text));
        for run in segment::runs(&normal) {
            if run.starts_with(is_han) {
                self.runs.push(run.into());
            } else if (1..=20).contains(&run.len()) && run.bytes().all(|b| b.is_ascii_lowercase()) {
                *self.en.entry(run.to_owned()).or_default() += 1;
            }
        }
    }

    /// The files. The same texts in any order give the same bytes.
    pub fn finish(self) -> Words {
        let chinese = Chinese::count(&self.runs);
        let zh = chinese.words();
        let (pairs, zh) = (chinese.followers(&zh), table(&zh));
        Words { zh, pairs, en: table(&english(&self.en)) }
    }
}

/// Chinese words and which stood beside which.
#[derive(Default)]
struct Chinese<'a> {
    words: HashMap<&'a str, u32>,
    pairs: HashMap<(&'a str, &'a str), u32>,
}

impl<'a> Chinese<'a> {
    fn count(runs: &'a [Box<str>]) -> Self {
        let new = new_words(runs);
        let mut counted = Self::default();
        for run in runs {
            let mut before = "^";
            let cut = words_guessed(run).into_iter();
            let words =
                cut.flat_map(|word| if new.contains(word) { vec![word] } else { segment::words(word) });
            for word in words.chain(["^"]) {
                *counted.words.entry(word).or_default() += 1;
                *counted.pairs.entry((before, word)).or_default() += 1;
                before = word;
            }
        }
        counted
    }

    fn words(&self) -> Vec<(&'a str, u32)> {
        let mut words: Vec<(&str, u32)> = self.words.iter().map(|(word, count)| (*word, *count)).collect();
        words.retain(|&(word, count)| count >= SELDOM && word.chars().count() <= LONGEST && word != "^");
        words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        words.truncate(MOST_ZH);
        words.insert(usize::from(EDGE), ("^", self.words.get("^").copied().unwrap_or(0)));
        words
    }

    fn followers(&self, zh: &[(&str, u32)]) -> Vec<u8> {
        let places: HashMap<&str, u32> =
            zh.iter().enumerate().map(|(at, (word, _))| (*word, at as u32)).collect();
        let mut pairs: Vec<(u32, u32, u32)> = self
            .pairs
            .iter()
            .filter(|(_, count)| **count >= SELDOM)
            .filter_map(|((a, b), count)| Some((*places.get(a)?, *places.get(b)?, *count)))
            .collect();
        pairs.sort_by(|a, b| b.2.cmp(&a.2).then(a.cmp(b)));
        pairs.truncate(MOST_PAIRS);
        let mut by_first: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for (a, b, count) in pairs {
            by_first.entry(a).or_default().push((b, count));
        }
        let mut bytes = Vec::new();
        for (at, &(_, count)) in zh.iter().enumerate() {
            let mut followers = by_first.remove(&(at as u32)).unwrap_or_default();
            followers.sort_unstable();
            push_number(followers.len() as u32, &mut bytes);
            let mut before = 0;
            for (follower, times) in followers {
                push_number(follower - before, &mut bytes);
                before = follower;
                let likely = -(times as f32 / count.max(1) as f32).min(1.0).ln();
                bytes.push((likely * STEPS).round().min(255.0) as u8);
            }
        }
        bytes
    }
}

/// Cuts by the dictionary that ships too, and guesses where it has no word.
pub(crate) static JIEBA: LazyLock<Jieba> =
    LazyLock::new(|| Jieba::with_dict(&mut segment::list().as_bytes()).unwrap_or_else(|_| Jieba::empty()));

/// A run of Chinese cut by the dictionary, with words that it does not have but that look like some.
fn words_guessed(run: &str) -> Vec<&str> {
    JIEBA.cut(run, true).into_iter().map(|token| token.word).collect()
}

/// Words that the dictionary does not have, met often and no slips of others.
fn new_words(runs: &[Box<str>]) -> HashSet<&str> {
    let mut met: HashMap<&str, u32> = HashMap::new();
    for run in runs {
        for word in words_guessed(run) {
            *met.entry(word).or_default() += 1;
        }
    }
    met.retain(|word, count| *count >= SELDOM && (2..=LONGEST).contains(&word.chars().count()));
    let sounds = |word: &str| names(&word.chars().collect::<Vec<_>>());
    let mut loudest: HashMap<u64, u32> = HashMap::new();
    for (word, &count) in &met {
        for name in sounds(word) {
            let most = loudest.entry(name).or_default();
            *most = count.max(*most);
        }
    }
    let is_slip = |word: &str, count: u32| {
        sounds(word).iter().any(|name| loudest.get(name).is_some_and(|&most| most > count * RARER_GUESSED))
    };
    met.retain(|word, count| *count >= SELDOM_GUESSED && !segment::is_word(word) && !is_slip(word, *count));
    met.into_keys().collect()
}

fn english(met: &HashMap<String, u32>) -> Vec<(&str, u32)> {
    let count = |word: &str| met.get(word).copied().unwrap_or(0);
    let is_slip = |word: &str, times: u32| {
        times < OFTEN
            && word.len() >= 5
            && !is_form(word, &count)
            && typos::edits(word.as_bytes())
                .any(|other| std::str::from_utf8(&other).is_ok_and(|other| count(other) >= times * RARER))
    };
    let mut en: Vec<(&str, u32)> = met.iter().map(|(word, times)| (word.as_str(), *times)).collect();
    en.retain(|&(word, times)| times >= SELDOM && !is_slip(word, times));
    en.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    en.truncate(MOST_EN);
    en
}

/// Whether a word is a plural or another form of one that is met.
fn is_form(word: &str, count: &impl Fn(&str) -> u32) -> bool {
    typos::bases(word).any(|base| count(&base) >= SELDOM)
}

fn table(words: &[(&str, u32)]) -> String {
    let mut table = String::new();
    for (word, count) in words {
        table.extend([word, "\t", &count.to_string(), "\n"]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(texts: &[&str]) -> Words {
        let mut tally = Tally::default();
        for text in texts {
            tally.add(text);
        }
        tally.finish()
    }

    #[test]
    fn words_are_counted_and_slips_left_out() {
        let mut texts = vec!["怎么退货", "How do refunds work"];
        texts.extend(vec!["delivery"; 1_800]);
        texts.extend(["delivrey", "怎么退货", "refunds", "deliverys"].repeat(3));
        let words = counted(&texts);
        assert!(words.zh.starts_with("^\t4\n怎么\t4\n退货\t4\n"), "{}", words.zh);
        assert!(words.en.contains("delivery\t1800") && words.en.contains("refunds\t4"), "{}", words.en);
        assert!(!words.en.contains("delivrey") && words.en.contains("deliverys"), "{}", words.en);
    }

    #[test]
    fn the_order_of_texts_does_not_matter() {
        let texts = ["怎么退货", "退货怎么退", "怎么退货", "怎么退货", "where is it"];
        let (mut turned, there) = (texts, counted(&texts));
        turned.reverse();
        let back = counted(&turned);
        assert_eq!((there.zh, there.pairs, there.en), (back.zh, back.pairs, back.en));
    }
}
