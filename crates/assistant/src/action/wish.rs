//! Whether a message asks for an action: by the owner's phrasings, closely, by their words or by what they mean. To do
//! something that nobody asked for is worse than to answer with words, so a doubt is a no.

use std::collections::BTreeSet;

use domain::{Lang, Moment, Timestamp};
use language::{
    embed::{self, Meaning},
    facts::{Fact, Kind as What, facts},
    normal,
    segment::terms_of,
};

use super::{
    Action, Kind,
    fill::{ENDINGS, TO, last_four, tokens},
    thing::asked_of_mine,
};

/// From this likeness on a message is taken for a phrasing (1: the same words).
const CLOSE: f32 = 0.8;
/// From this closeness in meaning on it is taken for one as well.
const MEANT: f32 = 0.8;

/// Words that ask how something is done rather than for it to be done.
const ASKS_HOW: &[&str] = &[
    "怎么",
    "怎样",
    "如何",
    "怎么办",
    "多久",
    "多少",
    "为什么",
    "为啥",
    "什么",
    "哪",
    "哪里",
    "哪儿",
    "哪些",
    "几",
    "条件",
    "规则",
    "政策",
    "how",
    "what",
    "where",
    "who",
    "long",
    "when",
    "why",
    "which",
    "polici",
    "policy",
];
/// Who asks whether something may be done has not asked for it yet.
const MAY: &[&str] = &[
    "can i ",
    "could i ",
    "may i ",
    "am i able",
    "is it possible",
    "is there",
    "还能",
    "还可以",
    "是否",
    "能不能",
    "可不可以",
];
/// Words that turn a meaning round.
const TURNS: &[&str] = &[
    "不", "别", "没", "没有", "不要", "不想", "不用", "未", "无", "not", "dont", "no", "never", "without",
    "stop",
];
/// Words that say little of what is wanted.
const LIGHT: &[&str] = &[
    "i", "id", "im", "me", "my", "you", "your", "we", "want", "would", "like", "need", "can", "could",
    "will", "to", "the", "a", "an", "of", "for", "on", "is", "it", "be", "been", "do", "now", "hi", "hello",
    "s", "我", "的", "了", "一下", "下", "帮", "帮我", "帮忙", "请", "麻烦", "想", "要", "想要", "给", "把",
    "能", "可以", "现在", "目前", "吗", "呢", "啊", "吧",
];
/// What joins one question to the one before.
const AND: [&str; 6] = ["and", "then", "那", "还有", "呢", "这个"];
/// So much one of them counts.
const LITTLE: f32 = 0.25;
/// Words around a number that say what it is.
const LABELS: &[&str] =
    &["订单", "订单号", "单号", "号", "号码", "是", "编号", "order", "number", "no", "is", "it"];
/// What a name and a phone number are called where they stand.
const CALLED: [(What, &[&str]); 2] = [
    (
        What::Person,
        &[
            "收件人",
            "收货人",
            "联系人",
            "姓名",
            "换成",
            "改成",
            "recipient",
            "for",
            "attention",
            "attn",
            "name",
        ],
    ),
    (
        What::Phone,
        &["电话号码", "手机号码", "手机号", "电话", "手机", "phone number", "phone", "mobile", "tel"],
    ),
];

/// The action that is asked for, and how close it is to a phrasing. `None` in doubt, also between two.
pub fn wish<'a>(actions: &'a [Action], text: &str, facts: &[Fact]) -> Option<(&'a Action, f32)> {
    let said = Wish::of(text, facts);
    let mut found: Vec<(&Action, f32)> = actions
        .iter()
        .map(|action| (action, likeness(action, &said)))
        .filter(|(_, like)| *like >= CLOSE)
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    if found.is_empty() && said.is_a_number() {
        return finds_orders(actions).map(|action| (action, CLOSE));
    }
    match found[..] {
        [(_, first), (_, second), ..] if second >= first => None,
        [best, ..] => Some(best),
        [] => None,
    }
}

/// The same, also where a thing is named that somebody bought: of their orders, where they are known, else of the one that
/// they will name.
pub(super) fn wish_of_mine<'a>(
    actions: &'a [Action],
    text: &str,
    facts: &[Fact],
    known: bool,
) -> Option<(&'a Action, f32)> {
    wish(actions, text, facts).or_else(|| {
        let asked = asked_of_mine(text)?;
        asked.iter().skip(usize::from(!known)).find_map(|asked| wish(actions, asked, &[]))
    })
}

