//! The kinds of files that we know. A new one is a variant here and a file beside this one.

use std::{io::BufReader, path::Path};

use domain::{Said, said};
use flate2::read::MultiGzDecoder;

use super::{
    ImportError, archive,
    basket::Basket,
    bytes,
    bytes::Place,
    csv,
    document::{Document, Named},
    docx, fold, html,
    illustrate::{self, Pictures},
    jsonl, limits, markdown, pdf,
    table::Table,
    text, xlsx,
};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object on a line.
    Jsonl,
    /// The same, packed.
    JsonlGz,
    /// A table in text, comma, semicolon or tab between its cells.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// One article.
    Markdown,
    /// A page of a website.
    Html,
    /// A document of pages.
    Pdf,
    /// A document of Word.
    Docx,
    /// Plain text.
    Text,
    /// Files of the other kinds, packed.
    Zip,
}

impl Format {
    /// The kind of file by its name.
    pub fn of(path: &Path) -> Option<Self> {
        const ENDINGS: &[(&str, Format)] = &[
            (".jsonl", Format::Jsonl),
            (".jsonl.gz", Format::JsonlGz),
            (".csv", Format::Csv),
            (".tsv", Format::Csv),
            (".xlsx", Format::Xlsx),
            (".md", Format::Markdown),
            (".markdown", Format::Markdown),
            (".html", Format::Html),
            (".htm", Format::Html),
            (".pdf", Format::Pdf),
            (".docx", Format::Docx),
            (".txt", Format::Text),
            (".zip", Format::Zip),
        ];
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }

    pub(super) fn read(self, path: &Path, basket: &mut Basket) -> Result<(), ImportError> {
        let top = Place::top(path);
        match self {
            Self::Jsonl => {
                let Some(file) = bytes::open(path, basket)? else { return Ok(()) };
                jsonl::read(&top, BufReader::new(file), limits::FILE, basket);
            }
            Self::JsonlGz => {
                let Some(file) = bytes::open(path, basket)? else { return Ok(()) };
                let unpacked = BufReader::new(MultiGzDecoder::new(BufReader::new(file)));
                jsonl::read(&top, unpacked, limits::UNPACKED, basket);
            }
            _ => {
                let Some(bytes) = bytes::whole(path, basket)? else { return Ok(()) };
                self.read_bytes(path, bytes, basket);
            }
        }
        Ok(())
    }

    /// The same for bytes that are at hand: a member of an archive, an uploaded file.
    pub(super) fn read_bytes(self, path: &Path, bytes: Vec<u8>, basket: &mut Basket) {
        let top = Place::top(path);
        match self {
            Self::Jsonl => jsonl::read(&top, &bytes[..], limits::FILE, basket),
            Self::JsonlGz => {
                jsonl::read(&top, BufReader::new(MultiGzDecoder::new(&bytes[..])), limits::UNPACKED, basket);
            }
            Self::Csv => csv::read(&top, &bytes, &mut Table::into(basket)),
            Self::Xlsx => xlsx::read(&top, bytes, &mut Table::into(basket)),
            Self::Markdown => markdown::read(path, &bytes, basket),
            Self::Zip => archive::read(&top, &bytes, basket),
            Self::Html | Self::Pdf | Self::Docx | Self::Text => {
                self.read_document_file(path, &bytes, Pictures::Own, basket);
            }
        }
    }

    /// Whether it is read by its shape, by [`Self::read_document`].
    pub(super) const fn is_document(self) -> bool {
        matches!(self, Self::Html | Self::Pdf | Self::Docx | Self::Text)
    }

    /// The document in a file, named by it.
    pub(super) fn read_document_file(
        self,
        path: &Path,
        bytes: &[u8],
        from: Pictures<'_>,
        basket: &mut Basket,
    ) {
        let (name, lang) = markdown::name_and_language(path);
        let named = Named { id: fold::slug(&name).into(), name: &name, lang };
        self.read_document(&Place::top(path), bytes, &named, None, from, basket);
    }

    /// Reads a document of sections; what is wrong with a page of it is a remark on that page.
    pub(super) fn read_document(
        self,
        top: &Place,
        bytes: &[u8],
        named: &Named<'_>,
        charset: Option<&str>,
        from: Pictures<'_>,
        basket: &mut Basket,
    ) {
        let mut document = match self.document(top, bytes, charset, from) {
            Ok((document, unread)) => {
                for (page, problem) in unread {
                    let Said { zh, en, code } = problem;
                    let problem = said!("第 {page} 页{zh}", "page {page} {en}").coded(code);
                    basket.reject(&top.at(page), Some("page".to_owned()), problem);
                }
                document
            }
            Err(problem) => return basket.reject(top, None, problem),
        };
        illustrate::settle(&mut document, from, top, bytes, basket);
        match document.into_rows(named) {
            Err(fault) => basket.put(top, Err(fault)),
            Ok(rows) => rows.into_iter().for_each(|row| basket.put(top, Ok(row))),
        }
    }

    fn document(
        self,
        top: &Place,
        bytes: &[u8],
        charset: Option<&str>,
        from: Pictures<'_>,
    ) -> Result<(Document, Vec<pdf::Unread>), Said> {
        Ok(match self {
            Self::Pdf => pdf::read(bytes)?,
            Self::Docx => (docx::read(bytes)?, Vec::new()),
            Self::Text => (text::read(top, bytes)?, Vec::new()),
            _ => (html::read(bytes, charset, &|address| from.may_hold(address)), Vec::new()),
        })
    }
}
