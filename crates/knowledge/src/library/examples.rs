//! Examples of what customers want: each way of asking in the knowledge, with the group of its entry, and the
//! owner's own.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use domain::{Entry, IntentExample, Kind};
use language::{intent::NOT_OURS, train::intent::Example};

use super::adapt::{Strangers, strangers, ways};

/// An entry of no group is an intent of its own if it is asked in so many ways.
const WAYS: usize = 3;
/// More examples than this are thinned out, so that learning stays a matter of seconds.
const MOST: usize = 12_000;

/// Of these entries, which come in the order of their ids, and of the owner, in the order of their intents.
pub(super) fn examples(entries: &[Arc<Entry>], own: &[IntentExample]) -> Vec<Example> {
    let asked: Vec<(Cow<'_, str>, &str)> = entries.iter().flat_map(|entry| of_entry(entry)).collect();
    let every = asked.len().div_ceil(MOST).max(1);
    let asked = asked.into_iter().step_by(every).map(|(text, intent)| example(&text, intent));
    let ours: Vec<Example> = asked.chain(thinned(own)).collect();
    let wanted = ours.iter().filter(|example| example.intent != NOT_OURS);
    let texts: Vec<&str> = wanted.map(|example| example.text.as_str()).collect();
    // Not all of them: an owner's intent of a few examples would be outvoted.
    let strange = strangers(&texts, Strangers::First).into_iter();
    let strange = strange.map(|line| example(line, NOT_OURS)).collect::<Vec<_>>();
    ours.into_iter().chain(strange).collect()
}

/// Each intent keeps at least one.
fn thinned(own: &[IntentExample]) -> impl Iterator<Item = Example> {
    let every = own.len().div_ceil(MOST).max(1);
    let intents = own.chunk_by(|a, b| a.intent() == b.intent());
    let kept = intents.flat_map(move |of| of.iter().step_by(every));
    kept.map(|own| example(own.text(), own.intent()))
}

/// The intents that these entries make, with how many ways of asking each has.
pub(super) fn counted(entries: &[Arc<Entry>]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        for (_, intent) in of_entry(entry) {
            *counts.entry(intent.to_owned()).or_default() += 1;
        }
    }
    counts
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
