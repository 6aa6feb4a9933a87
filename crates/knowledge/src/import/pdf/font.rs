//! A font: which characters its codes show, and how wide they are.

use std::collections::HashMap;

use encoding_rs::{BIG5, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_16BE, WINDOWS_1252};

use super::{cmap::Cmap, file::File, glyphs, object::Object};

/// What the codes of a font mean where it brings no table.
#[derive(Debug)]
enum Codes {
    /// One byte each, by this table.
    Bytes(Box<[Option<String>; 256]>),
    /// Numbers of glyphs; without a table nobody knows what they show.
    Glyphs,
    /// Text in a known encoding.
    Text(&'static Encoding),
}

#[derive(Debug)]
pub(super) struct Font {
    table: Option<Cmap>,
    codes: Codes,
    widths: HashMap<u32, f64>,
    usual_width: f64,
    pub(super) bold: bool,
}

/// One code: what it shows, if known, and its width in thousandths of the letter's size.
pub(super) struct Glyph {
    pub(super) shows: Option<String>,
    pub(super) width: f64,
    pub(super) is_blank: bool,
}

impl Font {
    pub(super) fn read(file: &File<'_>, font: &Object) -> Self {
        let is = |key: &str, name: &str| file.value(font, key).name() == Some(name);
        let table = font
            .dict()
            .and_then(|font| font.get("ToUnicode"))
            .and_then(|stream| file.stream_of(stream).ok())
            .map(|bytes| Cmap::read(&bytes));
        let name = file.value(font, "BaseFont");
        let bold = name
            .name()
            .is_some_and(|name| ["Bold", "Black", "Heavy", "SimHei"].iter().any(|mark| name.contains(mark)));
        if is("Subtype", "Type0") {
            let inner = file.value(font, "DescendantFonts");
            let inner = inner.list().and_then(<[Object]>::first).map(|inner| file.follow(inner));
            let (widths, usual_width) =
                inner.map_or_else(|| (HashMap::new(), 1_000.0), |inner| composite_widths(file, &inner));
            let codes = file.value(font, "Encoding").name().map_or(Codes::Glyphs, composite);
            return Self { table, codes, widths, usual_width, bold };
        }
        let (widths, usual_width) = simple_widths(file, font);
        Self { table, codes: Codes::Bytes(Box::new(simple(file, font))), widths, usual_width, bold }
    }

    /// Takes a shown text apart.
    pub(super) fn glyphs(&self, shown: &[u8]) -> Vec<Glyph> {
        let mut glyphs = Vec::with_capacity(shown.len());
        let mut rest = shown;
        while !rest.is_empty() {
            let (code, used) = rest.split_at(self.length(rest).clamp(1, rest.len()));
            rest = used;
            let number = code.iter().fold(0_u32, |number, &byte| number << 8 | u32::from(byte));
            let width = self.widths.get(&number).copied().unwrap_or(self.usual_width);
            glyphs.push(Glyph { shows: self.shows(number, code), width, is_blank: code == [b' '] });
        }
        glyphs
    }

    fn length(&self, rest: &[u8]) -> usize {
        match &self.codes {
            Codes::Bytes(_) => 1,
            Codes::Glyphs => self.table.as_ref().and_then(|table| table.length).unwrap_or(2),
            Codes::Text(encoding) if *encoding == UTF_16BE => 2,
            Codes::Text(_) => 1 + usize::from(rest[0] > 0x80),
        }
    }

    fn shows(&self, number: u32, code: &[u8]) -> Option<String> {
        if let Some(known) = self.table.as_ref().and_then(|table| table.get(number)) {
            return (!known.contains('\u{fffd}')).then(|| known.to_owned());
        }
        match &self.codes {
            Codes::Bytes(table) => table[(number & 0xff) as usize].clone(),
            Codes::Glyphs => None,
            Codes::Text(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(code)
                .map(std::borrow::Cow::into_owned),
        }
    }
}

/// The encodings of the large Chinese and Japanese fonts that a file need not bring along.
fn composite(name: &str) -> Codes {
    match name {
        _ if name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")) => {
            Codes::Text(UTF_16BE)
        }
        _ if name.starts_with("GB") => Codes::Text(GB18030),
        _ if name.starts_with("ETen") || name.starts_with("B5") || name.starts_with("HKscs") => {
            Codes::Text(BIG5)
        }
        _ if name.contains("RKSJ") => Codes::Text(SHIFT_JIS),
        _ => Codes::Glyphs,
    }
}

/// The table of a font with codes of one byte: a known encoding, then what the font does otherwise.
fn simple(file: &File<'_>, font: &Object) -> [Option<String>; 256] {
    let encoding = file.value(font, "Encoding");
    let base = encoding
        .name()
        .map(str::to_owned)
        .or_else(|| Some(file.value(&encoding, "BaseEncoding").name()?.to_owned()));
    let base = if base.as_deref() == Some("MacRomanEncoding") { MACINTOSH } else { WINDOWS_1252 };
    let mut table = std::array::from_fn(|code| {
        let text = base.decode_without_bom_handling(&[code as u8]).0.into_owned();
        (!text.starts_with(char::is_control)).then_some(text)
    });
    let mut at = 0;
    for each in file.value(&encoding, "Differences").list().unwrap_or_default() {
        match each {
            Object::Number(number) => at = *number as usize,
            Object::Name(name) => {
                if let Some(place) = table.get_mut(at) {
                    *place = glyphs::named(name);
                }
                at = at.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

fn simple_widths(file: &File<'_>, font: &Object) -> (HashMap<u32, f64>, f64) {
    let first = file.value(font, "FirstChar").number().unwrap_or_default() as u32;
    let widths = file.value(font, "Widths");
    let widths = widths.list().unwrap_or_default().iter().take(256);
    let numbered = widths.zip(first..).filter_map(|(width, code)| Some((code, file.follow(width).number()?)));
    let descriptor = file.value(font, "FontDescriptor");
    let missing = file.value(&descriptor, "MissingWidth").number().filter(|width| *width > 0.0);
    (numbered.collect(), missing.unwrap_or(500.0))
}

/// `[first [w w w] first last w]`
fn composite_widths(file: &File<'_>, inner: &Object) -> (HashMap<u32, f64>, f64) {
    let usual = file.value(inner, "DW").number().unwrap_or(1_000.0);
    let mut widths = HashMap::new();
    let list = file.value(inner, "W");
    let mut held: Vec<f64> = Vec::new();
    for each in list.list().unwrap_or_default().iter().take(200_000) {
        match &*file.follow(each) {
            Object::Number(number) => held.push(*number),
            Object::List(list) => {
                let first = held.pop().unwrap_or_default() as u32;
                widths.extend((first..).zip(list.iter().filter_map(Object::number)));
                held.clear();
            }
            _ => {}
        }
        if let [first, last, width] = held[..] {
            let codes = first as u32..=(last as u32).min((first as u32).saturating_add(0xffff));
            if widths.len() < 200_000 {
                widths.extend(codes.map(|code| (code, width)));
            }
            held.clear();
        }
    }
    (widths, usual)
}
