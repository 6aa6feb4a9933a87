//! An article's sections: what stands under each `## ` heading.

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading; the article's title for the words before the first heading.
    pub heading: String,
    /// The name that a link can point at (`#…`).
    pub anchor: String,
    /// Whether the heading names the anchor itself (`## Returns {#returns}`): then the original has it too.
    pub named: bool,
    /// Its Markdown, without the heading.
    pub text: String,
}

/// Cuts Markdown at its second-level headings. Headings inside code fences are text. Sections without
/// words are left out, so their numbers are stable names within one version of the article only.
pub fn sections(title: &str, markdown: &str) -> Vec<Section> {
    let mut open = Section::new(title, "top".to_owned(), false);
    let mut done = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !fenced) {
            let (heading, own) = named(heading);
            let next =
                Section::new(heading, own.map_or_else(|| anchor(heading), str::to_owned), own.is_some());
            done.push(std::mem::replace(&mut open, next));
        } else {
            // A deeper heading may name an anchor too; nobody reads it.
            let line = if line.starts_with('#') && !fenced { named(line).0 } else { line };
            open.text.push_str(line);
            open.text.push('\n');
        }
    }
    done.push(open);
    done.retain(|section| !section.text.trim().is_empty());
    done
}

impl Section {
    fn new(heading: &str, anchor: String, named: bool) -> Self {
        Self { heading: heading.to_owned(), anchor, named, text: String::new() }
    }
}

/// A heading without the anchor that it names, and that anchor.
pub fn named(heading: &str) -> (&str, Option<&str>) {
    let heading = heading.trim();
    let split = heading.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {#"));
    match split {
        Some((words, anchor)) if !anchor.is_empty() && !anchor.contains([' ', '{', '}']) => {
            (words.trim_end(), Some(anchor))
        }
        _ => (heading, None),
    }
}

/// A heading as an address fragment: letters and digits kept, the rest one hyphen.
pub fn anchor(heading: &str) -> String {
    let mut name = String::new();
    for ch in heading.trim().chars().flat_map(char::to_lowercase) {
        if ch.is_alphanumeric() {
            name.push(ch);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_cut_at_its_headings() {
        let cut =
            sections("退换货", "先读这里。\n## 谁付运费？\n您付。\n## Empty\n\n## Gift returns\nYes.\n");
        let names: Vec<_> =
            cut.iter().map(|section| (section.heading.as_str(), section.anchor.as_str())).collect();
        assert_eq!(names, [("退换货", "top"), ("谁付运费？", "谁付运费"), ("Gift returns", "gift-returns")]);
        assert_eq!(cut[1].text.trim(), "您付。");
    }

    #[test]
    fn a_heading_may_name_its_anchor() {
        let cut = sections("t", "## 退货 {#returns}\n七天。\n### 运费 {#fee}\n您付。\n## Set {a}\nx\n");
        assert_eq!(
            (cut[0].heading.as_str(), cut[0].anchor.as_str(), cut[0].named),
            ("退货", "returns", true)
        );
        assert_eq!(cut[0].text, "七天。\n### 运费\n您付。\n");
        assert_eq!((cut[1].heading.as_str(), cut[1].named), ("Set {a}", false));
    }

    #[test]
    fn a_heading_inside_a_fence_is_text() {
        assert_eq!(sections("t", "```\n## no\n```\n").len(), 1);
    }
}
