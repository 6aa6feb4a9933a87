//! Another of the same kind: the app for the website, a nurse for a pharmacist, Monday for Tuesday.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Things of a kind, a line each; words for one thing are joined by strokes, those of one name by lines below.
const KINDS: &str = include_str!("kinds.txt");

/// More of them, by which questions are told from one another; what models wrote is compared without.
const ASKED: &str = include_str!("kinds.asked.txt");

/// Which things a text names: a kind and one of its things, each pair once.
pub(super) type Named = Vec<(u16, u16)>;

struct Finder {
    words: AhoCorasick,
    /// What each pattern names: a word may be of several kinds.
    names: Vec<Vec<(u16, u16)>>,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| Finder::of(KINDS));
static IN_QUESTIONS: LazyLock<Option<Finder>> = LazyLock::new(|| Finder::of(ASKED));

impl Finder {
    fn of(kinds: &str) -> Option<Self> {
        let mut table: std::collections::BTreeMap<String, Vec<(u16, u16)>> =
            std::collections::BTreeMap::new();
        for (kind, line) in (0..).zip(kinds.lines()) {
            for (thing, words) in (0..).zip(line.split_whitespace()) {
                for word in words.split('/') {
                    table.entry(word.to_lowercase().replace('_', " ")).or_default().push((kind, thing));
                }
            }
        }
        let (words, names): (Vec<_>, Vec<_>) = table.into_iter().unzip();
        let words = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()?;
        Some(Self { words, names })
    }
}

/// Whether a question names a thing of some kind, of which what it is held against (`titles`: as it is asked; `whole`: all
/// of it) is asked by another and does not speak at all: the Japanese class for the English one. All in lower case.
pub fn names_another(asked: &str, titles: &str, whole: &str) -> bool {
    let another = |finder: &Option<Finder>| {
        let [asked, titles, whole] = [asked, titles, whole].map(|low| named_by(finder.as_ref(), low));
        is_another(&asked, &titles, &whole)
    };
    another(&FINDER) || another(&IN_QUESTIONS)
}

/// The same of names that were found already, each with its sort.
pub fn is_another<T: PartialEq>(asked: &[(T, T)], titles: &[(T, T)], whole: &[(T, T)]) -> bool {
    let is_other = |name: &&(T, T)| {
        !whole.contains(name) && titles.iter().any(|other| other.0 == name.0 && !asked.contains(other))
    };
    asked.iter().any(|name| is_other(&name))
}

/// The things that a text in lower case names.
pub(super) fn named(low: &str) -> Named {
    named_by(FINDER.as_ref(), low)
}

fn named_by(finder: Option<&Finder>, low: &str) -> Named {
    let Some(finder) = finder else { return Vec::new() };
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let bytes = low.as_bytes();
    let whole = |found: &aho_corasick::Match| {
        let first = bytes[found.start()];
        let begins =
            !letter(Some(&first)) || !letter(found.start().checked_sub(1).and_then(|at| bytes.get(at)));
        let rest = &low[found.end()..];
        let rest = rest.strip_prefix("es").filter(|rest| !letter(rest.as_bytes().first())).unwrap_or(rest);
        let rest = rest.strip_prefix('s').filter(|rest| !letter(rest.as_bytes().first())).unwrap_or(rest);
        begins && !(letter(bytes.get(found.end() - 1)) && letter(rest.as_bytes().first()))
    };
    let found = finder.words.find_iter(low).filter(whole);
    let mut all: Named = found.flat_map(|found| finder.names[found.pattern().as_usize()].clone()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How many things a sentence names of which the source names only others of the kind; of how many of those its nearest
/// line names one that the sentence leaves out; and for how many that the source has elsewhere the line has another.
pub(super) fn others(here: &Named, there: &Named, line: &Named) -> [usize; 3] {
    let of = |named: &Named, kind: u16| named.iter().any(|(other, _)| *other == kind);
    // A word of several kinds stands for the thing in each of them.
    let fresh: Vec<u16> = here
        .iter()
        .filter(|thing| !there.contains(thing) && of(there, thing.0))
        .map(|thing| thing.0)
        .collect();
    let left_out = |kind: &&u16| line.iter().any(|thing| thing.0 == **kind && !here.contains(thing));
    let elsewhere = here.iter().filter(|thing| there.contains(thing) && !line.contains(thing));
    let moved = elsewhere.filter(|thing| left_out(&&thing.0)).count();
    [fresh.len(), fresh.iter().filter(left_out).count(), moved]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_of_the_kind_is_told_from_the_same_in_other_words() {
        let others = |here: &str, there: &str| {
            let there = named(there);
            super::others(&named(here), &there, &there)
        };
        assert_eq!(others("请在公众号申请", "请在小程序里申请"), [1, 1, 0]);
        assert_eq!(others("打电话就行", "请拨打热线"), [0, 0, 0]);
        assert_eq!(others("非会员收 5 元", "会员免费"), [1, 1, 0]);
        assert_eq!(others("cancel by email", "cancel in the app or by phone"), [1, 1, 0]);
        assert_eq!(others("give us a call", "phone us"), [0, 0, 0]);
        assert_eq!(others("a dogma", "cats only"), [0, 0, 0]);
        assert_eq!(others("no dogs", "cats only"), [1, 1, 0]);
    }

    #[test]
    fn a_question_about_another_thing_is_told_from_one_about_the_same() {
        let class = "英语班什么时候上课";
        assert!(names_another("日语班什么时候上课", class, "英语班什么时候上课 周二、周四晚上七点"));
        assert!(!names_another("英文班什么时候上课", class, class));
        assert!(!names_another("日语班什么时候上课", class, "英语班什么时候上课 日语班同一时间"));
        assert!(!names_another("周日开门吗", "几点开门", "几点开门 周一休息"), "nobody asked by a day");
        assert!(names_another("do you teach adults", "do you teach children", "do you teach children yes"));
    }
}
