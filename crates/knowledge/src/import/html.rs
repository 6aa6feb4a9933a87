//! HTML: what a visitor reads on a page, without menus, footers, scripts and forms.
//!
//! Read as a stream of tags, never as a tree: a page nested a million deep costs no stack, and tags that
//! nobody closed end where their block ends.

mod charset;
mod table;

use html5gum::{Token, Tokenizer};

use self::table::Table;

use super::{
    document::{Block, Document, MARK, Shown, Source},
    fold, limits,
};

type StartTag = html5gum::StartTag<()>;

/// Elements whose contents nobody reads as the page's text.
const LEFT_OUT: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "svg",
    "iframe", "dialog", "menu", "object", "canvas", "video", "audio", "textarea", "head",
];
/// Elements of a head.
const HEAD: &[&str] = &["title", "meta", "link", "base", "style", "script", "noscript", "template"];
/// The page's banner; in an article it holds the heading.
const BANNER: &str = "header";
/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "dl",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "address",
    "details",
    "hr",
    "body",
    "html",
    "fieldset",
    "caption",
    "center",
];

/// What a page says about itself and holds.
pub(super) fn read(bytes: &[u8], charset: Option<&str>, wanted: Wanted<'_>) -> Document {
    let html = charset::text(bytes, charset);
    let has_main = find_main(&html);
    let mut page = Page::new(has_main, wanted).read(&html);
    if page.has_marks_only() {
        // A page that calls its whole body a menu is still a page.
        let all = Page { everything: true, ..Page::new(false, wanted) }.read(&html);
        page = Document { title: page.title, lang: page.lang, ..all };
    }
    page
}

/// Whether a picture at this address is part of what came in.
pub(super) type Wanted<'a> = &'a dyn Fn(&str) -> bool;

fn find_main(html: &str) -> bool {
    let mut open = false;
    let mut words = 0_usize;
    for Ok(token) in tokens(html) {
        match token {
            Token::StartTag(tag) if is_main(&tag) => open = true,
            Token::EndTag(tag) if matches!(&tag.name[..], b"main" | b"article") => open = false,
            Token::String(text) if open => words += text.len(),
            _ => {}
        }
    }
    words > 80
}

fn is_main(tag: &StartTag) -> bool {
    matches!(&tag.name[..], b"main" | b"article") || attribute(tag, "role").is_some_and(|role| role == "main")
}

fn tokens(html: &str) -> impl Iterator<Item = Result<Token, std::convert::Infallible>> + '_ {
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter)
}

fn attribute(tag: &StartTag, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).trim().to_lowercase())
}

/// Where the words that come next belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    Text,
    Heading(u8),
    Item,
    Code,
}

/// A page that is being read.
struct Page<'a> {
    done: Document,
    words: String,
    goes: Goes,
    anchor: Option<String>,
    lists: u8,
    table: Option<Table>,
    /// An element that is left out, and how many of its name are open.
    outside: Option<(Vec<u8>, u32)>,
    /// Only what stands in the main part counts; how many of those are open.
    needs_main: bool,
    mains: u32,
    everything: bool,
    in_title: bool,
    wanted: Wanted<'a>,
}

impl<'a> Page<'a> {
    fn new(needs_main: bool, wanted: Wanted<'a>) -> Self {
        Self {
            done: Document::default(),
            words: String::new(),
            goes: Goes::Text,
            anchor: None,
            lists: 0,
            table: None,
            outside: None,
            needs_main,
            mains: 0,
            everything: false,
            in_title: false,
            wanted,
        }
    }

    fn read(mut self, html: &str) -> Document {
        for Ok(token) in tokens(html) {
            match token {
                Token::StartTag(tag) => self.open(&tag),
                Token::EndTag(tag) => self.close(&tag.name),
                Token::String(text) => self.say(&String::from_utf8_lossy(&text)),
                _ => {}
            }
            if self.done.blocks.len() > limits::BLOCKS {
                break;
            }
        }
        self.end_table();
        self.flush();
        self.done
    }

