//! Rows of cells, from CSV or a sheet: finds the header, then reads each row by it.

use super::{
    basket::Basket,
    bytes::Place,
    columns::{self, Field},
    draft::{self, Cell, Fault},
    example, limits, list,
};

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    header: Vec<String>,
    columns: Vec<(usize, Field)>,
    /// Text and intent, where the rows are examples and no entries.
    examples: Option<(usize, usize)>,
    before: usize,
}

impl Table {
    /// Whether the header was found.
    pub(super) const fn has_header(&self) -> bool {
        !self.columns.is_empty() || self.examples.is_some()
    }

    /// Whether looking for a header any further is useless.
    pub(super) const fn is_hopeless(&self) -> bool {
        !self.has_header() && self.before > limits::PREAMBLE
    }

    /// How many cells a row may have.
    pub(super) const fn width(&self) -> usize {
        self.header.len()
    }

    /// Takes the next row that is not empty.
    pub(super) fn row(&mut self, place: &Place, mut cells: Vec<String>, basket: &mut Basket) {
        if cells.iter().all(|cell| cell.trim().is_empty()) || cells == self.header {
            return; // Joined files repeat their header.
        }
        if !self.has_header() {
            self.look_for_header(cells);
            return;
        }
        if let Some(places) = self.examples {
            let [text, intent] =
                [places.0, places.1].map(|at| cells.get(at).map_or("", |cell| list::restore(cell)));
            return basket.teach(place, example::example(text, intent));
        }
        let row = self.columns.iter().map(|&(at, field)| {
            let cell = cells.get_mut(at).map(std::mem::take).unwrap_or_default();
            (field, Cell::Text(list::restore(&cell).to_owned()))
        });
        basket.put(place, draft::flat(row));
    }

    /// Refuses a row with more cells than the header: an unquoted separator has cut its answer.
    pub(super) fn fits(&self, cells: &[String]) -> Result<(), Fault> {
        let extra = cells.get(self.width()..).unwrap_or_default();
        if !self.has_header() || extra.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let problem = format!(
            "{} cells, but the header has {}: put quotes around a cell that contains a separator",
            cells.len(),
            self.width()
        );
        Err(Fault { field: None, problem })
    }

    /// What to say of a table without a header.
    pub(super) fn no_header() -> &'static str {
        "nothing read: no header with a question and an answer; name the columns `question` and `answer` (问题, 答案)"
    }

    fn look_for_header(&mut self, cells: Vec<String>) {
        let columns = columns::assign(cells.iter().map(String::as_str));
        if columns::are_enough(&columns) {
            self.columns = columns;
            self.header = cells;
        } else if let Some(places) = example::columns(cells.iter().map(String::as_str)) {
            self.examples = Some(places);
            self.header = cells;
        } else {
            self.before += 1;
        }
    }
}
