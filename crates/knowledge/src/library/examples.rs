//! Examples of what customers want, out of the knowledge: each way of asking, with the group of its entry.

use std::{borrow::Cow, sync::Arc};

use domain::{Entry, Kind};
use language::{intent::NOT_OURS, train::intent::Example};

use super::adapt::{strangers, ways};

/// An entry of no group is an intent of its own if it is asked in so many ways.
const WAYS: usize = 3;
/// More examples than this are thinned out, so that learning stays a matter of seconds.
const MOST: usize = 12_000;

/// Of these entries, which come in the order of their ids.
pub(super) fn examples(entries: &[Arc<Entry>]) -> Vec<Example> {
    let asked: Vec<(Cow<'_, str>, &str)> = entries.iter().flat_map(|entry| of_entry(entry)).collect();
    let every = asked.len().div_ceil(MOST).max(1);
    let ours: Vec<Example> =
        asked.into_iter().step_by(every).map(|(text, intent)| example(&text, intent)).collect();
    let texts: Vec<&str> = ours.iter().map(|example| example.text.as_str()).collect();
    let strange = strangers(&texts).into_iter().map(|line| example(line, NOT_OURS)).collect::<Vec<_>>();
    ours.into_iter().chain(strange).collect()
}

fn of_entry(entry: &Entry) -> Vec<(Cow<'_, str>, &str)> {
    let mut asked: Vec<Cow<'_, str>> = entry.texts.values().flat_map(ways).map(Cow::from).collect();
    if entry.kind == Kind::Article {
        let sections =
            entry.texts.values().flat_map(|text| crate::section::sections(&text.title, &text.answer));
        asked
            .extend(sections.map(|section| Cow::from(section.heading)).filter(|heading| !heading.is_empty()));
    }
    match (entry.category.as_str(), asked.len()) {
        ("", ..WAYS) => Vec::new(),
        ("", _) => asked.into_iter().map(|text| (text, entry.id.as_str())).collect(),
        (group, _) => asked.into_iter().map(|text| (text, group)).collect(),
    }
}

fn example(text: &str, intent: &str) -> Example {
    Example { text: text.to_owned(), intent: intent.to_owned() }
}
