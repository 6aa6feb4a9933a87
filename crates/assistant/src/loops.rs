//! Going round in circles: the same question again, the same answer again, "that did not help".
//!
//! Another way is tried once; then a person is offered; then one is asked for.

use domain::{Exchange, Past, Rung};
use language::normal::{core, normalise};

use crate::clause::clauses;

/// How far round in a circle a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Round {
    /// Not at all.
    None,
    /// For the first time: another way is tried.
    Second,
    /// Again: a person is offered.
    Third,
    /// And again: a person is asked for.
    Beyond,
}

impl Round {
    const fn after(times: usize) -> Self {
        match times {
            0 => Self::None,
            1 => Self::Second,
            2 => Self::Third,
            _ => Self::Beyond,
        }
    }
}

const UNHELPED_ZH: &[&str] = &[
    "没用",
    "没有用",
    "不管用",
    "没帮助",
    "没有帮助",
    "没解决",
    "没有解决",
    "解决不了",
    "还是不行",
    "还是不懂",
    "还是不明白",
    "还是不会",
    "不是这个意思",
    "不是我要的",
    "不是我问的",
    "我问的不是这个",
    "我不是问这个",
    "答非所问",
    "看不懂",
    "没看懂",
    "听不懂",
    "不对",
    "你没回答我",
    "没有回答我的问题",
    "没回答我的问题",
    "试过了",
    "试过了不行",
    "这个我知道",
    "我知道了但是没用",
    "还是没用",
    "还是没解决",
    "没明白",
    "不明白",
    "你没懂",
    "你没听懂",
    "你没明白",
    "不是这样的",
    "说了等于没说",
    "废话",
];
const UNHELPED_EN: &[&str] = &[
    "that didnt help",
    "that did not help",
    "it didnt help",
    "didnt help",
    "still doesnt help",
    "that doesnt help",
    "doesnt help",
    "not helpful",
    "this is not helpful",
    "that is not helpful",
    "thats not helpful",
    "no help",
    "useless",
    "still doesnt work",
    "still not working",
    "it still doesnt work",
    "that doesnt work",
    "doesnt work",
    "thats not what i asked",
    "that is not what i asked",
    "not what i asked",
    "not what i meant",
    "thats not what i meant",
    "that is not what i meant",
    "you didnt answer my question",
    "you did not answer my question",
    "i dont understand",
    "i still dont understand",
    "that doesnt answer my question",
    "wrong answer",
    "thats wrong",
    "that is wrong",
    "i tried that",
    "i already tried that",
    "ive tried that",
    "tried that",
    "i know that already",
    "i already know that",
    "you dont understand",
    "thats not it",
];
/// What may stand around it.
const AROUND: &[&str] = &[
    "还是",
    "但是",
    "可是",
    "但",
    "这个",
    "这",
    "那",
    "你说的",
    "你",
    "都",
    "根本",
    "完全",
    "but ",
    "sorry ",
    "no ",
    "it ",
    "this ",
    "that ",
];

/// Whether this says that the last answer did not help, and nothing else.
pub(crate) fn unhelped(said: &str) -> bool {
    let pieces = clauses(said);
    !pieces.is_empty()
        && pieces.len() <= 3
        && pieces.iter().any(|piece| is_unhelped(piece))
        && pieces.iter().all(|piece| is_unhelped(piece) || is_filler(piece))
}

fn is_unhelped(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['啊', '呀', '呢', '吧', '了', '的']).trim();
    let within = AROUND
        .iter()
        .fold(bare.to_owned(), |text, word| text.strip_prefix(word).map_or(text.clone(), str::to_owned));
    [piece, bare, within.trim()].iter().any(|said| UNHELPED_ZH.contains(said) || UNHELPED_EN.contains(said))
}

fn is_filler(piece: &str) -> bool {
    [
        "no", "sorry", "ok", "hm", "hmm", "不", "不是", "唉", "哎", "额", "嗯", "but", "well", "可是",
        "但是", "我",
    ]
    .contains(&piece)
}

/// The exchange that the customer is not helped by: the latest that answered a question of theirs.
pub(crate) fn in_question(past: &Past) -> Option<&Exchange> {
    let talked = |exchange: &&Exchange| {
        !matches!(exchange.rung, Some(Rung::Smalltalk | Rung::Handover) | None) && !unhelped(&exchange.asked)
    };
    since_person(past).rev().find(talked)
}

/// How often the customer said in a row that nothing helped.
pub(crate) fn unhelped_round(past: &Past) -> Round {
    Round::after(1 + since_person(past).rev().take_while(|exchange| unhelped(&exchange.asked)).count())
}

/// How often the same words were asked in a row before.
pub(crate) fn same_question(past: &Past, said: &str) -> Round {
    let words = core(said);
    if words.is_empty() {
        return Round::None;
    }
    let same = |exchange: &&Exchange| core(&exchange.asked) == words;
    Round::after(since_person(past).rev().take_while(same).count())
}

/// Whether these entries were the last answer too.
pub(crate) fn same_answer(past: &Past, used: &[domain::EntryId]) -> bool {
    let last = past.last().filter(|last| last.rung.is_some_and(Rung::answers));
    last.is_some_and(|last| !used.is_empty() && last.used == used)
}

/// Whether these words were the last two, so that a person must stand beside them.
pub(crate) fn said_twice(past: &Past, text: &str) -> bool {
    let same = |exchange: &&Exchange| normalise(&exchange.said) == normalise(text);
    past.exchanges.iter().rev().take_while(same).count() >= 2
}

/// The exchanges since a person was last asked for: a new start.
fn since_person(past: &Past) -> impl DoubleEndedIterator<Item = &Exchange> {
    let from =
        past.exchanges.iter().rposition(|exchange| matches!(exchange.rung, None | Some(Rung::Handover)));
    past.exchanges[from.map_or(0, |at| at + 1)..].iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Past {
        let exchange = |words: &&str| Exchange {
            asked: (*words).to_owned(),
            rung: Some(Rung::Exact),
            ..Exchange::default()
        };
        Past { exchanges: words.iter().map(exchange).collect() }
    }

    #[test]
    fn that_nothing_helped_is_heard_and_a_question_is_not_taken_for_it() {
        for said in [
            "没用",
            "还是没用啊",
            "这没用",
            "不是这个意思",
            "没解决",
            "That didn't help.",
            "still doesn't help",
            "no, that's not what I asked",
            "但是没用",
        ] {
            assert!(unhelped(said), "{said}");
        }
        for said in
            ["优惠券没用完怎么办", "怎么退货", "the lamp doesn't work, what now?", "不是质量问题能退吗", ""]
        {
            assert!(!unhelped(said), "{said}");
        }
    }

    #[test]
    fn rounds_are_counted_in_a_row_and_a_person_is_a_new_start() {
        assert_eq!(same_question(&asked(&["怎么退货"]), "怎么退货？"), Round::Second);
        assert_eq!(same_question(&asked(&["怎么退货", "怎么退货呢"]), "请问怎么退货"), Round::Third);
        assert_eq!(same_question(&asked(&["怎么退货", "运费多少"]), "怎么退货"), Round::None);
        assert_eq!(unhelped_round(&asked(&["怎么退货"])), Round::Second);
        assert_eq!(unhelped_round(&asked(&["怎么退货", "没用", "没用"])), Round::Beyond);
        let mut handed = asked(&["怎么退货", "怎么退货", "怎么退货"]);
        handed.exchanges[2].rung = Some(Rung::Handover);
        assert_eq!(same_question(&handed, "怎么退货"), Round::None);
    }
}
