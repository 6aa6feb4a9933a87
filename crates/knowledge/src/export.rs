//! Knowledge out again: JSON lines that come back exactly, and a table for people with a spreadsheet.
//!
//! The table is for short texts: reading it trims texts and puts a phrasing on one line. Nothing in it
//! is taken for a formula: a cell that begins like one gets a `'`, which the import removes.

use std::io::{self, Write};

use domain::{Entry, EntryText, IntentExample, Lang, Picture, TestQuestion, Timestamp};

use crate::import::{join, neutralise, picture_line};

/// The columns of the table; all of them are known to the import.
const COLUMNS: [&str; 16] = [
    "id",
    "kind",
    "lang",
    "question",
    "phrasings",
    "answer",
    "category",
    "tags",
    "for_plans",
    "for_regions",
    "for_channels",
    "valid_from",
    "valid_until",
    "owner",
    "source",
    "updated_at",
];

/// Writes one entry a line; reading it gives the same entries.
pub fn jsonl<'a>(entries: impl IntoIterator<Item = &'a Entry>, out: &mut impl Write) -> io::Result<()> {
    for entry in entries {
        serde_json::to_writer(&mut *out, entry)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one example of an intent a line; reading it gives the same examples.
pub fn examples<'a>(
    examples: impl IntoIterator<Item = &'a IntentExample>,
    out: &mut impl Write,
) -> io::Result<()> {
    for example in examples {
        serde_json::to_writer(&mut *out, example)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one picture a line, as base64; reading it gives the same picture.
pub fn pictures<'a>(pictures: impl IntoIterator<Item = &'a Picture>, out: &mut impl Write) -> io::Result<()> {
    for picture in pictures {
        serde_json::to_writer(&mut *out, &picture_line(picture))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one test question a line; reading it gives the same questions.
pub fn tests<'a>(tests: impl IntoIterator<Item = &'a TestQuestion>, out: &mut impl Write) -> io::Result<()> {
    for test in tests {
        serde_json::to_writer(&mut *out, test)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one text a row, with the mark by which Excel knows UTF-8.
pub fn csv<'a>(entries: impl IntoIterator<Item = &'a Entry>, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for entry in entries {
        for (lang, text) in &entry.texts {
            table.write_record(row(entry, *lang, text).iter().map(|cell| neutralise(cell)))?;
        }
    }
    table.flush()
}

fn row(entry: &Entry, lang: Lang, text: &EntryText) -> [String; 16] {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let kind = match entry.kind {
        domain::Kind::Answer => "answer",
        domain::Kind::Article => "article",
    };
    [
        entry.id.to_string(),
        kind.to_owned(),
        lang.code().to_owned(),
        text.title.clone(),
        join(&text.phrasings),
        text.answer.clone(),
        entry.category.clone(),
        join(&entry.tags),
        join(&entry.audience.plans),
        join(&entry.audience.regions),
        join(&entry.audience.channels),
        moment(entry.valid.from),
        moment(entry.valid.until),
        entry.owner.clone(),
        entry.source.clone(),
        entry.updated_at.to_string(),
    ]
}
