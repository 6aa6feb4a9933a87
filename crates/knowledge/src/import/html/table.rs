//! A table of a page while it is read.

use crate::import::{document::Block, limits};

#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    header: bool,
    /// Tables inside tables are read as one.
    pub(super) depth: u32,
    cells: usize,
}

impl Table {
    pub(super) fn open() -> Self {
        Self { depth: 1, ..Self::default() }
    }

    pub(super) fn begin_cell(&mut self, names: bool) {
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let is_first_row = self.rows.len() == 1;
        if self.cells < limits::BLOCKS
            && let Some(row) = self.rows.last_mut()
        {
            // A name in the first row and not at its beginning alone: the row names columns.
            self.header |= names && is_first_row && !row.is_empty();
            row.push(String::new());
            self.cells += 1;
        }
    }

    /// Puts words into the cell that is open; `false` if there is none for them.
    pub(super) fn say(&mut self, words: &str) -> bool {
        let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) else { return words.is_empty() };
        if !cell.is_empty() && !words.is_empty() {
            cell.push(' ');
        }
        cell.push_str(words);
        true
    }

    /// What it says. A table of one cell is only a frame.
    pub(super) fn blocks(self) -> Vec<Block> {
        let mut rows: Vec<Vec<String>> = self.rows.into_iter().filter(|row| !row.is_empty()).collect();
        match rows.as_mut_slice() {
            [] => Vec::new(),
            [row] if row.len() == 1 => row.drain(..).map(Block::Text).collect(),
            [_] => vec![Block::Table(rows, false)],
            _ => vec![Block::Table(rows, self.header)],
        }
    }
}
