//! What a sentence says in the place where the source says something else.
//!
//! A falsehood that is worded closely is mostly a clause of the source with one thing in the place of another: the month
//! card for the year card, after for before, everyone for members. Each clause is laid beside the clause of the source
//! that it keeps most of, word by word in order, and what stands in the gaps is weighed.

use std::{ops::Range, sync::LazyLock};

use super::{
    lists::{groups, opposites},
    matched::Matched,
    source::Source,
    words::{Script, Word},
};

/// What stands in the gaps of the clause that is worst in each respect, weighed from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edits {
    /// How much of a clause its partner keeps in order: on average, and of the worst.
    pub(super) kept: [f32; 2],
    /// A word in the place of another, where the source has it elsewhere: two things that trade places.
    pub(super) exchanged: f32,
    /// The same, times what is kept around it.
    pub(super) exchanged_close: f32,
    /// A word in the place of another that the source does not have at all, and how close the other is in meaning.
    pub(super) strange: [f32; 2],
    /// A word of the source that stands where nothing stands in the partner.
    pub(super) moved: f32,
    /// What the partner says besides, in the midst of what is kept.
    pub(super) dropped: f32,
    /// Sides of a question ([`POLES`]) that are turned: how many, and how much is kept around the worst.
    pub(super) turned: [f32; 2],
    /// A side that the source does not take anywhere near, though the partner takes none.
    pub(super) added_pole: f32,
    /// The first telling word of the sentence stands in another sentence of the source than the partner.
    pub(super) subject: f32,
}

const POLES: &str = include_str!("poles.txt");
/// Clauses that tell less say nothing by themselves.
const TELLS: f32 = 0.2;
/// How much a word counts for the alignment that tells nothing.
const LITTLE: f32 = 0.12;
/// From so close a meaning on a word may stand for another.
const MEANS: f32 = 0.78;

/// Lays each clause beside its partner.
pub(super) fn edits(
    words: &[Word],
    clauses: &[Range<usize>],
    source: &Source,
    matched: &Matched<'_>,
) -> Edits {
    let mut found = Edits { kept: [0.0, 1.0], strange: [0.0, 1.0], ..Edits::default() };
    let mut all = 0.0;
    for clause in clauses {
        let mass = mass(&words[clause.clone()]);
        if mass < TELLS {
            continue;
        }
        let Some(laid) = partner(words, clause, source) else { continue };
        let kept = (laid.kept / mass).min(1.0);
        all += mass;
        found.kept = [found.kept[0] + mass * kept, found.kept[1].min(kept)];
        found.weigh(words, &laid, kept, source, matched);
    }
    found.kept[0] = if all > 0.0 { found.kept[0] / all } else { 1.0 };
    found
}

fn mass(words: &[Word]) -> f32 {
    words.iter().map(weight).sum()
}

fn weight(word: &Word) -> f32 {
    if word.tells() { word.weight.max(LITTLE) } else { LITTLE }
}

/// A clause beside another: pairs of places that stand for each other, in order.
struct Laid {
    clause: Range<usize>,
    partner: Range<usize>,
    pairs: Vec<(usize, usize)>,
    kept: f32,
}

fn partner(words: &[Word], clause: &Range<usize>, source: &Source) -> Option<Laid> {
    let there = &source.text;
    let mut best: Option<Laid> = None;
    for (at, own) in there.clauses.iter().enumerate() {
        // What a clause is about often stands in the one before it.
        let before = at.checked_sub(1).map(|before| &there.clauses[before]);
        let wide =
            before.filter(|before| there.words[before.start].sentence == there.words[own.start].sentence);
        for range in std::iter::once(own.clone()).chain(wide.map(|before| before.start..own.end)) {
            let (pairs, kept) = lay(&words[clause.clone()], &there.words[range.clone()], source);
            let better = best.as_ref().is_none_or(|best| {
                kept > best.kept + 1e-3 || kept > best.kept - 1e-3 && range.len() < best.partner.len()
            });
            if better {
                let pairs = pairs.into_iter().map(|(a, b)| (clause.start + a, range.start + b)).collect();
                best = Some(Laid { clause: clause.clone(), partner: range, pairs, kept });
            }
        }
    }
    best
}

/// How much a word of the sentence is the word of the source.
fn same(here: &Word, there: &Word, source: &Source) -> f32 {
    if here.text == there.text {
        return 1.0;
    }
    if !here.tells() || !there.tells() || opposites(&here.text).contains(&there.text) {
        return 0.0;
    }
    // What the source has itself stands for nothing else.
    if source.by_text.contains_key(&here.text) {
        return 0.0;
    }
    if groups(&here.text).iter().any(|group| groups(&there.text).contains(group)) {
        return 0.95;
    }
    let near = here.meaning.as_ref().zip(there.meaning.as_ref()).map_or(0.0, |(a, b)| a.closeness(b));
    if near >= MEANS { near } else { 0.0 }
}

