//! One spelling for what means the same: width, case, punctuation and elongation are gone.
//!
//! The result is for matching only; whoever shows text keeps the original.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{emoji::is_emoji, is_han, simplify::simplify};

/// Words that only open or soften a question, longest first within each list.
const ZH_BEFORE: &[&str] = &[
    "我想咨询一下",
    "我想请问一下",
    "想请问一下",
    "我想问一下",
    "我想了解一下",
    "麻烦问一下",
    "请问一下",
    "想问一下",
    "想咨询一下",
    "我想请问",
    "你好请问",
    "咨询一下",
    "我想咨询",
    "我想了解",
    "请教一下",
    "问一下",
    "我想问",
    "想请问",
    "您好",
    "你好",
    "请问",
    "想问",
    "请教",
    "哈喽",
    "亲亲",
    "麻烦",
    "那个",
    "就是",
    "那么",
    "客服",
    "嗨",
    "亲",
    "喂",
    "嗯",
    "呃",
    "额",
    "那",
];
const ZH_AFTER: &[&str] = &[
    "谢谢你",
    "谢谢您",
    "谢谢了",
    "谢谢",
    "多谢",
    "可以吗",
    "好吗",
    "行吗",
    "麻烦了",
    "急",
    "吗",
    "嘛",
    "呢",
    "啊",
    "吧",
    "呀",
    "哦",
    "噢",
    "哈",
    "么",
];
const EN_BEFORE: &[&str] = &[
    "i would like to know",
    "i would like to ask",
    "i d like to know",
    "id like to know",
    "could you please tell me",
    "can you please tell me",
    "could you tell me",
    "can you tell me",
    "please tell me",
    "i want to know",
    "i wanted to ask",
    "do you know",
    "may i ask",
    "can i ask",
    "excuse me",
    "tell me",
    "good morning",
    "good afternoon",
    "good evening",
    "hello",
    "please",
    "there",
    "sorry",
    "hiya",
    "hey",
    "ok",
    "so",
    "um",
    "uh",
    "hmm",
    "well",
    "hi",
    "yo",
];
const EN_AFTER: &[&str] = &[
    "thank you very much",
    "thank you",
    "thanks a lot",
    "many thanks",
    "thanks",
    "please",
    "thx",
    "pls",
    "plz",
    "asap",
];

/// NFKC, lower case, simplified characters, one space between words, no punctuation, elongations shortened
/// ("sooooo" → "so").
///
/// A full stop survives between digits, since 4.7 is not 47. An emoji amid Chinese leaves no gap: its words are
/// written without one.
pub fn normalise(text: &str) -> String {
    let folded: Vec<char> = text.nfkc().flat_map(char::to_lowercase).nfkc().map(simplify).collect();
    let mut spelt = String::with_capacity(text.len());
    let mut emoji = false;
    for (at, &c) in folded.iter().enumerate() {
        let digit = |place: Option<usize>| {
            place.and_then(|place| folded.get(place)).is_some_and(char::is_ascii_digit)
        };
        if c.is_alphanumeric() || (c == '.' && digit(at.checked_sub(1)) && digit(Some(at + 1))) {
            let amid_han = is_han(c) && spelt.ends_with(is_han);
            if std::mem::take(&mut emoji) && !amid_han {
                spelt.push(' ');
            }
            spelt.push(c);
        } else if is_emoji(c) {
            emoji = true;
        } else if !is_combining_mark(c)
            && !matches!(c, '\'' | '’' | '\u{200B}'..='\u{200D}' | '\u{FEFF}')
            && !spelt.ends_with(' ')
        {
            spelt.push(' ');
        }
    }
    let mut short = String::with_capacity(spelt.len());
    for word in spelt.split_whitespace() {
        if !short.is_empty() {
            short.push(' ');
        }
        shorten(word, &mut short);
    }
    short
}

