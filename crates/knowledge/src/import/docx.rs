//! Word documents: headings by their styles, lists, tables; deleted words, notes and fields stay out.

use std::collections::HashMap;

use domain::{Said, said};

use super::{
    archive,
    document::{Block, Document, MARK, Shown, Source},
    limits,
    picture::path_of,
    xml::{self, Xml, attribute},
};

/// The document in a `.docx`.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Said> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(said!(Encrypted:
            "有密码，或是旧的 .doc 格式；去掉密码，另存为 .docx",
            "encrypted, or of the old .doc kind: save it without a password as .docx"
        ));
    }
    let most = limits::WORKBOOK;
    let body = archive::member(bytes, "word/document.xml", most)?
        .ok_or_else(|| said!(Damaged: "不是 Word 文档", "not a Word document"))?;
    let styles = archive::member(bytes, "word/styles.xml", most)?;
    let levels = styles.map(|styles| levels(&styles)).transpose()?.unwrap_or_default();
    let links = archive::member(bytes, "word/_rels/document.xml.rels", most)?;
    let pictures = links.map(|links| pictures(&links)).transpose()?.unwrap_or_default();
    let mut reading = Reading { levels, pictures, ..Reading::default() };
    xml::each(&utf8(&body)?, |event| reading.take(event))?;
    reading.end_paragraph();
    Ok(raised(reading.document))
}

fn utf8(bytes: &[u8]) -> Result<String, Said> {
    String::from_utf8(bytes.to_vec())
        .map_err(|_| said!(Encoding: "已损坏：文字不是 UTF-8", "damaged: its text is not UTF-8"))
}

/// The document's own pictures by the names of the links to them.
fn pictures(links: &[u8]) -> Result<HashMap<String, String>, Said> {
    let mut pictures = HashMap::new();
    xml::each(&utf8(links)?, |event| {
        let Xml::Open(name, attributes) = event else { return true };
        let value = |name: &str| attribute(&attributes, name);
        let is_own = value("TargetMode").is_none_or(|mode| mode != "External");
        let is_picture = value("Type").is_some_and(|kind| kind.ends_with("/image"));
        if name == "Relationship" && is_own && is_picture {
            let path = value("Target").and_then(|target| path_of("word/document.xml", target));
            pictures.extend(value("Id").map(str::to_owned).zip(path));
        }
        true
    })?;
    Ok(pictures)
}

/// Which styles are headings, and of which level; a title is 1, a first heading 2.
fn levels(styles: &[u8]) -> Result<HashMap<String, u8>, Said> {
    let (mut levels, mut id) = (HashMap::new(), String::new());
    xml::each(&utf8(styles)?, |event| {
        let Xml::Open(name, attributes) = event else { return true };
        let value = || attribute(&attributes, "val").unwrap_or_default().to_lowercase();
        match name.as_str() {
            "style" => attribute(&attributes, "styleId").unwrap_or_default().clone_into(&mut id),
            "name" => {
                if let Some(level) = level_named(&value()) {
                    levels.insert(id.clone(), level);
                }
            }
            "outlineLvl" => {
                if let Some(level) = outline(&value()) {
                    levels.entry(id.clone()).or_insert(level);
                }
            }
            _ => {}
        }
        true
    })?;
    Ok(levels)
}

fn level_named(name: &str) -> Option<u8> {
    match name {
        "title" | "标题" => Some(1),
        _ => {
            let number = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?;
            number.parse::<u8>().ok().filter(|level| (1..=9).contains(level)).map(|level| level + 1)
        }
    }
}

fn outline(value: &str) -> Option<u8> {
    value.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 2)
}

/// Without a title the highest heading is one.
fn raised(mut document: Document) -> Document {
    let level = |block: &mut Block| match block {
        Block::Heading(level, ..) => Some(*level),
        _ => None,
    };
    let highest = document.blocks.iter_mut().filter_map(level).min().unwrap_or(1);
    for block in &mut document.blocks {
        if let Block::Heading(level, ..) = block {
            *level = (*level).saturating_sub(highest - 1).max(1);
        }
    }
    document
}

/// A body that is being read.
#[derive(Default)]
struct Reading {
    document: Document,
    levels: HashMap<String, u8>,
    pictures: HashMap<String, String>,
    /// What the drawing that is open says of itself.
    alt: String,
    words: String,
    heading: Option<u8>,
    item: Option<u8>,
    in_text: bool,
    /// Copies for old programs that are passed over.
    fallbacks: u32,
    tables: u32,
    rows: Vec<Vec<String>>,
    cells: usize,
}

impl Reading {
    fn take(&mut self, event: Xml) -> bool {
        match event {
            Xml::Open(name, _) if name == "Fallback" => self.fallbacks += 1,
            Xml::Close(name) if name == "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ if self.fallbacks > 0 => {}
            Xml::Open(name, attributes) => self.open(&name, &attributes),
            Xml::Close(name) => self.close(&name),
            Xml::Text(text) if self.in_text => self.words.push_str(&text.replace(MARK, "")),
            Xml::Text(_) => {}
        }
        self.document.blocks.len() + self.rows.len() + self.cells < 2 * limits::BLOCKS
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = attribute(attributes, "val");
        match name {
            "p" => self.end_paragraph(),
            "pStyle" => self.heading = value.and_then(|style| self.levels.get(style).copied()),
            "outlineLvl" => self.heading = self.heading.or_else(|| value.and_then(outline)),
            "ilvl" => self.item = value.and_then(|level| level.parse().ok()).or(Some(0)),
            "numPr" => self.item = self.item.or(Some(0)),
            "t" => self.in_text = true,
            "docPr" | "shape" => {
                let said = ["descr", "alt", "title"].iter().find_map(|name| attribute(attributes, name));
                said.unwrap_or_default().clone_into(&mut self.alt);
            }
            "blip" => self.show(attribute(attributes, "embed")),
            "imagedata" => self.show(attribute(attributes, "id")),
            "tab" => self.words.push(' '),
            "br" | "cr" => self.words.push('\n'),
            "tbl" => {
                self.end_paragraph();
                self.tables += 1;
            }
            "tr" if self.tables > 0 => self.rows.push(Vec::new()),
            "tc" => {
                self.cells += 1;
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    /// Puts the picture behind a link where the words are.
    fn show(&mut self, link: Option<&str>) {
        let alt = std::mem::take(&mut self.alt);
        if let Some(path) = link.and_then(|link| self.pictures.get(link)) {
            let source = Source::Member(path.clone());
            self.words.push_str(&self.document.show(Shown { alt, source }));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    self.document.blocks.push(Block::Table(rows, false));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (heading, item) = (self.heading.take(), self.item.take());
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(words);
            return;
        }
        self.document.blocks.push(match (heading, item) {
            (Some(level), _) => Block::Heading(level, words.to_owned(), None),
            (None, Some(depth)) => Block::Item(depth.min(5), words.to_owned()),
            (None, None) => Block::Text(words.to_owned()),
        });
    }
}
