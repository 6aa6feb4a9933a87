//! What a customer changes in the wish before: cheaper, in white, not of glass, under a hundred, for dad.

use language::segment::terms;

use super::{
    Stock,
    budget::{Budget, Than},
    people::Recipient,
    search::telling,
    wish::{Strength, Wish, refuses},
};
use crate::clause::{clauses, says, without};

const CHEAPER: &[&str] = &[
    "便宜一点的",
    "便宜点的",
    "便宜些的",
    "便宜的",
    "更便宜",
    "便宜一些",
    "再便宜",
    "太贵了",
    "太贵",
    "有点贵",
    "贵了点",
    "贵了",
    "好贵",
    "价格低一点",
    "低一点的",
    "anything cheaper",
    "something cheaper",
    "cheaper",
    "less expensive",
    "too expensive",
    "too pricey",
    "bit expensive",
    "bit pricey",
    "more affordable",
    "lower price",
];
const DEARER: &[&str] = &[
    "贵一点的",
    "贵一点",
    "贵点的",
    "贵些的",
    "高档一点",
    "高档点",
    "好一点的",
    "好点的",
    "更好的",
    "上档次",
    "more expensive",
    "something nicer",
    "nicer",
    "higher end",
    "more premium",
    "fancier",
];
/// What a change is asked with, and no part of it.
const FORMS: &[&str] = &[
    "有没有",
    "有",
    "来点",
    "来个",
    "换成",
    "换个",
    "换",
    "要",
    "想要",
    "最好是",
    "可以是",
    "那",
    "吗",
    "呢",
    "的",
    "款式",
    "款",
    "颜色",
    "do you have it in",
    "do you have them in",
    "do you have any in",
    "do you have any",
    "do you have",
    "have you got",
    "is there one in",
    "is there",
    "are there any in",
    "are there any",
    "are there",
    "any in",
    "anything in",
    "anything",
    "something in",
    "something",
    "and in",
    "what about in",
    "what about",
    "how about",
    "in",
    "any",
    "ones",
    "one",
    "and",
    "but",
    "made of",
    "actually",
    "it is",
    "its",
    "please",
    "for",
    "my",
    "me",
    "show",
    "not",
    "a",
    "其实",
    "其实是",
    "是",
    "送",
    "也行",
    "也",
    "行",
    "也可以",
    "左右",
    "预算",
    "请",
    "给",
    "了",
    "吧",
    "看看",
    "推荐",
    "okay",
    "ok",
    "then",
    "prefer",
    "rather",
    "colour",
    "color",
];
/// Longer messages are no change of a wish: characters, or words.
const LONGEST_ZH: usize = 22;
/// What is not wanted is said in so many words.
const FEW: usize = 3;
const LONGEST_EN: usize = 12;

impl Wish {
    /// The wish as this message changes it; `None` if it changes nothing, or speaks of something else. `latest` is what
    /// was recommended last, by its places.
    pub(super) fn refined(&self, text: &str, stock: &Stock, latest: &[u32]) -> Option<Change> {
        let clauses = clauses(text);
        let length = if text.is_ascii() { text.split_whitespace().count() } else { text.chars().count() };
        let longest = if text.is_ascii() { LONGEST_EN } else { LONGEST_ZH };
        let measured = text.chars().any(|c| c.is_ascii_digit()) && Budget::read(text).is_none();
        if length > longest || refuses(&clauses) || measured {
            return None;
        }
        let mut new = self.clone();
        let (unwanted, wanted) = apart(&clauses);
        new.without.extend(unwanted.iter().filter(|word| !self.without.contains(word)).cloned());
        let whole = wanted.join(" , ");
        let (cheaper, whole) = taken(&whole, CHEAPER);
        let (dearer, whole) = taken(&whole, DEARER);
        let said = Budget::read(text).filter(|_| !unwanted_is_a_number(&unwanted));
        let than = match (cheaper, dearer) {
            (true, false) => Some(Than::Cheaper),
            (false, true) => Some(Than::Dearer),
            _ => None,
        };
        new.budget = match (said.clone(), than) {
            (Some(budget), _) => Some(budget),
            (None, Some(than)) => Some(Budget::beside(&prices(stock, latest, self.budget.as_ref()), than)?),
            (None, None) => self.budget.clone(),
        };
        let recipients: Vec<&'static Recipient> =
            clauses.iter().flat_map(|clause| Recipient::in_clause(clause)).collect();
        let words = own_words(&whole, said.is_some(), &recipients);
        let unknown = words.iter().any(|word| !stock.goods.index.knows(word));
        if unknown && !describes(&whole) {
            return None;
        }
        let named = words.iter().all(|word| stock.goods.index.names(word));
        let plainly = than.is_some()
            || said.is_some()
            || !unwanted.is_empty()
            || !recipients.is_empty()
            || describes(&whole)
            || named && goes_on(&whole);
        new.words.extend(words.iter().filter(|word| !self.words.contains(word)).cloned());
        new.must.clone_from(&words);
        if !recipients.is_empty() {
            (new.recipients, new.gift) = (recipients, true);
        }
        (new.strength, new.more) = (Strength::Plain, false);
        new.elsewhere = named && goes_on(&whole) && !describes(&whole);
        let is_changed = new != Self { strength: new.strength, more: new.more, ..self.clone() };
        let describes = describes(&whole) && !words.is_empty();
        is_changed.then_some(Change { wish: new, plainly, describes })
    }
}

