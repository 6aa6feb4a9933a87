//! An address of which one number was wrong: 「不对，是14号」, "no, number 14". It is put in and asked for anew, never
//! done at once.

/// What stands behind a number in a Chinese address, the longer first.
const UNITS: [&str; 9] = ["号楼", "单元", "号", "室", "楼", "弄", "栋", "幢", "层"];
/// What stands before one in an English one.
const LABELS: [&str; 7] = ["flat", "apartment", "apt", "unit", "room", "suite", "floor"];
/// Longer words are a story, in characters.
const LONGEST: usize = 40;

/// The address with the number that was said in place of the one it corrects; `None` unless it is certain which.
pub(super) fn patched(address: &str, said: &str) -> Option<String> {
    if said.chars().nth(LONGEST).is_some() {
        return None;
    }
    if speaks_of_a_postcode(said) {
        return with_postcode(address, said);
    }
    let (numbers, own) = (numbers(said), self::numbers(address));
    let stands = |place: &&Place| own.iter().any(|other| address[other.0..other.1] == said[place.0..place.1]);
    let (old, new): (Vec<&Place>, Vec<&Place>) = numbers.iter().partition(stands);
    // "Not 12 but 14", 「是1202不是1201」 name the old one, too.
    let [new] = new[..] else { return None };
    let fitting = match old[..] {
        [] => corrected_by(address, &own, said, *new),
        [old] => own.iter().filter(|one| address[one.0..one.1] == said[old.0..old.1]).collect(),
        _ => return None,
    };
    let [place] = fitting[..] else { return None };
    Some(put(address, *place, &said[new.0..new.1]))
}

/// Where a number begins and ends.
type Place = (usize, usize);

fn put(address: &str, at: Place, value: &str) -> String {
    format!("{}{value}{}", &address[..at.0], &address[at.1..])
}

/// The numbers that this one may correct: those with the same unit behind them, those of the same length where none was
/// said, or those behind the same label.
fn corrected_by<'a>(address: &str, own: &'a [Place], said: &str, new: Place) -> Vec<&'a Place> {
    let after = said[new.1..].trim_start();
    if let Some(unit) = UNITS.iter().find(|unit| after.starts_with(**unit)) {
        return own.iter().filter(|place| address[place.1..].trim_start().starts_with(unit)).collect();
    }
    if !address.is_ascii() {
        let alike = |place: &&Place| place.1 - place.0 == new.1 - new.0;
        return own.iter().filter(alike).collect();
    }
    labelled(address, own, &said[..new.0])
}

fn speaks_of_a_postcode(said: &str) -> bool {
    let low = said.to_lowercase();
    ["邮编", "邮政编码", "postcode", "post code", "zip"].iter().any(|word| low.contains(word))
        || postcodes(said).next().is_some()
}

fn with_postcode(address: &str, said: &str) -> Option<String> {
    let (mut own, mut new) = (postcodes(address), postcodes(said));
    let (own, new) = ((own.next()?, own.next()), (new.next()?, new.next()));
    (own.1.is_none() && new.1.is_none()).then(|| put(address, own.0, &said[new.0.0..new.0.1]))
}

/// British postcodes: LS1 4AB.
fn postcodes(text: &str) -> impl Iterator<Item = Place> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let outward = |word: &str| {
        (2..=4).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    let inward = |word: &str| {
        word.len() == 3
            && word.starts_with(|c: char| c.is_ascii_digit())
            && word[1..].bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let pairs: Vec<Place> = words
        .windows(2)
        .filter(|pair| outward(pair[0]) && inward(pair[1]))
        .map(|pair| (at(pair[0]), at(pair[1]) + pair[1].len()))
        .collect();
    pairs.into_iter()
}

/// The numbers behind the label that was said; without one that of the house, the first of an English address.
fn labelled<'a>(address: &str, own: &'a [Place], said: &str) -> Vec<&'a Place> {
    let last = |text: &str| text.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let label = last(said);
    if LABELS.contains(&label.as_str()) {
        return own.iter().filter(|place| last(&address[..place.0]) == label).collect();
    }
    own.iter().take(1).filter(|place| place.0 == 0).collect()
}

/// Runs of digits, perhaps with a letter, with where they begin and end: 221B.
fn numbers(text: &str) -> Vec<Place> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(move |c| !inside(c)).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let place = |word: &str| {
        let from = word.as_ptr() as usize - text.as_ptr() as usize;
        (from, from + word.len())
    };
    words.map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_number_that_fits_is_put_in() {
        for (address, said, expected) in [
            ("杭州市西湖区文三路90号", "不对，是14号", "杭州市西湖区文三路14号"),
            ("上海市世纪大道100号3号楼502室", "写错了，是503室", "上海市世纪大道100号3号楼503室"),
            ("上海市世纪大道100号3号楼502室", "应该是5号楼", "上海市世纪大道100号5号楼502室"),
            ("221B Baker Street, London", "No, it is 221C", "221C Baker Street, London"),
            ("12 High Street, Oxford OX1 4AA", "no, number 14", "14 High Street, Oxford OX1 4AA"),
            ("Flat 2, 12 High Street, Oxford", "sorry, flat 3", "Flat 3, 12 High Street, Oxford"),
            ("12 High Street, Oxford", "not 12 but 14", "14 High Street, Oxford"),
            ("建国路88号院5号楼1201", "门牌是1202", "建国路88号院5号楼1202"),
            ("建国路88号院5号楼1201", "是1202不是1201", "建国路88号院5号楼1202"),
            ("文三路90号8幢302室", "写错了 应该是303", "文三路90号8幢303室"),
            ("5 Elm Road, Leeds LS1 4AB", "yes but postcode is LS1 4AC", "5 Elm Road, Leeds LS1 4AC"),
        ] {
            assert_eq!(patched(address, said).as_deref(), Some(expected), "{said}");
        }
    }

    #[test]
    fn what_is_not_certain_is_asked() {
        for (address, said) in [
            ("上海市世纪大道100号", "是502室"),
            ("上海市100弄3号5号", "是14号"),
            ("Flat 2, 12 High Street", "no, number 14"),
            ("杭州市文三路90号", "不对"),
            ("杭州市文三路90号", "是90号"),
            ("12 High Street", "no, 14 or 16"),
            ("5 Elm Road, Leeds", "the postcode is LS1 4AC"),
            ("5 Elm Road, Leeds LS1 4AB", "the zip is 10001"),
            ("杭州市文三路90号", "不对，电话是 13800138000"),
        ] {
            assert_eq!(patched(address, said), None, "{said}");
        }
    }
}
