//! How a sentence stands to its source, in numbers that a forest can weigh.
// long because: one list of values, each a few lines

use super::{
    clauses, edits,
    figures::Figures,
    kinds,
    lists::{CONDITIONS, Concept, HEDGES, concepts, opposites},
    manner::{MANNERS, manners},
    matched::{Matched, Matches},
    nearness,
    polarity::Polarity,
    rivals::Tied,
    source::Source,
    words::{Role, Script, Text, Word},
};
use crate::embed::{self, Meaning};

/// The names of the values, in their order.
pub const NAMES: &[&str] = &[
    "words",
    "source words",
    "source lines",
    "chinese",
    "languages differ",
    "numbers",
    "covered",
    "covered softly",
    "best line covered",
    "two lines covered",
    "best line softly",
    "farthest",
    "farthest weight",
    "farthest closeness",
    "second farthest",
    "third farthest",
    "missing",
    "missing telling words",
    "missing nouns",
    "missing verbs",
    "missing names",
    "worst clause",
    "worst clause closeness",
    "longest missing",
    "neighbours",
    "order",
    "letters in a row",
    "closeness to a line",
    "closeness to all",
    "denied here only",
    "denied there only",
    "denials here",
    "denials there",
    "parity differs",
    "parity differs covered",
    "opposites",
    "opposites in place",
    "concepts added",
    "free added",
    "refund added",
    "compensation added",
    "discount added",
    "coupon added",
    "gift added",
    "guarantee added",
    "lifetime added",
    "always added",
    "full added",
    "legal added",
    "at once added",
    "visit added",
    "double added",
    "upgrade added",
    "concepts added to line",
    "condition lost",
    "condition added",
    "hedge lost",
    "hedge added",
    "numbers bound",
    "numbers lacking",
    "replaced in place",
    "replaced closeness",
    "replaced weight",
    "line asks only",
    "best line words",
    "source said no",
    "sentence says no",
    "sentence says yes",
    "second half covered",
    "first words covered",
    "latin missing",
    "soft sum",
    "farthest noun",
    "clauses",
    "denied here",
    "whole closeness minus covered",
    "except here",
    "except there",
    "opposites soft",
    "missing at .6",
    "missing at .45",
    "missing at .9",
    "synonyms",
    "numbers beside",
    "clause worst",
    "clause mean",
    "clause beside",
    "clause fullness",
    "numbers own",
    "numbers rival",
    "limits turned",
    "swapped",
    "swapped closeness",
    "ahead here only",
    "ahead there only",
    "near line",
    "near line ahead",
    "near two lines",
    "near lacks",
    "near lacks second",
    "near clause worst",
    "near clause",
    "near direction worst",
    "near direction",
    "pair farthest",
    "pairs near",
    "numbers in line",
    "others of a kind",
    "others of a kind in line",
    "others of a kind moved",
    "numbers rival softly",
    "sweeping here only",
    "sweeping there only",
    "too here only",
    "too there only",
    "favour here only",
    "favour there only",
    "permitted here only",
    "permitted there only",
    "not needed here only",
    "not needed there only",
    "only way here only",
    "only way there only",
    "to pay here only",
    "to pay there only",
    "regret here only",
    "regret there only",
    "room here only",
    "room there only",
    "denies here only",
    "denies there only",
    "edits kept",
    "edits kept worst",
    "exchanged",
    "exchanged closely",
    "strange in place",
    "strange closeness",
    "moved here",
    "dropped within",
    "poles turned",
    "poles turned closely",
    "pole added",
    "subject elsewhere",
];

