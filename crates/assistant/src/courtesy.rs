//! A question without the greeting before it and the thanks behind it: they are part of no answer's words, and weigh as
//! much as the question where that is short.

use crate::smalltalk::{Smalltalk, smalltalk};

/// Greetings that are written without a stop behind them.
const RUN_ON: [&str; 4] = ["你好", "您好", "哈喽", "哈啰"];

/// What is asked; all of it where it is nothing but courtesy.
pub(crate) fn without(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some(less) = behind_greeting(rest).or_else(|| before_thanks(rest)) {
        rest = less;
    }
    rest
}

fn behind_greeting(text: &str) -> Option<&str> {
    let apart = text.find(is_break).filter(|&at| smalltalk(&text[..at]) == Some(Smalltalk::Greeting));
    let rest = match apart {
        Some(at) => text[at..].trim_start_matches(is_break),
        None => RUN_ON.iter().find_map(|hello| text.strip_prefix(hello)).filter(|rest| goes_on(rest))?,
    };
    is_said(rest).then_some(rest)
}

fn before_thanks(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(is_break);
    let (at, mark) = text.char_indices().rev().find(|(_, c)| is_break(*c))?;
    let is_thanks = smalltalk(&text[at + mark.len_utf8()..]) == Some(Smalltalk::Thanks);
    // The mark of a question is its own.
    let rest = text[..at + mark.len_utf8()].trim_end_matches(|c| is_break(c) && !matches!(c, '?' | '？'));
    (is_thanks && is_said(rest)).then_some(rest)
}

/// 你好请问…, and not 你好吗 or 你好厉害.
fn goes_on(rest: &str) -> bool {
    ["请问", "我", "想问", "问一下", "麻烦", "咨询", "怎么", "可以", "能", "有"]
        .iter()
        .any(|word| rest.starts_with(word))
}

fn is_said(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
}

fn is_break(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '，' | '。' | '.' | '!' | '！' | '~' | '～' | '、' | '；' | ';' | '?' | '？' | '…'
        )
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn courtesies_are_no_part_of_a_question() {
        for (text, asked) in [
            ("你好，运费多少", "运费多少"),
            ("您好！在吗？怎么退货？谢谢", "怎么退货？"),
            ("你好请问运费多少钱", "请问运费多少钱"),
            ("hi, how much is shipping", "how much is shipping"),
            ("Hello! Where is my order? Thanks!", "Where is my order?"),
            ("怎么退货", "怎么退货"),
            ("你好", "你好"),
            ("你好厉害", "你好厉害"),
            ("谢谢", "谢谢"),
            ("", ""),
        ] {
            assert_eq!(without(text), asked, "{text}");
        }
    }
}
