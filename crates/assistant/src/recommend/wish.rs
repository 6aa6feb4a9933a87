//! What a customer who asks for advice wants, and whether that is what they do.

use domain::Lang;
use language::segment::terms;

mod words;

use words::{MORE, NOT, PERHAPS, PLAIN, TROUBLE};

use super::{budget::Budget, people::Recipient, refine::apart, search::telling};
use crate::clause::{any_says, clauses, says, without};

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
#[allow(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
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

impl Wish {
    /// What a message wishes for; `None` if it does not ask for advice. `advised`: the last answer gave some.
    pub fn read(text: &str, advised: bool) -> Option<Self> {
        let clauses = clauses(text);
        let says_any = |words| any_says(&clauses, words);
        if refuses(&clauses) {
            return None;
        }
        let more = advised && clauses.iter().any(|clause| is_more(clause));
        let gift = says_any(&["送", "礼物", "礼品", "送礼", "gift", "gifts", "present", "presents"]);
        let budget = Budget::read(text);
        let mut recipients: Vec<&'static Recipient> = Vec::new();
        for one in clauses.iter().flat_map(|clause| Recipient::in_clause(clause)) {
            if !recipients.contains(&one) {
                recipients.push(one);
            }
        }
        // Who says for whom and asks nothing else wishes for a present.
        let for_whom = !recipients.is_empty() && (budget.is_some() || gift && !asks_else(text));
        let strength = if more || says_any(PLAIN) || gift && budget.is_some() || for_whom {
            Strength::Plain
        } else if clauses.iter().any(|clause| may_ask(clause)) {
            Strength::Perhaps
        } else {
            return None;
        };
        let (unwanted, wanted) = apart(&clauses);
        let mut words = telling(&without_asking(&wanted.join(" ")));
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

/// Whether a clause wants more of the same and nothing else; 「还有别的快递吗」 asks for couriers.
fn is_more(clause: &str) -> bool {
    MORE.iter().any(|word| says(clause, word) && telling(&without(clause, word)).is_empty())
}

/// Without the words of asking: cut as one, 茶具有哪些 would hold 具有.
fn without_asking(text: &str) -> String {
    let long = |word: &&&str| !word.is_ascii() && word.chars().nth(2).is_some();
    PERHAPS.iter().filter(long).fold(text.to_owned(), |rest, word| rest.replace(word, " "))
}

/// Whether a message asks something by its form: whether a present can be paid by card is no wish for one.
fn asks_else(text: &str) -> bool {
    ["吗", "呢", "那", "能", "可以", "怎么", "多久", "多少", "?", "？"].iter().any(|word| text.contains(word))
        || crate::several::asks(text, Lang::En)
}

/// Whether a clause may look for something; 「碗有没有铅」 asks what a bowl has.
fn may_ask(clause: &str) -> bool {
    PERHAPS.iter().any(|word| {
        let before = clause.split_once(word).map_or("", |(before, _)| before);
        says(clause, word) && (*word != "有没有" || telling(before).is_empty())
    })
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
    any_says(clauses, NOT) || any_says(clauses, TROUBLE)
}

/// Whether somebody is in trouble, by their words alone.
pub(super) fn is_trouble(text: &str) -> bool {
    any_says(&clauses(text), TROUBLE)
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
