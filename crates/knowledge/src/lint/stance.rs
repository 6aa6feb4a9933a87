//! Yes or no: how an answer begins, and whether a sentence denies what another says.

use domain::Lang;
use language::denial;

const SOFTENERS_ZH: &[&str] = &[
    "非常抱歉",
    "很抱歉",
    "抱歉",
    "对不起",
    "不好意思",
    "您好",
    "亲",
    "目前",
    "现在",
    "我们",
    "本店",
    "暂时",
    "一般",
    "通常",
    "商品",
    "店铺",
    "可惜",
    "很遗憾",
    "遗憾",
    "的",
    "，",
    ",",
    "！",
    " ",
    "：",
];
const NO_ZH: &[&str] = &[
    "不",
    "无法",
    "没有",
    "没办法",
    "否",
    "暂不",
    "还不",
    "尚未",
    "未开通",
    "未开放",
    "只能",
    "禁止",
    "无需",
    "免费，不",
];
const YES_ZH: &[&str] = &[
    "可以", "能", "支持", "有的", "有，", "有。", "是的", "会的", "当然", "行", "好的", "提供", "接受",
    "需要", "要的", "允许",
];
const SOFTENERS_EN: &[&str] = &[
    "i am very sorry",
    "i am sorry",
    "i'm sorry",
    "we are sorry",
    "sorry",
    "unfortunately",
    "at present",
    "currently",
    "at the moment",
    "hello",
    "hi",
    "but",
    "we",
    "you",
    "our shop",
    ",",
    ".",
    ";",
    ":",
    " ",
    "–",
];
const NO_EN: &[&str] = &[
    "no,", "no.", "no;", "no:", "no ", "not ", "do not", "don't", "cannot", "can't", "can not", "are not",
    "aren't", "never", "will not", "won't", "may not", "must not", "is not",
];
const YES_EN: &[&str] = &[
    "yes",
    "can ",
    "may ",
    "of course",
    "certainly",
    "sure",
    "do offer",
    "accept",
    "offer ",
    "do accept",
    "absolutely",
];

/// Whether an answer says yes or no, by how it begins.
pub(super) fn stance(answer: &str, lang: Lang) -> Option<bool> {
    let low = answer.trim_start().to_lowercase();
    let (softeners, no, yes) = match lang {
        Lang::Zh => (SOFTENERS_ZH, NO_ZH, YES_ZH),
        Lang::En => (SOFTENERS_EN, NO_EN, YES_EN),
    };
    let mut rest = low.as_str();
    if apologises(rest, lang) {
        return Some(false);
    }
    for _ in 0..8 {
        if no.iter().any(|word| rest.starts_with(word)) {
            return Some(false);
        }
        if yes.iter().any(|word| rest.starts_with(word)) {
            return Some(true);
        }
        rest = softeners.iter().find_map(|word| rest.strip_prefix(word))?;
    }
    None
}

/// Sorry, and a first sentence that denies something.
fn apologises(low: &str, lang: Lang) -> bool {
    let sorry = match lang {
        Lang::Zh => ["抱歉", "很抱歉", "对不起", "不好意思", "很遗憾"].as_slice(),
        Lang::En => &["sorry", "i am sorry", "i'm sorry", "we are sorry", "unfortunately"],
    };
    let first = low.split(['。', '；', '.', ';']).next().unwrap_or_default();
    sorry.iter().any(|word| low.starts_with(word)) && denials(first, lang) % 2 == 1
}

/// How many times a clause denies something.
pub(super) fn denials(clause: &str, lang: Lang) -> usize {
    match lang {
        Lang::Zh => denial::denials_zh(clause),
        Lang::En => denial::denials_en(clause),
    }
}

/// Words that only affirm or deny.
pub(super) fn only_affirms(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        || matches!(
            word,
            "不" | "不可以"
                | "不能"
                | "不要"
                | "不会"
                | "可以"
                | "能"
                | "能够"
                | "会"
                | "要"
                | "需要"
                | "不用"
                | "不必"
                | "不可"
                | "无法"
                | "无需"
                | "没有"
                | "请勿"
                | "不得"
                | "可"
                | "请"
                | "也"
                | "都"
                | "的"
                | "了"
                | "支持"
                | "不是"
                | "是"
                | "您"
                | "我们"
                | "not"
                | "no"
                | "can"
                | "may"
                | "must"
                | "do"
                | "doe"
                | "dont"
                | "cannot"
                | "cant"
                | "never"
                | "is"
                | "are"
                | "be"
                | "the"
                | "a"
                | "an"
                | "you"
                | "we"
                | "pleas"
                | "will"
                | "wont"
                | "isnt"
                | "arent"
                | "doesnt"
                | "also"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_yes_or_no_at_its_beginning() {
        for (lang, answer, said) in [
            (Lang::Zh, "可以，结算时选择即可。", Some(true)),
            (Lang::Zh, "抱歉，我们不支持货到付款。", Some(false)),
            (Lang::Zh, "目前不支持。", Some(false)),
            (Lang::Zh, "没有，其他城市暂无门店。", Some(false)),
            (Lang::Zh, "收货后 7 天内可以退货。", None),
            (Lang::En, "Yes, from ¥300.", Some(true)),
            (Lang::En, "I am sorry, we do not offer cash on delivery.", Some(false)),
            (Lang::En, "You can cancel before shipping.", Some(true)),
            (Lang::En, "No. Ordinary oil turns sticky.", Some(false)),
            (Lang::En, "Orders can be combined.", None),
        ] {
            assert_eq!(stance(answer, lang), said, "{answer}");
        }
    }
}
