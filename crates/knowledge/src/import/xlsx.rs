//! Excel workbooks: every sheet that has a header we know; the others are named.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx};
use domain::{Said, said};
use zip::ZipArchive;

use super::{archive, bytes::Place, limits, rows::Rows};

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// Reads a workbook.
pub(super) fn read<R: Rows>(top: &Place, bytes: Vec<u8>, table: &mut R) {
    if let Err(problem) = weigh(&bytes, limits::WORKBOOK) {
        return table.reject(top, None, problem);
    }
    // The parser is not ours: a crafted file must not take the process with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| sheets(top, bytes, table)));
    match outcome {
        Ok(Ok(())) => {}
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

/// Reads the sheets that hold something. Where there are several, places name theirs.
fn sheets<R: Rows>(top: &Place, bytes: Vec<u8>, table: &mut R) -> Result<(), Said> {
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error))?;
    let mut names = workbook.sheet_names();
    names.retain(|name| holds_something(&mut workbook, name));
    if names.is_empty() {
        table.reject(top, None, R::no_header());
    }
    for name in &names {
        let place = if names.len() > 1 { of_sheet(top, name) } else { top.clone() };
        if table.is_full() {
            table.reject(&place, None, super::full_from_here());
            break;
        }
        sheet(&place, &mut workbook, name, table);
    }
    Ok(())
}

/// Reads a sheet that has a header; one that has none, or is damaged, is named and leaves the others alone.
fn sheet<R: Rows>(top: &Place, workbook: &mut Workbook, name: &str, table: &mut R) {
    table.begin();
    let Said { zh, en, code } = match rows(top, workbook, name, table) {
        Ok(true) => return,
        Ok(false) => R::no_header(),
        Err(problem) => problem,
    };
    let name = archive::shown(name);
    let problem = said!("工作表“{name}”：{zh}", "sheet `{name}`: {en}").coded(code);
    table.reject(top, None, problem);
}

/// A sheet is to a workbook what a member is to an archive.
fn of_sheet(top: &Place, name: &str) -> Place {
    Place { file: format!("{}/{}", top.file, archive::shown(name)).into(), line: 1 }
}

/// Whether any cell is filled; what cannot be read may be.
fn holds_something(workbook: &mut Workbook, name: &str) -> bool {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(error) => return !matches!(error, calamine::XlsxError::NotAWorksheet(_)), // A chart.
    };
    loop {
        match reader.next_cell() {
            Ok(None) => return false,
            Ok(Some(cell)) if value(cell.get_value()).is_ok_and(|text| text.trim().is_empty()) => {}
            _ => return true,
        }
    }
}

fn rows(top: &Place, workbook: &mut Workbook, sheet: &str, table: &mut impl Rows) -> Result<bool, Said> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| unread(&error))?;
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
    let cells = std::mem::take(cells).into_iter();
    if table.width() == 0 {
        // A sheet of figures is no table of ours, whatever its formulas show.
        return table.row(&place, cells.map(|cell| cell.unwrap_or_else(|error| error)).collect());
    }
    match cells.collect() {
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

    #[test]
    fn a_day_is_a_day_and_an_hour_is_an_hour() {
        let kept = |days: f64| {
            let kind = calamine::ExcelDateTimeType::DateTime;
            value(&DataRef::DateTime(calamine::ExcelDateTime::new(days, kind, false)))
        };
        assert_eq!(kept(46_356.0), Ok("2026-11-30".to_owned()));
        assert_eq!(kept(46_356.75), Ok("2026-11-30T18:00:00Z".to_owned()));
    }
}
