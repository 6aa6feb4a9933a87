//! Whether a quantity is said of what the source says it of: "breakfast costs 20" where the source has breakfast for
//! 14 and dogs for 20.

use super::{
    matched::Matched,
    source::Source,
    words::{Text, Word},
};
use crate::quantity::{Quantity, Unit};

/// How the worst quantity of a sentence is tied to what stands around it.
#[derive(Debug, Clone)]
pub(super) struct Tied {
    /// How much of what it is said of stands around it in the source, from 0 to 1.
    pub(super) own: f32,
    /// How much more of it stands around another value of the same unit; 0 where less does.
    pub(super) rival: f32,
    /// The same where the rival lacks some words too.
    pub(super) softly: f32,
    /// The quantity that another value ousts.
    pub(super) ousted: Option<Quantity>,
    /// Quantities whose limit is turned round: at least for at most.
    pub(super) turned: f32,
}

/// From here on another value is what was meant.
const OUSTS: f32 = 0.25;
/// Quantities beyond so many are not looked at.
const MOST: usize = 24;

/// Ties each quantity of a sentence to its surroundings.
pub(super) fn tie(text: &Text, source: &Source, matched: &Matched<'_>) -> Tied {
    let mut tied = Tied { own: 1.0, rival: 0.0, softly: 0.0, ousted: None, turned: 0.0 };
    for (quantity, at) in text.stated.iter().take(MOST) {
        let about = about(text, *at, matched);
        let same = |other: &Quantity| other.unit == quantity.unit && other.value == quantity.value;
        let said = |other: &Quantity| {
            text.stated.iter().any(|(own, _)| own.unit == other.unit && own.value == other.value)
        };
        let next = |words: &[Word], at: usize| words.get(at + 1).map(|word| word.text.clone());
        let places = source.text.stated.iter().take(4 * MOST);
        let places = places.filter(|(other, place)| {
            let counts =
                other.unit != Unit::Number || next(&text.words, *at) == next(&source.text.words, *place);
            same(other) || other.unit == quantity.unit && counts && !said(other)
        });
        let (own, rivals): (Vec<_>, Vec<_>) = places.partition(|(other, _)| same(other));
        let near = |place: usize| -> Vec<f32> { nearness(&about, text, source, place, quantity.unit) };
        let own: Vec<(usize, Vec<f32>)> = own.into_iter().map(|(_, place)| (*place, near(*place))).collect();
        if own.is_empty() || about.is_empty() {
            continue;
        }
        let mass: f32 = about.iter().map(|(word, _)| text.words[*word].weight).sum();
        let best = own.iter().map(|(_, near)| near.iter().sum::<f32>() / mass.max(0.3)).fold(0.0, f32::max);
        tied.own = tied.own.min(best);
        let limits =
            own.iter().map(|(place, _)| [limit(&text.words, *at), limit(&source.text.words, *place)]);
        let mut turned = limits.map(|limits| matches!(limits, [Some(here), Some(there)] if here != there));
        tied.turned += f32::from(u8::from(turned.all(|turned| turned)));
        // The rival that says least more than the place that the quantity may well be from counts.
        let ahead = |rival: &[f32], own: &[f32]| {
            let (gain, loss) =
                rival.iter().zip(own).fold((0.0_f32, 0.0_f32), |(gain, loss), (rival, own)| {
                    (gain + (rival - own).max(0.0), loss + (own - rival).max(0.0))
                });
            [if gain > 3.0 * loss { gain - loss } else { 0.0 }, (gain - loss).max(0.0)]
        };
        let ousts = |rival: &[f32]| {
            own.iter()
                .map(|(_, own)| ahead(rival, own))
                .fold([f32::INFINITY; 2], |a, b| [a[0].min(b[0]), a[1].min(b[1])])
        };
        let [most, softly] = rivals
            .iter()
            .map(|(_, place)| ousts(&near(*place)))
            .fold([0.0_f32; 2], |a, b| [a[0].max(b[0]), a[1].max(b[1])]);
        tied.softly = tied.softly.max(softly);
        if most > tied.rival {
            tied.rival = most;
            tied.ousted = (most > OUSTS).then(|| quantity.clone());
        }
    }
    tied
}

