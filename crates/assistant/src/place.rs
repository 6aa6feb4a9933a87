//! Places that a question names: knowledge speaks of home and of abroad, customers of Hangzhou and of Norway.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use domain::{Lang, Zone};

static PLACES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let lines = include_str!("place/places.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(Country::read).collect()
});

/// All names in one pass, each with the place of its country among [`PLACES`].
static NAMES: LazyLock<Option<(AhoCorasick, Vec<usize>)>> = LazyLock::new(|| {
    let names =
        PLACES.iter().enumerate().flat_map(|(at, country)| country.names.iter().map(move |name| (*name, at)));
    let (names, countries): (Vec<&str>, Vec<usize>) = names.unzip();
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).ok()?;
    Some((finder, countries))
});

/// A country or territory, and what it and its places are called.
struct Country {
    zones: Vec<&'static str>,
    names: Vec<&'static str>,
}

impl Country {
    fn read(line: &'static str) -> Option<Self> {
        let (zones, names) = line.split_once('|')?;
        let names = names.split('|').map(str::trim).collect();
        Some(Self { zones: zones.split_whitespace().collect(), names })
    }

    fn is_home(&self, zone: &Zone, lang: Lang) -> bool {
        // Where nobody said, who speaks Chinese lives by Beijing's clock, as everywhere here.
        let home = zone.name().or_else(|| (!zone.is_known() && lang == Lang::Zh).then_some("Asia/Shanghai"));
        home.is_some_and(|home| self.zones.contains(&home))
    }
}

/// The places that a text in lower case names.
fn named_in(text: &str) -> impl Iterator<Item = (&'static Country, Range<usize>)> + '_ {
    let known = NAMES.iter().flat_map(move |(finder, countries)| {
        finder
            .find_iter(text)
            .map(move |found| (&PLACES[countries[found.pattern().as_usize()]], found.range()))
    });
    known.filter(|(_, span)| is_apart(text, span))
}

/// Latin names are whole words.
fn is_apart(text: &str, span: &Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !text[span.clone()].is_ascii()
        || !latin(text[..span.start].chars().next_back()) && !latin(text[span.end..].chars().next())
}

/// A question as the knowledge may answer it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AtLarge {
    /// Without the place that was named, if that lies at home; with "abroad" for it otherwise.
    pub(crate) question: String,
    /// What holds at home does not hold there.
    pub(crate) abroad: bool,
}

/// Reads a question at large; `None` where it names no place, or where the country of `zone` is not known.
pub(crate) fn at_large(question: &str, lang: Lang, zone: &Zone) -> Option<AtLarge> {
    PLACES.iter().find(|country| country.is_home(zone, lang))?;
    let text = question.to_lowercase();
    let mut named = named_in(&text);
    // Who names two is on the way from one to the other.
    let (Some((country, span)), None) = (named.next(), named.next()) else { return None };
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let abroad = !country.is_home(zone, lang);
    let large = match (abroad, lang) {
        (false, Lang::Zh) => format!("{}{after}", without(before, &TOWARDS_ZH, after)),
        (false, Lang::En) => format!("{}{after}", without(before, &TOWARDS_EN, "")),
        (true, Lang::Zh) => format!("{before}国外{after}"),
        (true, Lang::En) => format!("{}overseas{after}", without(before, &TOWARDS_EN, "")),
    };
    let question = large.split_whitespace().collect::<Vec<_>>().join(" ");
    question.chars().any(char::is_alphanumeric).then_some(AtLarge { question, abroad })
}

const TOWARDS_EN: [&str; 6] = ["to the ", "in the ", "to ", "in ", "from ", "within "];
const TOWARDS_ZH: [&str; 12] =
    ["寄送到", "配送到", "快递到", "邮寄到", "寄到", "发到", "送到", "运到", "寄往", "发往", "邮到", "寄去"];

/// What stands before a place, without the words that lead to it; in Chinese they stay where nothing follows, since they
/// are what is asked.
fn without<'a>(before: &'a str, leading: &[&str], after: &str) -> &'a str {
    let says_more = after.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let is_english = leading.first() == TOWARDS_EN.first();
    let shorter = leading.iter().find_map(|words| before.strip_suffix(words));
    shorter.filter(|_| is_english || says_more).unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::try_from(name.to_owned()).unwrap()
    }

    fn read(question: &str, lang: Lang, zone: &Zone) -> Option<String> {
        at_large(question, lang, zone).map(|large| large.question)
    }

    #[test]
    fn a_place_at_home_is_left_out_and_another_country_is_abroad() {
        let china = zone("Asia/Shanghai");
        for (question, lang, large) in [
            ("寄到杭州运费多少", Lang::Zh, "运费多少"),
            ("多久能到上海", Lang::Zh, "多久能到"),
            ("能寄到挪威吗", Lang::Zh, "能寄到国外吗"),
            ("How much is shipping to Hangzhou?", Lang::En, "how much is shipping ?"),
            ("can you ship to Norway", Lang::En, "can you ship overseas"),
            ("do you deliver to the UK?", Lang::En, "do you deliver overseas?"),
        ] {
            assert_eq!(read(question, lang, &china).as_deref(), Some(large), "{question}");
        }
        let norway = zone("Europe/Oslo");
        assert_eq!(read("can you ship to Oslo", Lang::En, &norway).as_deref(), Some("can you ship"));
        assert_eq!(
            read("can you ship to Hangzhou", Lang::En, &norway).as_deref(),
            Some("can you ship overseas")
        );
    }

    #[test]
    fn where_home_is_not_known_or_no_place_is_named_nothing_is_read_into_a_question() {
        assert_eq!(read("can you ship to Norway", Lang::En, &Zone::UNKNOWN), None);
        assert_eq!(read("can you ship to Norway", Lang::En, &zone("+01:00")), None);
        assert_eq!(read("寄到杭州多少钱", Lang::Zh, &Zone::UNKNOWN).as_deref(), Some("多少钱"));
        for question in [
            "北京到上海的高铁几点",
            "flights from Oslo to London",
            "how much is shipping",
            "a bowl for my parisienne aunt",
            "杭州",
            "",
        ] {
            assert_eq!(read(question, Lang::Zh, &zone("Asia/Shanghai")), None, "{question}");
        }
    }
}
