//! What `language` leaves to words: how often, how many of a thing, and codes such as E27.

use domain::Lang;
use language::quantity::{Quantity, Unit};

/// Measure words of things that are counted.
const MEASURES: &[&str] =
    &["次", "个", "张", "件", "位", "条", "份", "款", "种", "级", "名", "家", "片", "只", "套", "盒", "笔"];
const NUMBERS_ZH: &str = "零一二三四五六七八九十";
const NUMBERS_EN: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// What two clauses count or name differently, if each says just one of it.
pub(super) fn conflict(ours: &str, theirs: &str, lang: Lang) -> Option<(Quantity, Quantity)> {
    let (ours, theirs) = (counts(ours, lang), counts(theirs, lang));
    ours.iter().find_map(|(what, one)| {
        let alone = |of: &[(String, Quantity)]| of.iter().filter(|(other, _)| other == what).count() == 1;
        let (_, other) = theirs.iter().find(|(other, _)| other == what)?;
        (alone(&ours) && alone(&theirs) && one.value != other.value).then(|| (one.clone(), other.clone()))
    })
}

fn counts(text: &str, lang: Lang) -> Vec<(String, Quantity)> {
    let mut found = codes(text);
    found.extend(match lang {
        Lang::Zh => measured(text),
        Lang::En => numbered(text),
    });
    found
}

/// 三次, 五个: one of a thing is rather "a" than a number, one time is not.
fn measured(text: &str) -> Vec<(String, Quantity)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let value = |at: usize| {
        let (_, c) = chars.get(at)?;
        NUMBERS_ZH.chars().position(|known| known == *c || (known == '二' && *c == '两'))
    };
    let mut found = Vec::new();
    for (at, &(begin, _)) in chars.iter().enumerate() {
        let Some(number) = value(at) else { continue };
        let alone =
            value(at + 1).is_none() && (at == 0 || (value(at - 1).is_none() && chars[at - 1].1 != '第'));
        let Some(&(next, measure)) = chars.get(at + 1) else { continue };
        let known = MEASURES.iter().any(|word| word.starts_with(measure));
        if alone && known && (number != 1 || measure == '次') {
            let end = next + measure.len_utf8();
            found.push((measure.to_string(), stated(number.to_string(), begin, end)));
        }
    }
    found
}

/// "three times", "five accounts", "once".
fn numbered(text: &str) -> Vec<(String, Quantity)> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut found = Vec::new();
    for (at, &(begin, word)) in words.iter().enumerate() {
        let low = word.to_lowercase();
        let often = ["once", "twice"].iter().position(|known| *known == low);
        if let Some(times) = often {
            found.push(("time".to_owned(), stated((times + 1).to_string(), begin, begin + word.len())));
        }
        let Some(number) = NUMBERS_EN.iter().position(|known| *known == low) else { continue };
        let Some(&(next, noun)) = words.get(at + 1) else { continue };
        let what = noun.to_lowercase().trim_end_matches('s').to_owned();
        // "one of", "one is": no count of a thing.
        if (number != 1 || what == "time") && what.len() > 2 {
            found.push((what, stated(number.to_string(), begin, next + noun.len())));
        }
    }
    found
}

/// Letters and then digits, as on a label: E27, A4, IP44.
fn codes(text: &str) -> Vec<(String, Quantity)> {
    let coded = words(text).filter_map(|(at, word)| {
        let letters = word.find(|c: char| c.is_ascii_digit())?;
        let (name, number) = word.split_at(letters);
        let is_code = (1..=3).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=4).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| (name.to_owned(), stated(number.to_owned(), at, at + word.len())))
    });
    coded.collect()
}

/// Runs of letters and digits of ASCII, and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let begin = text.as_ptr() as usize;
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - begin, word))
}

const fn stated(value: String, at: usize, end: usize) -> Quantity {
    Quantity { unit: Unit::Number, value, at, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_codes_of_one_thing_are_compared() {
        let differ = |lang, one: &str, other: &str| {
            conflict(one, other, lang).map(|(one, other)| (one.value, other.value))
        };
        let pair = |one: &str, other: &str| Some((one.to_owned(), other.to_owned()));
        assert_eq!(differ(Lang::Zh, "最多重开三次", "可以重开一次"), pair("3", "1"));
        assert_eq!(differ(Lang::En, "up to five accounts", "three accounts"), pair("5", "3"));
        assert_eq!(differ(Lang::En, "only once", "up to three times"), pair("1", "3"));
        assert_eq!(differ(Lang::En, "E14 bulbs", "E27 bulbs"), pair("14", "27"));
        assert_eq!(differ(Lang::Zh, "给您一个回复", "两个工作日"), None);
        assert_eq!(differ(Lang::Zh, "第三次", "两次"), None);
        assert_eq!(differ(Lang::En, "two sizes", "three colours"), None);
    }
}