/// A changed wish.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) wish: Wish,
    /// The form of the message says so; else it may be another question in the same words.
    pub(super) plainly: bool,
    /// It describes the same thing: "do you have it in blue".
    pub(super) describes: bool,
}

/// What the products at these places cost, in the currency that was spoken of, else in the shop's own.
pub(super) fn prices<'a>(stock: &'a Stock, at: &[u32], spoken: Option<&Budget>) -> Vec<&'a domain::Price> {
    let price = |product: &'a domain::Product| {
        let spoken = spoken.and_then(|budget| product.price_in(&budget.currency));
        spoken.or_else(|| product.prices.first())
    };
    at.iter().filter_map(|&at| price(stock.product(at)?)).collect()
}

/// Whether the form describes a thing: 有白色的吗, in white.
fn describes(text: &str) -> bool {
    let low = text.trim();
    let zh =
        ["的吗", "的么", "的嘛", "款吗", "色吗", "的呢", "色呢", "的"].iter().any(|end| low.ends_with(end));
    let en = [
        "in ",
        "do you have it in",
        "do you have them in",
        "any in ",
        "anything in ",
        "something in ",
        "and in ",
        "what about in",
    ];
    zh || en.iter().any(|form| low.starts_with(form))
}

/// Whether the form goes on to another thing: 那茶杯呢, what about cups.
fn goes_on(text: &str) -> bool {
    let low = text.trim();
    let en = ["what about", "how about", "and ", "any ", "do you have"];
    low.ends_with('呢')
        || low.starts_with('有') && low.ends_with('吗')
        || en.iter().any(|form| low.starts_with(form))
}

/// The words of clauses that say what is not wanted, and the clauses that do not.
pub(super) fn apart(clauses: &[String]) -> (Vec<String>, Vec<String>) {
    const NOT: &[&str] = &[
        "不要",
        "已经有",
        "不爱",
        "不想要",
        "不喜欢",
        "别要",
        "别是",
        "不是",
        "除了",
        "already has",
        "already have",
        "already got",
        "does not like",
        "doesnt like",
        "do not like",
        "hates",
        "hate",
        "not made of",
        "nothing in",
        "not in",
        "not a",
        "not",
        "no",
        "without",
        "except",
        "other than",
        "dont want",
        "dont like",
        "anything but",
    ];
    let (mut unwanted, mut wanted) = (Vec::new(), Vec::new());
    for clause in clauses {
        if let Some((before, what)) = cannot_have(clause) {
            unwanted.extend(own_words(what, false, &[]));
            wanted.push(before.to_owned());
            continue;
        }
        let start = NOT.iter().filter_map(|word| {
            let at = clause.find(word)?;
            (says(&clause[at..], word) && denies(clause, at, at + word.len()))
                .then_some((at, at + word.len()))
        });
        let start = start.min_by_key(|(from, to)| (*from, usize::MAX - to));
        let words = start.map(|(from, to)| (from, own_words(&clause[to..], false, &[])));
        match words.filter(|(_, words)| words.len() <= FEW) {
            Some((from, words)) => {
                unwanted.extend(words);
                wanted.push(clause[..from].to_owned());
            }
            None => wanted.push(clause.clone()),
        }
    }
    (unwanted, wanted)
}

/// 对羊毛过敏, allergic to wool: what stands before it, and what somebody cannot have.
fn cannot_have(clause: &str) -> Option<(&str, &str)> {
    if let Some((before, what)) = clause.split_once("allergic to") {
        return Some((before, what));
    }
    let (before, rest) = clause.split_once('对')?;
    rest.split_once("过敏").map(|(what, _)| (before, what))
}

/// Whether the words between two places say no to what follows: 是不是, 不要超过 and "not sure" do not.
fn denies(clause: &str, from: usize, to: usize) -> bool {
    const AFTER: &[&str] =
        &["超过", "太", "紧", "很", "sure", "only", "more than", "too", "idea", "problem", "rush"];
    let before = clause[..from].chars().next_back().filter(|c| language::is_han(*c));
    let asks = before.is_some_and(|before| clause[from..to].contains(before));
    !asks && !AFTER.iter().any(|after| clause[to..].trim_start().starts_with(after))
}

/// "不要超过100": a bound, and nothing that is not wanted.
fn unwanted_is_a_number(unwanted: &[String]) -> bool {
    unwanted.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

fn taken(text: &str, phrases: &[&str]) -> (bool, String) {
    let rest = phrases.iter().fold(text.to_owned(), |rest, phrase| without(&rest, phrase));
    (rest != text, rest)
}

/// The words that tell what is looked for.
fn own_words(text: &str, priced: bool, recipients: &[&'static Recipient]) -> Vec<String> {
    let bare = FORMS
        .iter()
        .fold(text.to_owned(), |rest, form| if form.is_ascii() { without(&rest, form) } else { rest });
    let of_people: Vec<String> =
        recipients.iter().flat_map(|one| one.words()).flat_map(|word| terms(word)).collect();
    let mut words = telling(&bare);
    for word in &mut words {
        // What is of wood is called by its tree: 榉木.
        if ["木头", "木质", "木制"].contains(&word.as_str()) {
            "木".clone_into(word);
        }
    }
    words.retain(|word| !FORMS.contains(&word.as_str()) && !of_people.contains(word));
    if priced {
        words.retain(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
    }
    words
}
