//! Rows of cells, from CSV or a sheet: finds the header, then reads each row by it.

use domain::{Said, said};

use super::{
    basket::Basket,
    bytes::Place,
    columns::{self, Column},
    draft::{self, Cell, Fault, Row},
    example, limits, list,
    rows::{Rows, Takes},
};

/// A table of entries, examples or test questions that is being read into a basket.
#[derive(Debug)]
pub(super) struct Table<'a> {
    basket: &'a mut Basket,
    header: Vec<String>,
    /// `None` before the header was found.
    holds: Option<Holds>,
    before: usize,
}

/// What the rows are, and where they have what.
#[derive(Debug)]
enum Holds {
    Entries(Vec<Column>),
    /// Text and intent.
    Examples(usize, usize),
    Tests(Vec<(usize, &'static str)>),
}

impl Holds {
    fn by(header: &[String]) -> Option<Self> {
        columns::of_table(header)
            .map(Self::Entries)
            .or_else(|| example::columns_of_tests(header).map(Self::Tests))
            .or_else(|| {
                let (text, intent) = example::columns(header.iter().map(String::as_str))?;
                Some(Self::Examples(text, intent))
            })
    }
}

impl<'a> Table<'a> {
    pub(super) fn into(basket: &'a mut Basket) -> Self {
        Self { basket, header: Vec::new(), holds: None, before: 0 }
    }

    fn look_for_header(&mut self, place: &Place, cells: Vec<String>) {
        self.holds = Holds::by(&cells);
        match &self.holds {
            None => return self.before += 1,
            Some(Holds::Entries(columns)) => {
                if let Some(unused) = columns::unused(&cells, columns) {
                    self.basket.reject(place, None, unused);
                }
            }
            Some(_) => {}
        }
        self.header = cells;
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
        let of_examples = if example::columns(names).is_some() { 2 } else { 0 };
        let of_tests = example::columns_of_tests(cells).map_or(0, |columns| columns.len());
        of_entries.max(of_examples).max(of_tests)
    }

    fn begin(&mut self) {
        (self.header, self.holds, self.before) = Default::default();
    }

    fn width(&self) -> usize {
        self.header.len()
    }

    fn is_hopeless(&self) -> bool {
        self.holds.is_none() && self.before > limits::PREAMBLE
    }

    fn row(&mut self, place: &Place, cells: Vec<String>) {
        if cells.iter().all(|cell| cell.trim().is_empty()) || cells == self.header {
            return; // Joined files repeat their header.
        }
        match &self.holds {
            None => self.look_for_header(place, cells),
            Some(Holds::Entries(columns)) => self.basket.put(place, entry(columns, cells)),
            Some(Holds::Examples(text, intent)) => {
                let [text, intent] =
                    [*text, *intent].map(|at| cells.get(at).map_or("", |cell| list::restore(cell)));
                self.basket.teach(place, example::example(text, intent));
            }
            Some(Holds::Tests(columns)) => self.basket.test(place, example::test_in_row(columns, &cells)),
        }
    }
}

fn entry(columns: &[Column], mut cells: Vec<String>) -> Result<Row, Fault> {
    draft::in_languages(columns.iter().map(|&Column { at, field, lang }| {
        let cell = cells.get_mut(at).map(std::mem::take).unwrap_or_default();
        (lang, field, Cell::Text(list::restore(&cell).to_owned()))
    }))
}
