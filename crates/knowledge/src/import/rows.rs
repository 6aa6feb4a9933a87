//! Who takes what a format reads: rows of a table, lines of a file, whatever they become.

use super::{bytes::Place, draft::Fault};

/// Takes what was read, and notes what cannot be taken.
pub(super) trait Takes {
    /// Whether nothing further can be taken.
    fn is_full(&self) -> bool;
    /// Notes that something was not taken.
    fn reject(&mut self, place: &Place, field: Option<String>, problem: &str);
}

/// Takes lines, each of which stands or falls alone.
pub(super) trait Lines: Takes {
    /// Takes the next line.
    fn line(&mut self, place: &Place, line: &[u8]);
}

/// Takes the rows of a table.
pub(super) trait Rows: Takes {
    /// What to say of a table without a header.
    const NO_HEADER: &'static str;
    /// How many of these names of columns are known.
    fn known(cells: &[String]) -> usize;
    /// Another table begins.
    fn begin(&mut self);
    /// How many cells the header has; 0 before it was found.
    fn width(&self) -> usize;
    /// Whether looking for a header any further is useless.
    fn is_hopeless(&self) -> bool;
    /// Takes the next row.
    fn row(&mut self, place: &Place, cells: Vec<String>);

    /// Refuses a row with more cells than the header: an unquoted separator has cut one of them.
    fn fits(&self, cells: &[String]) -> Result<(), Fault> {
        let width = self.width();
        let extra = cells.get(width..).unwrap_or_default();
        if width == 0 || extra.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let problem = format!(
            "{} cells, but the header has {width}: put quotes around a cell that contains a separator",
            cells.len(),
        );
        Err(Fault { field: None, problem })
    }
}
