//! What a customer meant to write: pinyin becomes characters, slips of sound and of the finger are set right.
//!
//! ```text
//!   message ─▶ runs of letters ─▶ pinyin? ─▶ characters
//!                             └─▶ typos   ─▶ words
//!           ─▶ runs of Chinese ─▶ slips of sound ─▶ words
//! ```
//!
//! For matching only: whoever shows text keeps the original. What is right stays byte for byte.

mod letters;
pub(crate) mod lexicon;
mod own;
mod pinyin;
mod places;
mod quick;
mod reading;
mod slips;
pub(crate) mod sound;
pub(crate) mod typos;

use std::sync::LazyLock;

use crate::is_han;
use letters::Meant;
use lexicon::{SHIPPED, unpack};
use own::Own;

/// Only so many characters of a message are looked at; what follows stays as it is.
const LONGEST: usize = 2_000;
/// A longer run of Chinese is read in parts.
const LONGEST_RUN: usize = 64;

/// A piece of a message and what was meant by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// As it was typed.
    pub from: String,
    /// As it was read.
    pub to: String,
}

/// A message as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The message; where nothing was wrong, as it was typed.
    pub text: String,
    /// What was changed, in order.
    pub changes: Vec<Change>,
}

impl Corrected {
    /// Whether anything was changed.
    pub fn is_changed(&self) -> bool {
        !self.changes.is_empty()
    }
}

/// Sets messages right by the words that ship and a company's own.
#[derive(Debug, Clone, Default)]
pub struct Speller {
    own: Own,
}

/// Loads the words that ship now rather than at the first message.
pub fn warm() {
    LazyLock::force(&SHIPPED);
}

/// The text with its pinyin as characters, by the words that ship; nothing else is changed.
pub fn characters(text: &str) -> String {
    let (head, rest) = text.split_at(end_of_head(text));
    let meant = letters::meant(head, &Own::default(), false);
    if meant.is_empty() {
        return text.to_owned();
    }
    replaced(head, meant, &mut Vec::new()) + rest
}

/// The words of a text of one's own, for [`Speller::learn`].
pub fn words(normal: &str) -> Vec<Box<str>> {
    own::words(normal).map(Into::into).collect()
}

impl Speller {
    /// A speller that also knows these words.
    pub fn with<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut speller = Self::default();
        speller.learn(words);
        speller
    }

    /// These words are right: see [`words`].
    pub fn learn<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        words.into_iter().for_each(|word| self.own.count(word, true));
    }

    /// Takes back what was learnt: the same words, as often.
    pub fn forget<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        words.into_iter().for_each(|word| self.own.count(word, false));
    }

    /// The message as it was meant.
    pub fn correct(&self, text: &str) -> Corrected {
        let (head, rest) = text.split_at(end_of_head(text));
        let mut changes = Vec::new();
        let lettered = replaced(head, letters::meant(head, &self.own, true), &mut changes);
        let mut read = self.chinese(&lettered, &mut changes);
        read.push_str(rest);
        Corrected { text: read, changes }
    }

    fn chinese(&self, text: &str, changes: &mut Vec<Change>) -> String {
        let mut read = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_han) {
            let (before, run) = rest.split_at(start);
            let end = run.find(|c| !is_han(c)).unwrap_or(run.len());
            let end = run.char_indices().nth(LONGEST_RUN).map_or(end, |(most, _)| most.min(end));
            let (run, after) = run.split_at(end);
            read.push_str(before);
            self.run(run, &mut read, changes);
            rest = after;
        }
        read.push_str(rest);
        read
    }

    fn run(&self, run: &str, read: &mut String, changes: &mut Vec<Change>) {
        let chars: Vec<char> = run.chars().collect();
        let mut done = 0;
        for slip in slips::slips(&chars, run, &self.own) {
            let to: String = unpack(slip.meant).collect();
            read.extend(&chars[done..slip.from]);
            read.push_str(&to);
            changes.push(Change { from: chars[slip.from..slip.to].iter().collect(), to });
            done = slip.to;
        }
        read.extend(&chars[done..]);
    }
}

fn end_of_head(text: &str) -> usize {
    text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end)
}

fn replaced(text: &str, meant: Vec<Meant>, changes: &mut Vec<Change>) -> String {
    let (mut read, mut done) = (String::with_capacity(text.len()), 0);
    for meant in meant {
        let between = &text[done..meant.from];
        // Chinese is written without spaces: 怎么 tuikuan is one question.
        let joins = meant.text.starts_with(is_han) && between.trim_end().ends_with(is_han);
        read.push_str(if joins { between.trim_end() } else { between });
        read.push_str(&meant.text);
        changes.push(Change { from: text[meant.from..meant.to].to_owned(), to: meant.text });
        done = meant.to;
    }
    let rest = &text[done..];
    let joins = done > 0 && read.ends_with(is_han) && rest.trim_start().starts_with(is_han);
    read.push_str(if joins { rest.trim_start() } else { rest });
    read
}
