//! Several questions in one message: cut apart where each part asks something of its own.
//!
//! What is told beside a question belongs to it: 「杯子碎了。怎么办？」 is one question.

use domain::Lang;
use language::{
    is_han,
    normal::{core, normalise},
};

use crate::{courtesy, follow, smalltalk::smalltalk};

/// At most so many questions of a message are answered one by one.
pub(crate) const MOST: usize = 4;
/// A message longer than so many characters is a story, not a list of questions.
const LONGEST: usize = 400;

const ASKS_ZH: &[&str] = &[
    "怎么",
    "怎样",
    "如何",
    "吗",
    "多少",
    "多久",
    "多长",
    "几",
    "什么",
    "啥",
    "谁",
    "哪",
    "能不能",
    "可不可以",
    "是不是",
    "有没有",
    "会不会",
    "要不要",
    "行不行",
    "为什么",
    "能否",
    "是否",
    "咋",
];
const ASKS_EN: &[&str] = &[
    "how", "what", "when", "where", "who", "which", "why", "can", "could", "do", "does", "did", "is", "are",
    "will", "would", "should", "may", "must",
];
/// Between two questions without a stop.
const BETWEEN_ZH: &[&str] = &["还有", "另外", "以及", "顺便问", "再问", "并且", "然后"];
const BETWEEN_EN: &[&str] = &[" and ", " also ", " plus ", " or "];

/// The questions of a message in their order, if it holds more than one.
pub(crate) fn questions(meant: &str, lang: Lang) -> Vec<String> {
    cut(meant, lang, true)
}

/// Whether they stand in sentences of their own: commas and "and" may join what belongs together.
pub(crate) fn are_apart(meant: &str, lang: Lang) -> bool {
    !cut(meant, lang, false).is_empty()
}

fn cut(meant: &str, lang: Lang, finely: bool) -> Vec<String> {
    if meant.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let mut questions: Vec<String> = Vec::new();
    let mut told = String::new();
    for (piece, asked) in pieces(courtesy::without(meant), lang, finely) {
        if smalltalk(&piece).is_some() || says_nothing(&piece) {
            continue;
        }
        if asked || asks(&piece, lang) {
            let told = std::mem::take(&mut told);
            questions.push(if told.is_empty() {
                piece
            } else {
                format!("{told}{}{piece}", lang.pick("，", ", "))
            });
        } else if !told.is_empty() {
            told = format!("{told}{}{piece}", lang.pick("，", ", "));
        } else {
            told = piece;
        }
    }
    let mut seen = std::collections::HashSet::new();
    questions.retain(|question| seen.insert(core(question)));
    if questions.len() < 2 { Vec::new() } else { questions.into_iter().take(MOST).collect() }
}

/// Whether a part plainly asks, so that silence about it would be a slight.
pub(crate) fn asks_plainly(part: &str, lang: Lang) -> bool {
    let length = part.chars().count();
    asks(part, lang) && length <= 60 && follow::says_something(part, lang)
}

/// "And" or "by the way" alone.
fn says_nothing(piece: &str) -> bool {
    ["另外", "还有", "顺便问一下", "顺便问下", "再问一下", "对了", "以及", "and", "also", "by the way", "btw"]
        .contains(&normalise(piece).as_str())
}

/// The pieces between stops, each with whether a question mark ends it.
fn pieces(meant: &str, lang: Lang, finely: bool) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut chars = meant.chars().peekable();
    while let Some(ch) = chars.next() {
        let ends = match ch {
            '?' | '？' | '!' | '！' | '。' | ';' | '；' | '\n' => true,
            '.' => chars.peek().is_none_or(|next| next.is_whitespace()),
            ',' | '，' => finely && asks(&piece, lang) && asks(&rest(&chars), lang),
            // Where no comma was typed: 「运费多少 怎么退货」.
            ' ' | '\u{3000}' if is_in_chinese(&piece, chars.peek()) => {
                finely && asks(&piece, lang) && asks(&rest(&chars), lang)
            }
            _ => false,
        };
        if ends {
            let marked = matches!(ch, '?' | '？');
            pieces.extend(within(std::mem::take(&mut piece), marked, lang, finely));
        } else {
            piece.push(ch);
        }
    }
    pieces.extend(within(piece, false, lang, finely));
    pieces
}

