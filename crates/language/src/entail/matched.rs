//! Which words of a source stand for which words of a sentence.

use std::ops::Range;

use super::{
    lists::groups,
    source::{Source, stands_in},
    words::{Script, Text, Word},
};

/// What stands for one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Match {
    /// The same word.
    pub(super) exact: bool,
    /// 1 for the same word, else how close the closest is.
    pub(super) closeness: f32,
    /// Which of the source's words.
    pub(super) known: Option<usize>,
    /// How close each of the source's words is; of a word that tells nothing, none.
    pub(super) all: Vec<f32>,
}

pub(super) trait Matches {
    fn place_in(&self, at: usize, line: &Range<usize>) -> Option<u32>;
}

pub(super) struct Matched<'a> {
    pub(super) words: Vec<Match>,
    source: &'a Source,
}

impl<'a> Matched<'a> {
    pub(super) fn new(text: &Text, source: &'a Source) -> Self {
        Self { words: text.words.iter().map(|word| find(word, source)).collect(), source }
    }

    /// How close a line comes to a word: 1 where it has it, or a heading, which speaks for all of them.
    pub(super) fn in_line(&self, at: usize, line: &Range<usize>) -> Option<f32> {
        let found = &self.words[at];
        let Some(known) = found.known else {
            return (found.exact && found.closeness >= 1.0).then_some(1.0);
        };
        let places = &self.source.known[known].places;
        (stands_in(places, line) || self.source.heads(places)).then_some(found.closeness)
    }

    pub(super) fn in_lines(&self, at: usize, lines: &[Range<usize>]) -> f32 {
        lines.iter().filter_map(|line| self.in_line(at, line)).fold(0.0, f32::max)
    }

    /// The line that covers most of the sentence, then the one that adds most to it. Lines that ask stand back.
    pub(super) fn best_lines(&self, words: &[Word], source: &Source) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::new();
        let mut have = vec![0.0_f32; words.len()];
        for _ in 0..2 {
            let gain = |line: usize| {
                let range = &source.lines[line].words;
                let sum: f32 = (0..words.len())
                    .map(|at| (self.in_line(at, range).unwrap_or(0.0) - have[at]).max(0.0) * words[at].weight)
                    .sum();
                if source.lines[line].asks { 0.6 * sum } else { sum }
            };
            let best = (0..source.lines.len())
                .filter(|line| !chosen.contains(line))
                .map(|line| (gain(line), line))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            let Some((gain, line)) = best.filter(|best| best.0 > 0.0 || chosen.is_empty()) else { break };
            let _ = gain;
            chosen.push(line);
            for (at, have) in have.iter_mut().enumerate() {
                *have = have.max(self.in_line(at, &source.lines[line].words).unwrap_or(0.0));
            }
        }
        chosen
    }
}

impl Matches for Matched<'_> {
    fn place_in(&self, at: usize, line: &Range<usize>) -> Option<u32> {
        let known = self.words[at].known?;
        self.source.known[known].places.iter().copied().find(|&place| line.contains(&(place as usize)))
    }
}

fn find(word: &Word, source: &Source) -> Match {
    if word.script == Script::Number {
        return Match { exact: true, closeness: 1.0, ..Match::default() };
    }
    let same = source.by_text.get(&word.text).copied();
    if !word.tells() {
        return Match {
            exact: same.is_some(),
            closeness: f32::from(u8::from(same.is_some())),
            known: same,
            all: Vec::new(),
        };
    }
    let mut best = Match::default();
    let mut all = vec![0.0_f32; source.known.len()];
    if let Some(meaning) = &word.meaning {
        for (known, near) in all.iter_mut().enumerate() {
            let other = source.word(known);
            if !other.tells() {
                continue;
            }
            let Some(other_meaning) = &other.meaning else { continue };
            let closeness = meaning.closeness(other_meaning);
            *near = closeness.clamp(0.0, 0.98);
            if closeness > best.closeness {
                best =
                    Match { closeness: closeness.clamp(0.0, 0.98), known: Some(known), ..Match::default() };
            }
        }
    }
    if let Some(known) = same {
        all[known] = 1.0;
        return Match { exact: true, closeness: 1.0, known: same, all };
    }
    let groups = groups(&word.text);
    for known in groups.iter().filter_map(|group| source.by_group.get(group)) {
        all[*known] = all[*known].max(0.95);
    }
    if let Some(&known) =
        groups.iter().find_map(|group| source.by_group.get(group)).filter(|_| best.closeness < 0.95)
    {
        best = Match { closeness: 0.95, known: Some(known), ..Match::default() };
    }
    // Dictionaries cut differently: what the text holds letter for letter is there.
    let whole = match word.script {
        Script::Han => word.text.chars().count() >= 2 && source.text.low.contains(&word.text),
        _ => word.text.len() >= 5 && source.text.low.contains(&word.text),
    };
    if whole {
        best.closeness = best.closeness.max(0.97);
    } else if word.script == Script::Han && word.text.chars().count() > 2 {
        best.closeness = best.closeness.max(0.9 * halves(&word.text, &source.text.low));
    }
    Match { all, ..best }
}

/// The share of neighbouring characters that a text holds.
fn halves(word: &str, low: &str) -> f32 {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let pairs = chars.len().saturating_sub(1);
    let held = (0..pairs).filter(|&at| {
        let end = chars.get(at + 2).map_or(word.len(), |&(byte, _)| byte);
        low.contains(&word[chars[at].0..end])
    });
    held.count() as f32 / pairs.max(1) as f32
}
