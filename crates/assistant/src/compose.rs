//! The words of a decision.

use domain::{AnswerId, Content, Format, Lang, Rung, SourceLink};
use knowledge::{Hit, Library, section::sections};

use crate::{answer::Turn, decide::Decision, phrases::Phrases, quote::quote, read::Reading};

/// Words a decision. Streams finished sentences into `say` as they come.
pub(crate) fn compose(
    turn: &Turn<'_>,
    reading: &Reading,
    decision: &Decision,
    hits: &[Hit],
    library: &Library,
    phrases: &Phrases,
    say: &mut dyn FnMut(&str),
) -> Content {
    let picked: Vec<&Hit> = decision.picks.iter().filter_map(|&at| hits.get(at)).collect();
    let mut content = match (decision.rung, picked.first()) {
        (Rung::Exact, Some(hit)) => verbatim(hit, reading.lang, library),
        (Rung::Composed, Some(hit)) => quoted(&reading.meant, hit, library, say),
        (Rung::Suggest, _) => suggest(&picked, reading, library, phrases),
        (Rung::Smalltalk, _) => Content::plain(
            reading.lang,
            phrases.smalltalk(reading.smalltalk.unwrap_or(crate::Smalltalk::Greeting), reading.lang),
        ),
        (Rung::Handover, _) => Content::plain(reading.lang, phrases.handing_over(reading.lang)),
        _ => refuse(reading, phrases),
    };
    content.answer = Some(AnswerId::clone(&turn.id));
    content.rung = Some(decision.rung);
    content
}

fn verbatim(hit: &Hit, lang: Lang, library: &Library) -> Content {
    let Some(entry) = library.entry(&hit.entry) else { return Content::default() };
    let Some((lang, text)) = entry.text(lang) else { return Content::default() };
    let url = web_address(&entry).map_or_else(|| format!("/help/{}", hit.entry), str::to_owned);
    let source = SourceLink { title: text.title.clone(), url };
    Content {
        text: text.answer.clone(),
        format: Format::Markdown,
        lang,
        sources: vec![source],
        ..Content::default()
    }
}

fn quoted(question: &str, hit: &Hit, library: &Library, say: &mut dyn FnMut(&str)) -> Content {
    let Some(entry) = library.entry(&hit.entry) else { return Content::default() };
    let Some((lang, text)) = entry.text(hit.lang) else { return Content::default() };
    let parts = sections(&text.title, &text.answer);
    let Some(part) = parts.get(hit.section.unwrap_or_default() as usize) else { return Content::default() };
    let lines = quote(question, &part.text, lang);
    let gap = lang.pick("", " ");
    let mut words = String::new();
    for line in &lines {
        let piece = if words.is_empty() { line.clone() } else { format!("{gap}{line}") };
        say(&piece);
        words.push_str(&piece);
    }
    let title = if part.heading == text.title {
        text.title.clone()
    } else {
        format!("{} › {}", text.title, part.heading)
    };
    let url = match web_address(&entry) {
        Some(page) if part.named => format!("{page}#{}", part.anchor),
        Some(page) => page.to_owned(),
        None => format!("/help/{}?lang={}#{}", hit.entry, lang.code(), part.anchor),
    };
    let source = SourceLink { title, url };
    Content { text: words, lang, sources: vec![source], ..Content::default() }
}

/// The page on the web that an entry was read from: there the customer finds it in its place.
fn web_address(entry: &domain::Entry) -> Option<&str> {
    let url = entry.source.as_str();
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

fn suggest(picked: &[&Hit], reading: &Reading, library: &Library, phrases: &Phrases) -> Content {
    let lang = reading.lang;
    let mut choices: Vec<String> = Vec::new();
    for hit in picked {
        let title = match hit.section {
            Some(_) => Some(hit.title.clone()),
            None => library
                .entry(&hit.entry)
                .and_then(|entry| entry.text(lang).map(|(_, text)| text.title.clone())),
        };
        choices.extend(title.filter(|title| !title.is_empty() && !choices.contains(title)));
    }
    let text = phrases.did_you_mean(lang, choices.len() == 1, reading.is_upset());
    choices.push(Phrases::person_button(lang).to_owned());
    Content { suggestions: choices, ..Content::plain(lang, text) }
}

fn refuse(reading: &Reading, phrases: &Phrases) -> Content {
    let text =
        if reading.is_upset() { phrases.unknown_upset(reading.lang) } else { phrases.unknown(reading.lang) };
    Content {
        suggestions: vec![Phrases::person_button(reading.lang).to_owned()],
        ..Content::plain(reading.lang, text)
    }
}