    fn open(&mut self, tag: &StartTag) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        // Nobody need close a head.
        if self.is_in_head() && !HEAD.contains(&name.as_str()) {
            self.outside = None;
        }
        self.in_title |= name == "title" && (self.outside.is_none() || self.is_in_head());
        if let Some((left_out, open)) = &mut self.outside {
            *open += u32::from(left_out == &tag.name[..] && !tag.self_closing);
            return;
        }
        match name.as_str() {
            "html" => self.done.lang = attribute(tag, "lang").and_then(|lang| fold::language_named(&lang)),
            _ if self.is_left_out(&name, tag) => {
                self.outside = Some((tag.name.to_vec(), 1));
                return;
            }
            _ => {}
        }
        if is_main(tag) {
            self.mains += 1;
        }
        self.begin(&name, tag);
    }

    fn is_in_head(&self) -> bool {
        self.outside.as_ref().is_some_and(|(left_out, _)| left_out == b"head")
    }

    fn is_left_out(&self, name: &str, tag: &StartTag) -> bool {
        if tag.self_closing && name != "head" {
            return false;
        }
        if name == "head" || name == "script" || name == "style" || name == "template" {
            return true;
        }
        let role = attribute(tag, "role").unwrap_or_default();
        let hidden = tag.attributes.contains_key(&b"hidden"[..])
            || attribute(tag, "aria-hidden").is_some_and(|hidden| hidden == "true");
        let is_frame = matches!(role.as_str(), "navigation" | "banner" | "contentinfo" | "search");
        let void = matches!(name, "input" | "img" | "br" | "hr" | "meta" | "link" | "source" | "wbr" | "col");
        let banner = name == BANNER && self.mains == 0;
        !self.everything && !void && (LEFT_OUT.contains(&name) || is_frame || hidden || banner)
    }

    /// What an element that is read begins.
    fn begin(&mut self, name: &str, tag: &StartTag) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.table.is_none() => {
                self.flush();
                self.goes = Goes::Heading(name.as_bytes()[1] - b'0');
                self.anchor = anchor(tag);
            }
            "dt" | "summary" if self.table.is_none() => {
                self.flush();
                self.goes = Goes::Heading(7);
                self.anchor = anchor(tag);
            }
            "ul" | "ol" => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            "li" => {
                self.flush();
                self.goes = Goes::Item;
            }
            "pre" => {
                self.flush();
                self.goes = Goes::Code;
            }
            "table" => self.begin_table(),
            "tr" => self.end_cell().map_or((), |table| table.rows.push(Vec::new())),
            "td" | "th" => self.begin_cell(name == "th"),
            "img" => self.show(tag),
            "br" => self.words.push('\n'),
            // The name of a link target just before or inside a heading is the heading's.
            "a" | "span" if matches!(self.goes, Goes::Heading(_)) && self.anchor.is_none() => {
                self.anchor = anchor(tag);
            }
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        self.in_title &= name != b"title";
        if let Some((left_out, open)) = &mut self.outside {
            *open -= u32::from(left_out == name);
            if *open == 0 {
                self.outside = None;
            }
            return;
        }
        match name {
            b"ul" | b"ol" => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"li" | b"pre" | b"dt" | b"summary" => {
                self.flush();
                (self.goes, self.anchor) = (Goes::Text, None);
            }
            b"table" => self.close_table(),
            b"td" | b"th" | b"tr" => {
                self.end_cell();
            }
            b"main" | b"article" => {
                self.flush();
                self.mains = self.mains.saturating_sub(1);
            }
            _ if BLOCKS.iter().any(|block| block.as_bytes() == name) => self.flush(),
            _ => {}
        }
    }

    /// Puts a picture where the words are.
    fn show(&mut self, tag: &StartTag) {
        if self.needs_main && self.mains == 0 {
            return;
        }
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes());
            value
                .map(|value| String::from_utf8_lossy(value).trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        if let Some(address) = value("src").filter(|address| (self.wanted)(address)) {
            let alt = value("alt").unwrap_or_default().replace(MARK, "");
            let mark = self.done.show(Shown { alt, source: Source::Address(address) });
            self.words.push_str(&mark);
        }
    }

    fn say(&mut self, text: &str) {
        if self.in_title {
            return self.done.title.get_or_insert_default().push_str(text.trim());
        }
        let counts = !self.needs_main || self.mains > 0;
        if self.outside.is_some() || !counts {
            return;
        }
        if self.goes == Goes::Code {
            self.words.push_str(&text.replace(MARK, ""));
            return;
        }
        // White space is one blank, and none at the start of a line.
        for c in text.chars() {
            if !c.is_whitespace() && !MARK.contains(&c) {
                self.words.push(c);
            } else if !self.words.is_empty() && !self.words.ends_with([' ', '\n']) {
                self.words.push(' ');
            }
        }
    }

    fn begin_table(&mut self) {
        if let Some(table) = &mut self.table {
            table.depth += 1;
        } else {
            self.flush();
            self.table = Some(Table::open());
        }
    }

    fn begin_cell(&mut self, names: bool) {
        if let Some(table) = self.end_cell() {
            table.begin_cell(names);
        }
    }

    /// Puts the words said so far into the cell that is open.
    fn end_cell(&mut self) -> Option<&mut Table> {
        let table = self.table.as_mut()?;
        let words = std::mem::take(&mut self.words);
        if !table.say(words.trim()) {
            self.done.blocks.push(Block::Text(words.trim().to_owned()));
        }
        Some(table)
    }

    fn close_table(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.depth = table.depth.saturating_sub(1);
        if table.depth == 0 {
            self.end_table();
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(table) = self.table.take() {
            self.done.blocks.extend(table.blocks());
        }
    }

    /// Ends the block whose words are being read.
    fn flush(&mut self) {
        if self.table.is_some() {
            if !self.words.is_empty() && !self.words.ends_with(char::is_whitespace) {
                self.words.push(' ');
            }
            return;
        }
        if self.words.trim().is_empty() {
            // A paragraph inside an item or a heading does not end it.
            self.words.clear();
            return;
        }
        let goes = std::mem::replace(&mut self.goes, Goes::Text);
        let (anchor, words) = (self.anchor.take(), std::mem::take(&mut self.words));
        let trimmed = words.trim();
        self.done.blocks.push(match goes {
            Goes::Heading(level) => Block::Heading(level, trimmed.to_owned(), anchor),
            Goes::Item => Block::Item(self.lists.saturating_sub(1).min(5), trimmed.to_owned()),
            Goes::Code => Block::Code(words),
            Goes::Text => Block::Text(trimmed.to_owned()),
        });
    }
}

/// The name by which a link reaches the element, if it can stand in an address as it is.
fn anchor(tag: &StartTag) -> Option<String> {
    let named = ["id", "name"].iter().find_map(|name| tag.attributes.get(name.as_bytes()))?;
    let name = String::from_utf8_lossy(named).into_owned();
    let fits = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
    (!name.is_empty() && name.chars().count() <= 100 && name.chars().all(fits)).then_some(name)
}