/// Who sends the number of an order and nothing else wants to know of it.
fn finds_orders(actions: &[Action]) -> Option<&Action> {
    let finds = |action: &&Action| {
        !action.writes && action.parameters.iter().any(|parameter| parameter.kind == Kind::Order)
    };
    let mut found = actions.iter().filter(finds);
    found.next().filter(|_| found.next().is_none())
}

/// Whether a message might be a wish; for those who have not read it yet.
pub fn may_be_wish(actions: &[Action], text: &str, lang: Lang, now: Timestamp) -> bool {
    let facts = || facts(text, Moment::from(now).today(lang), None);
    !actions.is_empty() && wish_of_mine(actions, text, &facts(), true).is_some()
}

fn likeness(action: &Action, said: &Wish) -> f32 {
    let known = action.read.get_or_init(|| action.phrasings.iter().map(|way| Wish::of(way, &[])).collect());
    known.iter().map(|known| said.like(known)).fold(0.0, f32::max)
}

/// What a text wants, without what it wants it of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wish {
    all: BTreeSet<String>,
    bare: BTreeSet<String>,
    meaning: Option<Meaning>,
    asks_whether: bool,
    /// It names something that an action could be about.
    names: bool,
    /// It names the number of an order.
    orders: bool,
}

impl Wish {
    fn of(text: &str, facts: &[Fact]) -> Self {
        let (rest, names) = without_facts(text, facts);
        let low = rest.to_lowercase();
        let asks_whether = MAY.iter().any(|way| low.contains(way));
        let all: BTreeSet<String> = terms_of(&normal::core(&rest)).into_iter().collect();
        let bare = all.iter().filter(|term| !LABELS.contains(&term.as_str())).cloned().collect();
        let other = |at: usize| facts.iter().any(|fact| fact.kind != What::Order && fact.span.contains(&at));
        let long = |token: &str| token.bytes().filter(u8::is_ascii_digit).count() >= 6;
        let orders = tokens(text).any(|(at, token)| long(token) && !other(at));
        Self { all, bare, meaning: embed::shipped().embed(&rest), asks_whether, names, orders }
    }

    /// Whether it names an order and says nothing of it.
    fn is_a_number(&self) -> bool {
        let says = |term: &&String| !LIGHT.contains(&term.as_str()) && !AND.contains(&term.as_str());
        self.orders && self.bare.iter().all(|term| !says(&term))
    }

    fn like(&self, phrasing: &Self) -> f32 {
        let turned = |list: &[&str]| {
            let of = |terms: &Self| -> BTreeSet<String> {
                terms.all.iter().filter(|term| list.contains(&term.as_str())).cloned().collect()
            };
            of(self) != of(phrasing)
        };
        if self.asks_whether != phrasing.asks_whether || turned(TURNS) || turned(ASKS_HOW) {
            return 0.0;
        }
        let whole = dice(&self.all, &phrasing.all);
        // "订单号 123，到哪了": beside a number its label says nothing.
        let around =
            if self.names && phrasing.bare.len() >= 2 { dice(&self.bare, &phrasing.bare) } else { 0.0 };
        whole.max(around).max(self.meant_like(phrasing))
    }

    fn meant_like(&self, phrasing: &Self) -> f32 {
        let both = self.meaning.as_ref().zip(phrasing.meaning.as_ref());
        both.map_or(0.0, |(said, known)| meant(said.closeness(known)))
    }
}

/// How close two texts are in meaning, on the scale of the likeness by words.
fn meant(closeness: f32) -> f32 {
    1.0 - (1.0 - closeness) * (1.0 - CLOSE) / (1.0 - MEANT)
}

fn dice(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let both = weight(a.intersection(b));
    if both == 0.0 { 0.0 } else { 2.0 * both / (weight(a) + weight(b)) }
}

fn weight<'a>(terms: impl IntoIterator<Item = &'a String>) -> f32 {
    terms.into_iter().map(|term| if LIGHT.contains(&term.as_str()) { LITTLE } else { 1.0 }).sum()
}

fn without_facts(text: &str, facts: &[Fact]) -> (String, bool) {
    let plain = facts.iter().filter(|fact| fact.kind != What::Product);
    let whole = |fact: &Fact| {
        let spoken = text.get(fact.span.clone()).unwrap_or_default();
        let read_along = spoken.len() - spoken.trim_start_matches(TO).len();
        with_its_label(text, fact, fact.span.start + read_along)..fact.span.end
    };
    let mut cuts: Vec<std::ops::Range<usize>> = plain.map(whole).collect();
    let numbers = tokens(text).filter(|(_, token)| token.bytes().filter(u8::is_ascii_digit).count() >= 6);
    cuts.extend(numbers.map(|(at, token)| at..at + token.len()));
    cuts.extend(of_the_phone(text));
    cuts.extend(of_who_takes_it(text));
    cuts.sort_by_key(|cut| cut.start);
    let (mut rest, mut done) = (String::with_capacity(text.len()), 0);
    for cut in &cuts {
        rest.push_str(text.get(done..cut.start).unwrap_or_default());
        rest.push(' ');
        done = done.max(cut.end);
    }
    rest.push_str(text.get(done..).unwrap_or_default());
    (rest, !cuts.is_empty())
}

