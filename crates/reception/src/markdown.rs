//! Knowledge as HTML that is safe to show: markup in the source is text, links lead to http(s) or mail.

use domain::picture::name_in;
use knowledge::section;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

pub use section::Section;

/// An article's sections.
pub fn sections(title: &str, markdown: &str) -> Vec<Section> {
    section::sections(title, markdown)
}

/// Markdown as HTML. Raw HTML becomes literal text, pictures that are not this server's own become their description,
/// and links with other schemes become plain words.
pub fn html(markdown: &str) -> String {
    let mut dropped = 0u32;
    let mut described = 0u32;
    let known = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(markdown, known).filter_map(move |event| match event {
        // A heading may name its anchor; whatever else it wants to set, it may not.
        Event::Start(Tag::Heading { level, .. }) => {
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Image { ref dest_url, .. }) if described > 0 || name_in(dest_url).is_none() => {
            described += 1;
            None
        }
        Event::End(TagEnd::Image) if described > 0 => {
            described -= 1;
            None
        }
        Event::Start(Tag::Link { ref dest_url, .. }) if !safe(dest_url) => {
            dropped += 1;
            None
        }
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            None
        }
        event => Some(event),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn safe(url: &CowStr<'_>) -> bool {
    let url = url.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "#"].iter().any(|scheme| url.starts_with(scheme))
        || (url.starts_with('/') && !url.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_knowledge_is_inert() {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "![x](http://evil.example/pixel)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](//evil.example)",
            "[x](data:text/html,<script>alert(1)</script>)",
            "# x {onclick=alert(1)}",
            "![![x](/pictures/0000000000000000000000000000000000000000000000000000000000000000.png)](http://evil.example/pixel)",
        ];
        for attack in attacks {
            let shown = html(attack);
            for bad in [
                "<script",
                "<img",
                "<a href=\"javascript:",
                "href=\"//",
                "href=\"data:",
                "onerror=alert(1)>",
                "onclick=",
            ] {
                assert!(!shown.to_lowercase().contains(bad), "{attack} became {shown}");
            }
        }
    }

    #[test]
    fn pictures_of_our_own_are_shown() {
        let own = format!("/pictures/{}.png", "0".repeat(64));
        assert_eq!(
            html(&format!("![按\"钮\"]({own}) ![x]({own}?a)")),
            format!("<p><img src=\"{own}\" alt=\"按&quot;钮&quot;\" /> x</p>\n")
        );
    }

    #[test]
    fn ordinary_markdown_reads_well() {
        assert_eq!(
            html("**7 天** [政策](/help/x)"),
            "<p><strong>7 天</strong> <a href=\"/help/x\">政策</a></p>\n"
        );
    }
}
