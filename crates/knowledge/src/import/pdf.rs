//! PDF: the text of each page, in its order, with headings by the size of their letters.
//!
//! A reader of our own, because the file comes from anywhere: it finds objects by looking for them, so that
//! a broken table of contents costs nothing; every step pays from one budget, so that no file costs more
//! memory or time than the budget; and a page that cannot be read is named, not guessed.

mod cmap;
mod content;
mod file;
mod filter;
mod font;
mod glyphs;
mod lexer;
mod object;
mod shape;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::{Said, said};

use self::{content::Reader, file::File, shape::Line};
use super::document::Document;

/// Pages of a document that are read.
const PAGES: usize = 5_000;

/// A page that was not read: its number from 1, and why.
pub(super) type Unread = (u64, Said);

/// The document, and the pages that are missing from it.
pub(super) fn read(bytes: &[u8]) -> Result<(Document, Vec<Unread>), Said> {
    // Nothing below should ever panic; a file that makes it do so is damaged, and the desk goes on.
    catch_unwind(AssertUnwindSafe(|| pages(bytes))).unwrap_or_else(|_| {
        Err(said!(Damaged: "损坏，读不了；重新打印成 PDF", "damaged beyond reading; print it to a new PDF"))
    })
}

fn pages(bytes: &[u8]) -> Result<(Document, Vec<Unread>), Said> {
    let file = File::open(bytes)?;
    let (pages, mut unread) = file.pages(PAGES)?;
    let mut reader = Reader::new(&file);
    let mut read: Vec<(u64, Vec<Line>)> = Vec::new();
    for (number, page) in pages {
        match reader.page(&page) {
            Ok(lines) if lines.is_empty() => {
                let problem = said!(NoText:
                    "没有文字：是图片，或是空白页；导入带文字的版本",
                    "has no text: a picture, or blank; import a version with text"
                );
                unread.push((number, problem));
            }
            Ok(lines) => read.push((number, lines)),
            Err(problem) => unread.push((number, problem)),
        }
    }
    unread.sort_by_key(|(number, _)| *number);
    Ok((shape::document(read, file.title()), unread))
}