/// 手机尾号5678: with the words that say what it is.
fn of_the_phone(text: &str) -> Option<std::ops::Range<usize>> {
    let four = last_four(text)?;
    let low = text.to_ascii_lowercase();
    let begin = ENDINGS.iter().filter_map(|word| low.find(word)).min()?;
    let end = begin + text.get(begin..)?.find(&four)? + four.len();
    let head = text.get(..begin)?;
    let label = ["手机号", "手机", "电话", "phone number", "phone"]
        .iter()
        .find(|label| head.trim_end().to_lowercase().ends_with(*label));
    Some(head.trim_end().len() - label.map_or(0, |label| label.len())..end)
}

/// 李雷收; recipient Mary Smith.
fn of_who_takes_it(text: &str) -> Option<std::ops::Range<usize>> {
    let mut pieces = text.split(['，', ',', ' ', '。', '；']);
    let place = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    let takes = |piece: &&str| {
        piece.strip_suffix('收').is_some_and(|name| {
            (2..=4).contains(&name.chars().count()) && crate::another::is_family_name(name)
        })
    };
    if let Some(piece) = pieces.find(takes) {
        return Some(place(piece)..place(piece) + piece.len());
    }
    let begin = text.to_ascii_lowercase().find("recipient ")?;
    let rest = text.get(begin..)?;
    Some(begin..begin + rest.find([',', ';', '.']).unwrap_or(rest.len()))
}

/// Where the words begin that say what a fact is: 收件人李雷.
fn with_its_label(text: &str, fact: &Fact, from: usize) -> usize {
    let Some((_, labels)) = CALLED.iter().find(|(kind, _)| *kind == fact.kind) else { return from };
    let mut head = text.get(..from).unwrap_or_default();
    loop {
        let trimmed = head.trim_end_matches([' ', ':', '：', '是', '为', '.']);
        let shorter =
            labels.iter().find_map(|label| trimmed.to_lowercase().ends_with(label).then_some(label.len()));
        match shorter.and_then(|length| trimmed.get(..trimmed.len().checked_sub(length)?)) {
            Some(shorter) => head = shorter,
            None => return head.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use language::facts::facts;

    use super::*;
    use crate::action::samples;

    fn asks(text: &str) -> Option<String> {
        let facts = facts(text, jiff::civil::date(2026, 11, 29), None);
        wish(&samples::actions(), text, &facts).map(|(action, _)| action.name.clone())
    }

    #[test]
    fn what_is_asked_for_is_found_in_both_languages() {
        for text in [
            "我的订单到哪了",
            "请问一下，我的订单到哪了？",
            "订单2024011500123456到哪了",
            "订单号是2024011500123456，到哪了",
            "Where is my order?",
            "where is my order QH20261101",
            "查一下我的订单",
            "QH20261101",
            "and QH20261101?",
            "QH20261101 尾号5678",
        ] {
            assert_eq!(asks(text).as_deref(), Some("find_order"), "{text}");
        }
        for text in [
            "把地址改成上海市浦东新区世纪大道100号",
            "我要改收货地址",
            "订单QH26110031把地址改成北京市海淀区中关村大街 1 号，李雷收，13912345678",
            "Please change my delivery address",
            "订单QH26110031把地址改成北京市海淀区中关村大街 1 号，李雷收，13912345678",
            "订单QH26110031的地址改成上海市浦东新区世纪大道100号，收件人李雷，电话13812345678",
            "把地址改成上海市浦东新区世纪大道100号，收货人换成韩梅梅 13812345678",
        ] {
            assert_eq!(asks(text).as_deref(), Some("change_address"), "{text}");
        }
        assert_eq!(asks("我要退款").as_deref(), Some("ask_refund"));
    }

    #[test]
    fn what_is_asked_about_is_not_asked_for() {
        for text in [
            "怎么退款",
            "退款多久到账",
            "我不想退款",
            "怎么改地址",
            "订单多久能到",
            "不要改地址",
            "how do I change my delivery address",
            "I do not want to change my address",
            "what is your refund policy",
            "你好",
            "",
        ] {
            assert_eq!(asks(text), None, "{text}");
        }
    }
}
