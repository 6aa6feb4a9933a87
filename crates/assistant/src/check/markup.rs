//! Marks that could become something else than text, and those that are only taken off.

use unicode_normalization::UnicodeNormalization;

use super::{Cut, Reason, link};

/// The words without harmless marks: emphasis, list and heading marks, backquotes, characters that nobody sees.
/// Links in Markdown become their words and their address. What is plain stays as it is.
pub fn plain(sentence: &str) -> String {
    let mut text = once(sentence);
    loop {
        // Marks may be made of what other marks leave behind. Each round makes it shorter.
        let next = once(&text);
        if next == text {
            return text;
        }
        text = next;
    }
}

fn once(sentence: &str) -> String {
    let seen: String = sentence
        .chars()
        .filter(|&c| !link::is_unseen(c) && (!c.is_control() || c == '\n' || c == '\t'))
        .collect();
    let mut lines = Vec::new();
    for line in seen.lines() {
        let line = line.trim().trim_start_matches(['#', '>']).trim_start();
        let line = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
        lines.push(without_links(&line.replace("**", "").replace("__", "").replace('`', "")));
    }
    lines.join("\n").trim().to_owned()
}

/// `[words](address)` as `words (address)`; what is an image stays and is cut.
fn without_links(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[');
        let close = rest[middle..].find(')').map(|at| middle + at);
        let (Some(open), Some(close)) = (open, close) else { break };
        if rest[..open].ends_with('!') {
            plain.push_str(&rest[..=close]);
        } else {
            plain.push_str(&rest[..open]);
            plain.push_str(&rest[open + 1..middle]);
            plain.push_str(" (");
            plain.push_str(&rest[middle + 2..close]);
            plain.push(')');
        }
        rest = &rest[close + 1..];
    }
    plain.push_str(rest);
    plain
}

/// Beginnings of what a program may take for more than text.
const MARKS: &[&str] = &[
    "![",
    "](",
    "]:",
    "{{",
    "}}",
    "{%",
    "%}",
    "${",
    "<%",
    "%>",
    "<?",
    "<!",
    "</",
    "/>",
    "&lt",
    "&gt",
    "&#",
    "&amp",
    "\\u00",
    "\\x",
    "%3c",
    "%3e",
    "onerror=",
    "onload=",
    "onclick=",
    "onmouseover=",
    "style=",
    "src=",
    "href=",
    "[[",
    "]]",
    "::before",
    "\\href",
    "\\url",
    "[img",
    "[url",
    "[cq:",
    "<|",
    "|>",
    "[inst",
    "### ",
    "|---",
    "=cmd|",
    "@import",
];

/// Nothing that could be read as markup.
pub(super) fn check(text: &str) -> Result<(), Cut> {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '‹' | '﹤' | '〈' | '⟨') { '<' } else { c })
        .collect();
    if let Some(mark) = MARKS.iter().find(|mark| folded.contains(**mark)) {
        return Err(Cut::new(Reason::Markup, *mark));
    }
    let tag = folded
        .match_indices('<')
        .any(|(at, _)| folded[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic()));
    if tag { Err(Cut::new(Reason::Markup, "<")) } else { Ok(()) }
}
