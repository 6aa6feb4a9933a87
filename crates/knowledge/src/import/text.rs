//! Plain text: paragraphs, and headings where a line plainly is one.

use domain::{Said, said};

use super::{
    bytes::Place,
    document::{Block, Document},
    encoding, limits,
};

/// The document in a plain text.
pub(super) fn read(top: &Place, bytes: &[u8]) -> Result<Document, Said> {
    let (bytes, charset) = encoding::detect(bytes);
    let Some(text) = charset.text(&bytes) else {
        let (file, Said { zh, en, .. }) = (&top.file, charset.broken());
        return Err(said!(Encoding: "{zh}，读不了", "{file}: {en}"));
    };
    if text.contains('\0') {
        return Err(said!(UnknownKind: "不是文本：里面是二进制数据", "not a text: it holds binary data"));
    }
    let mut document = Document::default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if document.blocks.len() > limits::BLOCKS {
            break;
        }
        take(paragraph.trim_matches('\n'), &mut document.blocks);
    }
    Ok(document)
}

/// A paragraph's lines: headings apart, the others as they are.
fn take(paragraph: &str, blocks: &mut Vec<Block>) {
    let lines: Vec<&str> = paragraph.lines().collect();
    let mut said: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let underlined =
            lines.get(at + 1).and_then(|next| underline(next)).filter(|_| !line.trim().is_empty());
        let level = underlined.or_else(|| heading(line, said.is_empty(), lines.len() == 1));
        if let Some(level) = level {
            say(&mut said, blocks);
            blocks.push(Block::Heading(level, line.trim().trim_start_matches('#').trim().to_owned(), None));
        } else {
            said.push(line);
        }
        at += 1 + usize::from(underlined.is_some());
    }
    say(&mut said, blocks);
}

fn say(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    let text = lines.join("\n");
    lines.clear();
    if !text.trim().is_empty() {
        blocks.push(Block::Text(text));
    }
}

/// `=====` makes the line above a title, `-----` a heading.
fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    let made_of = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    if made_of('=') {
        Some(1)
    } else if made_of('-') {
        Some(2)
    } else {
        None
    }
}

/// 第三章, 一、, 1.2 Title, Chapter 3, # Title: at the start of a paragraph, and short.
fn heading(line: &str, leads: bool, alone: bool) -> Option<u8> {
    let line = line.trim();
    if !leads || line.chars().count() > 60 || line.ends_with(['。', '，', '；', '.', ',', ';', ':', '：'])
    {
        return None;
    }
    if let Some(rest) = line.strip_prefix('#') {
        return rest
            .starts_with(['#', ' '])
            .then(|| 1 + line.chars().take_while(|&c| c == '#').count() as u8 - 1);
    }
    let is_number = |c: char| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c);
    if let Some(rest) = line.strip_prefix('第') {
        let rest = rest.trim_start_matches(is_number);
        return match rest.chars().next() {
            Some('章' | '篇' | '部') => Some(2),
            Some('节' | '条') => Some(3),
            _ => None,
        };
    }
    let number: String = line.chars().take_while(|&c| is_number(c) || c == '.').collect();
    let rest = &line[number.len()..];
    if number.is_empty() || rest.trim().is_empty() {
        let is_chapter = line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("chapter "));
        return is_chapter.then_some(2);
    }
    let han = number.chars().all(|c| !c.is_ascii_digit() && c != '.');
    if han {
        return rest.starts_with('、').then_some(3);
    }
    // A numbered line among others is an item of a list.
    let dots = number.trim_end_matches('.').matches('.').count() as u8;
    (alone && rest.starts_with([' ', '、', '\t'])).then_some(4 + dots.min(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<(u8, String)> {
        let mut blocks = Vec::new();
        text.split("\n\n").for_each(|paragraph| take(paragraph, &mut blocks));
        let heading = |block| match block {
            Block::Heading(level, words, _) => Some((level, words)),
            _ => None,
        };
        blocks.into_iter().filter_map(heading).collect()
    }

    #[test]
    fn a_line_that_plainly_is_a_heading_is_one() {
        let text = "使用手册\n====\n欢迎。\n\n第一章 开机\n按住电源键。\n\n一、准备\n先充电。\n\n1.2 Wi-Fi\n\n2024 年 3 月发布。\n\n1. 插电\n2. 开机";
        let found = headings(text);
        let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["使用手册", "第一章 开机", "一、准备", "1.2 Wi-Fi"]);
    }
}
