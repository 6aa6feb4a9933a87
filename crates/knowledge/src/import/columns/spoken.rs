//! Columns whose name says a language, or is in one: one row is then an entry in both.

use domain::Lang;

use super::{Column, Field, is_segment, meaning};
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
        add(&mut columns, Column { at, field, lang: Some(lang) });
    }
    columns
}

/// Names that mean something else where a table has a question or an answer too.
const LOOSE: &[&str] = &["标题", "標題", "title", "内容", "內容", "content"];

/// The columns of text whose names say no language, each with the language that its name is in, the fittest first.
fn by_name(names: &[&str]) -> Vec<Column> {
    let names: Vec<String> = names.iter().map(|name| fold::header(name)).collect();
    let segmented = names.iter().any(|name| is_segment(name));
    let found = names.iter().enumerate().filter_map(|(at, name)| {
        let (field, rank) = meaning(name, segmented).filter(|&(field, _)| is_text(field))?;
        Some((LOOSE.contains(&name.as_str()), rank, Column { at, field, lang: Some(written_in(name)) }))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|&(is_loose, rank, column)| (is_loose, rank, column.at));
    let is_strict = |field| found.iter().any(|(is_loose, _, column)| !is_loose && column.field == field);
    let fits = found.iter().filter(|(is_loose, _, column)| !is_loose || !is_strict(column.field));
    fits.map(|&(_, _, column)| column).collect()
}

fn written_in(name: &str) -> Lang {
    if name.is_ascii() { Lang::En } else { Lang::Zh }
}

/// Gives languages to columns whose names say none. A question and an answer in Chinese names beside the same in English
/// ones (问题, Question, 回答, Answer) are two languages; and where other columns name theirs, a lone 问题 beside 中文答案 is
/// the question that goes with it.
pub(super) fn lend(own: &mut Vec<Column>, plain: &[&str]) {
    let columns = by_name(plain);
    let has = |field, lang| columns.iter().any(|column| (column.field, column.lang) == (field, Some(lang)));
    let both = |field| has(field, Lang::Zh) && has(field, Lang::En);
    let are_both = both(Field::Question) && both(Field::Answer);
    let may_join = !own.is_empty() && !has_enough(&columns);
    for column in columns {
        if are_both {
            add(own, column);
        } else if may_join {
            join(own, column);
        }
    }
}

/// Joins a column to the language that lacks it; where several do, to that of its name.
fn join(own: &mut Vec<Column>, column: Column) {
    let lacks = |lang: &Lang| {
        own.iter().any(|known| known.lang == Some(*lang))
            && is_new(own, &Column { lang: Some(*lang), ..column })
    };
    let lacking: Vec<Lang> = [Lang::Zh, Lang::En].into_iter().filter(lacks).collect();
    let lang = if let [only] = lacking[..] { Some(only) } else { column.lang };
    if lang.is_some_and(|lang| lacking.contains(&lang)) {
        own.push(Column { lang, ..column });
    }
}

fn add(columns: &mut Vec<Column>, column: Column) {
    if is_new(columns, &column) {
        columns.push(column);
    }
}

/// Each field once in a language, phrasings as often as they come.
fn is_new(columns: &[Column], column: &Column) -> bool {
    let taken = |known: &Column| (known.field, known.lang) == (column.field, column.lang);
    column.field == Field::Phrasings || !columns.iter().any(taken)
}

/// Whether a field holds what is said, and so has a language.
pub(super) const fn is_text(field: Field) -> bool {
    matches!(field, Field::Question | Field::Phrasings | Field::Answer)
}

fn has_enough(columns: &[Column]) -> bool {
    super::are_enough(&columns.iter().map(|column| (column.at, column.field)).collect::<Vec<_>>())
}

/// Whether the columns of some language are enough to be read.
pub(super) fn are_enough(columns: &[Column]) -> bool {
    [Lang::Zh, Lang::En].into_iter().any(|lang| {
        let own = columns.iter().filter(|column| column.lang == Some(lang));
        has_enough(&own.copied().collect::<Vec<_>>())
    })
}

fn read(name: &str) -> Option<(Field, Lang)> {
    LANGUAGES.iter().find_map(|&(word, lang)| {
        let rest = [name.strip_suffix(word), name.strip_prefix(word)].into_iter().flatten();
        let mut fields = rest.filter_map(|rest| meaning(rest, false)).map(|(field, _)| field);
        let field = fields.find(|&field| is_text(field))?;
        Some((field, lang))
    })
}
