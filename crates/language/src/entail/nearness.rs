//! How near one place of the source comes to all of a sentence, where every word may be said otherwise: the line, two
//! lines, clause by clause, and two words at a time.

use super::{
    matched::Matched,
    source::Source,
    words::{Text, Word},
};
use crate::embed::Meaning;

/// How near the nearest place is.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    /// How much the nearest line has, each word by what is closest to it there.
    pub(super) line: f32,
    /// How much it has more than the second.
    pub(super) ahead: f32,
    /// How much two lines that stand beside each other have.
    pub(super) two: f32,
    /// What weighs most and second most of what they lack.
    pub(super) lacks: [f32; 2],
    /// The same as the first two by clauses: the worst, and all by weight.
    pub(super) clause: [f32; 2],
    /// The direction of each clause against that of the closest: the worst, and all by weight.
    pub(super) direction: [f32; 2],
    /// Two words beside each other against the closest two: the farthest by weight, and all.
    pub(super) pairs: [f32; 2],
    /// Which line is the nearest.
    pub(super) place: Option<usize>,
}

/// Below this a word is said by chance.
const CHANCE: f32 = 0.25;
/// Clauses that tell less say nothing by themselves.
const TELLS: f32 = 0.25;
/// Telling words beyond so many are not looked at.
const MOST: usize = 60;

/// Looks for the nearest places.
pub(super) fn near(text: &Text, source: &Source, matched: &Matched<'_>) -> Near {
    let words = &text.words;
    let telling: Vec<usize> = (0..words.len()).filter(|&at| words[at].tells()).take(MOST).collect();
    let mass = telling.iter().map(|&at| words[at].weight).sum::<f32>();
    if mass <= 0.0 || source.lines.is_empty() {
        return Near {
            line: 1.0,
            two: 1.0,
            clause: [1.0; 2],
            direction: [1.0; 2],
            pairs: [0.0, 1.0],
            ..Near::default()
        };
    }
    let by_line = best(&telling, matched, source, source.lines.len(), |word| word.sentence as usize);
    let by_clause = best(&telling, matched, source, source.text.clauses.len(), |word| word.clause as usize);
    let share = |line: usize| {
        let have: f32 = telling.iter().zip(&by_line).map(|(&at, near)| words[at].weight * near[line]).sum();
        have / mass * if source.lines[line].asks { 0.8 } else { 1.0 }
    };
    let shares: Vec<f32> = (0..source.lines.len()).map(share).collect();
    let place = (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]).then(b.cmp(&a)));
    let second =
        (0..shares.len()).filter(|line| Some(*line) != place).map(|line| shares[line]).fold(0.0, f32::max);
    let window = |line: usize, word: usize| {
        by_line[word][line].max(by_line[word].get(line + 1).copied().unwrap_or(0.0))
    };
    let both = |line: usize| {
        let have: f32 =
            telling.iter().enumerate().map(|(word, &at)| words[at].weight * window(line, word)).sum();
        have / mass
    };
    let wide = (0..shares.len())
        .map(|line| (both(line), line))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (two, at) = wide.unwrap_or_default();
    let mut lacks: Vec<f32> =
        telling.iter().enumerate().map(|(word, &own)| words[own].weight * (1.0 - window(at, word))).collect();
    lacks.sort_by(|a, b| b.total_cmp(a));
    Near {
        line: place.map_or(0.0, |place| shares[place]),
        ahead: place.map_or(0.0, |place| shares[place]) - second,
        two,
        lacks: [lacks.first().copied().unwrap_or(0.0), lacks.get(1).copied().unwrap_or(0.0)],
        clause: clauses(text, &telling, &by_clause),
        direction: directions(text, source),
        pairs: pairs(text, &telling, source),
        place,
    }
}

/// For each telling word how close the closest word of each group of the source is.
fn best(
    telling: &[usize],
    matched: &Matched<'_>,
    source: &Source,
    groups: usize,
    group: impl Fn(&Word) -> usize,
) -> Vec<Vec<f32>> {
    let of = |&at: &usize| {
        let mut near = vec![0.0_f32; groups];
        for (known, &closeness) in matched.words[at].all.iter().enumerate() {
            if closeness < CHANCE {
                continue;
            }
            let places = &source.known[known].places;
            if source.heads(places) {
                for near in &mut near {
                    *near = near.max(closeness);
                }
            }
            for &place in places {
                let near = &mut near[group(&source.text.words[place as usize])];
                *near = near.max(closeness);
            }
        }
        near
    };
    telling.iter().map(of).collect()
}

/// How much of each clause the clause has that has most: of the worst, and of all.
fn clauses(text: &Text, telling: &[usize], near: &[Vec<f32>]) -> [f32; 2] {
    let found = text.clauses.iter().filter_map(|clause| {
        let own: Vec<usize> = (0..telling.len()).filter(|&word| clause.contains(&telling[word])).collect();
        let mass: f32 = own.iter().map(|&word| text.words[telling[word]].weight).sum();
        let share = |other: usize| {
            own.iter().map(|&word| text.words[telling[word]].weight * near[word][other]).sum::<f32>() / mass
        };
        let others = near.first().map_or(0, Vec::len);
        (mass > TELLS).then(|| (mass, (0..others).map(share).fold(0.0, f32::max)))
    });
    worst_and_mean(found)
}

/// How close the direction of each clause comes to the closest of the source.
fn directions(text: &Text, source: &Source) -> [f32; 2] {
    let found = text.clauses.iter().filter_map(|clause| {
        let (meaning, mass) = direction(&text.words[clause.clone()])?;
        let nearest =
            source.directions.iter().flatten().map(|other| meaning.closeness(other)).fold(0.0, f32::max);
        (mass > TELLS).then_some((mass, nearest))
    });
    worst_and_mean(found)
}

fn worst_and_mean(found: impl Iterator<Item = (f32, f32)>) -> [f32; 2] {
    let (mut worst, mut sum, mut all) = (1.0_f32, 0.0, 0.0);
    for (mass, value) in found {
        (worst, sum, all) = (worst.min(value), sum + mass * value, all + mass);
    }
    [worst, if all > 0.0 { sum / all } else { 1.0 }]
}

/// Where the telling words of a clause point, and how much they tell.
pub(super) fn direction(words: &[Word]) -> Option<(Meaning, f32)> {
    let telling = || words.iter().filter(|word| word.tells());
    let meaning =
        Meaning::between(telling().filter_map(|word| Some((word.meaning.as_deref()?, word.weight))))?;
    Some((meaning, telling().map(|word| word.weight).sum()))
}

/// Where two telling words beside each other point together.
pub(super) fn pair(a: &Word, b: &Word) -> Option<Meaning> {
    let of = [a, b].into_iter().filter_map(|word| Some((word.meaning.as_deref()?, word.weight)));
    Meaning::between(of)
}

fn pairs(text: &Text, telling: &[usize], source: &Source) -> [f32; 2] {
    let (mut farthest, mut sum, mut all) = (0.0_f32, 0.0, 0.0);
    for two in telling.windows(2) {
        let [a, b] = [&text.words[two[0]], &text.words[two[1]]];
        let Some(meaning) = pair(a, b).filter(|_| a.clause == b.clause) else { continue };
        let weight = a.weight + b.weight;
        let nearest = source.pairs.iter().map(|other| meaning.closeness(other)).fold(0.0, f32::max);
        farthest = farthest.max(weight * (1.0 - nearest));
        (sum, all) = (sum + weight * nearest, all + weight);
    }
    [farthest, if all > 0.0 { sum / all } else { 1.0 }]
}
