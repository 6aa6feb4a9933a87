//! Numbers that belong to a person: telephones, identity cards, bank cards, social security.
//!
//! Digits that single blanks, hyphens, dots or parentheses part are read together, the longest joint
//! reading first. A hyphen or a dot ties: of what it ties nobody reads a part alone.

use super::{
    Found, Kind, Value,
    bank_card::is_bank_card,
    id_card::is_id_card,
    phone::{self, Shape},
    said::{Called, Said, said},
    ssn::is_ssn,
    text::Text,
};

/// A run of digits of one script.
struct Group {
    from: usize,
    to: usize,
    /// Tied to the group before.
    tied: bool,
}

/// The longest chain of groups that is read as one number: eleven single digits.
const GROUPS: usize = 11;
/// No number here is longer.
const DIGITS: usize = 24;

/// Numbers that can be nothing else.
pub(super) fn sure(text: &Text) -> Vec<Found> {
    chains(text, &surely)
}

/// Numbers that only the words beside them show to be a telephone's.
pub(super) fn likely(text: &Text) -> Vec<Found> {
    chains(text, &probably)
}

/// A candidate: groups read as one.
struct Candidate<'a> {
    shape: Shape<'a>,
    from: usize,
    to: usize,
    tail_x: bool,
    hyphens: bool,
    said: Option<Said>,
}

type Judge = dyn Fn(&Text, &Candidate<'_>) -> Option<Kind>;

fn chains(text: &Text, judge: &Judge) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if digit(text.at(at)).is_none() {
            at += 1;
            continue;
        }
        let groups = chain(text, at);
        at = groups.last().map_or(at + 1, |last| last.to);
        read_chain(text, &groups, judge, &mut found);
    }
    found
}

/// The groups that hang together from here on.
fn chain(text: &Text, at: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut next = Some((at, false));
    while let Some((from, tied)) = next {
        let arabic = text.at(from).is_ascii_digit();
        let same = |c: char| digit(c).is_some() && c.is_ascii_digit() == arabic;
        let to = text.run(from, text.len(), same);
        groups.push(Group { from, to, tied });
        let gap = text.run(to, 3, |c| " -.()_·".contains(c));
        let ties = text.slice(to..gap).iter().any(|c| "-._·".contains(*c)) || gap == to;
        next = digit(text.at(gap)).map(|_| (gap, ties));
    }
    groups
}

fn read_chain(text: &Text, groups: &[Group], judge: &Judge, found: &mut Vec<Found>) {
    let mut from = 0;
    if groups.first().is_some_and(|first| glued(text, first.from)) {
        from = 1 + groups.iter().skip(1).take_while(|group| group.tied).count();
    }
    while from < groups.len() {
        match longest(text, groups, from, judge) {
            Some((past, one)) => {
                found.push(one);
                from = past;
            }
            None => from += 1,
        }
    }
}

/// A letter before makes it the number of something, unless the letters say that it is a telephone.
fn glued(text: &Text, at: usize) -> bool {
    let path = text.before(at) == '/' && text.before(at - 1).is_ascii_alphabetic();
    let letter = text.before(at).is_ascii_alphabetic() || text.before(at) == '_';
    let named = || said(text, at).is_some_and(|said| said.direct && said.what == Called::Phone);
    path || (letter && !named())
}

fn longest(text: &Text, groups: &[Group], from: usize, judge: &Judge) -> Option<(usize, Found)> {
    let first = groups[from].from;
    let said = said(text, first);
    let plus = text.before(first) == '+' || (text.before(first) == '(' && text.before(first - 1) == '+');
    let (mut digits, mut sizes, mut best) = (Vec::with_capacity(DIGITS), Vec::with_capacity(GROUPS), None);
    for (past, group) in groups.iter().enumerate().skip(from).take(GROUPS) {
        if digits.len() + (group.to - group.from) > DIGITS {
            break;
        }
        digits.extend(text.slice(group.from..group.to).iter().filter_map(|&c| digit(c)));
        sizes.push(group.to - group.from);
        let parens = text.before(first) == '(' && text.slice(first..group.to).contains(&')');
        let shape = Shape { digits: &digits, sizes: &sizes, plus, parens };
        let tail_x = x_after(text, group.to);
        let hyphens = text.slice(first..group.to).contains(&'-');
        let candidate = Candidate { shape, from: first, to: group.to, tail_x, hyphens, said };
        let alone = sizes.len() == 1 && phone::mobile(&digits, &sizes);
        let cut = (groups[from].tied && from > 0) || groups.get(past + 1).is_some_and(|next| next.tied);
        if cut && !alone {
            continue;
        }
        if let Some(kind) = judge(text, &candidate) {
            best = Some((past + 1, found(text, &candidate, kind)));
        }
    }
    best
}

