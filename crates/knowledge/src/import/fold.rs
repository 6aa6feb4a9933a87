//! Texts made comparable: when two questions are one, what a header means, which language this is.

use domain::{EntryId, Lang};
use sha2::{Digest, Sha256};

/// Full-width forms become ASCII, upper case lower case.
pub(super) fn narrow(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
}

/// A column's name without case, width, spaces and remarks in parentheses.
pub(super) fn header(name: &str) -> String {
    let mut depth = 0_u32;
    let mut folded = String::new();
    for c in narrow(name) {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// The same with what stands in parentheses: 问题（英文）.
pub(super) fn whole(name: &str) -> String {
    narrow(name).filter(|c| c.is_alphanumeric()).collect()
}

/// A question without what does not change it: case, width, spaces, punctuation.
///
/// Signs that carry meaning stay (`C#`, `C++`, `-5%`), so do separators between digits (`1.5`) and
/// spaces between Latin words. A question of nothing but punctuation is itself.
pub(super) fn question(text: &str) -> String {
    let chars: Vec<char> = narrow(text.trim()).collect();
    let mut folded = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
        if !is_separator(c) || (before.is_ascii_digit() && after.is_ascii_digit()) {
            folded.push(c);
        } else if after.is_ascii_alphanumeric() && folded.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            folded.push(' ');
        }
    }
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{b7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{303f}')
        || matches!(c, '¿' | '¡' | '«' | '»' | '\u{200b}' | '\u{feff}')
        || (c.is_ascii_punctuation() && !"+#%$&@=<>-".contains(c))
}

/// The id of a question that states none: the same question gets the same id in every import.
pub(super) fn id_of(lang: Lang, title: &str) -> EntryId {
    let digest = Sha256::digest(format!("{}\n{}", lang.code(), question(title)));
    let start = digest.iter().take(6).fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    EntryId::from(format!("q-{start:012x}"))
}

/// A file's name as an id: letters and digits, the rest one `-`.
pub(super) fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| narrow(word).collect())
        .collect();
    words.join("-")
}

/// The language by the share of Han characters; one Latin word weighs as much as one of them.
pub(super) fn language<'a>(texts: impl IntoIterator<Item = &'a str>) -> Lang {
    const ENOUGH: usize = 4_000;
    let (mut han, mut words, mut in_word) = (0_usize, 0_usize, false);
    for c in texts.into_iter().flat_map(|text| text.chars().chain([' '])).take(ENOUGH) {
        let latin = c.is_alphabetic() && !is_han(c);
        han += usize::from(is_han(c));
        words += usize::from(latin && !in_word);
        in_word = latin || (in_word && c == '\'');
    }
    if han * 2 >= words { Lang::Zh } else { Lang::En }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A language as people write it: a tag, or its name.
pub(super) fn language_named(name: &str) -> Option<Lang> {
    let name: String = narrow(name.trim()).collect();
    match name.as_str() {
        "中文" | "简体中文" | "汉语" | "chinese" | "cn" => Some(Lang::Zh),
        "英文" | "英语" | "english" => Some(Lang::En),
        tag => Lang::from_tag(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_change_a_question_is_folded_away() {
        assert_eq!(question(" 怎么退货？"), question("怎么 退货?"));
        assert_eq!(question("How do I RETURN it?"), question("how do i return it"));
        assert_eq!(question("ＡＰＰ怎么登录"), question("app 怎么登录!"));
    }

    #[test]
    fn what_changes_a_question_stays() {
        for (a, b) in [("C# 课程", "C 课程"), ("1.5米", "15米"), ("in valid", "invalid"), ("?", "!!")] {
            assert_ne!(question(a), question(b), "{a} / {b}");
        }
    }

    #[test]
    fn language_is_that_of_the_most_words() {
        assert_eq!(language(["Outlook Web App", "请打开设置，然后重新登录"]), Lang::Zh);
        assert_eq!(language(["How do I pay with 支付宝?", "Choose it at the till."]), Lang::En);
        assert_eq!(language(["12306"]), Lang::Zh);
    }

    #[test]
    fn headers_lose_their_remarks() {
        assert_eq!(header("分段内容（必填，问题答案）"), "分段内容");
        assert_eq!(header(" Similar_Questions [one per line]"), "similarquestions");
    }
}
