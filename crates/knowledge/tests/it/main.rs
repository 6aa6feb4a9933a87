//! Knowledge from files and back, as stories.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod broken;
mod checkup;
mod documents;
mod examples;
mod formats;
mod full_text;
mod illustrated;
mod laws;
mod pdfs;
mod plans;
mod planting;
mod products;
mod public_data;
mod sheets;
mod tables;
mod words;

use std::path::{Path, PathBuf};

use domain::{Entry, EntryText, Lang, Timestamp};
use knowledge::import::{self, Harvest, Remark};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn now() -> Timestamp {
    "2026-05-01T09:00:00Z".parse().expect("a time")
}

/// What the import makes of these fixtures.
fn read(names: &[&str]) -> Harvest {
    let paths: Vec<PathBuf> = names.iter().map(|name| fixture(name)).collect();
    import::read(&paths, now()).expect("fixtures are readable")
}

/// What the import makes of a file of this name with these bytes.
fn read_bytes(name: &str, bytes: &[u8]) -> Harvest {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    import::read(&[path], now()).expect("the file is readable")
}

/// The text of the entry with this title.
fn titled<'a>(harvest: &'a Harvest, title: &str) -> (&'a Entry, Lang, &'a EntryText) {
    let texts = harvest.entries.iter().flat_map(|entry| entry.texts.iter().map(move |text| (entry, text)));
    let found = texts.into_iter().find(|(_, (_, text))| text.title == title);
    let (entry, (lang, text)) = found.unwrap_or_else(|| panic!("no entry is called {title}"));
    (entry, *lang, text)
}

/// Line, field and problem of each remark.
fn lines(remarks: &[Remark]) -> Vec<(u64, &str, &str)> {
    remarks.iter().map(|r| (r.line, r.field.as_deref().unwrap_or(""), r.problem.en.as_str())).collect()
}
