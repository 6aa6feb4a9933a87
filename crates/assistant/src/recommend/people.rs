//! For whom and for what occasion a gift is, by the words of customers; products say so by their tags.

use domain::Lang;

use crate::clause::says;

/// Whom or what a gift is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Recipient {
    /// How customers say it, and how products do.
    words: &'static [&'static str],
    /// How we say it: "适合送…", "a good gift for …".
    zh: &'static str,
    en: &'static str,
}

const ALL: &[Recipient] = &[
    Recipient {
        words: &["妈妈", "母亲", "老妈", "妈", "mother", "mum", "mom", "母亲节"],
        zh: "妈妈",
        en: "your mother",
    },
    Recipient {
        words: &["爸爸", "父亲", "老爸", "爸", "father", "dad", "父亲节"],
        zh: "爸爸",
        en: "your father",
    },
    Recipient {
        words: &[
            "长辈",
            "父母",
            "爸妈",
            "老人",
            "爷爷",
            "奶奶",
            "外公",
            "外婆",
            "公婆",
            "岳父",
            "岳母",
            "婆婆",
            "parents",
            "elders",
            "grandma",
            "grandpa",
            "grandmother",
            "grandfather",
            "grandparents",
            "in laws",
        ],
        zh: "长辈",
        en: "parents and grandparents",
    },
    Recipient {
        words: &["女朋友", "女友", "老婆", "妻子", "爱人", "girlfriend", "wife", "partner"],
        zh: "爱人",
        en: "your partner",
    },
    Recipient {
        words: &["男朋友", "男友", "老公", "丈夫", "boyfriend", "husband"],
        zh: "爱人",
        en: "your partner",
    },
    Recipient {
        words: &[
            "孩子",
            "小朋友",
            "宝宝",
            "儿子",
            "女儿",
            "小孩",
            "kid",
            "kids",
            "child",
            "children",
            "son",
            "daughter",
            "baby",
            "new baby",
            "newborn",
        ],
        zh: "孩子",
        en: "a child",
    },
    Recipient {
        words: &[
            "同事",
            "领导",
            "老板",
            "客户",
            "老师",
            "colleague",
            "colleagues",
            "boss",
            "client",
            "clients",
            "teacher",
            "coworker",
        ],
        zh: "同事和老师",
        en: "colleagues and teachers",
    },
    Recipient {
        words: &["新婚", "结婚", "婚礼", "新人", "wedding", "newlyweds", "married"],
        zh: "新婚",
        en: "a wedding",
    },
    Recipient {
        words: &["乔迁", "新家", "搬家", "新居", "暖房", "housewarming", "new home", "moved", "moving"],
        zh: "乔迁",
        en: "a housewarming",
    },
    Recipient { words: &["生日", "birthday"], zh: "生日", en: "a birthday" },
    Recipient {
        words: &["过年", "春节", "新年", "年货", "new year", "spring festival"],
        zh: "新年",
        en: "the New Year",
    },
    Recipient {
        words: &["朋友", "闺蜜", "同学", "室友", "friend", "friends", "roommate"],
        zh: "朋友",
        en: "a friend",
    },
];

impl Recipient {
    /// All that a clause names. A word within another that was named is none: 女朋友 is no 朋友.
    pub(super) fn in_clause(clause: &str) -> impl Iterator<Item = &'static Self> {
        let named: Vec<&'static str> =
            ALL.iter().flat_map(|one| one.words).copied().filter(|word| says(clause, word)).collect();
        let stands = move |word: &&'static str| {
            let holds = |other: &&str| other.len() > word.len() && other.contains(*word);
            named.contains(word) && !named.iter().any(holds)
        };
        ALL.iter().filter(move |one| one.words.iter().any(&stands))
    }

    /// Those that any of these labels, in lower case, names: a bit each.
    pub(super) fn named_by<'a>(labels: impl Iterator<Item = &'a str> + Clone) -> u32 {
        let named = |one: &Self| labels.clone().any(|label| one.words.iter().any(|word| says(label, word)));
        (0..).zip(ALL).filter(|(_, one)| named(one)).fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// The bit of [`Recipient::named_by`].
    pub(super) fn bit(&self) -> u32 {
        ALL.iter().position(|one| one == self).map_or(0, |at| 1 << at)
    }

    pub(super) fn shown(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// Their words, which say nothing of the product.
    pub(super) fn words(&self) -> &'static [&'static str] {
        self.words
    }
}
