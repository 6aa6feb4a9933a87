//! Packs a list of words with how often they were met into the file that cuts Chinese.

use std::collections::{BTreeMap, VecDeque};

use crate::segment::FIRSTS;

/// A word of the list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<'a> {
    pub(crate) word: &'a str,
    pub(crate) met: u32,
    pub(crate) speech: &'a str,
}

/// A list that holds no dictionary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} is no word with its count and part of speech, as in jieba's dict.txt: correct it and pack again"
)]
pub struct NotAWord {
    /// Counted from 1.
    pub line: usize,
}

/// The dictionary's file, of a list in jieba's form: lines `word count speech`.
pub fn pack<'a>(list: &'a str) -> Result<Vec<u8>, NotAWord> {
    let read = |(at, line): (usize, &'a str)| row(line).ok_or(NotAWord { line: at + 1 });
    let mut words: Vec<Counted<'_>> = list.lines().enumerate().map(read).collect::<Result<_, _>>()?;
    words.extend(alone());
    words.sort_by(|a, b| a.word.cmp(b.word).then(b.met.cmp(&a.met)));
    words.dedup_by_key(|word| word.word);
    Ok(file(&words))
}

/// Characters that are no words, with the part of speech that they have where they stand alone.
fn alone<'a>() -> Vec<Counted<'a>> {
    let lines = include_str!("rows/alone.zh.txt").lines().filter_map(|line| line.split_once(' '));
    let all = lines.flat_map(|(speech, characters)| {
        let place = |(at, c): (usize, char)| &characters[at..at + c.len_utf8()];
        characters.char_indices().map(place).map(move |word| Counted { word, met: 0, speech })
    });
    all.collect()
}

fn row(line: &str) -> Option<Counted<'_>> {
    let mut parts = line.split_ascii_whitespace();
    let (word, met) = (parts.next()?, parts.next()?.parse().ok()?);
    let fits = word.chars().all(|c| (c as usize) < FIRSTS);
    fits.then_some(Counted { word, met, speech: parts.next().unwrap_or_default() })
}

/// A node of the tree of characters.
#[derive(Default)]
struct Node {
    code: u16,
    children: BTreeMap<u16, Node>,
}

/// The dictionary's file.
pub(crate) fn file(words: &[Counted<'_>]) -> Vec<u8> {
    let mut speech: Vec<&str> = words.iter().map(|word| word.speech).chain(["x"]).collect();
    speech.sort_unstable();
    speech.dedup();
    let kind = |word: &Counted<'_>| (word.met, speech.binary_search(&word.speech).unwrap_or_default() as u8);
    // The first kind is that of what is no word.
    let mut kinds: Vec<(u32, u8)> = words.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut root = Node::default();
    for word in words {
        let letters = word.word.chars().map(|c| c as u32 as u16);
        let end = letters.fold(&mut root, |node, letter| node.children.entry(letter).or_default());
        end.code = kinds.binary_search(&kind(word)).unwrap_or_default() as u16 + 1;
    }
    let speech = speech.join("\n");
    let tree = Levels::of(&root);
    let mut bytes = b"fdd1".to_vec();
    for number in [speech.len(), kinds.len() + 1, tree.letters.len(), tree.children.len() - 1] {
        bytes.extend((number as u32).to_le_bytes());
    }
    bytes.extend(speech.as_bytes());
    let unknown = (0, speech.split('\n').position(|known| known == "x").unwrap_or_default() as u8);
    for (met, speech) in [unknown].into_iter().chain(kinds) {
        bytes.extend(met.to_le_bytes());
        bytes.push(speech);
    }
    bytes.extend(words.iter().map(|word| u64::from(word.met)).sum::<u64>().to_le_bytes());
    tree.write(&root, &mut bytes);
    bytes
}

/// The tree, level after level.
#[derive(Default)]
struct Levels {
    letters: Vec<u16>,
    codes: Vec<u16>,
    has_children: Vec<bool>,
    children: Vec<u32>,
}

impl Levels {
    fn of(root: &Node) -> Self {
        let (mut levels, mut waiting) = (Self::default(), VecDeque::from([root]));
        let (mut met, mut is_root) = (0, true);
        while let Some(node) = waiting.pop_front() {
            if !is_root {
                levels.has_children.push(!node.children.is_empty());
                if !node.children.is_empty() {
                    levels.children.push(met);
                }
            }
            is_root = false;
            for (&letter, child) in &node.children {
                levels.letters.push(letter);
                levels.codes.push(child.code);
                waiting.push_back(child);
                met += 1;
            }
        }
        levels.children.push(met);
        levels
    }

    fn write(&self, root: &Node, bytes: &mut Vec<u8>) {
        let mut firsts = vec![0_u16; FIRSTS];
        for (at, &letter) in (1..).zip(root.children.keys()) {
            firsts[usize::from(letter)] = at;
        }
        let pairs = firsts.iter().chain(&self.letters).chain(&self.codes);
        bytes.extend(pairs.flat_map(|number| number.to_le_bytes()));
        let sixty_four = self.has_children.chunks(64);
        let bits = |nodes: &[bool]| nodes.iter().rev().fold(0_u64, |bits, &has| bits << 1 | u64::from(has));
        bytes.extend(sixty_four.clone().flat_map(|nodes| bits(nodes).to_le_bytes()));
        let mut before = 0_u32;
        for nodes in sixty_four {
            bytes.extend(before.to_le_bytes());
            before += bits(nodes).count_ones();
        }
        bytes.extend(self.children.iter().flat_map(|number| number.to_le_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_packed_and_a_line_that_is_no_word_is_named() {
        assert!(pack("退货 5 v\n货 7 n\n").is_ok());
        assert_eq!(pack("退货 5 v\n货 viele n\n"), Err(NotAWord { line: 2 }));
        assert_eq!(pack("𠀀 5 v\n"), Err(NotAWord { line: 1 }));
    }
}
