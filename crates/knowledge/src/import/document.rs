//! A long text that came in without Markdown: headings, paragraphs, lists and tables become an article.
//!
//! Every format that is read by its shape (HTML, DOCX, PDF, plain text) ends here, so that titles,
//! sections and tables read the same wherever they came from.

use domain::{EntryId, EntryText, Kind, Lang, said};

use super::{
    draft::{Fault, Row},
    fold,
    illustrate::Settle,
    limits, wording,
};

/// A piece of a document, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading: how deep (1 is the highest), its words, and the name that a link to the original can point at.
    Heading(u8, String, Option<String>),
    /// A paragraph.
    Text(String),
    /// An item of a list and how deep it stands.
    Item(u8, String),
    /// Text whose line breaks matter.
    Code(String),
    /// Rows of cells; whether the first row names the columns.
    Table(Vec<Vec<String>>, bool),
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What the file calls itself.
    pub(super) title: Option<String>,
    /// What the file says of its language.
    pub(super) lang: Option<Lang>,
    pub(super) blocks: Vec<Block>,
    /// What the marks in the blocks' words show.
    pub(super) pictures: Vec<Shown>,
}

/// A picture that stands in a document.
#[derive(Debug)]
pub(super) struct Shown {
    /// What it says to those who cannot see it.
    pub(super) alt: String,
    pub(super) source: Source,
}

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// At an address, or in it.
    Address(String),
    /// A member of the document, which is an archive.
    Member(String),
}

/// A picture in the words of a block: its number between these. Text that comes in has neither.
pub(super) const MARK: [char; 2] = ['\u{e000}', '\u{e001}'];

/// How the file is known, where the document does not say.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) id: EntryId,
    pub(super) lang: Option<Lang>,
}

impl Document {
    /// Notes a picture; its mark goes where it stands.
    pub(super) fn show(&mut self, shown: Shown) -> String {
        if self.pictures.len() >= limits::MEMBERS {
            return String::new();
        }
        self.pictures.push(shown);
        format!("{}{}{}", MARK[0], self.pictures.len() - 1, MARK[1])
    }

    /// Whether there is nothing but pictures: a scan.
    pub(super) fn has_marks_only(&self) -> bool {
        let blank = |text: &str| replaced(text, &mut |_| String::new()).trim().is_empty();
        self.blocks.iter().all(|block| match block {
            Block::Heading(..) => true,
            Block::Text(text) | Block::Item(_, text) | Block::Code(text) => blank(text),
            Block::Table(rows, _) => rows.iter().flatten().all(|cell| blank(cell)),
        })
    }

    /// Puts in place of each mark what `say` says of its picture; `None` leaves no trace of it.
    pub(super) fn settle(&mut self, say: &mut Settle<'_>) {
        let pictures = std::mem::take(&mut self.pictures);
        if pictures.is_empty() {
            return;
        }
        let mut word = |text: &mut String, shows: bool| {
            *text = replaced(text, &mut |at| match pictures.get(at) {
                Some(picture) if shows => say(picture).unwrap_or_default(),
                Some(picture) => picture.alt.clone(),
                None => String::new(),
            });
        };
        for block in &mut self.blocks {
            match block {
                Block::Heading(_, text, _) | Block::Code(text) => word(text, false),
                Block::Text(text) | Block::Item(_, text) => word(text, true),
                Block::Table(rows, _) => rows.iter_mut().flatten().for_each(|cell| word(cell, true)),
            }
        }
        self.blocks.retain(|block| match block {
            Block::Text(text) | Block::Item(_, text) | Block::Heading(_, text, _) => !text.trim().is_empty(),
            Block::Code(_) | Block::Table(..) => true,
        });
    }

    /// Whether there is anything to read.
    pub(super) fn is_empty(&self) -> bool {
        !self.blocks.iter().any(Block::has_words)
    }

    /// The article, or several where it is longer than one may be.
    pub(super) fn into_rows(mut self, named: &Named<'_>) -> Result<Vec<Row>, Fault> {
        if self.is_empty() {
            return Err(Fault::new("answer", said!(NoText: "文档里没有文字", "the document has no text")));
        }
        let title = self.take_title().unwrap_or_else(|| named.name.to_owned());
        let title: String = title.chars().take(limits::TITLE).collect();
        let lang = named.lang.or(self.lang).unwrap_or_else(|| {
            fold::language([title.as_str()].into_iter().chain(self.blocks.iter().map(Block::words)))
        });
        let parts = wording::parts(&self.blocks, lang);
        let row = |(at, answer): (usize, String)| {
            let (id, title) = numbered(at, &named.id, &title);
            let text = EntryText { title, phrasings: Vec::new(), answer };
            Row { id: Some(id), kind: Kind::Article, texts: vec![(lang, text)], ..Row::default() }.check()
        };
        parts.into_iter().enumerate().map(row).collect()
    }

    /// The only heading of the highest level names the document and is not repeated inside it.
    fn take_title(&mut self) -> Option<String> {
        let own = self.title.take().filter(|title| !title.trim().is_empty());
        let is_top = |block: &Block| matches!(block, Block::Heading(1, ..));
        let Some(first) = self.blocks.iter().position(is_top) else { return own };
        if self.blocks[first + 1..].iter().any(is_top) {
            return own;
        }
        match self.blocks.remove(first) {
            Block::Heading(_, words, _) => Some(words),
            _ => own,
        }
    }
}

/// A text with something else in place of its marks.
fn replaced(text: &str, say: &mut dyn FnMut(usize) -> String) -> String {
    let mut parts = text.split(MARK[0]);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(MARK[1]).unwrap_or(("", part));
        let said = number.parse().map(&mut *say).unwrap_or_default();
        out.push_str(&said);
        // Where nothing is said, two blanks would meet.
        let meets = said.is_empty() && out.ends_with(' ');
        out.push_str(if meets { rest.trim_start_matches(' ') } else { rest });
    }
    out
}

impl Block {
    fn has_words(&self) -> bool {
        match self {
            Self::Heading(..) => false,
            Self::Table(rows, _) => rows.iter().flatten().any(|cell| !cell.trim().is_empty()),
            Self::Text(text) | Self::Item(_, text) | Self::Code(text) => !text.trim().is_empty(),
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Heading(_, text, _) | Self::Text(text) | Self::Item(_, text) | Self::Code(text) => text,
            Self::Table(rows, _) => rows.first().and_then(|row| row.first()).map_or("", String::as_str),
        }
    }
}

/// The first part keeps the name, so that a document that grows keeps its entries.
fn numbered(at: usize, id: &EntryId, title: &str) -> (EntryId, String) {
    match at {
        0 => (id.clone(), title.to_owned()),
        _ => (format!("{id}-{}", at + 1).into(), format!("{title} ({})", at + 1)),
    }
}
