//! Bytes to objects. Whatever the bytes, it moves forward and ends.

use super::object::{Dict, Object};

/// Lists inside lists.
const DEPTH: u32 = 48;

/// A place in bytes.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// How many more objects may be made.
    pub(super) left: usize,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_mark(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, left: usize) -> Self {
        Self { bytes, at, left }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0) {
            if byte == b'%' {
                while self.peek(0).is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next object; `None` at the end, or when no more may be made.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.object(0)
    }

    fn object(&mut self, depth: u32) -> Option<Object> {
        self.skip_space();
        self.left = self.left.checked_sub(1)?;
        let first = self.peek(0)?;
        Some(match first {
            b'(' => Object::Text(self.literal()),
            b'<' if self.peek(1) == Some(b'<') => {
                self.at += 2;
                self.dict(depth)
            }
            b'<' => Object::Text(self.hex()),
            b'[' => {
                self.at += 1;
                self.list(depth)
            }
            b'/' => Object::Name(self.name()),
            b'>' if self.peek(1) == Some(b'>') => self.mark(2),
            byte if is_mark(byte) => self.mark(1),
            byte if byte.is_ascii_digit() || b"+-.".contains(&byte) => self.number(),
            _ => Object::Word(self.word()),
        })
    }

    fn mark(&mut self, length: usize) -> Object {
        let end = (self.at + length).min(self.bytes.len());
        let mark = String::from_utf8_lossy(&self.bytes[self.at..end]).into_owned();
        self.at = end;
        Object::Word(mark)
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| !is_space(byte) && !is_mark(byte)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()
    }

    fn number(&mut self) -> Object {
        let word = self.word();
        let Ok(number) = word.parse::<f64>() else {
            // Writers of old made `--5` and `5-3`; what stands before the second sign counts.
            let digits: String = word
                .trim_start_matches(['-', '+'])
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            return digits.parse().map_or(Object::Word(word), Object::Number);
        };
        let after = self.at;
        if number >= 0.0 && number.fract() == 0.0 && number < f64::from(u32::MAX) {
            // `12 0 R` is one object.
            self.skip_space();
            let generation = self.word();
            self.skip_space();
            let is_ref = !generation.is_empty()
                && generation.len() <= 5
                && generation.bytes().all(|byte| byte.is_ascii_digit())
                && self.peek(0) == Some(b'R')
                && self.peek(1).is_none_or(|byte| is_space(byte) || is_mark(byte));
            if is_ref {
                self.at += 1;
                return Object::Ref(number as u32);
            }
        }
        self.at = after;
        Object::Number(if number.is_finite() { number } else { 0.0 })
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let word = self.word();
        if !word.contains('#') {
            return word;
        }
        let (mut name, bytes) = (Vec::new(), word.as_bytes());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let code = bytes
                .get(at + 1..at + 3)
                .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            let (meant, length) = code.filter(|_| byte == b'#').map_or((byte, 1), |code| (code, 3));
            name.push(meant);
            at += length;
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'>' => break,
                _ => digits.extend(char::from(byte).to_digit(16).map(|digit| digit as u8)),
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_u32);
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek(0) else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.peek(0) == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek(0) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(code as u8);
            }
            other => text.push(other),
        }
    }

    fn list(&mut self, depth: u32) -> Object {
        let mut list = Vec::new();
        if depth >= DEPTH {
            return Object::List(list);
        }
        loop {
            match self.object(depth + 1) {
                None => break,
                Some(Object::Word(word)) if word == "]" => break,
                Some(Object::Word(word)) if word == "endobj" => break,
                Some(object) => list.push(object),
            }
        }
        Object::List(list)
    }

    fn dict(&mut self, depth: u32) -> Object {
        let mut dict = Dict::new();
        if depth >= DEPTH {
            return Object::Dict(dict);
        }
        loop {
            match self.object(depth + 1) {
                Some(Object::Name(name)) => {
                    let Some(value) = self.object(depth + 1) else { break };
                    if value == Object::Word(">>".to_owned()) {
                        break;
                    }
                    dict.insert(name, value);
                }
                None => break,
                Some(Object::Word(word)) if matches!(word.as_str(), ">>" | "endobj" | "stream") => break,
                Some(_) => {}
            }
        }
        Object::Dict(dict)
    }
}