/// The telling words of a quantity's clause that the source has, and which of the source's words each is; of the clause
/// before where it has none of its own.
fn about(text: &Text, at: usize, matched: &Matched<'_>) -> Vec<(usize, usize)> {
    let of = |clause: &std::ops::Range<usize>| -> Vec<(usize, usize)> {
        clause
            .clone()
            .filter(|&word| text.words[word].tells() && matched.words[word].closeness > 0.7)
            .filter_map(|word| Some((word, matched.words[word].known?)))
            .collect()
    };
    let Some(place) = text.clauses.iter().position(|clause| clause.contains(&at)) else { return Vec::new() };
    let own = of(&text.clauses[place]);
    let enough = own.iter().map(|(word, _)| text.words[*word].weight).sum::<f32>() > 0.3;
    let before = place.checked_sub(1).map(|before| &text.clauses[before]);
    // What a condition names is what the number is of: 养宠物的话，每 4 个月换一次.
    let counts = |clause: &std::ops::Range<usize>| text.stated.iter().any(|(_, at)| clause.contains(at));
    let before = before.filter(|before| {
        (!enough || !counts(before)) && text.words[before.start].sentence == text.words[at].sentence
    });
    before.map(of).unwrap_or_default().into_iter().chain(own).collect()
}

/// How much of each word stands around a place of the source: all in its clause, unless another quantity of the unit
/// stands between.
fn nearness(about: &[(usize, usize)], text: &Text, source: &Source, place: usize, unit: Unit) -> Vec<f32> {
    let here = &source.text.words[place];
    let between = |other: usize| {
        let (from, to) = (place.min(other), place.max(other));
        source.text.stated.iter().any(|(quantity, at)| quantity.unit == unit && from < *at && *at < to)
    };
    let near = |known: usize| {
        let share = source.known[known].places.iter().map(|&other| {
            let word = &source.text.words[other as usize];
            match () {
                () if word.clause == here.clause && !between(other as usize) => 1.0,
                () if word.clause == here.clause => 0.6,
                () if word.sentence == here.sentence => 0.4,
                () if word.sentence.abs_diff(here.sentence) == 1 => 0.25,
                () => 0.1,
            }
        });
        share.fold(0.0_f32, f32::max)
    };
    about.iter().map(|(word, known)| text.words[*word].weight * near(*known)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    Most,
    Least,
}

/// Words before a number that make it a limit.
const BEFORE: [(&str, Limit); 22] = [
    ("最多", Limit::Most),
    ("至多", Limit::Most),
    ("最长", Limit::Most),
    ("最高", Limit::Most),
    ("最大", Limit::Most),
    ("低于", Limit::Most),
    ("少于", Limit::Most),
    ("不足", Limit::Most),
    ("不到", Limit::Most),
    ("至少", Limit::Least),
    ("最少", Limit::Least),
    ("最低", Limit::Least),
    ("超过", Limit::Least),
    ("高于", Limit::Least),
    ("大于", Limit::Least),
    ("满", Limit::Least),
    ("upto", Limit::Most),
    ("atmost", Limit::Most),
    ("lessthan", Limit::Most),
    ("atleast", Limit::Least),
    ("morethan", Limit::Least),
    ("fewerthan", Limit::Most),
];
/// Words behind it.
const BEHIND: [(&str, Limit); 8] = [
    ("以内", Limit::Most),
    ("以下", Limit::Most),
    ("之内", Limit::Most),
    ("以上", Limit::Least),
    ("起", Limit::Least),
    ("ormore", Limit::Least),
    ("orless", Limit::Most),
    ("andabov", Limit::Least),
];

/// Whether a number is the most or the least: told by what stands right beside it; `None` where it is neither, or denied.
fn limit(words: &[Word], at: usize) -> Option<Limit> {
    let clause = words.get(at)?.clause;
    let joined = |range: std::ops::Range<usize>| -> String {
        words[range].iter().filter(|word| word.clause == clause).map(|word| word.text.as_str()).collect()
    };
    let before = joined(at.saturating_sub(4)..at);
    let near = joined(at.saturating_sub(2)..at);
    let behind = joined(at + 1..words.len().min(at + 4));
    let turned = ["不", "没", "未", "no", "not", "nt"].iter().any(|word| before.contains(word));
    let said = BEFORE
        .iter()
        .find(|(word, _)| near.ends_with(word))
        .or_else(|| BEHIND.iter().find(|(word, _)| behind.contains(word)))
        .map(|(_, limit)| *limit);
    match said {
        Some(Limit::Least) if turned => Some(Limit::Most),
        Some(Limit::Most) if turned => Some(Limit::Least),
        said => said,
    }
}

#[cfg(test)]
mod tests {
    use crate::entail::{Source, look};

    #[test]
    fn a_number_of_something_else_is_told_apart() {
        let source = "Breakfast costs £14 per adult. Dogs are welcome for £20 per stay.\n普通会员积分有效期 12 个月，金卡会员积分有效期 24 个月。";
        let ousted = |sentence: &str| !look(sentence, &Source::read(source)).1.quantities.is_empty();
        for lie in ["Breakfast is £20 per adult.", "普通会员的积分 24 个月有效。"] {
            assert!(ousted(lie), "{lie}");
        }
        for truth in ["Breakfast is £14 for adults.", "A dog costs £20.", "金卡会员的积分 24 个月有效。"]
        {
            assert!(!ousted(truth), "{truth}");
        }
    }
}
