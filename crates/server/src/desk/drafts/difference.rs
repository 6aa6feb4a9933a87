//! What differs between two states of an entry, as a page shows it.

use domain::{Entry, Lang};
use reception::publish::diff::{Field, FieldDiff, Run, diff};

use crate::desk::words::{self, publishing::Words};

/// Unchanged words longer than this are shortened around what differs.
const CONTEXT: usize = 60;

/// A field that differs.
pub(in crate::desk) struct Difference {
    pub(in crate::desk) name: String,
    pub(in crate::desk) runs: Vec<Shown>,
}

/// A run of words with the way in which it is shown: `same`, `gone`, `new`.
pub(in crate::desk) struct Shown {
    pub(in crate::desk) how: &'static str,
    pub(in crate::desk) text: String,
}

/// The fields that differ.
pub(in crate::desk) fn of(lang: Lang, before: Option<&Entry>, after: Option<&Entry>) -> Vec<Difference> {
    diff(before, after).into_iter().map(|field| shown(lang, field)).collect()
}

fn shown(lang: Lang, field: FieldDiff) -> Difference {
    let count = field.runs.len();
    let run = |(at, run): (usize, Run)| match run {
        Run::Same(text) => Shown { how: "same", text: shortened(&text, at > 0, at + 1 < count) },
        Run::Gone(text) => Shown { how: "gone", text },
        Run::New(text) => Shown { how: "new", text },
    };
    let runs = field.runs.into_iter().enumerate().map(run).collect();
    Difference { name: name(lang, field.field), runs }
}

/// What stands next to a difference stays; the rest is an ellipsis.
fn shortened(text: &str, after_difference: bool, before_difference: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (head, tail) =
        (if after_difference { CONTEXT } else { 0 }, if before_difference { CONTEXT } else { 0 });
    if letters.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let head: String = letters[..head].iter().collect();
    let tail: String = letters[letters.len() - tail..].iter().collect();
    format!("{head}…{tail}")
}

fn name(lang: Lang, field: Field) -> String {
    let (p, w) = (Words::of(lang), words::Words::of(lang));
    let of = |name: &str, side: Lang| format!("{name} · {}", side.pick(w.zh, w.en));
    match field {
        Field::Title(side) => of(p.field_title, side),
        Field::Phrasings(side) => of(p.field_phrasings, side),
        Field::Answer(side) => of(p.field_answer, side),
        Field::Kind => p.field_kind.to_owned(),
        Field::Category => p.field_category.to_owned(),
        Field::Tags => p.field_tags.to_owned(),
        Field::Plans => p.plans.to_owned(),
        Field::Regions => p.regions.to_owned(),
        Field::Channels => p.channels.to_owned(),
        Field::From => p.valid_from.to_owned(),
        Field::Until => p.valid_until.to_owned(),
        Field::Owner => p.owner.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_unchanged_parts_are_shortened_around_what_differs() {
        let long = "字".repeat(500);
        assert_eq!(shortened(&long, false, true), format!("…{}", "字".repeat(CONTEXT)));
        assert_eq!(shortened(&long, true, true).chars().count(), 2 * CONTEXT + 1);
        assert_eq!(shortened("short", true, true), "short");
    }
}
