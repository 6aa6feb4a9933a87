//! Shares of a whole in words: 三成, 百分之二十, 一半, a quarter off.

use super::source::{Source, numeral};
use crate::quantity::Unit;

/// Words for a share, in hundredths.
const WORDS: [(&str, i64); 13] = [
    ("一半", 50),
    ("半价", 50),
    ("对半", 50),
    ("减半", 50),
    ("half price", 50),
    ("half the", 50),
    ("half of", 50),
    ("halve", 50),
    ("quarter off", 25),
    ("third off", 33),
    ("a tenth", 10),
    ("一倍", 100),
    ("翻倍", 100),
];

/// The shares that a text in lower case says, in hundredths.
pub(super) fn shares(low: &str) -> Vec<i64> {
    let words = WORDS.iter().filter(|(word, _)| low.contains(word)).map(|(_, share)| *share);
    let tenths = low.match_indices('成').filter_map(|(at, _)| {
        let tenth = low[..at].chars().next_back()?;
        let share = "一二三四五六七八九".chars().position(|known| known == tenth)?;
        let next = low[at..].chars().nth(1);
        let other = next.is_some_and(|next| "功为了员立交分本熟果都年".contains(next));
        (!other).then(|| 10 * (i64::try_from(share).unwrap_or(0) + 1))
    });
    let hundredths = low.split("百分之").skip(1).filter_map(|rest| {
        let said: String = rest.chars().take_while(|c| "零一二两三四五六七八九十百".contains(*c)).collect();
        Some(numeral(&said)? / 1_000)
    });
    words.chain(tenths).chain(hundredths).collect()
}

/// A share that a source does not say, as such, in per cent or by what is left of it.
pub(super) fn lacking(low: &str, source: &Source) -> Option<i64> {
    let own = shares(low);
    if own.is_empty() {
        return None;
    }
    let there = shares(&source.text.low);
    let half = ["半", "half", "五折", "5折", "5 折"].iter().any(|word| source.text.low.contains(word));
    let says = |share: i64| {
        source.quantities.iter().any(|other| {
            let value: Option<i64> = other.value.parse().ok();
            other.unit == Unit::Percent
                && value.is_some_and(|value| [share, 100 - share].contains(&(value / 1_000)))
        })
    };
    let doubled =
        ["双倍", "两倍", "加倍", "double", "twice"].iter().any(|word| source.text.low.contains(word));
    own.into_iter().find(|&share| {
        let said = there.contains(&share) || there.contains(&(100 - share)) || says(share);
        !(said || share == 50 && half || share == 100 && doubled)
    })
}
