//! What somebody typed, as a query.

use language::{normal, segment};
use tantivy::{
    Term,
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{
    Sought,
    fields::{Fields, UNSORTED, kind, letters},
};

/// How many of the words an entry must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    All,
    Some,
}

/// More words than anybody types into a box are cut off.
const WORDS: usize = 32;
/// A word in the title is worth so many in the answer, one in a phrasing so many.
const TITLE: f32 = 4.0;
const PHRASING: f32 = 2.0;

/// `None` for words of which nothing is left, such as punctuation.
pub(super) fn query(fields: &Fields, sought: &Sought<'_>, how: Match) -> Option<BooleanQuery> {
    let normal = normal::normalise(segment::head(sought.words));
    let runs: Vec<&str> = normal.split(' ').filter(|run| !run.is_empty()).take(WORDS).collect();
    let occurs = if how == Match::All { Occur::Must } else { Occur::Should };
    let last = runs.len().checked_sub(1)?;
    let words = runs
        .iter()
        .enumerate()
        .map(|(at, run)| (occurs, word(fields, run, at == last)) as (_, Box<dyn Query>));
    let words = BooleanQuery::new(words.collect());
    let name = exactly(fields.name, &sought.words.trim().to_lowercase());
    let texts = BooleanQuery::union(vec![Box::new(words), Box::new(BoostQuery::new(name, 100.0))]);
    let mut all: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(texts))];
    let category = sought.category.map(|category| if category.is_empty() { UNSORTED } else { category });
    all.extend(category.map(|category| (Occur::Must, exactly(fields.category, category))));
    all.extend(sought.kind.map(|wanted| (Occur::Must, exactly(fields.kind, kind(wanted)))));
    Some(BooleanQuery::new(all))
}

/// What stands between two spaces: all of its terms, or all of its Chinese letters in a row; of the last one, which
/// somebody may still be typing, a Latin beginning is enough.
fn word(fields: &Fields, run: &str, is_last: bool) -> Box<dyn Query> {
    let terms = segment::terms_of(run);
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    if !terms.is_empty() {
        let terms = terms.iter().map(|term| (Occur::Must, anywhere(fields, term)));
        ways.push(Box::new(BooleanQuery::new(terms.collect())));
    }
    let letters = letters(run);
    if !letters.is_empty() && run.chars().all(language::is_han) {
        let letters = letters.iter().map(|letter| (Occur::Must, exactly(fields.letters, letter)));
        ways.push(Box::new(BoostQuery::new(Box::new(BooleanQuery::new(letters.collect())), 0.5)));
    }
    if is_last && letters.is_empty() {
        ways.extend(fields.words().map(|(field, worth)| beginning(field, run, worth)));
    }
    Box::new(BooleanQuery::union(ways))
}

impl Fields {
    fn words(&self) -> impl Iterator<Item = (Field, f32)> + use<> {
        [(self.title, TITLE), (self.phrasings, PHRASING), (self.answer, 1.0)].into_iter()
    }
}

fn anywhere(fields: &Fields, term: &str) -> Box<dyn Query> {
    let ways =
        fields.words().map(|(field, worth)| Box::new(BoostQuery::new(exactly(field, term), worth)) as Box<_>);
    Box::new(BooleanQuery::union(ways.collect()))
}

fn beginning(field: Field, run: &str, worth: f32) -> Box<dyn Query> {
    let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, run), 0, true);
    Box::new(BoostQuery::new(Box::new(query), worth))
}

fn exactly(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}
