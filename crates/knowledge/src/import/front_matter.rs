//! The YAML at the top of an article.
//!
//! Read as a stream of events, never as a tree: aliases are not expanded and depth costs nothing, so
//! a crafted header cannot exhaust memory or stack.

use domain::{Said, said};
use yaml_rust2::parser::{Event, Parser};

use super::limits;

/// What we know of it; the other keys are the owner's affair.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) locale: String,
    pub(super) category: String,
    pub(super) updated_at: String,
    pub(super) tags: Vec<String>,
}

/// The header and the text after it. An error names the line.
pub(super) fn split(text: &str) -> Result<(FrontMatter, &str), (u64, Said)> {
    let Some(rest) = text.strip_prefix("---\n") else { return Ok((FrontMatter::default(), text)) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((parse(&rest[..at])?, &rest[at + line.len()..]));
        }
        at += line.len();
        if at > limits::FRONT_MATTER {
            break;
        }
    }
    // A rule on the first line, and no header.
    Ok((FrontMatter::default(), text))
}

fn parse(yaml: &str) -> Result<FrontMatter, (u64, Said)> {
    let mut parser = Parser::new_from_str(yaml);
    let mut front = FrontMatter::default();
    let (mut depth, mut key) = (0_usize, None::<String>);
    loop {
        // The header starts on the file's second line; YAML counts from 1.
        let (event, mark) = parser.next_token().map_err(|error| {
            let info = error.info();
            let problem = said!(Shape: "这里的写法读不懂；给值加上引号", "{info}; quote the value");
            (error.marker().line() as u64 + 1, problem)
        })?;
        match event {
            Event::StreamEnd | Event::DocumentEnd => return Ok(front),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if depth == 0 && matches!(event, Event::SequenceStart(..)) {
                    let problem = said!(Shape: "不是一行行的 `key: value`", "not `key: value` lines");
                    return Err((mark.line() as u64 + 1, problem));
                }
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    key = None;
                }
            }
            Event::Alias(_) if depth == 1 => key = None,
            Event::Scalar(value, ..) if depth == 1 => match key.take() {
                None => key = Some(value),
                Some(key) => front.set(&key, value),
            },
            Event::Scalar(value, ..) if depth == 2 && key.as_deref() == Some("tags") => {
                front.tags.push(value);
            }
            _ => {}
        }
    }
}

impl FrontMatter {
    fn set(&mut self, key: &str, value: String) {
        let value = if matches!(value.as_str(), "~" | "null") { String::new() } else { value };
        match key {
            "id" => self.id = value,
            "title" => self.title = value,
            "locale" | "lang" | "language" => self.locale = value,
            "category" => self.category = value,
            "updated_at" => self.updated_at = value,
            "tags" => self.tags = super::list::split(&value, super::list::TAGS),
            _ => {}
        }
    }
}