/// The values of one sentence against its source.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn of(
    sentence: &str,
    text: &Text,
    source: &Source,
    figures: &Figures,
    matched: &Matched<'_>,
    tied: &Tied,
) -> Vec<f32> {
    let words = &text.words;
    let telling: Vec<usize> = (0..words.len()).filter(|&at| words[at].tells()).collect();
    let mass = telling.iter().map(|&at| words[at].weight).sum::<f32>().max(1e-3);
    let sum =
        |of: &dyn Fn(usize) -> f32| telling.iter().map(|&at| words[at].weight * of(at)).sum::<f32>() / mass;
    let exact = |at: usize| f32::from(u8::from(matched.words[at].exact));
    let lines = matched.best_lines(words, source);
    let in_lines = |at: usize, most: usize| {
        lines
            .iter()
            .take(most)
            .filter_map(|line| matched.in_line(at, &source.lines[*line].words))
            .fold(0.0_f32, f32::max)
    };
    let best = lines.first().copied();
    let evidence: Vec<std::ops::Range<usize>> =
        lines.iter().take(2).map(|&line| source.lines[line].words.clone()).collect();

    let mut lacking: Vec<(f32, usize)> =
        telling.iter().map(|&at| (words[at].weight * (1.0 - matched.words[at].closeness), at)).collect();
    lacking.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let nth = |at: usize| lacking.get(at).map_or(0.0, |lack| lack.0);
    let farthest = lacking.first().filter(|lack| lack.0 > 0.0).map(|lack| lack.1);
    let missing = |at: usize| matched.words[at].closeness < 0.75;
    let missing_of = |of: &dyn Fn(&Word) -> bool| {
        telling.iter().filter(|&&at| missing(at) && of(&words[at])).map(|&at| words[at].weight).sum::<f32>()
    };

    let missing_at = |line: f32| {
        telling
            .iter()
            .filter(|&&at| matched.words[at].closeness < line)
            .map(|&at| words[at].weight)
            .sum::<f32>()
            / mass
    };
    let shares: Vec<(f32, f32)> = text
        .clauses
        .iter()
        .filter_map(|clause| {
            let own: Vec<usize> = clause.clone().filter(|&at| words[at].tells()).collect();
            let mass = own.iter().map(|&at| words[at].weight).sum::<f32>();
            let of = |value: &dyn Fn(usize) -> f32| {
                own.iter().map(|&at| words[at].weight * value(at)).sum::<f32>() / mass
            };
            (mass > 0.25).then(|| (of(&exact), of(&|at| matched.words[at].closeness)))
        })
        .collect();
    let worst = shares.iter().copied().fold((1.0_f32, 1.0_f32), |a, b| (a.0.min(b.0), a.1.min(b.1)));

    let embedder = embed::shipped();
    let whole = embedder.embed(sentence);
    let near = |other: Option<&Meaning>| whole.as_ref().zip(other).map_or(0.0, |(a, b)| a.closeness(b));
    let nearest_line = source.lines.iter().map(|line| near(line.meaning.as_ref())).fold(0.0_f32, f32::max);

    // A question denies nothing and states nothing: where a heading asks what the passage denies, the passage counts.
    let stated: Vec<std::ops::Range<usize>> = lines
        .iter()
        .take(2)
        .filter(|&&line| !source.lines[line].asks)
        .map(|&line| source.lines[line].words.clone())
        .collect();
    let polarity = Polarity::of(text, source, matched, if stated.is_empty() { &evidence } else { &stated });
    let aligned = clauses::align(words, &text.clauses, source, matched);
    let said = concepts(&text.low);
    let added = said & !source.concepts;
    let in_evidence = lines.iter().take(2).fold(0, |set, &line| set | source.lines[line].concepts);
    let line_added = said & !in_evidence;
    let one = |concept: Concept| f32::from(u8::from(added & concept.bit() > 0));
    let (opposed, opposed_in_place, opposed_soft) = opposed(words, source, matched, &evidence, &telling);
    let replaced = replaced(words, source, matched, &evidence);
    let has = |list: &[&str], words: &[Word]| words.iter().any(|word| list.contains(&word.text.as_str()));
    let there = |list: &[&str]| evidence.iter().any(|range| has(list, &source.text.words[range.clone()]));
    let here = |list: &[&str]| has(list, words);
    let only = |a: bool, b: bool| f32::from(u8::from(a && !b));
    let except: &[&str] = &["除外", "以外", "除了", "除非", "except", "unless", "exclud", "other"];
    let bit = |is: bool| f32::from(u8::from(is));
    let covered = sum(&exact);
    let softly = sum(&|at| matched.words[at].closeness);
    let half = telling.len() / 2;
    let part = |of: &[usize]| {
        let mass = of.iter().map(|&at| words[at].weight).sum::<f32>();
        if mass > 0.0 {
            of.iter().map(|&at| words[at].weight * matched.words[at].closeness).sum::<f32>() / mass
        } else {
            1.0
        }
    };
    let lang_zh = words.iter().filter(|word| word.script == Script::Han).count() * 2 > words.len();
    let begins = |list: &[&str]| list.iter().any(|word| text.low.trim_start().starts_with(word));
    let source_no = lines.first().is_some_and(|&line| {
        source.text.words[source.lines[line].words.clone()].iter().take(3).any(|word| word.denial)
    });

    let nearest = nearness::near(text, source, matched);
    let line = nearest.place.map(|place| &source.lines[place]);
    let [own, other] = [manners(&text.low), line.map_or(0, |line| line.manners)];
    let manner = (0..MANNERS).flat_map(|at| {
        let [here, there] = [own, other].map(|set| set & 1 << at > 0);
        [only(here, there), only(there, here)]
    });
    let no_line = kinds::Named::new();
    let others =
        kinds::others(&kinds::named(&text.low), &source.named, line.map_or(&no_line, |line| &line.named));
    let in_line = |place: usize| line.is_some_and(|line| line.words.contains(&place));
    let held = text.stated.iter().filter(|(quantity, _)| {
        let mut same = source
            .text
            .stated
            .iter()
            .filter(|(other, _)| other.unit == quantity.unit && other.value == quantity.value);
        same.any(|(_, place)| in_line(*place))
    });
    let held = if text.stated.is_empty() { -1.0 } else { held.count() as f32 / text.stated.len() as f32 };

    let mut values = vec![
        (telling.len() as f32).ln_1p(),
        (source.text.words.len() as f32).ln_1p(),
        (source.lines.len() as f32).ln_1p(),
        bit(lang_zh),
        bit(lang_zh != source.zh),
        figures.said as f32,
        covered,
        softly,
        sum(&|at| bit(in_lines(at, 1) >= 0.999)),
        sum(&|at| bit(in_lines(at, 2) >= 0.999)),
        sum(&|at| in_lines(at, 1)),
        nth(0),
        farthest.map_or(0.0, |at| words[at].weight),
        farthest.map_or(1.0, |at| matched.words[at].closeness),
        nth(1),
        nth(2),
        missing_of(&|_| true),
        missing_of(&|word| word.weight > 0.4),
        missing_of(&|word| word.role == Role::Noun),
        missing_of(&|word| word.role == Role::Verb),
        missing_of(&|word| word.named),
        worst.0,
        worst.1,
        longest_missing(words, matched),
        neighbours(words, &telling, matched, source),
        order(&telling, matched, &evidence),
        letters(&text.low, &source.text.low),
        nearest_line,
        near(source.meaning.as_ref()),
        polarity.here_only,
        polarity.there_only,
        polarity.here,
        polarity.there,
        polarity.parity,
        polarity.parity_covered,
        opposed,
        opposed_in_place,
        added.count_ones() as f32,
        one(Concept::Free),
        one(Concept::Refund),
        one(Concept::Compensation),
        one(Concept::Discount),
        one(Concept::Coupon),
        one(Concept::Gift),
        one(Concept::Guarantee),
        one(Concept::Lifetime),
        one(Concept::Always),
        one(Concept::Full),
        one(Concept::Legal),
        one(Concept::AtOnce),
        one(Concept::Visit),
        one(Concept::Double),
        one(Concept::Upgrade),
        line_added.count_ones() as f32,
        only(there(CONDITIONS), here(CONDITIONS)),
        only(here(CONDITIONS), there(CONDITIONS)),
        only(there(HEDGES), here(HEDGES)),
        only(here(HEDGES), there(HEDGES)),
        figures.bound,
        figures.lacking.len() as f32,
        replaced.0,
        replaced.1,
        replaced.2,
        bit(best.is_none_or(|line| source.lines[line].asks)),
        best.map_or(0.0, |line| (source.lines[line].words.len() as f32).ln_1p()),
        bit(source_no),
        bit(begins(&[
            "no",
            "不",
            "没",
            "抱歉",
            "sorry",
            "unfortunately",
            "i'm afraid",
            "无",
            "很抱歉",
            "对不起",
        ])),
        bit(begins(&["yes", "sure", "可以", "能", "是的", "有的", "支持", "会的", "当然", "of course"])),
        part(&telling[half..]),
        part(&telling[..half.min(4)]),
        missing_of(&|word| word.script == Script::Latin),
        lacking.iter().map(|lack| lack.0 * lack.0).sum(),
        telling
            .iter()
            .filter(|&&at| words[at].role == Role::Noun)
            .map(|&at| words[at].weight * (1.0 - matched.words[at].closeness))
            .fold(0.0, f32::max),
        text.clauses.len() as f32,
        telling
            .iter()
            .filter(|&&at| words[at].denied && !polarity.is_excused(at))
            .map(|&at| words[at].weight)
            .sum(),
        nearest_line - covered,
        bit(here(except)),
        bit(there(except)),
        opposed_soft,
        missing_at(0.6),
        missing_at(0.45),
        missing_at(0.9),
        telling.iter().filter(|&&at| (0.94..0.96).contains(&matched.words[at].closeness)).count() as f32,
        figures.beside,
        aligned.worst,
        aligned.mean,
        aligned.beside,
        aligned.fullness,
        tied.own,
        tied.rival,
        tied.turned,
        aligned.swapped.0,
        aligned.swapped.1,
        polarity.ahead[0],
        polarity.ahead[1],
        nearest.line,
        nearest.ahead,
        nearest.two,
        nearest.lacks[0],
        nearest.lacks[1],
        nearest.clause[0],
        nearest.clause[1],
        nearest.direction[0],
        nearest.direction[1],
        nearest.pairs[0],
        nearest.pairs[1],
        held,
        others[0] as f32,
        others[1] as f32,
        others[2] as f32,
        tied.softly,
    ];
    values.extend(manner);
    let edits = edits::edits(words, &text.clauses, source, matched);
    values.extend(edits.kept);
    values.extend([edits.exchanged, edits.exchanged_close]);
    values.extend(edits.strange);
    values.extend([edits.moved, edits.dropped]);
    values.extend(edits.turned);
    values.extend([edits.added_pole, edits.subject]);
    values
}

