//! One question back when two entries are about equally likely, and how its answer is understood.

use domain::{Exchange, Past, Rung};
use knowledge::Hit;
use language::normal::{core, normalise};

use crate::{decide::Decision, phrases::Phrases};

/// The second is about as likely as the first from this share of its probability on.
const NEAR: f32 = 0.6;
/// And a third is far behind below this share.
const FAR: f32 = 0.5;

/// What a customer took of what was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// This choice.
    One(String),
    /// All of them.
    All(Vec<String>),
    /// None of them.
    Neither,
}

/// Asks back instead of listing when two are about equally likely. Who was asked back just now is not asked again:
/// the likelier one is taken, and the other is offered beside it.
pub(crate) fn instead(decision: Decision, hits: &[Hit], past: &Past) -> Decision {
    if decision.rung != Rung::Suggest {
        return decision;
    }
    let asked_just_now = past.last().is_some_and(|last| last.rung == Some(Rung::Clarify));
    match decision.picks[..] {
        [first, ..] if asked_just_now => Decision {
            rung: rung_of(&hits[first]),
            reason: "asked_already",
            confidence: hits[first].probability,
            picks: vec![first],
        },
        [first, second, ref rest @ ..] if are_near(hits, first, second, rest) => Decision {
            rung: Rung::Clarify,
            reason: "equally_likely",
            confidence: (hits[first].probability + hits[second].probability).min(1.0),
            picks: vec![first, second],
        },
        _ => decision,
    }
}

pub(crate) fn rung_of(hit: &Hit) -> Rung {
    match hit.kind {
        domain::Kind::Answer => Rung::Exact,
        domain::Kind::Article => Rung::Composed,
    }
}

fn are_near(hits: &[Hit], first: usize, second: usize, rest: &[usize]) -> bool {
    let twins = hits[first].near_exact && hits[second].near_exact;
    let best = hits[first].probability;
    let (one, other) = (&hits[first], &hits[second]);
    if one.title == other.title || one.lang != other.lang {
        // Nobody could tell them apart, or only by the language.
        return false;
    }
    let third_is_far = rest.iter().all(|&at| hits[at].probability < best * FAR);
    (twins && rest.is_empty()) || (hits[second].probability >= best * NEAR && third_is_far)
}

/// What a message takes of what was just offered; `None` if it is about something else.
pub(crate) fn picked(past: &Past, said: &str) -> Option<Pick> {
    let last = past.last().filter(|last| matches!(last.rung, Some(Rung::Clarify | Rung::Suggest)))?;
    let choices = choices(last);
    if choices.is_empty() {
        return None;
    }
    let words = spoken(said);
    if let Some(tapped) = choices.iter().find(|choice| core(choice) == core(said)) {
        return Some(Pick::One((*tapped).clone()));
    }
    if ALL.contains(&words.as_str()) && choices.len() > 1 {
        return Some(Pick::All(choices.into_iter().cloned().collect()));
    }
    if NEITHER.contains(&words.as_str()) {
        return Some(Pick::Neither);
    }
    let place = place(&words, choices.len())?;
    choices.get(place).map(|choice| Pick::One((*choice).clone()))
}

/// Whether these words only point at a choice.
pub(crate) fn is_place(said: &str) -> bool {
    let words = spoken(said);
    let clear = words.chars().nth(1).is_some();
    clear && [FIRST, SECOND, THIRD, LAST].iter().any(|list| list.contains(&words.as_str()))
}

/// What was offered beside a person.
pub(crate) fn choices(last: &Exchange) -> Vec<&String> {
    last.offered.iter().filter(|choice| !Phrases::is_person_button(choice)).collect()
}

/// Without what surrounds an ordinal: 我要第一个吧 → 第一个.
fn spoken(said: &str) -> String {
    let text = normalise(said);
    let text = [
        "我想问的是",
        "我问的是",
        "我是说",
        "我要",
        "我选",
        "选",
        "是",
        "就",
        "i mean",
        "i meant",
        "its",
        "it is",
        "it s",
    ]
    .iter()
    .find_map(|word| text.strip_prefix(word))
    .unwrap_or(&text)
    .trim();
    text.trim_end_matches(['吧', '啊', '呢', '哦', '的']).trim_end_matches(" please").trim().to_owned()
}

