//! Rows that are not knowledge (products, purchases): a table, JSON lines or JSON becomes records of named cells.

use std::{io::BufReader, path::Path};

use domain::{Said, said};
use serde_json::{Map, Value};

use super::{
    Format, ImportError, Remark,
    bytes::{self, Place},
    csv,
    draft::{Fault, clean},
    fold, json, jsonl, limits, list,
    rows::{Lines, Rows, Takes},
    xlsx,
};

/// A cell: its column's name folded as [`fold::header`] does, the name as written, and what it says.
pub(super) type Cell = (String, String, String);

/// What records of a kind look like and what becomes of them.
pub(super) trait Schema {
    /// What to say of a table without a header.
    fn no_header() -> Said;
    /// Whether a column of this name, folded, is known.
    fn knows(name: &str) -> bool;
    /// Whether these columns are enough to be read.
    fn suffices(names: &[String]) -> bool;
    /// Takes a record.
    fn take(&mut self, place: &Place, cells: Vec<Cell>) -> Result<(), Fault>;
    /// Takes an object of our own export; `None` if it is none.
    fn own(&mut self, place: &Place, object: &Map<String, Value>) -> Option<Result<(), Fault>>;
    /// How many were taken.
    fn len(&self) -> usize;
}

/// Records that are being read.
pub(super) struct Records<S> {
    pub(super) schema: S,
    pub(super) rejected: Vec<Remark>,
    header: Vec<String>,
    names: Vec<String>,
    before: usize,
}

impl<S: Schema> Records<S> {
    pub(super) const fn of(schema: S) -> Self {
        Self { schema, rejected: Vec::new(), header: Vec::new(), names: Vec::new(), before: 0 }
    }

    /// Reads a file of a kind that holds records.
    pub(super) fn read(&mut self, path: &Path) -> Result<(), ImportError> {
        if !holds_records(path) {
            return Err(ImportError::NoRecords { path: path.to_owned() });
        }
        if let Some(bytes) = bytes::whole(path, self)? {
            self.read_bytes(path, bytes);
        }
        Ok(())
    }

    /// The same for bytes that are at hand.
    pub(super) fn read_bytes(&mut self, path: &Path, bytes: Vec<u8>) {
        let top = Place::top(path);
        self.begin();
        match Format::of(path) {
            Some(Format::Csv) => csv::read(&top, &bytes, self),
            Some(Format::Xlsx) => xlsx::read(&top, bytes, self),
            Some(Format::Jsonl) => jsonl::read(&top, &bytes[..], limits::FILE, self),
            Some(Format::JsonlGz) => {
                let unpacked = BufReader::new(flate2::read::MultiGzDecoder::new(&bytes[..]));
                jsonl::read(&top, unpacked, limits::UNPACKED, self);
            }
            _ => json::read(&top, &bytes, self),
        }
    }

    /// Takes what JSON holds.
    pub(super) fn object(&mut self, place: &Place, object: &Map<String, Value>) {
        let taken = self
            .schema
            .own(place, object)
            .unwrap_or_else(|| cells(object).and_then(|cells| self.schema.take(place, cells)));
        self.settle(place, taken);
    }

    fn settle(&mut self, place: &Place, taken: Result<(), Fault>) {
        if let Err(fault) = taken {
            self.reject(place, fault.field, fault.problem);
        }
    }
}

/// Whether a file's name says that it may hold records.
pub(super) fn holds_records(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let known = [Format::Csv, Format::Xlsx, Format::Jsonl, Format::JsonlGz];
    is_json || Format::of(path).is_some_and(|format| known.contains(&format))
}

fn cells(object: &Map<String, Value>) -> Result<Vec<Cell>, Fault> {
    let mut cells = Vec::new();
    for (name, value) in object {
        let said = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            Value::Array(parts) if parts.iter().all(Value::is_string) => {
                list::join(&parts.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
            }
            _ => {
                let problem = said!(BadValue:
                    "既不是文字、数字，也不是文字的列表",
                    "is neither a text, a number nor a list of texts"
                );
                return Err(Fault::new(name, problem));
            }
        };
        cells.push((fold::header(name), name.clone(), clean(said)));
    }
    Ok(cells)
}

impl<S: Schema> Takes for Records<S> {
    fn is_full(&self) -> bool {
        self.schema.len() >= limits::ROWS
    }

    fn reject(&mut self, place: &Place, field: Option<String>, problem: Said) {
        let more = || said!(More: "还有类似的；改好后再导入", "there are more like these; mend them and import again");
        let problem = if self.rejected.len() < limits::REMARKS { problem } else { more() };
        if self.rejected.len() <= limits::REMARKS {
            let file = place.file.to_string();
            self.rejected.push(Remark { file, line: place.line, field, problem });
        }
    }
}

impl<S: Schema> Lines for Records<S> {
    fn line(&mut self, place: &Place, line: &[u8]) {
        if line.trim_ascii().is_empty() {
            return;
        }
        match jsonl::object(line) {
            Ok(object) => self.object(place, &object),
            Err(fault) => self.settle(place, Err(fault)),
        }
    }
}

impl<S: Schema> Rows for Records<S> {
    fn no_header() -> Said {
        S::no_header()
    }

    fn known(cells: &[String]) -> usize {
        cells.iter().filter(|name| S::knows(&fold::header(name))).count()
    }

    fn begin(&mut self) {
        (self.header, self.names, self.before) = Default::default();
    }

    fn width(&self) -> usize {
        self.header.len()
    }

    fn is_hopeless(&self) -> bool {
        self.header.is_empty() && self.before > limits::PREAMBLE
    }

    fn row(&mut self, place: &Place, cells: Vec<String>) {
        if cells.iter().all(|cell| cell.trim().is_empty()) || cells == self.header {
            return;
        }
        if self.header.is_empty() {
            let names: Vec<String> = cells.iter().map(|name| fold::header(name)).collect();
            if S::suffices(&names) {
                (self.header, self.names) = (cells, names);
            } else {
                self.before += 1;
            }
            return;
        }
        let named = self.names.iter().zip(&self.header).zip(cells);
        let record = named
            .map(|((folded, name), cell)| {
                (folded.clone(), name.clone(), clean(list::restore(&cell).to_owned()))
            })
            .filter(|(_, _, cell)| !cell.trim().is_empty())
            .collect();
        let taken = self.schema.take(place, record);
        self.settle(place, taken);
    }
}