/// The weight of the longest run of telling words that the source lacks.
fn longest_missing(words: &[Word], matched: &Matched) -> f32 {
    let (mut longest, mut run) = (0.0_f32, 0.0);
    for (word, found) in words.iter().zip(&matched.words) {
        if word.tells() {
            run = if found.closeness < 0.75 { run + word.weight } else { 0.0 };
            longest = longest.max(run);
        }
    }
    longest
}

/// Whether telling words that stand beside each other do so in the source too.
fn neighbours(words: &[Word], telling: &[usize], matched: &Matched, source: &Source) -> f32 {
    let (mut all, mut kept) = (0.0_f32, 0.0);
    for pair in telling.windows(2) {
        let [a, b] = [&matched.words[pair[0]], &matched.words[pair[1]]];
        let weight = words[pair[0]].weight + words[pair[1]].weight;
        all += weight;
        if let (Some(a), Some(b)) = (a.known, b.known) {
            let (a, b) = (&source.known[a].places, &source.known[b].places);
            let close = |a: u32| {
                let from = b.partition_point(|&place| place + 8 < a);
                b[from..].iter().take_while(|&&place| place <= a + 8).any(|&place| {
                    source.text.words[a as usize].sentence == source.text.words[place as usize].sentence
                })
            };
            kept += if a.iter().take(40).any(|&place| close(place)) { weight } else { 0.0 };
        }
    }
    if all > 0.0 { kept / all } else { 1.0 }
}

