//! Other ways to say what a sentence says.

use crate::{entail::SYNONYMS, is_han, train::chance::Chance};

const BEFORE_ZH: &[&str] = &[
    "您好，",
    "亲，",
    "好的，",
    "是这样的，",
    "一般来说，",
    "根据我们的说明，",
    "目前",
    "据了解，",
    "是的，",
];
const AFTER_ZH: &[&str] = &["哦", "的哦", "呢", "，请您知悉", "，感谢您的理解"];
const BEFORE_EN: &[&str] = &[
    "Sure, ",
    "According to our information, ",
    "Of course, ",
    "Just so you know, ",
    "Thanks for asking, ",
    "I see that ",
    "It says that ",
    "Please note that ",
];
const AFTER_EN: &[&str] = &[" as well", ", thank you", " for your information", ", I believe"];

/// The sentence in other words: some replaced by their synonyms, a greeting before, a softener after, an aside left
/// out; and often freely, as people retell what they read.
pub(super) fn reworded(sentence: &str, chinese: bool, chance: &mut Chance) -> String {
    let mut said = sentence.trim().to_owned();
    if chance.share() < 0.4 {
        said = without_aside(&said);
    }
    if chance.share() < 0.25 {
        said = turned(&said, chinese);
    }
    if chance.share() < 0.8 {
        said = synonyms(&said, chinese, chance);
    }
    if chance.share() < 0.6 {
        said = retold(&said, chinese, chance);
    }
    if chance.share() < 0.2 {
        said = framed(&said, chinese, chance);
    }
    said
}

/// Words that come and go without changing what is said.
const LOOSE_ZH: &[&str] = &[
    "的", "了", "请", "会", "就", "也", "都", "将", "自", "所", "其", "您", "我们", "进行", "即可", "并",
    "需", "后",
];
const LOOSE_EN: &[&str] = &[
    "the", "a", "an", "please", "also", "then", "you", "we", "your", "our", "that", "this", "to", "will",
    "is", "are", "be", "so",
];
/// Words that retelling adds.
const ADDED_ZH: &[&str] = &[
    "就",
    "的话",
    "一下",
    "那",
    "大概",
    "直接",
    "这边",
    "的时候",
    "情况",
    "来说",
    "其实",
    "自己",
    "这样",
    "东西",
    "开始",
    "那天",
    "拿到",
    "想",
    "要",
    "给您",
    "帮您",
    "一般",
    "大约",
    "相关",
    "具体",
    "这种",
    "这里",
];
const ADDED_EN: &[&str] = &[
    "just",
    "then",
    "simply",
    "get",
    "go",
    "take",
    "actually",
    "there",
    "way",
    "thing",
    "back",
    "person",
    "give",
    "put",
    "as long as",
    "once",
    "want to",
    "have to",
    "able to",
    "in case",
    "make sure to",
    "pick up",
    "works",
    "place",
    "kind of",
    "happens to",
    "look",
];

/// Freely: loose words left out, small words added, clauses in another order.
fn retold(sentence: &str, chinese: bool, chance: &mut Chance) -> String {
    let words = super::lies::pieces(sentence);
    let (loose, added) = if chinese { (LOOSE_ZH, ADDED_ZH) } else { (LOOSE_EN, ADDED_EN) };
    let (drop, add) = (chance.share() * 0.6, chance.share() * 0.14);
    let mut said = String::new();
    let mut done = 0;
    for (at, word) in words {
        said.push_str(&sentence[done..at]);
        done = at + word.len();
        if chance.share() < add {
            said.push_str(added[chance.below(added.len())]);
            said.push_str(if chinese { "" } else { " " });
        }
        let is_loose = loose.contains(&word.to_lowercase().as_str());
        if !is_loose || chance.share() > drop {
            said.push_str(word);
        }
    }
    said.push_str(&sentence[done..]);
    let said = said.replace("  ", " ");
    let parts: Vec<&str> = said.trim_end_matches(['.', '。']).split(['，']).collect();
    if chinese && parts.len() == 2 && chance.share() < 0.25 {
        return format!("{}，{}。", parts[1], parts[0]);
    }
    said
}

fn synonyms(sentence: &str, chinese: bool, chance: &mut Chance) -> String {
    let mut said = sentence.to_owned();
    for line in SYNONYMS.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words[0].is_ascii() == chinese {
            continue;
        }
        let from = words[chance.below(words.len())];
        let to = words[chance.below(words.len())].replace('-', " ");
        if chance.share() < 0.3 && from != to {
            said = replace_word(&said, &from.replace('-', " "), &to);
        }
    }
    said
}

/// Replaces the first occurrence of a word, of English only where it is one.
pub(super) fn replace_word(text: &str, from: &str, to: &str) -> String {
    let found = text.match_indices(from).find(|&(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let single = from.chars().count() == 1 && from.chars().all(is_han);
        !single
            && (!from.is_ascii()
                || !letter(text[..at].chars().next_back()) && !letter(text[at + from.len()..].chars().next()))
    });
    found
        .map_or_else(|| text.to_owned(), |(at, _)| format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}

/// Without what stands in brackets, and without "however," at the beginning.
fn without_aside(sentence: &str) -> String {
    let mut said = sentence.to_owned();
    for (open, close) in [('(', ')'), ('（', '）')] {
        if let Some((at, end)) = said.find(open).zip(said.find(close)).filter(|(at, end)| at < end) {
            said.replace_range(at..end + close.len_utf8(), "");
        }
    }
    for lead in [
        "此外，",
        "另外，",
        "因此，",
        "同时，",
        "但是，",
        "然而，",
        "However, ",
        "In addition, ",
        "Also, ",
        "Therefore, ",
        "For example, ",
        "Additionally, ",
    ] {
        if let Some(rest) = said.strip_prefix(lead) {
            said = rest.to_owned();
        }
    }
    said
}

/// "If A, B." as "B if A.", and 如果 A，B as B，如果 A.
fn turned(sentence: &str, chinese: bool) -> String {
    let bare = sentence.trim_end_matches(['.', '。']);
    let turned = if chinese {
        ["如果", "若", "只要"]
            .iter()
            .find(|word| bare.starts_with(**word))
            .and_then(|_| bare.split_once('，'))
            .filter(|(_, rest)| !rest.contains('，'))
            .map(|(a, b)| format!("{b}，{a}的话。"))
    } else {
        ["If ", "When "]
            .iter()
            .find(|word| bare.starts_with(**word))
            .and_then(|_| bare.split_once(", "))
            .filter(|(_, rest)| !rest.contains(','))
            .map(|(a, b)| {
                let lower = |text: &str| {
                    text.chars().next().map_or_else(String::new, |c| {
                        c.to_lowercase().collect::<String>() + &text[c.len_utf8()..]
                    })
                };
                format!("{b} {}.", lower(a))
            })
    };
    turned.unwrap_or_else(|| sentence.to_owned())
}

fn framed(sentence: &str, chinese: bool, chance: &mut Chance) -> String {
    let bare = sentence.trim_end_matches(['.', '。', '；']);
    let pick = |list: &[&'static str], chance: &mut Chance| list[chance.below(list.len())];
    if chance.share() < 0.6 {
        return format!("{}{sentence}", pick(if chinese { BEFORE_ZH } else { BEFORE_EN }, chance));
    }
    format!(
        "{bare}{}{}",
        pick(if chinese { AFTER_ZH } else { AFTER_EN }, chance),
        if chinese { "。" } else { "." }
    )
}
