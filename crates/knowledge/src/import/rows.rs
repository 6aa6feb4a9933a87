//! Who takes what a format reads: rows of a table, lines of a file, whatever they become.

use domain::{Said, said};

use super::{bytes::Place, draft::Fault};

/// Takes what was read, and notes what cannot be taken.
pub(super) trait Takes {
    /// Whether nothing further can be taken.
    fn is_full(&self) -> bool;
    /// Notes that something was not taken.
    fn reject(&mut self, place: &Place, field: Option<String>, problem: Said);
}

/// Takes lines, each of which stands or falls alone.
pub(super) trait Lines: Takes {
    /// Takes the next line.
    fn line(&mut self, place: &Place, line: &[u8]);
}

/// Takes the rows of a table.
pub(super) trait Rows: Takes {
    /// What to say of a table without a header.
    fn no_header() -> Said;
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
        let many = cells.len();
        Err(Fault::whole(said!(Shape:
            "有 {many} 格，表头只有 {width} 格：内容里有分隔符的格子要加引号",
            "{many} cells, but the header has {width}: put quotes around a cell that contains a separator"
        )))
    }
}