/// The share of neighbouring pairs within the best lines that keep their order.
fn order(telling: &[usize], matched: &Matched, evidence: &[std::ops::Range<usize>]) -> f32 {
    let Some(line) = evidence.first() else { return 0.0 };
    let places: Vec<u32> = telling.iter().filter_map(|&at| matched.place_in(at, line)).collect();
    let pairs = places.len().saturating_sub(1);
    let kept = places.windows(2).filter(|pair| pair[0] < pair[1]).count();
    if pairs > 0 { kept as f32 / pairs as f32 } else { 1.0 }
}

/// The share of runs of letters or characters that the source has too.
fn letters(here: &str, there: &str) -> f32 {
    let grams = |text: &str| crate::segment::grams_of(&crate::normal::normalise(text));
    let known: std::collections::HashSet<u64> = grams(there).into_iter().collect();
    let own = grams(here);
    own.iter().filter(|gram| known.contains(gram)).count() as f32 / own.len().max(1) as f32
}

/// How many words of the sentence stand against a word of the best lines, and of the source.
fn opposed(
    words: &[Word],
    source: &Source,
    matched: &Matched,
    evidence: &[std::ops::Range<usize>],
    telling: &[usize],
) -> (f32, f32, f32) {
    let (mut all, mut in_place, mut soft) = (0.0, 0.0, 0.0_f32);
    for (at, word) in words.iter().enumerate() {
        if matched.words[at].exact && telling.contains(&at) && matched.in_lines(at, evidence) >= 0.999 {
            continue;
        }
        if word.denied {
            continue;
        }
        for other in opposites(&word.text) {
            let Some(&known) = source.by_text.get(other) else { continue };
            all += 1.0;
            let places = &source.known[known].places;
            let plain = |place: usize| !source.text.words[place].denied;
            let inside = places
                .iter()
                .map(|&place| place as usize)
                .any(|place| plain(place) && evidence.iter().any(|range| range.contains(&place)));
            let here = words.iter().any(|word| word.text == *other);
            in_place += f32::from(u8::from(inside && !here));
            soft = soft.max(1.0 - matched.in_lines(at, evidence));
        }
    }
    (all, in_place, soft)
}

