//! CSV and TSV: the separator and the encoding are found out, cells may hold line breaks.

use csv::{ByteRecord, ReaderBuilder};
use domain::{Said, said};

use super::{
    bytes::Place,
    draft::Fault,
    encoding::{self, Charset},
    limits,
    rows::Rows,
};

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a table in text.
pub(super) fn read<R: Rows>(top: &Place, bytes: &[u8], table: &mut R) {
    let (bytes, charset) = encoding::detect(bytes);
    let separator = separator::<R>(&bytes, charset);
    let never_closed = open_quote(&bytes, separator);
    let mut lines = LineCounter::new(&bytes);
    let mut reader = reader(&bytes, separator);
    let mut record = ByteRecord::new();
    while !table.is_hopeless() {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let problem = said!(Damaged: "从这里起读不了", "cannot be read from here on: {error}");
                return table.reject(&top.at(lines.line), None, problem);
            }
        }
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let place = top.at(lines.at(start));
        if table.is_full() {
            return table.reject(&place, None, super::full_from_here());
        }
        if never_closed.is_some_and(|quote| reader.position().byte() as usize > quote) {
            let line = LineCounter::new(&bytes).at(never_closed.unwrap_or_default());
            let problem = said!(Shape:
                "第 {line} 行的引号没有闭合：从这里起没有读",
                "the quote opened on line {line} is never closed: nothing read from here on"
            );
            return table.reject(&place, None, problem);
        }
        match cells(&record, charset).and_then(|cells| table.fits(&cells).map(|()| cells)) {
            Ok(cells) => table.row(&place, cells),
            Err(fault) => table.reject(&place, fault.field, fault.problem),
        }
    }
    if table.width() == 0 {
        table.reject(top, None, R::no_header());
    }
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes)
}

fn cells(record: &ByteRecord, charset: Charset) -> Result<Vec<String>, Fault> {
    let broken = |at: usize| {
        let (Said { zh, en, .. }, cell) = (charset.name(), at + 1);
        let problem = said!(Encoding: "不是 {zh}：第 {cell} 格有个字符坏了", "not {en}: a character in cell {cell} is broken");
        Fault { field: None, problem }
    };
    let cells = record.iter().take(limits::COLUMNS).enumerate();
    cells.map(|(at, cell)| charset.text(cell).map(Into::into).ok_or_else(|| broken(at))).collect()
}

/// The separator under which the first rows hold the most columns that we know.
fn separator<R: Rows>(bytes: &[u8], charset: Charset) -> u8 {
    let known = |separator: u8| {
        let mut reader = reader(bytes, separator);
        let records = reader.byte_records().take(limits::PREAMBLE + 1).flatten();
        records
            .filter_map(|record| cells(&record, charset).ok())
            .map(|cells| R::known(&cells))
            .max()
            .unwrap_or_default()
    };
    // The first of equals: `max_by_key` would give the last.
    SEPARATORS.into_iter().rev().max_by_key(|&separator| known(separator)).unwrap_or(b',')
}

/// Where the quote stands that opens a cell and is never closed.
fn open_quote(bytes: &[u8], separator: u8) -> Option<usize> {
    let (mut open, mut cell_starts, mut at) = (None, true, 0);
    while let Some(&byte) = bytes.get(at) {
        match (open, byte) {
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(_), b'"') => open = None,
            (Some(_), _) => {}
            (None, b'"') if cell_starts => open = Some(at),
            (None, _) => cell_starts = byte == separator || byte == b'\n' || byte == b'\r',
        }
        cell_starts &= open.is_none();
        at += 1;
    }
    open
}

/// Counts lines while reading on; the reader's own count stops at blank lines.
struct LineCounter<'a> {
    bytes: &'a [u8],
    position: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, line: 1 }
    }

    /// The line of the first byte at or after `start` that is no line break.
    fn at(&mut self, start: usize) -> u64 {
        while let Some(&byte) = self.bytes.get(self.position) {
            if self.position >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            let pair = byte == b'\r' && self.bytes.get(self.position + 1) == Some(&b'\n');
            self.line += u64::from(matches!(byte, b'\n' | b'\r') && !pair);
            self.position += 1;
        }
        self.line
    }
}
