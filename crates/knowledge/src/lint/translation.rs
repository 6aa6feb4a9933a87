//! An entry's two languages: one is missing, or they do not say the same.

use domain::{Kind as EntryKind, Lang};
use jiff::civil::Date;
use language::detect::{self, Language};
use language::quantity::{self, Quantity, quantities};

use super::{
    finding::{Finding, Kind, Place, Said},
    same::{Why, contradiction},
    shop::{Shop, Text},
    stance::stance,
};

/// A language counts as spoken here if one entry in so many has it.
const SPOKEN: usize = 10;

/// Missing languages, and languages that disagree.
pub(super) fn check(shop: &Shop<'_>, today: Date) -> Vec<Finding> {
    let entries = shop.by_id.len();
    let spoken = |lang: Lang| {
        let has =
            shop.texts.iter().filter(|text| text.lang == lang && !text.answer().trim().is_empty()).count();
        has > 0 && has * SPOKEN >= entries
    };
    let both = Lang::ALL.into_iter().all(spoken);
    let mut ids: Vec<&String> = shop.by_id.keys().collect();
    ids.sort();
    ids.into_iter()
        .flat_map(|id| {
            let texts: Vec<&Text> = shop.by_id[id].iter().map(|&at| &shop.texts[at]).collect();
            if both { of_entry(&texts, today) } else { Vec::new() }
        })
        .collect()
}

fn of_entry(texts: &[&Text], today: Date) -> Vec<Finding> {
    let told: Vec<&&Text> = texts.iter().filter(|text| !text.answer().trim().is_empty()).collect();
    match told.as_slice() {
        [only] => vec![missing(only)],
        [one, other] => untranslated(one)
            .or_else(|| untranslated(other))
            .or_else(|| shorter(one, other))
            .or_else(|| disagree(one, other, today))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn missing(text: &Text) -> Finding {
    let said = match text.lang {
        Lang::Zh => [
            Said::new("只有中文，没有英文。", "It is there in Chinese only."),
            Said::new(
                "补上英文的标题、问法和答案；用英文提问的顾客现在只能看到中文。",
                "Add an English title, phrasings and answer; who asks in English now gets Chinese.",
            ),
        ],
        Lang::En => [
            Said::new("只有英文，没有中文。", "It is there in English only."),
            Said::new(
                "补上中文的标题、问法和答案；用中文提问的顾客现在只能看到英文。",
                "Add a Chinese title, phrasings and answer; who asks in Chinese now gets English.",
            ),
        ],
    };
    text.finding(Kind::MissingTranslation, Place::Entry, text.title(), &[text.answer()], said)
}

/// The answer under one language is written in the other.
fn untranslated(text: &Text) -> Option<Finding> {
    let wrong = match (text.lang, detect::detect(text.answer())) {
        (Lang::Zh, Language::En) => text.answer().split_whitespace().nth(3).is_some(),
        (Lang::En, Language::Zh) => text.answer().chars().filter(|&c| language::is_han(c)).nth(5).is_some(),
        _ => false,
    };
    let said = [
        Said::new(
            text.lang.pick("中文栏里的答案是英文。", "英文栏里的答案是中文。"),
            text.lang.pick(
                "The Chinese answer is written in English.",
                "The English answer is written in Chinese.",
            ),
        ),
        Said::new("译成这一栏的语言。", "Translate it into the language it stands under."),
    ];
    wrong.then(|| text.finding(Kind::MissingTranslation, Place::Answer, text.answer(), &[], said))
}

/// An article has a section in one language that the other lacks.
fn shorter(one: &Text, other: &Text) -> Option<Finding> {
    if one.entry.kind != EntryKind::Article {
        return None;
    }
    let (ours, theirs) = (parts(one).len(), parts(other).len());
    let (less, few, many) = if ours < theirs { (one, ours, theirs) } else { (other, theirs, ours) };
    let said = [
        Said::new(
            format!("{}只有 {few} 节，另一种语言有 {many} 节。", less.lang.pick("中文", "英文")),
            format!(
                "{} has {few} sections, the other language {many}.",
                less.lang.pick("Chinese", "English")
            ),
        ),
        Said::new("补上缺少的小节。", "Add the sections that are missing."),
    ];
    let about = [one.answer(), other.answer()];
    (ours != theirs)
        .then(|| less.finding(Kind::MissingTranslation, Place::Answer, less.title(), &about, said))
}

fn disagree(one: &Text, other: &Text, today: Date) -> Option<Finding> {
    for ((a, b), (c, d)) in parts(one).into_iter().zip(parts(other)) {
        let (ours, theirs) = (&one.answer()[a..b], &other.answer()[c..d]);
        if let Some(conflict) = quantity::conflict(&quantities(ours, today), &quantities(theirs, today)) {
            let by = |quantity: Quantity, by: usize| Quantity {
                at: quantity.at + by,
                end: quantity.end + by,
                ..quantity
            };
            let why = Why::Quantity(by(conflict.ours, a), by(conflict.theirs, c));
            return Some(contradiction(one, other, &why));
        }
    }
    match (stance(one.answer(), one.lang), stance(other.answer(), other.lang)) {
        (Some(ours), Some(theirs)) if ours != theirs => Some(contradiction(one, other, &Why::YesNo)),
        _ => None,
    }
}

/// Where the parts of an answer begin and end: an article's sections, else the whole.
fn parts(text: &Text) -> Vec<(usize, usize)> {
    let answer = text.answer();
    if text.entry.kind != EntryKind::Article {
        return vec![(0, answer.len())];
    }
    let mut begins: Vec<usize> = answer.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    begins.insert(0, 0);
    let ends = begins.iter().skip(1).copied().chain([answer.len()]).collect::<Vec<_>>();
    let filled = |&(from, to): &(usize, usize)| !answer[from..to].trim().is_empty();
    begins.into_iter().zip(ends).filter(filled).collect()
}