/// Between two words of Chinese, which are written without a space.
fn is_in_chinese(before: &str, after: Option<&char>) -> bool {
    before.chars().next_back().is_some_and(is_han) && after.copied().is_some_and(is_han)
}

/// What stands before the next stop.
fn rest(chars: &std::iter::Peekable<std::str::Chars<'_>>) -> String {
    chars
        .clone()
        .take_while(|ch| !matches!(ch, '?' | '？' | '!' | '！' | '。' | ';' | '；' | '\n' | ',' | '，'))
        .collect()
}

/// Cuts "how do I return it and how long does it take" where both sides ask.
fn within(piece: String, marked: bool, lang: Lang, finely: bool) -> Vec<(String, bool)> {
    let piece = piece.trim().to_owned();
    if piece.is_empty() {
        return Vec::new();
    }
    if !finely {
        return vec![(piece, marked)];
    }
    let lower = piece.to_lowercase();
    let cut = match lang {
        // Lower case may have other bytes than what was written.
        Lang::En if lower.len() == piece.len() => BETWEEN_EN.iter().find_map(|word| {
            let mut places = lower.match_indices(word);
            places
                .find(|(at, _)| begins_asking(&lower[at + word.len()..]) && asks(&lower[..*at], lang))
                .map(|(at, _)| (at, at + word.len()))
        }),
        Lang::En => None,
        Lang::Zh => BETWEEN_ZH.iter().find_map(|word| {
            let mut places = piece.match_indices(word);
            places
                .find(|(at, _)| asks(&piece[..*at], lang) && asks(&piece[at + word.len()..], lang))
                .map(|(at, _)| (at, at + word.len()))
        }),
    };
    let Some((end, begin)) = cut else { return vec![(piece, marked)] };
    let mut pieces = vec![(piece[..end].trim_end_matches(['，', ',', ' ']).to_owned(), false)];
    pieces.extend(within(piece[begin..].to_owned(), marked, lang, finely));
    pieces
}

/// Whether a piece has the form of a question.
pub(crate) fn asks(piece: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => ASKS_ZH.iter().any(|word| piece.contains(word)) || begins_asking(&normalise(piece)),
        Lang::En => {
            let text = normalise(piece);
            let bare = ["and ", "also ", "but ", "so ", "then ", "please "]
                .iter()
                .find_map(|word| text.strip_prefix(word));
            begins_asking(bare.unwrap_or(&text)) || ASKS_ZH.iter().any(|word| piece.contains(word))
        }
    }
}

fn begins_asking(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| ASKS_EN.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_cut_apart_in_their_order() {
        assert_eq!(questions("怎么退货？运费谁出？", Lang::Zh), ["怎么退货", "运费谁出"]);
        assert_eq!(questions("怎么退货，运费谁出", Lang::Zh), ["怎么退货", "运费谁出"]);
        assert_eq!(questions("运费多少 怎么退货", Lang::Zh), ["运费多少", "怎么退货"]);
        assert_eq!(questions("怎么退货\n另外\n运费多少\n谢谢", Lang::Zh), ["怎么退货", "运费多少"]);
        assert_eq!(
            questions("how do I return it and how long is the refund", Lang::En),
            ["how do I return it", "how long is the refund"]
        );
        assert_eq!(
            questions("Hi! Which levels are there? Also, do points expire? Thanks", Lang::En),
            ["Which levels are there", "Also, do points expire"]
        );
        assert_eq!(
            questions("杯子收到了。上面有茶渍怎么办？能放微波炉吗？", Lang::Zh),
            ["杯子收到了，上面有茶渍怎么办", "能放微波炉吗"]
        );
    }

    #[test]
    fn one_question_stays_whole() {
        for text in [
            "杯子碎了。怎么办？",
            "你好，怎么退货？",
            "怎么退货？怎么退货",
            "我要退货",
            "怎么 退货",
            "",
            "？？",
        ] {
            assert_eq!(questions(text, Lang::Zh), Vec::<String>::new(), "{text}");
        }
        for text in ["Can I return and exchange it?", "It broke. What now?", "How do I earn and use points?"]
        {
            assert_eq!(questions(text, Lang::En), Vec::<String>::new(), "{text}");
        }
    }
}
