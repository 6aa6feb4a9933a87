//! Rows of cells, from CSV or a sheet: finds the header, then reads each row by it.

use domain::{Said, said};

use super::{
    basket::Basket,
    bytes::Place,
    columns::{self, Column},
    draft::{self, Cell},
    example, limits, list,
    rows::{Rows, Takes},
};

/// A table of entries or examples that is being read into a basket.
#[derive(Debug)]
pub(super) struct Table<'a> {
    basket: &'a mut Basket,
    header: Vec<String>,
    columns: Vec<Column>,
    /// Text and intent, where the rows are examples and no entries.
    examples: Option<(usize, usize)>,
    before: usize,
}

impl<'a> Table<'a> {
    pub(super) fn into(basket: &'a mut Basket) -> Self {
        Self { basket, header: Vec::new(), columns: Vec::new(), examples: None, before: 0 }
    }

    /// Whether the header was found.
    fn has_header(&self) -> bool {
        !self.columns.is_empty() || self.examples.is_some()
    }

    fn look_for_header(&mut self, place: &Place, cells: Vec<String>) {
        if let Some(columns) = columns::of_table(&cells) {
            if let Some(unused) = columns::unused(&cells, &columns) {
                self.basket.reject(place, None, unused);
            }
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

impl Takes for Table<'_> {
    fn is_full(&self) -> bool {
        self.basket.is_full()
    }

    fn reject(&mut self, place: &Place, field: Option<String>, problem: Said) {
        self.basket.reject(place, field, problem);
    }
}

impl Rows for Table<'_> {
    fn no_header() -> Said {
        said!(NoHeader:
            "没有读：找不到带问题和答案的表头；把列名写成“问题”和“答案”（question, answer）",
            "nothing read: no header with a question and an answer; name the columns `question` and `answer` (问题, 答案)"
        )
    }

    fn known(cells: &[String]) -> usize {
        let names = cells.iter().map(String::as_str);
        let of_entries = columns::known(cells);
        if example::columns(names).is_some() { of_entries.max(2) } else { of_entries }
    }

    fn begin(&mut self) {
        (self.header, self.columns, self.examples, self.before) = Default::default();
    }

    fn width(&self) -> usize {
        self.header.len()
    }

    fn is_hopeless(&self) -> bool {
        !self.has_header() && self.before > limits::PREAMBLE
    }

    fn row(&mut self, place: &Place, mut cells: Vec<String>) {
        if cells.iter().all(|cell| cell.trim().is_empty()) || cells == self.header {
            return; // Joined files repeat their header.
        }
        if !self.has_header() {
            self.look_for_header(place, cells);
            return;
        }
        if let Some(places) = self.examples {
            let [text, intent] =
                [places.0, places.1].map(|at| cells.get(at).map_or("", |cell| list::restore(cell)));
            return self.basket.teach(place, example::example(text, intent));
        }
        let row = self.columns.iter().map(|&Column { at, field, lang }| {
            let cell = cells.get_mut(at).map(std::mem::take).unwrap_or_default();
            (lang, field, Cell::Text(list::restore(&cell).to_owned()))
        });
        self.basket.put(place, draft::in_languages(row));
    }
}
