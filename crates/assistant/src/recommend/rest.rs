//! What is left of a question when what asks and what counts is taken away: the words that name something.

use super::search::telling;
use crate::clause::without;

/// Says nothing of what is asked.
const LITTLE: &[&str] = &[
    "请问",
    "现在",
    "目前",
    "还",
    "还是",
    "比",
    "之间",
    "吗",
    "呢",
    "呀",
    "啊",
    "嘛",
    "的",
    "是",
    "都",
    "各",
    "分别",
    "一共",
    "总共",
    "卖",
    "我要",
    "我想要",
    "就要",
    "就买",
    "我买",
    "来",
    "您好",
    "你好",
    "那",
    "一下",
    "和",
    "跟",
    "有",
    "可以",
    "什么",
    "多",
    "谢谢",
    "想问",
    "问一下",
    "问",
    "哪个",
    "哪款",
    "thanks",
    "thank",
    "actually",
    "dollar",
    "dollars",
    "usd",
    "所有",
    "全部",
    "买",
    "多少",
    "多久",
    "一次",
    "much",
    "the",
    "a",
    "an",
    "is",
    "are",
    "was",
    "of",
    "and",
    "for",
    "does",
    "do",
    "one",
    "ones",
    "what",
    "whats",
    "s",
    "in",
    "it",
    "its",
    "about",
    "sell",
    "thing",
    "or",
    "than",
    "between",
    "vs",
    "your",
    "you",
    "me",
    "please",
    "hi",
    "hello",
    "now",
    "currently",
    "then",
    "can",
    "i",
    "have",
    "get",
    "there",
    "each",
    "any",
    "still",
    "would",
    "like",
    "ill",
    "take",
    "tell",
    "to",
    "know",
    "id",
];

/// The words that are left when all that asks is taken away.
pub(super) fn rest_of(text: &str) -> Vec<String> {
    let bare = LITTLE.iter().fold(
        text.to_owned(),
        |rest, word| {
            if word.is_ascii() { without(&rest, word) } else { rest }
        },
    );
    let mut words = telling(&bare);
    words.retain(|word| !LITTLE.contains(&word.as_str()));
    words
}

/// Whether nothing is left but words that say nothing: not even those of wishing and asking.
pub(super) fn bare_of_words(text: &str) -> bool {
    let mut rest = text.replace(|c: char| !c.is_alphanumeric(), " ");
    let mut little: Vec<&str> = LITTLE.to_vec();
    little.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in little {
        rest = without(&rest, word);
    }
    rest.trim().is_empty()
}

const NUMERALS: &str = "一两二三四五六七八九十";
const MEASURES: &str = "个只把套件条盏张双块瓶盒份";
const EN_NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// How many pieces, and what is left of the text: 两个, 3只, two. 0 where no number is said.
pub(super) fn counted(text: &str) -> (u32, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [first, ..] = words.as_slice()
        && let Some(at) = EN_NUMBERS.iter().position(|number| number == first)
    {
        return (at as u32 + 2, words[1..].join(" "));
    }
    // 四件套 is a name.
    let counts = |at: usize, c: char| {
        MEASURES.contains(c)
            && number_before(text, at).is_some()
            && !text[at + c.len_utf8()..].starts_with(['套', '装', '组', '件'])
    };
    let Some((at, measure)) = text.char_indices().find(|(at, c)| counts(*at, *c)) else {
        return (0, text.to_owned());
    };
    let Some((from, number)) = number_before(text, at) else { return (0, text.to_owned()) };
    (number, format!("{} {}", &text[..from], &text[at + measure.len_utf8()..]))
}

/// The number that ends before a place, and where it begins.
fn number_before(text: &str, end: usize) -> Option<(usize, u32)> {
    let head = text[..end].trim_end();
    let digits: String =
        head.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    if !digits.is_empty() {
        let number = digits.parse().ok().filter(|number| (1..=999).contains(number))?;
        return Some((head.len() - digits.len(), number));
    }
    let last = head.chars().next_back()?;
    let at = NUMERALS.chars().position(|c| c == last)?;
    let number = [1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10].get(at).copied()?;
    Some((head.len() - last.len_utf8(), number))
}
