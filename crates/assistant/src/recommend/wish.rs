//! What a customer who asks for advice wants, and whether that is what they do.

use domain::Lang;
use language::segment::terms;

use super::{budget::Budget, people::Recipient, refine::apart, search::telling};
use crate::clause::{clauses, says};

/// How plainly advice is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It may be: "哪款适合…", "do you have …". Taken so where the catalogue has what is named.
    Perhaps,
    /// In so many words: "推荐", "gift for".
    Plain,
}

/// What is wished for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How plainly.
    pub strength: Strength,
    /// The words that say what for, as the index has them.
    pub words: Vec<String>,
    /// The price.
    pub budget: Option<Budget>,
    /// It is to be given away.
    pub gift: bool,
    /// More of what was recommended just now.
    pub more: bool,
    /// Nothing fits all of it: what is left comes close.
    pub close: bool,
    /// It goes on to another thing than the wish before.
    pub elsewhere: bool,
    /// Words that a product must say: what was added to a wish before.
    pub must: Vec<String>,
    /// Words that it must not say: 不要陶瓷的.
    pub without: Vec<String>,
    pub(super) recipients: Vec<&'static Recipient>,
}

const PLAIN: &[&str] = &[
    "推荐",
    "安利",
    "种草",
    "买什么",
    "送什么",
    "买点什么",
    "送点什么",
    "选什么",
    "帮我选",
    "帮我挑",
    "帮忙选",
    "帮忙挑",
    "给我选",
    "给我挑",
    "想送",
    "送礼",
    "给点建议",
    "recommend",
    "recommendation",
    "recommendations",
    "suggest",
    "gift for",
    "gifts for",
    "gift ideas",
    "gift idea",
    "present for",
    "what should i buy",
    "what should i get",
    "what can i get",
    "what to buy",
    "what to get",
    "help me choose",
    "help me pick",
    "any ideas for",
];
const PERHAPS: &[&str] = &[
    "礼物",
    "suggestion",
    "suggestions",
    "a gift",
    "help me find",
    "有什么好",
    "适合",
    "哪款",
    "哪一款",
    "哪个好",
    "哪种好",
    "怎么选",
    "怎么挑",
    "想买",
    "想要一",
    "想找",
    "想看看",
    "有没有",
    "有卖",
    "有哪些",
    "都有什么",
    "what kinds of",
    "which one",
    "which of",
    "do you have",
    "do you sell",
    "looking for",
    "i want to buy",
    "i need a",
    "i want a",
];
/// Advice of another kind, or none wanted.
const NOT: &[&str] = &[
    "小票",
    "包装",
    "包成",
    "贺卡",
    "price slip",
    "no price",
    "the price out",
    "gift wrapped",
    "wrap",
    "wrapped",
    "gift voucher",
    "gift certificate",
    "gift shop",
    "suggestion box",
    "推荐人",
    "推荐码",
    "推荐奖",
    "推荐有礼",
    "推荐理由",
    "推荐信",
    "推荐官",
    "推荐新",
    "推荐朋友",
    "推荐好友",
    "被推荐",
    "别推荐",
    "不要推荐",
    "不用推荐",
    "不想要推荐",
    "不需要推荐",
    "别再推荐",
    "取消推荐",
    "关闭推荐",
    "屏蔽推荐",
    "停止推荐",
    "个性化推荐",
    "推荐使用",
    "推荐温度",
    "推荐水温",
    "推荐做法",
    "推荐快递",
    "礼物包装",
    "礼品包装",
    "礼品卡",
    "礼物卡",
    "包装礼物",
    "recommend a friend",
    "refer a friend",
    "recommended by",
    "do not recommend",
    "dont recommend",
    "stop recommending",
    "no recommendations",
    "personalised recommendations",
    "personalized recommendations",
    "gift card",
    "gift cards",
    "gift wrap",
    "gift wrapping",
    "gift wrapped",
    "gift message",
    "gift receipt",
    "gift box",
];
const MORE: &[&str] = &[
    "还有别的",
    "another one",
    "a different one",
    "show me another",
    "还有其他",
    "还有其它",
    "换一批",
    "换几个",
    "换一个",
    "再推荐",
    "别的吗",
    "其他的呢",
    "anything else",
    "something else",
    "other options",
    "any others",
    "show me more",
    "more options",
    "what else",
];
/// What people who complain, return, wait or are in need say: no moment for advice.
const TROUBLE: &[&str] = &[
    "退货",
    "退款",
    "退掉",
    "退钱",
    "换货",
    "投诉",
    "差评",
    "举报",
    "坏了",
    "坏的",
    "碎",
    "破损",
    "破了",
    "裂",
    "发霉",
    "掉漆",
    "掉色",
    "缩水",
    "漏",
    "少发",
    "发错",
    "错发",
    "没收到",
    "没有收到",
    "丢了",
    "丢件",
    "质量问题",
    "赔",
    "受伤",
    "被骗",
    "骗子",
    "被盗",
    "扣款",
    "催",
    "怎么还没",
    "太慢",
    "生气",
    "失望",
    "垃圾",
    "烦死",
    "气死",
    "再也不",
    "12315",
    "refund",
    "return",
    "returning",
    "broken",
    "damaged",
    "cracked",
    "mouldy",
    "moldy",
    "complain",
    "complaint",
    "wrong item",
    "missing",
    "never arrived",
    "not arrived",
    "hasnt arrived",
    "havent received",
    "not received",
    "lost parcel",
    "faulty",
    "defective",
    "stuck",
    "scam",
    "fraud",
    "charged",
    "hurt",
    "injured",
    "angry",
    "terrible",
    "awful",
    "disappointed",
    "unacceptable",
    "worst",
];