fn x_after(text: &Text, at: usize) -> bool {
    matches!(text.at(at), 'x' | 'X') && !text.at(at + 1).is_ascii_alphanumeric()
}

fn surely(text: &Text, candidate: &Candidate<'_>) -> Option<Kind> {
    let Candidate { shape, said, tail_x, .. } = candidate;
    let Shape { digits, sizes, .. } = *shape;
    let called = |what| said.is_some_and(|said| said.what == what);
    let no_person = said.is_some_and(Said::no_person);
    if !no_person && sizes.len() <= 4 && is_id_card(digits, *tail_x) {
        return Some(Kind::IdCard);
    }
    if *tail_x {
        return None;
    }
    if !no_person && is_bank_card(digits, sizes, called(Called::Card)) {
        return Some(Kind::BankCard);
    }
    if !no_person && is_ssn(digits, sizes, called(Called::Ssn), candidate.hyphens) {
        return Some(Kind::Ssn);
    }
    // Customers say "my order, call 138…": only an order's number that follows its name at once is one.
    let mobile = shape.plus || phone::mobile(digits, sizes);
    let named_otherwise = no_person && !(mobile && said.is_some_and(|said| !said.direct));
    let public = called(Called::ServiceLine) && !mobile;
    let money = matches!(text.before(candidate.from), '¥' | '$' | '€' | '£');
    let named = called(Called::Phone) && said.is_some_and(|said| said.direct) || named_after(text, candidate);
    let fits = phone::surely(shape) || (named && shape.sizes.len() > 1 && phone::probably(shape));
    (!named_otherwise && !public && !money && fits).then_some(Kind::Phone)
}

fn named_after(text: &Text, candidate: &Candidate<'_>) -> bool {
    text.any(candidate.to, NAMES_AFTER).is_some()
}

fn probably(text: &Text, candidate: &Candidate<'_>) -> Option<Kind> {
    let before = candidate.said.is_some_and(|said| said.what == Called::Phone);
    let named = before || named_after(text, candidate);
    let other = "#¥$€£%".contains(text.before(candidate.from)) || ":/%".contains(text.at(candidate.to));
    (named && !other && !candidate.tail_x && phone::probably(&candidate.shape)).then_some(Kind::Phone)
}

const NAMES_AFTER: &[&str] =
    &["-office", "-fax", "-home", "-mobile", "-cell", " (mobile", " (home", " (office", " (fax", "(手机"];

/// The number with its plus, its parentheses and its extension.
fn found(text: &Text, candidate: &Candidate<'_>, kind: Kind) -> Found {
    let Candidate { shape, from, to, tail_x, .. } = candidate;
    let mut value: String = shape.digits.iter().map(|&digit| char::from(b'0' + digit)).collect();
    let (mut start, mut end) = (*from, *to);
    if kind == Kind::IdCard && *tail_x {
        value.push('X');
        end += 1;
    }
    if kind == Kind::Phone {
        if shape.plus || shape.parens {
            start = text.run_back(start, 2, |c| matches!(c, '(' | '+'));
        }
        if shape.plus {
            value.insert(0, '+');
        }
        end = extension(text, end);
    }
    Found { kind, range: start..end, value: Value::Text(value) }
}

/// 转 8001, x506, ext. 12.
fn extension(text: &Text, at: usize) -> usize {
    let word = text.skip_blanks(at);
    let Some(end) = text.any(word, &["转", "分机", "ext.", "ext", "extension", "#"]) else {
        let x = matches!(text.at(at), 'x' | 'X') && text.digit(at + 1).is_some();
        return if x { text.run(at + 1, 6, |c| c.is_ascii_digit()) } else { at };
    };
    let begin = text.skip_blanks(end);
    let past = text.run(begin, 6, |c| c.is_ascii_digit());
    if past > begin { past } else { at }
}

/// The digit that a character stands for, also in Chinese.
fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - 48,
        '零' | '〇' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    u8::try_from(value).ok()
}