/// The pairs in order that keep most.
fn lay(here: &[Word], there: &[Word], source: &Source) -> (Vec<(usize, usize)>, f32) {
    const LONGEST: usize = 60;
    let (rows, columns) = (here.len().min(LONGEST), there.len().min(LONGEST));
    let mut best = vec![0.0_f32; (rows + 1) * (columns + 1)];
    let mut fits = vec![0.0_f32; rows * columns];
    let cell = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let fit = same(&here[row], &there[column], source) * weight(&here[row]);
            fits[row * columns + column] = fit;
            let skip = best[cell(row + 1, column)].max(best[cell(row, column + 1)]);
            best[cell(row, column)] =
                skip.max(if fit > 0.0 { fit + best[cell(row + 1, column + 1)] } else { 0.0 });
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let fit = fits[row * columns + column];
        if fit > 0.0 && (best[cell(row, column)] - fit - best[cell(row + 1, column + 1)]).abs() < 1e-6 {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if best[cell(row + 1, column)] >= best[cell(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    (pairs, best[cell(0, 0)])
}

impl Edits {
    fn weigh(&mut self, words: &[Word], laid: &Laid, kept: f32, source: &Source, matched: &Matched<'_>) {
        let there = &source.text.words;
        let mut from = (laid.clause.start, laid.partner.start);
        let ends = laid.pairs.iter().copied().chain([(laid.clause.end, laid.partner.end)]);
        for (place, (a, b)) in ends.enumerate() {
            let edge = place == 0 || a == laid.clause.end;
            self.gap(&words[from.0..a], &there[from.1..b], (from.0, kept, edge), matched);
            from = (a + 1, b + 1);
        }
        let sentence = there[laid.partner.start].sentence;
        let beside = there.iter().filter(|word| word.sentence == sentence).collect::<Vec<_>>();
        let partner: Vec<&Word> = there[laid.partner.clone()].iter().collect();
        let own: Vec<&Word> = words[laid.clause.clone()].iter().collect();
        let [here, near, whole] = [said(&own), said(&partner), said(&beside)];
        for sides in POLE_SIDES.iter() {
            let of = |text: &str| {
                sides
                    .iter()
                    .map(|side| side.iter().any(|word| text.contains(word.as_str())))
                    .collect::<Vec<_>>()
            };
            let [here, near, whole] = [of(&here), of(&near), of(&whole)];
            let lacks = here.iter().zip(&whole).any(|(here, whole)| *here && !whole);
            let other = here.iter().zip(&near).any(|(here, near)| *near && !here);
            let traded = here.iter().zip(&near).any(|(here, near)| *here && !near) && other;
            if lacks && other || traded && kept > 0.6 {
                self.turned = [self.turned[0] + 1.0, self.turned[1].max(kept)];
            } else if lacks {
                self.added_pole = self.added_pole.max(kept);
            }
        }
        let subject = laid.clause.clone().find(|&at| words[at].tells() && words[at].weight > 0.3);
        let subject =
            subject.and_then(|at| Some((at, matched.words[at].known.filter(|_| matched.words[at].exact)?)));
        if let Some((at, known)) = subject.filter(|(at, _)| *at <= laid.clause.start + 3) {
            let places = &source.known[known].places;
            let elsewhere = places.iter().all(|&place| there[place as usize].sentence != sentence);
            if elsewhere && !source.heads(places) {
                self.subject = self.subject.max(words[at].weight * kept);
            }
        }
    }

    /// What stands between two pairs on either side.
    fn gap(
        &mut self,
        here: &[Word],
        there: &[Word],
        (first, kept, edge): (usize, f32, bool),
        matched: &Matched<'_>,
    ) {
        let others: Vec<&Word> = there.iter().filter(|word| is_content(word)).collect();
        let other = others.iter().map(|word| word.weight.max(LEAST)).fold(0.0_f32, f32::max);
        for (at, word) in here.iter().enumerate().filter(|(_, word)| is_content(word)) {
            let found = &matched.words[first + at];
            let weight = word.weight.max(LEAST);
            if found.exact && other > 0.0 {
                self.exchanged = self.exchanged.max(weight.min(other));
                self.exchanged_close = self.exchanged_close.max(weight * kept);
            } else if found.exact {
                self.moved = self.moved.max(weight * kept);
            } else if other > 0.0 && found.closeness < MEANS && weight * kept > self.strange[0] {
                let near = |there: &&Word| {
                    word.meaning.as_ref().zip(there.meaning.as_ref()).map_or(0.0, |(a, b)| a.closeness(b))
                };
                self.strange = [weight * kept, others.iter().map(near).fold(0.0_f32, f32::max)];
            }
        }
        // What stands before the first and after the last pair may belong to another thought.
        let number = here.iter().any(|word| word.script == Script::Number);
        if !here.iter().any(is_content) && !edge && !number {
            self.dropped = self.dropped.max(other * kept);
        }
    }
}

/// Short words that tell things of a kind apart, though they tell little by themselves: 年卡 and 月卡, we and you.
const APART: [&str; 24] = [
    "年", "月", "周", "日", "季", "次", "前", "后", "上", "下", "内", "外", "我", "我们", "您", "你", "早",
    "晚", "we", "our", "you", "your", "befor", "after",
];
/// What such a word weighs at least.
const LEAST: f32 = 0.2;

fn is_content(word: &Word) -> bool {
    word.tells() || APART.contains(&word.text.as_str())
}

/// The sides of each question.
static POLE_SIDES: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
    let lines = POLES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let word = |word: &str| {
        let words = word
            .split_whitespace()
            .map(|one| if one.is_ascii() { crate::segment::stem(one) } else { one.to_owned() });
        let joined = words.collect::<Vec<_>>().join(" ");
        // English is found between blanks, as [`said`] writes it.
        if word.is_ascii() { format!(" {joined} ") } else { joined }
    };
    let side = |side: &str| side.split(',').map(str::trim).filter(|one| !one.is_empty()).map(word).collect();
    lines.map(|line| line.split('|').map(side).collect()).collect()
});

/// Words that hold a side and take none.
const NO_SIDE: [&str; 10] = ["提前", "目前", "前台", "前往", "当前", "售后", "后台", "都要", "还是", "还有"];

/// A text of words: Chinese without blanks, English with one around each.
fn said(words: &[&Word]) -> String {
    let mut text = String::from(" ");
    for word in words {
        let denied = word.denied && word.denial;
        // 不收 is one word whose denial was taken off.
        text.push_str(if denied && word.script == Script::Han { "不" } else { "" });
        text.push_str(&word.text);
        text.push_str(if word.script == Script::Han { "" } else { " " });
    }
    NO_SIDE.iter().fold(text, |text, word| text.replace(word, "·"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entail::words;

    fn of(sentence: &str, source: &str) -> Edits {
        let (text, source) = (words::read(sentence), Source::read(source));
        let matched = Matched::new(&text, &source);
        edits(&text.words, &text.clauses, &source, &matched)
    }

    #[test]
    fn things_that_trade_places_are_seen() {
        for (lie, truth, source) in [
            (
                "月卡每年可以暂停两次。",
                "年卡每年可以暂停两次。",
                "年卡每年可以暂停两次，每次最长30天。月卡不能暂停。",
            ),
            ("停车场对访客免费。", "停车场对住店客人免费。", "停车场对住店客人免费，访客每小时5元。"),
            (
                "Roaming in the US is included in all plans.",
                "Roaming in the EU is included in all plans.",
                "Roaming in the EU is included in all plans. In the US, a travel pass costs $15.",
            ),
            (
                "Team customers also get single sign-on.",
                "Business customers also get single sign-on.",
                "The Team and Business plans have API access. Business customers also get single sign-on.",
            ),
        ] {
            let [lie, truth] = [of(lie, source), of(truth, source)];
            assert!(lie.exchanged_close > 0.2 && truth.exchanged_close == 0.0, "{source}: {lie:?} {truth:?}");
        }
    }

    #[test]
    fn sides_that_are_turned_are_seen() {
        for (lie, source) in [
            ("下午2点前可以办理入住。", "下午2点后可以办理入住，中午12点前退房。"),
            ("第一针打完一周后就能洗澡。", "幼犬满45天打第一针。最后一针打完一周后才能洗澡和出门。"),
            ("We remove all stains.", "We remove most stains, but ink may remain."),
            ("Over-16s are tested free.", "Under-16s and people on benefits are tested free."),
            (
                "You can cancel up to 24 hours after the appointment.",
                "You can cancel an appointment up to 24 hours before it.",
            ),
            (
                "If a part is missing, you have to send it by post.",
                "If a part is missing, we send it by post.",
            ),
        ] {
            let found = of(lie, source);
            assert!(found.turned[0] > 0.0, "{lie}: {found:?}");
            assert!(of(source, source).turned[0] == 0.0, "{source}: {:?}", of(source, source));
        }
    }
}
