//! Knowledge from files: what each row becomes, and what would change.
//!
//! Formats live in `import/<format>.rs`, one file each; [`Format`] lists them. A format turns bytes
//! into drafts; `draft` checks one of them, `example` what is none but says what customers mean;
//! `basket` joins languages and sets repeated questions aside; [`plan`](mod@plan) compares the result with what is known.
//!
//! What cannot be taken is named with file and line, whatever the bytes: nothing here panics, and
//! memory stays within the numbers of `limits`.

mod archive;
mod basket;
mod bytes;
mod columns;
mod csv;
mod document;
mod docx;
mod draft;
mod encoding;
mod example;
mod fold;
mod format;
mod front_matter;
mod gather;
mod html;
mod json;
mod jsonl;
mod limits;
mod list;
mod markdown;
pub mod merge;
mod pdf;
mod picture;
pub mod plan;
pub mod product;
pub mod purchase;
mod record;
mod rows;
pub mod sitemap;
mod table;
mod text;
mod web;
mod wording;
mod xlsx;
mod xml;

use std::path::PathBuf;

use domain::{Entry, IntentExample, Picture, TestQuestion, Timestamp};
use serde::{Deserialize, Serialize};

pub use format::Format;
pub(crate) use list::{join, neutralise};
pub use merge::{Merged, merge};
pub(crate) use picture::line as picture_line;
pub use plan::{Change, Counts, ExampleCounts, ExamplePlan, Plan, Summary, plan};
pub use web::{WebPage, page};

/// A row that was not taken, or taken with a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The file, as it was named to us.
    pub file: String,
    /// The line (or row, or member of an archive), from 1.
    pub line: u64,
    /// The column or field, where one is to blame.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub problem: String,
}

/// What files hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Harvest {
    /// The entries, the same id once.
    pub entries: Vec<Entry>,
    /// Rows that could not be taken.
    pub rejected: Vec<Remark>,
    /// Rows that ask a question which another row already answers: reported, their wording kept here.
    pub duplicates: Vec<Remark>,
    /// Rows of a text and its intent: what customers mean, each once.
    #[serde(default)]
    pub examples: Vec<IntentExample>,
    /// Questions that must be answered by an entry or by none, each once.
    #[serde(default)]
    pub tests: Vec<TestQuestion>,
    /// The pictures that the entries show, each once.
    #[serde(default, with = "picture", skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
}

/// Files that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is not there or may not be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nobody knows this kind of file.
    #[error(
        "{path}: unknown kind of file; use .jsonl, .jsonl.gz, .csv, .tsv, .xlsx, .md, .html, .pdf, .docx, .txt or .zip"
    )]
    UnknownKind {
        /// Which file.
        path: PathBuf,
    },
    /// Products and orders are in other kinds of files.
    #[error("{path}: cannot hold products or orders; use .csv, .tsv, .xlsx, .json, .jsonl or .jsonl.gz")]
    NoRecords {
        /// Which file.
        path: PathBuf,
    },
}

/// Reads files and folders of files. An entry that states no time of change gets `now`.
///
/// Folders are read recursively in the order of their names; in them unknown kinds and hidden files
/// are passed over. A path that was named itself must be a known kind.
pub fn read(paths: &[PathBuf], now: Timestamp) -> Result<Harvest, ImportError> {
    let mut basket = basket::Basket::new(now);
    for (path, format) in gather::files(paths, &mut basket)? {
        if basket.is_full() {
            basket.reject(&bytes::Place::top(&path), None, "not read: the import is full; split it");
            break;
        }
        format.read(&path, &mut basket)?;
    }
    Ok(basket.into_harvest())
}

/// The same for a file that was uploaded: its name says its kind.
pub fn read_upload(name: &str, bytes: Vec<u8>, now: Timestamp) -> Result<Harvest, ImportError> {
    let path = PathBuf::from(name);
    let Some(format) = Format::of(&path) else { return Err(ImportError::UnknownKind { path }) };
    let mut basket = basket::Basket::new(now);
    format.read_bytes(&path, bytes, &mut basket);
    Ok(basket.into_harvest())
}

impl std::fmt::Display for Remark {
    /// `file:line (field): problem`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if let Some(field) = &self.field {
            write!(f, " ({field})")?;
        }
        write!(f, ": {}", self.problem)
    }
}
