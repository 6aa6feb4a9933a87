//! The words of a document as Markdown: sections by heading, tables as sentences that can be quoted.

use domain::Lang;

use super::{document::Block, limits};

/// The Markdown of these blocks, cut between sections where it is too long for one article.
pub(super) fn parts(blocks: &[Block], lang: Lang) -> Vec<String> {
    let depths = depths(blocks);
    let (mut parts, mut part) = (vec![String::new()], String::new());
    for block in blocks {
        let piece = markdown(block, &depths, lang);
        if piece.starts_with("## ") {
            close(&mut parts, &mut part);
        }
        for piece in slices(&piece) {
            if part.len() + piece.len() > limits::ARTICLE {
                close(&mut parts, &mut part);
            }
            let tight =
                matches!(block, Block::Item(..)) && part.trim_end().lines().last().is_some_and(is_item);
            let gap = if part.is_empty() {
                ""
            } else if tight {
                "\n"
            } else {
                "\n\n"
            };
            part.push_str(gap);
            part.push_str(piece);
        }
    }
    close(&mut parts, &mut part);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Adds a section to the last part, or to a new one where that is full.
fn close(parts: &mut Vec<String>, section: &mut String) {
    let Some(last) = parts.last_mut() else { return };
    if last.is_empty() {
        *last = std::mem::take(section);
    } else if last.len() + section.len() > limits::ARTICLE {
        parts.push(std::mem::take(section));
    } else if !section.is_empty() {
        last.push_str("\n\n");
        last.push_str(section);
        section.clear();
    }
}

/// A text in pieces that an article can hold, cut at a line or, if it has none, anywhere.
fn slices(mut text: &str) -> Vec<&str> {
    let mut slices = Vec::new();
    while text.len() > limits::ARTICLE {
        let most = (0..=limits::ARTICLE).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let at = text[..most].rfind('\n').filter(|&at| at > 0).unwrap_or(most);
        slices.push(text[..at].trim_end());
        text = text[at..].trim_start_matches('\n');
    }
    slices.push(text);
    slices
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// The levels in use, highest first: the first becomes `##`, at which articles are cut.
fn depths(blocks: &[Block]) -> Vec<u8> {
    let level = |block: &Block| match block {
        Block::Heading(level, ..) => Some(*level),
        _ => None,
    };
    let mut levels: Vec<u8> = blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn markdown(block: &Block, depths: &[u8], lang: Lang) -> String {
    match block {
        Block::Heading(level, words, anchor) => {
            let depth = depths.iter().position(|each| each == level).unwrap_or_default();
            let anchor = anchor.as_ref().map(|anchor| format!(" {{#{anchor}}}")).unwrap_or_default();
            format!("{} {}{anchor}", "#".repeat((depth + 2).min(6)), one_line(words))
        }
        Block::Text(text) => text.lines().map(|line| plain(line.trim())).collect::<Vec<_>>().join("\n"),
        Block::Item(depth, text) => format!("{}- {}", "  ".repeat(usize::from(*depth)), one_line(text)),
        Block::Code(text) => format!("```\n{}\n```", text.replace("```", "'''").trim_matches('\n')),
        Block::Table(rows, header) => table(rows, *header, lang),
    }
}

/// A line of text that Markdown would take for a heading or a fence stays text.
fn plain(line: &str) -> String {
    let is_mark = line.starts_with("```") || line.starts_with("~~~") || line.starts_with('#');
    if is_mark { format!("\\{line}") } else { line.to_owned() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row a line, each cell under the name of its column: that is how a customer can be told.
fn table(rows: &[Vec<String>], header: bool, lang: Lang) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
    let wide = rows.iter().map(Vec::len).max().unwrap_or_default() > 2;
    let (names, rows) = match rows.split_first() {
        Some((first, rest)) if !rest.is_empty() && (header || wide) => (first.as_slice(), rest),
        _ => (&[][..], rows.as_slice()),
    };
    let lines: Vec<String> = rows.iter().filter_map(|row| told(names, row, lang)).collect();
    lines.join("\n")
}

fn told(names: &[String], row: &[String], lang: Lang) -> Option<String> {
    let (is, and) = lang.pick(("：", "；"), (": ", "; "));
    let cells: Vec<String> = if names.is_empty() {
        // Two cells without names are a name and its value.
        let filled: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        return (!filled.is_empty()).then(|| format!("- {}", filled.join(is)));
    } else {
        let with_name = |(at, cell): (usize, &String)| {
            let name = names.get(at).map_or("", String::as_str);
            if name.is_empty() { cell.clone() } else { format!("{name}{is}{cell}") }
        };
        row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(with_name).collect()
    };
    (!cells.is_empty()).then(|| format!("- {}", cells.join(and)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    #[test]
    fn a_table_reads_as_sentences() {
        let sizes = rows(&[&["尺码", "身高"], &["S", "155"], &["M", ""]]);
        assert_eq!(table(&sizes, true, Lang::Zh), "- 尺码：S；身高：155\n- 尺码：M");
        let pairs = rows(&[&["Weight", "2 kg"], &["Colour", "red"]]);
        assert_eq!(table(&pairs, false, Lang::En), "- Weight: 2 kg\n- Colour: red");
    }

    #[test]
    fn a_document_that_is_too_long_is_cut_between_sections() {
        let long = "字".repeat(limits::ARTICLE / 3 - 100);
        let section = |name: &str| [Block::Heading(3, name.to_owned(), None), Block::Text(long.clone())];
        let blocks: Vec<Block> = ["一", "二", "三"].into_iter().flat_map(section).collect();
        let parts = parts(&blocks, Lang::Zh);
        assert_eq!(parts.iter().map(|part| &part[..6]).collect::<Vec<_>>(), ["## 一", "## 二", "## 三"]);
    }

    #[test]
    fn text_is_no_markup() {
        let blocks = [Block::Text("# 不是标题\n```".to_owned())];
        assert_eq!(parts(&blocks, Lang::Zh), ["\\# 不是标题\n\\```"]);
    }
}