/// Words that stand between two neighbours where the source has another between the same: how many, how close
/// the least close is, how much the most telling tells.
fn replaced(
    words: &[Word],
    source: &Source,
    matched: &Matched,
    evidence: &[std::ops::Range<usize>],
) -> (f32, f32, f32) {
    let (mut count, mut closeness, mut weight) = (0.0, 1.0_f32, 0.0_f32);
    for at in 0..words.len() {
        let word = &words[at];
        if !word.tells() || matched.words[at].exact {
            continue;
        }
        let before = at.checked_sub(1).map(|at| words[at].text.as_str());
        let after = words.get(at + 1).map(|word| word.text.as_str());
        let other = evidence.iter().cloned().flatten().find(|&place| {
            let there = |at: Option<usize>| {
                at.and_then(|at| source.text.words.get(at)).map(|word| word.text.as_str())
            };
            let (left, right) = (there(place.checked_sub(1)), there(Some(place + 1)));
            let same =
                u8::from(before.is_some() && before == left) + u8::from(after.is_some() && after == right);
            let edge = before.is_none() || after.is_none();
            source.text.words[place].tells() && (same == 2 || edge && same == 1)
        });
        if let Some(other) = other.map(|other| &source.text.words[other]) {
            let near = word.meaning.as_ref().zip(other.meaning.as_ref()).map_or(0.0, |(a, b)| a.closeness(b));
            count += 1.0;
            closeness = closeness.min(near);
            weight = weight.max(word.weight);
        }
    }
    (count, closeness, weight)
}
