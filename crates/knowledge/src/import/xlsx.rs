//! Excel workbooks: the first sheet that has a header we know.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx};
use domain::{Said, said};
use zip::ZipArchive;

use super::{bytes::Place, limits, rows::Rows};

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// Reads a workbook.
pub(super) fn read<R: Rows>(top: &Place, bytes: Vec<u8>, table: &mut R) {
    if let Err(problem) = weigh(&bytes, limits::WORKBOOK) {
        return table.reject(top, None, problem);
    }
    // The parser is not ours: a crafted file must not take the process with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| first_table(top, bytes, table)));
    match outcome {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => table.reject(top, None, R::no_header()),
        Ok(Err(problem)) => table.reject(top, None, problem),
        Err(_) => {
            let problem = said!(Damaged:
                "工作簿损坏，读不了；重新保存一次",
                "the workbook is damaged beyond reading; save it again"
            );
            table.reject(top, None, problem);
        }
    }
}

/// Refuses a workbook that would not fit into memory once unpacked, by unpacking it into nothing.
fn weigh(bytes: &[u8], most: u64) -> Result<(), Said> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error))?;
    let mut left = most;
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(|error| no_workbook(&error))?;
        let size = std::io::copy(&mut member.take(left + 1), &mut std::io::sink())
            .map_err(|error| no_workbook(&error))?;
        left = left.checked_sub(size).ok_or_else(|| {
            said!(TooLarge:
                "没有读：解开后超过 {} MiB；把工作簿拆开",
                "not read: more than {} MiB unpacked; split the workbook",
                most >> 20
            )
        })?;
    }
    Ok(())
}

fn no_workbook(error: &dyn std::fmt::Display) -> Said {
    said!(Damaged: "不是 Excel 工作簿，或已损坏", "not a workbook: {error}")
}

/// Whether any sheet has a header; the first that has one is read.
fn first_table(top: &Place, bytes: Vec<u8>, table: &mut impl Rows) -> Result<bool, Said> {
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error))?;
    for sheet in workbook.sheet_names() {
        table.begin();
        match rows(top, &mut workbook, &sheet, table) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(Said { zh, en, code }) => {
                return Err(said!("工作表“{sheet}”：{zh}", "sheet `{sheet}`: {en}").coded(code));
            }
        }
    }
    Ok(false)
}

fn rows(top: &Place, workbook: &mut Workbook, sheet: &str, table: &mut impl Rows) -> Result<bool, Said> {
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(false), // A chart.
        Err(error) => return Err(unread(&error)),
    };
    let (mut row, mut cells) = (0, Vec::new());
    // A cell at a time: a sheet may claim a size that no memory holds.
    while let Some(cell) = reader.next_cell().map_err(|error| unread(&error))? {
        let (at, column) = cell.get_position();
        if at != row {
            finish(top, row, &mut cells, table);
            row = at;
        }
        if table.is_hopeless() {
            return Ok(false);
        }
        if table.is_full() {
            return Err(said!(Full:
                "第 {row} 行：从这里起没有读，这次导入已满；拆开再导入",
                "row {row}: not read from here on: the import is full; split it"
            ));
        }
        let column = column as usize;
        if column < limits::COLUMNS {
            cells.resize(cells.len().max(column + 1), Ok(String::new()));
            cells[column] = value(cell.get_value());
        }
    }
    finish(top, row, &mut cells, table);
    Ok(table.width() > 0)
}

fn unread(error: &calamine::XlsxError) -> Said {
    said!(Damaged: "读不出来；重新保存一次", "{error}")
}

/// A cell's text, or the error that a formula left in it.
type Value = Result<String, String>;

fn finish(top: &Place, row: u32, cells: &mut Vec<Value>, table: &mut impl Rows) {
    let place = top.at(u64::from(row) + 1);
    match std::mem::take(cells).into_iter().collect() {
        Ok(cells) => table.row(&place, cells),
        Err(error) => {
            let problem = said!(BadValue:
                "有一格显示错误 {error}；把公式改好",
                "a cell shows the error {error}; mend its formula"
            );
            table.reject(&place, None, problem);
        }
    }
}

fn value(cell: &DataRef<'_>) -> Value {
    Ok(match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            // A sheet keeps a day as its midnight.
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date}T{hour:02}:{minute:02}:{second:02}Z")
            }
        }
        DataRef::Error(error) => return Err(error.to_string()),
        DataRef::Empty => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_weighed_unpacked() {
        let workbook = include_bytes!("../../tests/fixtures/maxkb.xlsx");
        assert_eq!(weigh(workbook, 1 << 20), Ok(()));
        let refused = weigh(workbook, 2_000).expect_err("it unpacks to more");
        assert!(refused.en.contains("split the workbook"), "{refused:?}");
    }
}
