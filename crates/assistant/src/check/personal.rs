//! Personal data and orders: only those of the customer who reads, or of the shop itself.

use jiff::civil::{Date, date};
use language::facts::{Kind, facts};
use unicode_normalization::UnicodeNormalization;

use super::{Cut, Grounds, Reason, link::unveiled};

/// Any day: where facts stand does not depend on it.
const SOME_DAY: Date = date(2000, 1, 1);
/// A run of so many digits is a number that belongs to somebody.
const LONG: usize = 6;

/// Letters and digits only, in lower case and one width.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Runs of digits; groups of three and more, or of one, that a blank or a hyphen parts are read together.
pub(super) fn digits(text: &str) -> impl Iterator<Item = String> {
    let mut runs: Vec<String> = Vec::new();
    let (mut group, mut gap, mut joins) = (String::new(), 0_usize, false);
    for c in text.nfkc().chain(['\n']) {
        if let Some(digit) = digit(c) {
            group.push(digit);
            continue;
        }
        if !group.is_empty() {
            let whole = std::mem::take(&mut group);
            let fits = |run: &String| whole.len() >= 3 && run.len() >= 3 || whole.len() == 1;
            match runs.last_mut().filter(|run| joins && fits(run)) {
                Some(run) => run.push_str(&whole),
                None => runs.push(whole),
            }
            (gap, joins) = (0, true);
        }
        gap += 1;
        joins = joins && gap == 1 && matches!(c, ' ' | '-' | '.');
    }
    runs.into_iter()
}

fn digit(c: char) -> Option<char> {
    let han = || "零一二三四五六七八九".chars().position(|han| han == c).map(|at| at as u32);
    c.to_digit(10).or_else(han).and_then(|value| char::from_digit(value, 10))
}

/// Nobody else's data.
pub(super) fn check(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    let plain: String = unveiled(text);
    for read in [text, plain.as_str()] {
        for fact in facts(read, SOME_DAY, None) {
            let somebodys = fact.kind.tag().is_some() || matches!(fact.kind, Kind::Order | Kind::Parcel);
            if somebodys && !is_known(&folded(&fact.value.to_string()), grounds) {
                return Err(Cut::new(Reason::Personal, fact.kind.name()));
            }
        }
    }
    match digits(text)
        .find(|run| run.len() >= LONG && !grounds.digits.iter().any(|known| known.contains(run.as_str())))
    {
        Some(_) => Err(Cut::new(Reason::Personal, "digits")),
        None => Ok(()),
    }
}

fn is_known(value: &str, grounds: &Grounds) -> bool {
    grounds.own.contains(value)
        || grounds.own.iter().any(|own| own.len() >= 8 && value.len() >= 4 && own.contains(value))
        || folded(&grounds.low).contains(value)
}
