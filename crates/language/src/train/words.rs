//! Counts the words that spelling is corrected by.

use std::collections::{BTreeMap, HashMap};

use crate::{
    is_han,
    normal::normalise,
    segment,
    spelling::lexicon::{EDGE, LONGEST, STEPS, push_number},
};

/// How much is kept.
const MOST_ZH: usize = 36_000;
const MOST_EN: usize = 30_000;
const MOST_PAIRS: usize = 130_000;
/// A word or a pair that is met less often may be a slip itself.
const SELDOM: u32 = 3;
/// A word this many times rarer than one an edit away is a slip, unless it is met often all the same.
const RARER: u32 = 150;
const OFTEN: u32 = 60;

/// The three files.
pub struct Words {
    /// Chinese words and how often each was met, the most frequent first; the first is the edge of a run.
    pub zh: String,
    /// Which word follows which: see `spelling/lexicon.rs`.
    pub pairs: Vec<u8>,
    /// English words and how often each was met.
    pub en: String,
}

/// Counts so far.
#[derive(Default)]
pub struct Tally {
    zh: HashMap<String, u32>,
    pairs: HashMap<(String, String), u32>,
    en: HashMap<String, u32>,
}

impl Tally {
    /// Counts a text's words.
    pub fn add(&mut self, text: &str) {
        let normal = normalise(segment::head(text));
        for run in segment::runs(&normal) {
            if run.starts_with(is_han) {
                self.chinese(run);
            } else if (1..=20).contains(&run.len()) && run.bytes().all(|b| b.is_ascii_lowercase()) {
                *self.en.entry(run.to_owned()).or_default() += 1;
            }
        }
    }

    fn chinese(&mut self, run: &str) {
        let mut before = String::from("^");
        let words = segment::words(run);
        for word in words.iter().map(|word| (*word).to_owned()).chain(["^".to_owned()]) {
            *self.zh.entry(word.clone()).or_default() += 1;
            *self.pairs.entry((before, word.clone())).or_default() += 1;
            before = word;
        }
    }

    /// The files. The same texts in any order give the same bytes.
    pub fn finish(self) -> Words {
        let all: u32 = self.zh.get("^").copied().unwrap_or(0);
        let mut zh: Vec<(&String, u32)> = self
            .zh
            .iter()
            .filter(|(word, count)| **count >= SELDOM && word.chars().count() <= LONGEST && *word != "^")
            .map(|(word, count)| (word, *count))
            .collect();
        zh.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        zh.truncate(MOST_ZH);
        let edge = String::from("^");
        zh.insert(usize::from(EDGE), (&edge, all));
        Words { pairs: self.followers(&zh), zh: table(&zh), en: table(&self.english()) }
    }

    fn followers(&self, zh: &[(&String, u32)]) -> Vec<u8> {
        let places: HashMap<&str, u32> =
            zh.iter().enumerate().map(|(at, (word, _))| (word.as_str(), at as u32)).collect();
        let mut pairs: Vec<(u32, u32, u32)> = self
            .pairs
            .iter()
            .filter(|(_, count)| **count >= SELDOM)
            .filter_map(|((a, b), count)| Some((*places.get(a.as_str())?, *places.get(b.as_str())?, *count)))
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

    fn english(&self) -> Vec<(&String, u32)> {
        let count = |word: &str| self.en.get(word).copied().unwrap_or(0);
        let is_slip = |word: &str, times: u32| {
            times < OFTEN
                && word.len() >= 5
                && !is_form(word, &count)
                && crate::spelling::typos::edits(word.as_bytes())
                    .any(|other| std::str::from_utf8(&other).is_ok_and(|other| count(other) >= times * RARER))
        };
        let mut en: Vec<(&String, u32)> = self
            .en
            .iter()
            .filter(|(word, times)| **times >= SELDOM && !is_slip(word, **times))
            .map(|(word, times)| (word, *times))
            .collect();
        en.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        en.truncate(MOST_EN);
        en
    }
}

/// Whether a word is a plural or another form of one that is met.
fn is_form(word: &str, count: &impl Fn(&str) -> u32) -> bool {
    crate::spelling::typos::bases(word).any(|base| count(&base) >= SELDOM)
}

fn table(words: &[(&String, u32)]) -> String {
    words.iter().map(|(word, count)| format!("{word}\t{count}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(texts: &[&str]) -> Words {
        let mut tally = Tally::default();
        texts.iter().for_each(|text| tally.add(text));
        tally.finish()
    }

    #[test]
    fn words_are_counted_and_slips_left_out() {
        let mut texts = vec!["怎么退货", "How do refunds work"];
        texts.extend(["delivery"; 900]);
        texts.extend(["delivrey", "怎么退货", "refunds", "deliverys"].repeat(3));
        let words = counted(&texts);
        assert!(words.zh.starts_with("^\t4\n怎么\t4\n退货\t4\n"), "{}", words.zh);
        assert!(words.en.contains("delivery\t900") && words.en.contains("refunds\t4"), "{}", words.en);
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
