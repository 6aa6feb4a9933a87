//! A long text that came in without Markdown: headings, paragraphs, lists and tables become an article.
//!
//! Every format that is read by its shape (HTML, DOCX, PDF, plain text) ends here, so that titles,
//! sections and tables read the same wherever they came from.

use domain::{EntryId, EntryText, Kind, Lang, said};

use super::{
    draft::{Fault, Row},
    fold, limits, wording,
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
}

/// How the file is known, where the document does not say.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) id: EntryId,
    pub(super) lang: Option<Lang>,
}

impl Document {
    /// Whether there is anything to read.
    pub(super) fn is_empty(&self) -> bool {
        !self.blocks.iter().any(Block::has_words)
    }

    /// The article, or several where it is longer than one may be.
    pub(super) fn into_rows(mut self, named: &Named<'_>) -> Result<Vec<Row>, Fault> {
        if self.is_empty() {
            return Err(Fault::new("answer", said!("文档里没有文字", "the document has no text")));
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
