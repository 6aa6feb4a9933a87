//! The kinds of files that we know. A new one is a variant here and a file beside this one.

use std::{io::BufReader, path::Path};

use flate2::read::MultiGzDecoder;

use super::{ImportError, basket::Basket, bytes, bytes::Place, csv, jsonl, limits, markdown, xlsx};

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
            Self::Csv | Self::Xlsx | Self::Markdown => {
                let Some(bytes) = bytes::whole(path, basket)? else { return Ok(()) };
                match self {
                    Self::Xlsx => xlsx::read(&top, bytes, basket),
                    Self::Markdown => markdown::read(path, &bytes, basket),
                    _ => csv::read(&top, &bytes, basket),
                }
            }
        }
        Ok(())
    }
}
