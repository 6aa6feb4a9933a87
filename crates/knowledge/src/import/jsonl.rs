//! JSON lines: our own export, rows of question and answer under the names that tables use, and examples of intents.

use std::io::BufRead;

use domain::{EntryText, Lang, Said, said};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    basket::Basket,
    bytes::{self, Line, Place},
    columns::{self, Column, Field},
    draft::{self, Cell, Fault, Row},
    example, json, limits, picture,
    rows::{Lines, Takes},
};

/// Reads at most `most` bytes of lines; every line stands or falls alone.
pub(super) fn read(top: &Place, input: impl BufRead, most: u64, basket: &mut impl Lines) {
    let (mut line, mut place) = (Vec::new(), top.clone());
    let mut input = input.take(most);
    for number in 1.. {
        place.line = number;
        if basket.is_full() {
            return basket.reject(&place, None, super::full_from_here());
        }
        let outcome = bytes::next_line(&mut input, &mut line);
        if input.limit() == 0 && input.get_mut().fill_buf().is_ok_and(|rest| !rest.is_empty()) {
            let problem = said!(TooLarge:
                "从这里起没有读：解开后超过 {} MiB；把文件拆开",
                "not read from here on: more than {} MiB unpacked; split the file",
                most >> 20
            );
            return basket.reject(&place, None, problem);
        }
        match outcome {
            Ok(Line::End) => return,
            Ok(Line::Whole) => {
                let mark = b"\xef\xbb\xbf";
                let line = if number == 1 { line.strip_prefix(mark).unwrap_or(&line) } else { &line };
                basket.line(&place, line);
            }
            Ok(Line::TooLong) => {
                let most = limits::LINE >> 20;
                let problem = said!(TooLarge: "这一行超过 {most} MiB", "the line is longer than {most} MiB");
                basket.reject(&place, None, problem);
            }
            Err(error) => {
                let problem = said!(Damaged:
                    "文件从这里起损坏；前面的已经读了",
                    "the file is damaged from here on ({error}); what stood before was read"
                );
                return basket.reject(&place, None, problem);
            }
        }
    }
}

impl Takes for Basket {
    fn is_full(&self) -> bool {
        Self::is_full(self)
    }

    fn reject(&mut self, place: &Place, field: Option<String>, problem: Said) {
        Self::reject(self, place, field, problem);
    }
}

impl Lines for Basket {
    fn line(&mut self, place: &Place, line: &[u8]) {
        if line.trim_ascii().is_empty() {
            return;
        }
        match object(line) {
            Err(fault) => self.put(place, Err(fault)),
            Ok(object) if object.contains_key("test") => self.test(place, example::test(object)),
            Ok(object) if object.contains_key("picture") && object.contains_key("base64") => {
                self.picture(place, picture::own(&object));
            }
            Ok(object) if object.contains_key("texts") => self.put(place, own(object)),
            Ok(object) => match example::object(&object) {
                Some(example) => self.teach(place, example),
                None => self.put(place, foreign(object)),
            },
        }
    }
}

/// The object that a line holds.
pub(super) fn object(line: &[u8]) -> Result<Map<String, Value>, Fault> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to() + 1;
        Fault::whole(said!(Encoding:
            "不是 UTF-8：第 {at} 字节处有个字符坏了",
            "not UTF-8: a character is broken at byte {at}"
        ))
    })?;
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Fault::whole(said!(Shape:
            "不是对象；写成 {{\"question\": …, \"answer\": …}}",
            "not an object: write {{\"question\": …, \"answer\": …}}"
        ))),
        Err(error) => Err(Fault::whole(json::broken(&error))),
    }
}

/// `{"question", "answer", …}` under any of the names that a table may use.
fn foreign(object: Map<String, Value>) -> Result<Row, Fault> {
    let columns = columns::of_object(&object.keys().cloned().collect::<Vec<_>>());
    let mut values: Vec<Option<Value>> = object.into_iter().map(|(_, value)| Some(value)).collect();
    let mut cells = Vec::new();
    for Column { at, field, lang } in columns {
        let value = values[at].take().unwrap_or_default();
        if let Some(cell) = cell(field, value)? {
            cells.push((lang, field, cell));
        }
    }
    draft::in_languages(cells)
}