const ALL: &[&str] = &[
    "都要",
    "都是",
    "都想知道",
    "都想问",
    "两个都要",
    "两个都",
    "两个都是",
    "全部",
    "都",
    "both",
    "both of them",
    "all",
    "all of them",
];
const NEITHER: &[&str] = &[
    "都不是",
    "都不对",
    "不是",
    "不对",
    "没有",
    "没一个对",
    "都不",
    "不是这些",
    "不是这个",
    "neither",
    "none",
    "none of them",
    "none of these",
    "no",
    "nope",
    "neither of them",
    "not that",
    "not these",
    "no none",
];
const FIRST: &[&str] = &[
    "第一个",
    "第一",
    "第1个",
    "第1",
    "1",
    "一",
    "前者",
    "前面那个",
    "前一个",
    "前面",
    "上面那个",
    "上面",
    "上一个",
    "the first one",
    "the first",
    "first",
    "first one",
    "1st",
    "the former",
    "former",
    "one",
    "a",
    "option 1",
];
const SECOND: &[&str] = &[
    "第二个",
    "第二",
    "第2个",
    "第2",
    "2",
    "二",
    "the second one",
    "the second",
    "second",
    "second one",
    "2nd",
    "two",
    "b",
    "option 2",
];
const THIRD: &[&str] = &[
    "第三个",
    "第三",
    "第3个",
    "第3",
    "3",
    "三",
    "the third one",
    "the third",
    "third",
    "third one",
    "3rd",
    "three",
    "c",
    "option 3",
];
const LAST: &[&str] = &[
    "后者",
    "后面那个",
    "后一个",
    "后面",
    "下面那个",
    "下面",
    "最后一个",
    "the last one",
    "the last",
    "last",
    "last one",
    "the latter",
    "latter",
];
const YES: &[&str] = &[
    "对",
    "对",
    "是",
    "嗯",
    "没错",
    "是这个",
    "对对",
    "yes",
    "yep",
    "yeah",
    "right",
    "exactly",
    "that one",
    "correct",
    "yes it is",
    "sure",
];

fn place(words: &str, count: usize) -> Option<usize> {
    let lists = [(FIRST, 0), (SECOND, 1), (THIRD, 2), (LAST, count - 1)];
    let said = lists.into_iter().find(|(list, _)| list.contains(&words)).map(|(_, place)| place);
    said.or((count == 1 && (YES.contains(&words) || words.is_empty())).then_some(0))
}

/// Whether this takes the person that was just offered: "yes" after "shall I fetch someone?".
pub(crate) fn takes_person(past: &Past, said: &str) -> bool {
    let Some(last) = past.last() else { return false };
    let offered = last.rung == Some(Rung::Refuse)
        && last.offered.iter().any(|choice| Phrases::is_person_button(choice));
    let words = normalise(said);
    let words = words.trim_end_matches(['的', '吧', '啊', '呀', '哦', '了']).trim();
    offered && TAKES.contains(&words)
}

const TAKES: &[&str] = &[
    "好",
    "好好",
    "要",
    "可以",
    "行",
    "嗯",
    "对",
    "是",
    "需要",
    "转",
    "转人",
    "麻烦",
    "那就转",
    "好谢谢",
    "好 谢谢",
    "可以 谢谢",
    "嗯嗯",
    "帮我转",
    "请转",
    "yes",
    "yes please",
    "ok",
    "okay",
    "sure",
    "please",
    "please do",
    "yeah",
    "yep",
    "do it",
    "go ahead",
    "yes thanks",
    "ok thanks",
    "yes thank you",
    "that would be great",
    "sounds good",
    "all right",
    "alright",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn past(rung: Rung, offered: &[&str]) -> Past {
        let offered = offered.iter().map(|&choice| choice.to_owned()).collect();
        Past { exchanges: vec![Exchange { rung: Some(rung), offered, ..Exchange::default() }] }
    }

    #[test]
    fn a_choice_is_taken_by_tap_by_place_or_by_neither() {
        let one = |text: &str| Some(Pick::One(text.to_owned()));
        let zh = past(Rung::Clarify, &["怎么退货", "怎么换货", "转人工"]);
        for said in ["第一个", "前者", "1", "我要第一个吧", "怎么退货", "怎么退货？"] {
            assert_eq!(picked(&zh, said), one("怎么退货"), "{said}");
        }
        for said in ["第二个", "后者", "2", "怎么换货"] {
            assert_eq!(picked(&zh, said), one("怎么换货"), "{said}");
        }
        assert_eq!(picked(&zh, "都不是"), Some(Pick::Neither));
        assert!(matches!(picked(&zh, "两个都要"), Some(Pick::All(both)) if both.len() == 2));
        assert_eq!(picked(&zh, "运费多少"), None);
        let en = past(Rung::Suggest, &["Returns", "Exchanges", "Talk to a person"]);
        assert_eq!(picked(&en, "The first one, please"), one("Returns"));
        assert_eq!(picked(&en, "the latter"), one("Exchanges"));
        assert_eq!(picked(&en, "the third"), None);
        assert_eq!(picked(&past(Rung::Exact, &["Returns"]), "the first one"), None);
        assert_eq!(picked(&past(Rung::Suggest, &["Returns", "Talk to a person"]), "yes"), one("Returns"));
    }

    #[test]
    fn yes_after_the_offer_of_a_person_takes_it() {
        let refused = past(Rung::Refuse, &["转人工"]);
        assert!(
            takes_person(&refused, "好的")
                && takes_person(&refused, "要")
                && takes_person(&refused, "Yes, please")
        );
        assert!(!takes_person(&refused, "不用了") && !takes_person(&refused, "好的，那运费多少"));
        assert!(!takes_person(&past(Rung::Exact, &[]), "好的"));
    }
}