/// Three or more of the same letter become one. A word of a single letter ("aaa", "www") is a name and stays.
fn shorten(word: &str, out: &mut String) {
    let mut chars = word.chars().peekable();
    let single = word.chars().all(|c| word.starts_with(c));
    while let Some(c) = chars.next() {
        let mut run = 1;
        while chars.next_if_eq(&c).is_some() {
            run += 1;
        }
        let keep =
            if run >= 3 && (is_han(c) || (c.is_alphabetic() && c != 'x' && !single)) { 1 } else { run };
        out.extend(std::iter::repeat_n(c, keep));
    }
}

/// The question without greeting, politeness and particles, for telling whether two questions are the same.
///
/// Never empties a text that says something: of "你好" the core is "你好".
pub fn core(text: &str) -> String {
    let normal = normalise(text);
    let mut rest = normal.as_str();
    loop {
        let shorter = strip(rest);
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let rest = if rest.is_empty() { normal.as_str() } else { rest };
    let tight = join_han(rest);
    // "一下" softens wherever it stands.
    let soft = tight.replace("一下", "");
    if soft.trim().is_empty() { tight } else { join_han(soft.trim()) }
}

fn strip(text: &str) -> &str {
    for &word in ZH_BEFORE {
        if let Some(rest) = text.strip_prefix(word) {
            return rest.trim_start();
        }
    }
    for &word in ZH_AFTER {
        if let Some(rest) = text.strip_suffix(word) {
            return rest.trim_end();
        }
    }
    for &word in EN_BEFORE {
        match text.strip_prefix(word) {
            Some("") => return "",
            Some(rest) if rest.starts_with(' ') => return rest.trim_start(),
            _ => {}
        }
    }
    for &word in EN_AFTER {
        match text.strip_suffix(word) {
            Some("") => return "",
            Some(rest) if rest.ends_with(' ') => return rest.trim_end(),
            _ => {}
        }
    }
    text
}

/// Takes out spaces beside Chinese characters: there they only stand for punctuation or taste.
fn join_han(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let beside_han =
            out.chars().next_back().is_some_and(is_han) || chars.peek().copied().is_some_and(is_han);
        if c != ' ' || !beside_han {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_spelling_for_the_same_words() {
        assert_eq!(normalise("Ｈｅｌｌｏ，  WORLD！！！"), "hello world");
        assert_eq!(normalise("sooooo slow"), "so slow");
        assert_eq!(normalise("退退退货？？？"), "退货");
        assert_eq!(normalise("I can't, don’t"), "i cant dont");
        assert_eq!(normalise("version 4.7.0 costs ¥5.50."), "version 4.7.0 costs 5.50");
        assert_eq!(normalise("aaa battery, size XXXL"), "aaa battery size xxxl");
        assert_eq!(normalise("谢谢爸爸"), "谢谢爸爸");
        assert_eq!(normalise("請問退貨運費誰出"), "请问退货运费谁出");
        assert_eq!(normalise("怎么退😡❤️货👍🏽，great👨‍👩‍👧thanks"), "怎么退货 great thanks");
        assert_eq!(normalise("\0 \" NEAR/"), "near");
    }

    #[test]
    fn politeness_is_not_part_of_the_question() {
        assert_eq!(core("你好，我想问一下怎么退货啊？谢谢！"), core("怎么退货"));
        assert_eq!(core("Hi, can you tell me how to return it please?"), core("how to return it"));
        assert_eq!(core("怎么 查一下 物流"), core("怎么查物流"));
        assert_eq!(core("你好"), "你好");
        assert_eq!(core("hidden fees"), "hidden fees");
    }

    proptest! {
        /// A spelling is already its own spelling.
        #[test]
        fn normalising_twice_changes_nothing(text in r"(?s).*") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn a_core_is_never_empty_where_something_was_said(text in "[你好请问吗啊一下a-c hi,，]{0,12}") {
            prop_assert_eq!(core(&text).is_empty(), normalise(&text).is_empty());
        }
    }
}
