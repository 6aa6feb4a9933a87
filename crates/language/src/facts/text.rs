//! A text as the extractors see it: one width, one kind of hyphen, and what is known already hidden.

use std::ops::Range;

/// Stands where a fact was found, and past both ends: nothing is read across it.
pub(super) const HIDDEN: char = '\0';

/// Characters with their places in the original.
pub(super) struct Text {
    chars: Vec<char>,
    /// The byte at which each character begins, and the length of the text.
    starts: Vec<usize>,
    /// How often a character was looked at.
    #[cfg(test)]
    pub(super) looks: std::cell::Cell<usize>,
}

impl Text {
    /// Folds the widths; tags of a text that was masked before are hidden.
    pub(super) fn new(source: &str) -> Self {
        let mut starts: Vec<usize> = source.char_indices().map(|(at, _)| at).collect();
        starts.push(source.len());
        let mut text = Self {
            chars: source.chars().map(fold).collect(),
            starts,
            #[cfg(test)]
            looks: std::cell::Cell::default(),
        };
        text.hide_tags();
        text
    }

    fn hide_tags(&mut self) {
        for at in 0..self.len() {
            if self.at(at) != '<' {
                continue;
            }
            let mut tags = super::Kind::ALL.iter().filter_map(|kind| kind.tag());
            if let Some(end) = tags.find_map(|tag| self.exactly(at, tag)) {
                self.hide(at..end);
            }
        }
    }

    /// How many characters.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place.
    pub(super) fn at(&self, at: usize) -> char {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        self.chars.get(at).copied().unwrap_or(HIDDEN)
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(HIDDEN, |at| self.at(at))
    }

    /// The ASCII digit at a place.
    pub(super) fn digit(&self, at: usize) -> Option<u8> {
        self.at(at).to_digit(10).and_then(|digit| u8::try_from(digit).ok())
    }

    /// Where the run of characters that pass ends, at most `most` characters on.
    pub(super) fn run(&self, from: usize, most: usize, pass: impl Fn(char) -> bool) -> usize {
        let stop = self.len().min(from.saturating_add(most));
        (from..stop).find(|&at| !pass(self.at(at))).unwrap_or(stop.max(from))
    }

    /// Where the run of characters before a place that pass begins, at most `most` characters back.
    pub(super) fn run_back(&self, to: usize, most: usize, pass: impl Fn(char) -> bool) -> usize {
        let floor = to.saturating_sub(most);
        (floor..to).rev().find(|&at| !pass(self.at(at))).map_or(floor, |at| at + 1)
    }

    fn exactly(&self, at: usize, word: &str) -> Option<usize> {
        let mut end = at;
        for c in word.chars() {
            if self.at(end) != c {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The end of a word that stands here, whatever its case. Latin words stand alone.
    pub(super) fn word(&self, at: usize, word: &str) -> Option<usize> {
        let mut end = at;
        for c in word.chars() {
            if !self.at(end).eq_ignore_ascii_case(&c) {
                return None;
            }
            end += 1;
        }
        let latin = |c: char| c.is_ascii_alphabetic();
        let cut = (word.starts_with(latin) && latin(self.before(at)))
            || (word.ends_with(latin) && latin(self.at(end)));
        (!cut).then_some(end)
    }

    /// The end of the longest of these words that stands here.
    pub(super) fn any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter_map(|word| self.word(at, word)).max()
    }

    /// The place of the first word in a table that stands here, with its end.
    pub(super) fn pick<T: Copy>(&self, at: usize, table: &[(&str, T)]) -> Option<(usize, T)> {
        table
            .iter()
            .filter_map(|&(word, meant)| self.word(at, word).map(|end| (end, meant)))
            .max_by_key(|&(end, _)| end)
    }

    /// Past the blanks here, at most three.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        self.run(at, 3, |c| c == ' ')
    }

    /// The characters of a range.
    pub(super) fn slice(&self, range: Range<usize>) -> &[char] {
        #[cfg(test)]
        self.looks.set(self.looks.get() + range.len());
        self.chars.get(range).unwrap_or_default()
    }

    /// The characters of a range as one string.
    pub(super) fn string(&self, range: Range<usize>) -> String {
        self.slice(range).iter().collect()
    }

    /// Nothing more is found here.
    pub(super) fn hide(&mut self, range: Range<usize>) {
        if let Some(hidden) = self.chars.get_mut(range) {
            hidden.fill(HIDDEN);
        }
    }

    /// The same range in bytes of the original.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let byte = |at: usize| self.starts.get(at).or(self.starts.last()).copied().unwrap_or_default();
        byte(range.start)..byte(range.end)
    }
}

fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' | '\t' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' => '-',
        '\u{FFE5}' => '¥',
        '•' | '‧' | '・' | '∙' => '·',
        '’' | '‘' => '\'',
        _ => c,
    }
}
