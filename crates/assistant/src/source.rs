//! Where customers find what an answer rests on: the page on the web that it was read from, else our help page.

use domain::{Entry, EntryText, Lang, SourceLink};
use knowledge::section::Section;

/// An entry as a whole.
pub(crate) fn of_entry(entry: &Entry, text: &EntryText) -> SourceLink {
    let url = web_address(entry).map_or_else(|| format!("/help/{}", entry.id), str::to_owned);
    SourceLink { title: text.title.clone(), url }
}

/// A section of an article, in its place.
pub(crate) fn of_section(entry: &Entry, lang: Lang, text: &EntryText, part: &Section) -> SourceLink {
    let title = if part.heading == text.title {
        text.title.clone()
    } else {
        format!("{} › {}", text.title, part.heading)
    };
    let url = match web_address(entry) {
        Some(page) if part.named => format!("{page}#{}", part.anchor),
        Some(page) => page.to_owned(),
        None => format!("/help/{}?lang={}#{}", entry.id, lang.code(), part.anchor),
    };
    SourceLink { title, url }
}

/// The page on the web that an entry was read from: there the customer finds it in its place.
fn web_address(entry: &Entry) -> Option<&str> {
    let url = entry.source.as_str();
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}
