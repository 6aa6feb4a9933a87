//! Columns whose name says a language: one row is then an entry in both.

use domain::Lang;

use super::{Column, Field, meaning};
use crate::import::fold;

/// How a column's name says its language, before or after what it holds.
const LANGUAGES: &[(&str, Lang)] = &[
    ("zhcn", Lang::Zh),
    ("zh", Lang::Zh),
    ("cn", Lang::Zh),
    ("中文", Lang::Zh),
    ("chinese", Lang::Zh),
    ("enus", Lang::En),
    ("en", Lang::En),
    ("英文", Lang::En),
    ("英语", Lang::En),
    ("english", Lang::En),
];

/// The columns that hold a question, other ways to ask it or an answer in a language that they name: `question_en`,
/// 英文答案, 问题（英文）. Each field once in a language, phrasings as often as they come.
pub(super) fn columns<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let Some((field, lang)) = read(&fold::whole(name)) else { continue };
        let column = Column { at, field, lang: Some(lang) };
        let taken = |known: &Column| (known.field, known.lang) == (field, column.lang);
        if field == Field::Phrasings || !columns.iter().any(taken) {
            columns.push(column);
        }
    }
    columns
}

/// Whether the columns of some language are enough to be read.
pub(super) fn are_enough(columns: &[Column]) -> bool {
    [Lang::Zh, Lang::En].into_iter().any(|lang| {
        let own = columns.iter().filter(|column| column.lang == Some(lang));
        super::are_enough(&own.map(|column| (column.at, column.field)).collect::<Vec<_>>())
    })
}

fn read(name: &str) -> Option<(Field, Lang)> {
    LANGUAGES.iter().find_map(|&(word, lang)| {
        let rest = [name.strip_suffix(word), name.strip_prefix(word)].into_iter().flatten();
        let mut fields = rest.filter_map(|rest| meaning(rest, false)).map(|(field, _)| field);
        let field =
            fields.find(|field| matches!(field, Field::Question | Field::Phrasings | Field::Answer))?;
        Some((field, lang))
    })
}
