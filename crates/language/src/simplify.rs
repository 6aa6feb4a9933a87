//! Traditional characters as their simplified ones, one to one, for matching.
//!
//! Characters that simplified text uses itself stay: 乾 is not always 干, nor 著 always 着.

use std::sync::LazyLock;

const PAIRS: &str = include_str!("../models/simplified.txt");
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// By a character's number beyond [`FIRST`], its simplified one; 0 where it is its own.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST - FIRST + 1) as usize];
    for pair in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = pair.chars();
        let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) else { continue };
        if let Some(place) = place(traditional).and_then(|place| table.get_mut(place)) {
            *place = u16::try_from(u32::from(simplified)).unwrap_or(0);
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).map(|place| place as usize)
}

/// The simplified character of a traditional one; any other is its own.
pub fn simplify(c: char) -> char {
    let simple = place(c).and_then(|place| TABLE.get(place)).copied().unwrap_or(0);
    if simple == 0 { c } else { char::from_u32(u32::from(simple)).unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified_and_simplified_stays() {
        let told = |text: &str| text.chars().map(simplify).collect::<String>();
        assert_eq!(told("請問運費誰出？售後電話是多少"), "请问运费谁出？售后电话是多少");
        assert_eq!(told("乾坤著作里程范围皇后头发几台松干"), "乾坤著作里程范围皇后头发几台松干");
        assert_eq!(told("refund 😀 か"), "refund 😀 か");
    }

    /// One step is enough: no simplified form is itself traditional.
    #[test]
    fn simplifying_twice_changes_nothing_more() {
        for c in (FIRST..=LAST).filter_map(char::from_u32) {
            assert_eq!(simplify(simplify(c)), simplify(c));
        }
    }
}