fn cell(field: Field, value: Value) -> Result<Option<Cell>, Fault> {
    let is_label = matches!(field, Field::Id | Field::Category | Field::Best);
    Ok(Some(match value {
        Value::Null => return Ok(None),
        Value::String(text) => Cell::Text(text),
        Value::Number(number) if is_label => Cell::Text(number.to_string()),
        Value::Bool(flag) if field == Field::Best => Cell::Text(flag.to_string()),
        Value::Array(_) if field.is_list() => Cell::List(strings(field.name(), value)?),
        other => return Err(wrong(field.name(), a_text(), &other)),
    }))
}

/// A row of our own export; taken as it is, not trimmed, so that it comes back the same.
fn own(mut object: Map<String, Value>) -> Result<Row, Fault> {
    // An empty source that was exported is no reason to name this file.
    let source = object.contains_key("source").then(String::new);
    let mut row = Row { source, ..Row::default() };
    for field in [Field::Id, Field::Kind, Field::Category, Field::Source, Field::UpdatedAt, Field::Owner] {
        let value = object.remove(field.name()).unwrap_or_default();
        row.set(field, string(field.name(), value)?)?;
    }
    row.tags = strings("tags", object.remove("tags").unwrap_or_default())?;
    row.audience = part("audience", &mut object)?;
    row.valid = part("valid", &mut object)?;
    let Some(Value::Object(texts)) = object.remove("texts") else {
        let problem = said!(Shape:
            "要写成对象：{{\"zh\": {{\"title\", \"answer\"}}}}",
            "must be an object: {{\"zh\": {{\"title\", \"answer\"}}}}"
        );
        return Err(Fault::new("texts", problem));
    };
    for (tag, text) in texts {
        let field = format!("texts.{tag}");
        let lang = Lang::from_tag(&tag)
            .ok_or_else(|| Fault::new(&field, said!(BadValue: "写 zh 或 en", "use zh or en")))?;
        if row.texts.iter().any(|&(taken, _)| taken == lang) {
            return Err(Fault::new(&field, said!(Repeated: "写了两次", "is there twice")));
        }
        row.texts.push((lang, own_text(&field, text)?));
    }
    if row.texts.is_empty() {
        let problem =
            said!(Empty: "是空的：没有问题，也没有回答", "is empty: there is nothing to ask or answer");
        return Err(Fault::new("texts", problem));
    }
    row.texts.sort_by_key(|&(lang, _)| lang);
    row.check()
}

/// A part of an entry that has fields of its own.
fn part<T: Default + DeserializeOwned>(field: &str, object: &mut Map<String, Value>) -> Result<T, Fault> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(T::default()),
        Some(value) => serde_json::from_value(value).map_err(|error| Fault::new(field, json::unfit(&error))),
    }
}

fn own_text(field: &str, text: Value) -> Result<EntryText, Fault> {
    let Value::Object(mut text) = text else { return Err(wrong(field, said!("对象", "an object"), &text)) };
    let mut part = |name: &str| (format!("{field}.{name}"), text.remove(name).unwrap_or_default());
    let (title, phrasings, answer) = (part("title"), part("phrasings"), part("answer"));
    Ok(EntryText {
        title: string(&title.0, title.1)?,
        phrasings: strings(&phrasings.0, phrasings.1)?,
        answer: string(&answer.0, answer.1)?,
    })
}

fn string(field: &str, value: Value) -> Result<String, Fault> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        other => Err(wrong(field, a_text(), &other)),
    }
}

fn strings(field: &str, value: Value) -> Result<Vec<String>, Fault> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(parts) => parts.into_iter().map(|part| string(field, part)).collect(),
        other => Err(wrong(field, said!("文字的列表", "a list of texts"), &other)),
    }
}

fn a_text() -> Said {
    said!("文字", "a text")
}

fn wrong(field: &str, wanted: Said, found: &Value) -> Fault {
    let found = match found {
        Value::Null => said!("空的", "nothing"),
        Value::Bool(_) => said!("真假值", "true or false"),
        Value::Number(_) => said!("数字", "a number"),
        Value::String(_) => a_text(),
        Value::Array(_) => said!("列表", "a list"),
        Value::Object(_) => said!("对象", "an object"),
    };
    let (found_zh, found_en, wanted_zh, wanted_en) = (found.zh, found.en, wanted.zh, wanted.en);
    Fault::new(
        field,
        said!(BadValue: "写的是{found_zh}，要的是{wanted_zh}", "is {found_en}; {wanted_en} is wanted"),
    )
}
