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
mod illustrate;
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
mod remark;
mod rows;
pub mod sitemap;
mod table;
mod text;
mod web;
mod wording;
mod xlsx;
mod xml;

use std::path::PathBuf;

use domain::{Entry, IntentExample, Picture, Said, TestQuestion, Timestamp, said};
use serde::{Deserialize, Serialize};

pub use format::Format;
pub(crate) use list::{join, neutralise};
pub use merge::{Merged, merge};
pub(crate) use picture::line as picture_line;
pub use plan::{Change, Counts, ExampleCounts, ExamplePlan, Plan, Summary, plan};
pub use remark::{Remark, field_in};
pub use web::{WebPage, page};

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
#[error("{}", self.said().en)]
pub enum ImportError {
    /// The file is not there or may not be read.
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nobody knows this kind of file.
    UnknownKind {
        /// Which file.
        path: PathBuf,
    },
    /// Products and orders are in other kinds of files.
    NoRecords {
        /// Which file.
        path: PathBuf,
    },
}

impl ImportError {
    /// In both languages.
    pub fn said(&self) -> Said {
        match self {
            Self::Unreadable { path, .. } => {
                let path = path.display();
                said!(Unreachable: "{path} 读不了", "cannot read {path}")
            }
            Self::UnknownKind { path } => {
                let path = path.display();
                said!(UnknownKind:
                    "不认识 {path} 这种文件；用 .jsonl、.jsonl.gz、.csv、.tsv、.xlsx、.md、.html、.pdf、.docx、.txt 或 .zip",
                    "{path}: unknown kind of file; use .jsonl, .jsonl.gz, .csv, .tsv, .xlsx, .md, .html, .pdf, .docx, .txt or .zip"
                )
            }
            Self::NoRecords { path } => {
                let path = path.display();
                said!(UnknownKind:
                    "{path} 不能装商品或订单；用 .csv、.tsv、.xlsx、.json、.jsonl 或 .jsonl.gz",
                    "{path}: cannot hold products or orders; use .csv, .tsv, .xlsx, .json, .jsonl or .jsonl.gz"
                )
            }
        }
    }
}

/// What is said where an import can hold no more.
fn full_from_here() -> Said {
    said!(Full: "从这里起没有读：这次导入已满；拆开再导入", "not read from here on: the import is full; split it")
}

/// Reads files and folders of files. An entry that states no time of change gets `now`.
///
/// Folders are read recursively in the order of their names; in them unknown kinds and hidden files
/// are passed over. A path that was named itself must be a known kind.
pub fn read(paths: &[PathBuf], now: Timestamp) -> Result<Harvest, ImportError> {
    let mut basket = basket::Basket::new(now);
    for (path, format) in gather::files(paths, &mut basket)? {
        if basket.is_full() {
            let problem =
                said!(Full: "没有读：这次导入已满；拆开再导入", "not read: the import is full; split it");
            basket.reject(&bytes::Place::top(&path), None, problem);
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