impl Wish {
    /// What a message wishes for; `None` if it does not ask for advice. `advised`: the last answer gave some.
    pub fn read(text: &str, advised: bool) -> Option<Self> {
        let clauses = clauses(text);
        let says_any =
            |words: &[&str]| clauses.iter().any(|clause| words.iter().any(|word| says(clause, word)));
        if refuses(&clauses) {
            return None;
        }
        let more = advised && says_any(MORE);
        let gift = says_any(&["送", "礼物", "礼品", "送礼", "gift", "gifts", "present", "presents"]);
        let budget = Budget::read(text);
        let strength = if more || says_any(PLAIN) || gift && budget.is_some() {
            Strength::Plain
        } else if says_any(PERHAPS) {
            Strength::Perhaps
        } else {
            return None;
        };
        let mut recipients: Vec<&'static Recipient> = Vec::new();
        for one in clauses.iter().flat_map(|clause| Recipient::in_clause(clause)) {
            if !recipients.contains(&one) {
                recipients.push(one);
            }
        }
        let (unwanted, wanted) = apart(&clauses);
        let mut words = telling(&wanted.join(" "));
        let of_people: Vec<String> =
            recipients.iter().flat_map(|one| one.words()).flat_map(|word| terms(word)).collect();
        words.retain(|word| !of_people.contains(word) && !says_only_for_whom(word, &recipients));
        if more {
            words.clear();
        }
        let must = words.iter().filter(|word| is_colour(word)).cloned().collect();
        let without = unwanted.into_iter().filter(|word| !words.contains(word)).collect();
        Some(Self {
            strength,
            words,
            budget,
            gift,
            more,
            recipients,
            close: false,
            elsewhere: false,
            must,
            without,
        })
    }

    /// Whether something is for whom it is for, by the bits of whom it suits.
    pub(super) fn is_for(&self, bits: u32) -> bool {
        self.recipients.iter().any(|one| bits & one.bit() > 0)
    }

    /// The same, after products were shown for it.
    pub(super) fn shown(self, prices: &[&domain::Price]) -> Self {
        Self { budget: self.budget.map(|budget| budget.kept_by(prices)), ..self }
    }

    /// For whom, as we say it; the first that was named.
    pub fn recipient(&self, lang: Lang) -> Option<&'static str> {
        self.recipients.first().map(|one| one.shown(lang))
    }
}

/// Whether a word is a colour: who names one wants no other.
fn is_colour(word: &str) -> bool {
    const EN: [&str; 14] = [
        "red", "blue", "green", "white", "black", "grey", "gray", "yellow", "pink", "brown", "purpl", "beig",
        "orang", "cream",
    ];
    let zh =
        word.ends_with('色') && (2..=3).contains(&word.chars().count()) && !["特色", "各色"].contains(&word);
    zh || EN.contains(&word)
}

/// Whether a word says nothing but for whom a gift is: 生日礼物.
fn says_only_for_whom(word: &str, recipients: &[&Recipient]) -> bool {
    let names = recipients.iter().flat_map(|one| one.words()).chain(&["礼物", "礼品", "礼"]);
    let rest = names.fold(word.to_owned(), |rest, name| rest.replace(name, ""));
    rest.is_empty()
}

/// Whether this is no moment for advice, or another kind of it.
pub(super) fn refuses(clauses: &[String]) -> bool {
    clauses.iter().any(|clause| NOT.iter().chain(TROUBLE).any(|word| says(clause, word)))
}

/// Whether somebody is in trouble, by their words alone.
pub(super) fn is_trouble(text: &str) -> bool {
    clauses(text).iter().any(|clause| TROUBLE.iter().any(|word| says(clause, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(text: &str) -> Option<Strength> {
        Wish::read(text, false).map(|wish| wish.strength)
    }

    #[test]
    fn who_asks_for_advice_is_told_from_who_does_not() {
        for text in [
            "有什么推荐",
            "推荐一款砂锅",
            "想送妈妈一个礼物，200元以内",
            "帮我挑个茶杯",
            "a gift for my mum under $30",
            "gift under 200 yuan for my mum",
            "200元以内的礼物",
            "What would you recommend?",
            "help me choose a lamp",
        ] {
            assert_eq!(strength(text), Some(Strength::Plain), "{text}");
        }
        for text in [
            "有没有适合小户型的台灯",
            "哪款床品适合夏天",
            "do you have linen sheets",
            "which one is better for tea",
        ] {
            assert_eq!(strength(text), Some(Strength::Perhaps), "{text}");
        }
        for text in [
            "怎么退货",
            "推荐码在哪填",
            "砂锅碎了，有没有推荐的处理办法",
            "可以做礼品包装吗",
            "别再推荐了",
            "I want a refund",
            "how do I use a gift card",
            "运费多少",
            "你好",
        ] {
            assert_eq!(strength(text), None, "{text}");
        }
        assert!(Wish::read("还有别的吗", true).is_some_and(|wish| wish.more));
        assert_eq!(Wish::read("还有别的吗", false), None);
    }

    #[test]
    fn a_wish_says_for_whom_and_what() {
        let wish = Wish::read("想送妈妈一个砂锅，200元以内", false).unwrap();
        assert_eq!((wish.words.as_slice(), wish.gift), (&["砂锅".to_owned()][..], true));
        assert_eq!(wish.recipient(Lang::Zh), Some("妈妈"));
        let wish = Wish::read("送女朋友生日礼物有什么推荐，预算200左右", false).unwrap();
        assert_eq!((wish.words, wish.recipients.len()), (vec![], 2), "a birthday present is no product");
        let wish = Wish::read("Could you recommend a gift for my grandmother under $40", false).unwrap();
        assert_eq!(wish.words, [""; 0]);
        assert_eq!(wish.recipient(Lang::En), Some("parents and grandparents"));
    }
}
