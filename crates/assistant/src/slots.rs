//! A customer's own facts in an answer. What a record holds is data: no markup, no link, no line of its own.

use domain::{Format, Record, slot};

/// A fact longer than so many characters is no fact.
const LONGEST: usize = 200;

/// The text with its places filled.
pub(crate) fn filled(text: &str, record: &Record, format: Format) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    slot::fill(text, record, |value| said(value, format))
}

fn said(value: &str, format: Format) -> Option<String> {
    let value: String = value
        .split(|ch: char| ch.is_whitespace() || ch.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let is_fact = !value.is_empty() && value.chars().nth(LONGEST).is_none() && !value.contains("://");
    is_fact.then(|| match format {
        Format::Plain => value,
        Format::Markdown => escaped(&value),
    })
}

fn escaped(value: &str) -> String {
    let mut safe = String::with_capacity(value.len());
    for ch in value.chars() {
        if matches!(
            ch,
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '!' | '|' | '~' | '&'
        ) {
            safe.push('\\');
        }
        safe.push(ch);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_data() {
        let record = |value: &str| Record([("order.items".to_owned(), value.to_owned())].into());
        let said = |value| filled("是{order.items|您买的}。", &record(value), Format::Markdown);
        assert_eq!(said("蓝 杯\n子"), "是蓝 杯 子。");
        assert_eq!(said("**免费** [点](x)"), "是\\*\\*免费\\*\\* \\[点\\]\\(x\\)。");
        assert_eq!(said("https://evil.example/x"), "是您买的。");
        assert_eq!(said("{name}"), "是您买的。");
        assert_eq!(filled("{order.items}", &record("a*b"), Format::Plain), "a*b");
    }
}
