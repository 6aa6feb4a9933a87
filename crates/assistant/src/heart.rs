//! What asks nothing and wants a word: praise; and what wants one before any answer: grief, an injury.

use domain::Lang;

use crate::{
    clause::{any_says, clauses},
    several,
};

/// What happened to somebody, beside what they ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blow {
    /// Somebody died.
    Grief,
    /// Somebody was hurt.
    Injury,
}

const PRAISE: &[&str] = &[
    "很喜欢",
    "好喜欢",
    "太喜欢",
    "超喜欢",
    "很好看",
    "真好看",
    "太好看",
    "太美",
    "很漂亮",
    "好漂亮",
    "太漂亮",
    "很满意",
    "非常满意",
    "太棒",
    "真棒",
    "很棒",
    "真不错",
    "很不错",
    "你真厉害",
    "你太厉害",
    "你好厉害",
    "真贴心",
    "太贴心",
    "love it",
    "love them",
    "i love the",
    "gorgeous",
    "beautiful",
    "very happy with",
    "so happy with",
    "really happy with",
    "are perfect",
    "is perfect",
    "wonderful",
    "great service",
    "you are great",
    "youre great",
    "you are amazing",
    "youre amazing",
];
/// What turns praise into something else.
const BUT: &[&str] = &[
    "但", "不过", "可是", "就是", "不", "没", "想", "要", "买", "送", "吗", "怎么", "but", "however", "not",
    "dont", "didnt", "want", "would", "can", "how", "although", "except", "gift", "又", "碎", "坏", "等",
    "才", "慢", "weeks", "days", "month", "months", "still", "no", "late", "never", "waiting", "broken",
    "wrong", "missing", "again",
];
const GRIEF: &[&str] = &[
    "去世",
    "过世",
    "离世",
    "病逝",
    "走得突然",
    "passed away",
    "funeral",
    "bereavement",
    "mother died",
    "father died",
    "mum died",
    "mom died",
    "dad died",
    "husband died",
    "wife died",
    "grandmother died",
    "grandfather died",
    "son died",
    "daughter died",
];
const INJURY: &[&str] = &[
    "割伤",
    "割到手",
    "划伤",
    "划破手",
    "烫伤",
    "受伤",
    "流血",
    "cut himself",
    "cut herself",
    "cut my",
    "cut myself",
    "hurt himself",
    "hurt herself",
    "hurt myself",
    "injured",
    "burned my",
    "burnt my",
    "bleeding",
];

/// A message is no longer praise, in characters.
const LONGEST: usize = 120;

/// Whether a message praises and asks nothing.
pub(crate) fn praises(text: &str, lang: Lang) -> bool {
    let all = clauses(text);
    let any = |words| any_says(&all, words);
    text.chars().count() <= LONGEST
        && any(PRAISE)
        && !any(BUT)
        && !text.contains(['?', '？'])
        && !several::asks(text, lang)
}

/// What happened to them, as far as it is said.
pub(crate) fn blow(text: &str) -> Option<Blow> {
    let all = clauses(text);
    let any = |words| any_says(&all, words);
    match () {
        () if any(GRIEF) => Some(Blow::Grief),
        () if any(INJURY) => Some(Blow::Injury),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praise_asks_nothing() {
        for text in ["收到货了，很喜欢", "OMG the bowls are gorgeous!!", "你太厉害了", "I love it, thank you"]
        {
            assert!(praises(text, Lang::Zh), "{text}");
        }
        for text in [
            "很喜欢，但是有点小",
            "很漂亮，怎么保养",
            "我想买个很漂亮的花瓶",
            "beautiful, but it arrived broken",
            "不是很满意",
        ] {
            assert!(!praises(text, Lang::Zh), "{text}");
        }
    }

    #[test]
    fn sour_praise_is_none() {
        for text in
            ["太好了，又碎了一个，真棒", "真棒，等了一个月才到", "great service, three weeks and no parcel"]
        {
            assert!(!praises(text, Lang::Zh), "{text}");
        }
    }

    #[test]
    fn grief_and_injuries_are_heard() {
        assert_eq!(blow("我妈妈去世了，她的订单想取消"), Some(Blow::Grief));
        assert_eq!(blow("My kid cut himself on the broken bowl"), Some(Blow::Injury));
        assert_eq!(blow("the battery of the lamp died"), None);
    }
}
