//! What one click does to entries.

use domain::Entry;
use language::normal;

/// An entry with another's phrasings and languages, where it lacks them.
pub fn merged(mut stays: Entry, goes: &Entry) -> Entry {
    for (lang, theirs) in &goes.texts {
        let Some(ours) = stays.texts.get_mut(lang) else {
            stays.texts.insert(*lang, theirs.clone());
            continue;
        };
        let mut known: Vec<String> =
            std::iter::once(&ours.title).chain(&ours.phrasings).map(|way| normal::core(way)).collect();
        for way in std::iter::once(&theirs.title).chain(&theirs.phrasings) {
            let core = normal::core(way);
            if !core.is_empty() && !known.contains(&core) {
                known.push(core);
                ours.phrasings.push(way.clone());
            }
        }
    }
    let new = goes.tags.iter().filter(|tag| !stays.tags.contains(tag)).cloned().collect::<Vec<_>>();
    stays.tags.extend(new);
    stays
}

/// Markdown in which links to an address are their words alone; where it stands bare, it goes.
pub fn unlinked(markdown: &str, url: &str) -> String {
    let (mut text, target) = (markdown.to_owned(), format!("]({url}"));
    let mut from = 0;
    while let Some(at) = text[from..].find(&target).map(|at| from + at) {
        from = at + target.len();
        let ends = text[from..].starts_with([')', ' ']);
        let (begin, end) = (text[..at].rfind('['), text[from..].find(')').map(|end| from + end + 1));
        if let (true, Some(begin), Some(end)) = (ends, begin, end) {
            let words = text[begin + 1..at].to_owned();
            let begin = if text[..begin].ends_with('!') { begin - 1 } else { begin };
            text.replace_range(begin..end, &words);
            from = begin + words.len();
        }
    }
    let bare = url.contains("://") || url.starts_with("www.") || url.starts_with("http");
    if bare { text.replace(&format!("<{url}>"), "").replace(url, "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_link_stay() {
        assert_eq!(unlinked("看[规则](#x)，再看[别的](#xy)。", "#x"), "看规则，再看[别的](#xy)。");
        assert_eq!(unlinked("see [a](/help/a) and [b]( /c)", "/help/a"), "see a and [b]( /c)");
        assert_eq!(
            unlinked("![pic](a.png) at http://x.example/y .", "http://x.example/y"),
            "![pic](a.png) at  ."
        );
        assert_eq!(unlinked("use [the form]().", ""), "use the form.");
        assert_eq!(unlinked("[broken](#x", "#x"), "[broken](#x");
    }
}
