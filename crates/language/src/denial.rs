//! What denies: words that turn a statement into its opposite, in both languages.

const DENIALS_ZH: &[&str] = &[
    "不可以",
    "不能",
    "不得",
    "不要",
    "不会",
    "不支持",
    "不接受",
    "不提供",
    "不需要",
    "不用",
    "不必",
    "不可",
    "不予",
    "不再",
    "不收",
    "不含",
    "不参加",
    "不参与",
    "不包",
    "不退",
    "不享",
    "不计",
    "不是",
    "不行",
    "不建议",
    "不宜",
    "不适",
    "不补",
    "不赔",
    "不受",
    "无法",
    "无需",
    "没有",
    "禁止",
    "严禁",
    "请勿",
    "切勿",
    "不",
];
const DENIALS_EN: &[&str] = &[
    " not ",
    "n't ",
    " cannot ",
    " never ",
    " no ",
    " without ",
    " nor ",
    " neither ",
    " free of ",
    " unable ",
];

/// How many times a Chinese clause denies something.
pub fn denials_zh(clause: &str) -> usize {
    let mut rest = clause.replace("不同", "").replace("不到", "").replace("不满", "").replace("不足", "");
    let mut count = 0;
    for word in DENIALS_ZH {
        count += rest.matches(word).count();
        rest = rest.replace(word, "");
    }
    count
}

/// How many times an English clause denies something.
pub fn denials_en(clause: &str) -> usize {
    let padded = format!(" {} ", clause.to_lowercase().replace(['’'], "'"));
    DENIALS_EN.iter().map(|word| padded.matches(word).count()).sum()
}

/// Chinese words that begin like a denial and are none.
const NO_DENIAL_ZH: &[&str] = &[
    "不同",
    "不仅",
    "不但",
    "不过",
    "不断",
    "不管",
    "不论",
    "不足",
    "不满",
    "不超过",
    "不少于",
    "不低于",
    "不高于",
    "不多于",
    "不到",
    "不止",
    "不少",
    "不锈钢",
    "不久",
    "不妨",
    "不得不",
    "不可或缺",
    "不好意思",
    "无论",
    "无线",
    "无障碍",
    "无理由",
    "无人机",
    "无纺布",
    "无忧",
    "无缝",
    "未来",
    "未成年",
    "未成年人",
    "没关系",
    "没问题",
    "非常",
    "非洲",
    "别人",
    "别的",
    "别墅",
    "别名",
    "免得",
    "不错",
    "不一",
    "不等",
    "不定期",
    "不时",
    "不利",
    "未必",
    "不如",
];
/// Chinese words that deny what follows.
const DENY_ZH: &[&str] = &[
    "不", "没", "没有", "无", "未", "别", "勿", "非", "并非", "无法", "无需", "无须", "禁止", "严禁", "拒绝",
    "谢绝", "请勿", "切勿", "否", "暂无", "暂不", "尚未", "从不", "毫无", "并未", "并不", "绝不", "决不",
    "毋须", "免于", "未能", "难以", "杜绝",
];
/// English words that deny what follows.
const DENY_EN: &[&str] = &[
    "not",
    "no",
    "never",
    "without",
    "nor",
    "neither",
    "cannot",
    "none",
    "nothing",
    "unable",
    "nobody",
    "nowhere",
    "hardly",
    "refuse",
    "refuses",
    "prohibited",
    "banned",
    "barred",
    "forbidden",
    "unavailable",
    "isnt",
    "arent",
    "dont",
    "doesnt",
    "didnt",
    "cant",
    "wont",
    "wouldnt",
    "shouldnt",
    "couldnt",
    "wasnt",
    "werent",
    "hasnt",
    "havent",
    "mustnt",
    "neednt",
    "lacks",
    "lack",
    "lacking",
    "unfortunately",
    "stops",
    "fails",
    "disallowed",
];

/// Whether a word, in lower case and without its apostrophe, denies what follows it.
pub fn denies(word: &str) -> bool {
    if word.is_ascii() {
        return DENY_EN.contains(&word);
    }
    if NO_DENIAL_ZH.iter().any(|known| word.starts_with(known)) {
        return false;
    }
    DENY_ZH.contains(&word) || word.chars().count() >= 2 && word.starts_with(['不', '没', '勿', '未', '无'])
}

/// What a Chinese word denies by its own beginning: 支持 of 不支持.
pub fn denied_within(word: &str) -> Option<&str> {
    let rest = word.strip_prefix(['不', '没', '勿', '未', '无', '非'])?;
    (denies(word) && !rest.is_empty() && rest != "有" && rest != "法" && rest != "需").then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denials_are_counted() {
        assert_eq!(denials_zh("木质厨具不能放洗碗机"), 1);
        assert_eq!(denials_zh("不满 99 元收 8 元运费"), 0);
        assert_eq!(denials_en("it can't go in the oven"), 1);
    }

    #[test]
    fn a_word_denies_or_only_begins_like_one_that_does() {
        for word in ["不支持", "没有", "无法", "cannot", "dont"] {
            assert!(denies(word), "{word}");
        }
        for word in ["不锈钢", "无线", "非常", "note"] {
            assert!(!denies(word), "{word}");
        }
        assert_eq!(denied_within("不支持"), Some("支持"));
    }
}
