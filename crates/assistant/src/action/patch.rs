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
    let numbers = numbers(said);
    // "Not 12 but 14" names the old one first.
    let number = match numbers[..] {
        [only] => only,
        [old, new] if count(address, &said[old.0..old.1]) == 1 => new,
        _ => return None,
    };
    let (value, own) = (&said[number.0..number.1], self::numbers(address));
    let of_unit = |unit: &str, from: &(usize, usize)| address[from.1..].trim_start().starts_with(unit);
    let after = said[number.1..].trim_start();
    let fitting: Vec<_> = match UNITS.iter().find(|unit| after.starts_with(**unit)) {
        Some(unit) => own.iter().filter(|place| of_unit(unit, place)).collect(),
        None => labelled(address, &own, &said[..number.0]),
    };
    let [place] = fitting[..] else { return None };
    (&address[place.0..place.1] != value)
        .then(|| format!("{}{value}{}", &address[..place.0], &address[place.1..]))
}

/// The numbers behind the label that was said; without one that of the house, the first of an English address.
fn labelled<'a>(address: &str, own: &'a [(usize, usize)], said: &str) -> Vec<&'a (usize, usize)> {
    let last = |text: &str| text.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let label = last(said);
    if LABELS.contains(&label.as_str()) {
        return own.iter().filter(|place| last(&address[..place.0]) == label).collect();
    }
    let is_english = address.is_ascii();
    own.iter().take(usize::from(is_english)).filter(|place| place.0 == 0).collect()
}

/// Runs of digits, perhaps with a letter, with where they begin and end: 221B.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(move |c| !inside(c)).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let place = |word: &str| {
        let from = word.as_ptr() as usize - text.as_ptr() as usize;
        (from, from + word.len())
    };
    words.map(place).collect()
}

fn count(address: &str, value: &str) -> usize {
    numbers(address).iter().filter(|place| &address[place.0..place.1] == value).count()
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
            ("杭州市文三路90号", "不对，电话是 13800138000"),
        ] {
            assert_eq!(patched(address, said), None, "{said}");
        }
    }
}
