//! Tables from codes to characters, as fonts carry them.

use std::collections::HashMap;

use super::{lexer::Lexer, object::Object};

/// Characters that a table may name: more than a font has.
const MOST: usize = 140_000;

/// What codes mean.
#[derive(Debug, Default)]
pub(super) struct Cmap {
    meaning: HashMap<u32, String>,
    /// Bytes of a code, where the table says so.
    pub(super) length: Option<usize>,
}

impl Cmap {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut lexer = Lexer::new(bytes, 0, 1_000_000);
        let mut held: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Word(word) = &object else {
                held.push(object);
                continue;
            };
            match word.as_str() {
                "endcodespacerange" => cmap.length = held.iter().find_map(|code| Some(text(code)?.len())),
                "endbfchar" => held.chunks_exact(2).for_each(|pair| cmap.one(&pair[0], &pair[1])),
                "endbfrange" => {
                    held.chunks_exact(3).for_each(|range| cmap.range(&range[0], &range[1], &range[2]));
                }
                _ => {}
            }
            held.clear();
        }
        cmap
    }

    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.meaning.get(&code).map(String::as_str)
    }

    fn put(&mut self, code: u32, meaning: String) {
        if self.meaning.len() < MOST {
            self.meaning.insert(code, meaning);
        }
    }

    fn one(&mut self, code: &Object, meaning: &Object) {
        if let Some(code) = text(code) {
            self.one_of(number(code), meaning);
        }
    }

    fn one_of(&mut self, code: u32, meaning: &Object) {
        if let Some(meaning) = text(meaning) {
            self.put(code, utf16(meaning));
        }
    }

    fn range(&mut self, first: &Object, last: &Object, meaning: &Object) {
        let (Some(first), Some(last)) = (text(first).map(number), text(last).map(number)) else { return };
        let codes = first..=last.min(first.saturating_add(0xffff));
        match meaning {
            Object::List(meanings) => {
                for (code, meaning) in codes.zip(meanings) {
                    self.one_of(code, meaning);
                }
            }
            Object::Text(start) => {
                for (code, step) in codes.zip(0_u32..) {
                    self.put(code, stepped(start, step));
                }
            }
            _ => {}
        }
    }
}

fn text(object: &Object) -> Option<&[u8]> {
    if let Object::Text(text) = object { Some(text) } else { None }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()
}

/// The character so many places after this one.
fn stepped(start: &[u8], step: u32) -> String {
    let first = utf16(start);
    let mut chars: Vec<char> = first.chars().collect();
    let Some(last) = chars.pop() else { return String::new() };
    chars.push(char::from_u32((last as u32).saturating_add(step)).unwrap_or(char::REPLACEMENT_CHARACTER));
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_characters_one_by_one_and_in_ranges() {
        let cmap = Cmap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0003> <9000> endbfchar
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<8D27> <00660069>] endbfrange",
        );
        let read: Vec<_> = [3, 0x10, 0x12, 0x20, 0x21].map(|code| cmap.get(code).unwrap_or("?")).to_vec();
        assert_eq!((read.join(" ").as_str(), cmap.length), ("退 A C 货 fi", Some(2)));
        assert_eq!(cmap.get(99), None);
    }
}
