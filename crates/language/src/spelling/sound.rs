//! How Chinese sounds: syllables without tones, and which of them are taken for each other.

use std::sync::LazyLock;

use pinyin::ToPinyin;

use crate::simplify::simplify;

/// The longest syllable, in letters: "zhuang".
pub(super) const LONGEST: usize = 6;
/// A text of several characters is looked up under so many readings at most.
const MOST_READINGS: usize = 8;

/// Second readings of usual characters; 券 is often read, and typed, like 卷, and 在么 is typed for 怎么.
const ALSO: &[(&str, &[char])] = &[
    ("bian", &['便']),
    ("chong", &['重']),
    ("chuan", &['传']),
    ("cha", &['差']),
    ("chai", &['差']),
    ("chang", &['长']),
    ("dan", &['单', '弹']),
    ("dai", &['大']),
    ("de", &['地', '得']),
    ("di", &['的', '地']),
    ("dei", &['得']),
    ("diao", &['调']),
    ("dou", &['都']),
    ("hang", &['行']),
    ("hai", &['还']),
    ("huan", &['还']),
    ("ji", &['系', '几']),
    ("jiang", &['降']),
    ("jiao", &['觉', '角']),
    ("juan", &['券']),
    ("jue", &['觉']),
    ("kuai", &['会']),
    ("le", &['乐', '了']),
    ("liao", &['了']),
    ("lv", &['率', '绿']),
    ("me", &['么']),
    ("mei", &['没']),
    ("na", &['那', '哪']),
    ("nei", &['那', '哪']),
    ("pian", &['便']),
    ("shei", &['谁']),
    ("shen", &['什']),
    ("shuo", &['说']),
    ("tan", &['弹']),
    ("tiao", &['调']),
    ("xing", &['行']),
    ("yue", &['乐']),
    ("zai", &['怎']),
    ("zhang", &['长']),
    ("zhao", &['着']),
    ("zhe", &['着', '这']),
    ("zhei", &['这']),
    ("zhong", &['重', '种']),
];

/// A syllable's letters, five bits each; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Syllable(u32);

impl Syllable {
    pub(super) fn of(letters: &[u8]) -> Option<Self> {
        let fits = (1..=LONGEST).contains(&letters.len()) && letters.iter().all(u8::is_ascii_lowercase);
        fits.then(|| {
            Self(letters.iter().fold(0, |packed, letter| packed << 5 | u32::from(letter - b'a' + 1)))
        })
    }

    /// What it is taken for by ears and fingers: zh is z, ch is c, sh is s, a final ng is n, l is n.
    pub(super) fn blurred(self) -> Self {
        let (mut letters, mut length) = ([0_u8; LONGEST], 0);
        for at in (0..LONGEST as u32).rev() {
            let letter = (self.0 >> (5 * at) & 31) as u8;
            if letter != 0 {
                letters[length] = letter + b'a' - 1;
                length += 1;
            }
        }
        let letters = &mut letters[..length];
        let hissed = letters.len() > 2 && letters[1] == b'h' && matches!(letters[0], b'z' | b'c' | b's');
        if letters.len() > 1 && letters[0] == b'n' {
            letters[0] = b'l';
        }
        let end = letters.len() - usize::from(letters.ends_with(b"ng"));
        let packed = letters[..end].iter().enumerate().filter(|&(at, _)| !(hissed && at == 1));
        Self(packed.fold(0, |packed, (_, letter)| packed << 5 | u32::from(letter - b'a' + 1)))
    }
}

/// Characters from the first usual one to the last.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FA5;
/// So many readings a character at most.
const READINGS: usize = 3;

/// By a character's number beyond [`FIRST`], its readings.
static TABLE: LazyLock<Vec<[u32; READINGS]>> = LazyLock::new(|| {
    let usual = |c: char| simplify(c).to_pinyin().and_then(|pinyin| syllable(pinyin.plain()));
    let all = (FIRST..=LAST).filter_map(char::from_u32);
    let mut table: Vec<_> = all.map(|c| [usual(c).map_or(0, |syllable| syllable.0), 0, 0]).collect();
    for (letters, chars) in ALSO {
        let also = syllable(letters).map_or(0, |syllable| syllable.0);
        for place in chars.iter().filter_map(|&c| u32::from(c).checked_sub(FIRST)) {
            let Some(readings) = table.get_mut(place as usize) else { continue };
            if let Some(free) = readings.iter().position(|&known| known == 0 || known == also) {
                readings[free] = also;
            }
        }
    }
    table
});

fn syllable(letters: &str) -> Option<Syllable> {
    let plain: Vec<u8> = letters.chars().map(|c| if c == 'ü' { b'v' } else { c as u8 }).collect();
    Syllable::of(&plain)
}

/// The readings of a character, the usual one first; none if it is no Chinese character.
pub(super) fn readings(c: char) -> impl Iterator<Item = Syllable> + Clone {
    let place = u32::from(simplify(c)).checked_sub(FIRST).map(|place| place as usize);
    let readings = place.and_then(|place| TABLE.get(place)).copied().unwrap_or_default();
    readings.into_iter().filter(|&reading| reading != 0).map(Syllable)
}

const NAMELESS: u64 = 0xCBF2_9CE4_8422_2325;

/// The name of a row of syllables, one longer.
fn longer(name: u64, syllable: Syllable) -> u64 {
    (name ^ u64::from(syllable.blurred().0)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23)
}

/// The name of a row of syllables, blurred.
pub(super) fn name(syllables: impl IntoIterator<Item = Syllable>) -> u64 {
    syllables.into_iter().fold(NAMELESS, longer)
}

/// The names under which a word is looked up: one for each way to read it, few for long words.
pub(crate) fn names(chars: &[char]) -> Vec<u64> {
    let mut names = vec![NAMELESS];
    for &c in chars {
        let so_far = names.len();
        for syllable in readings(c) {
            for before in 0..so_far {
                names.push(longer(names[before], syllable));
            }
        }
        names.drain(..so_far);
        names.truncate(MOST_READINGS);
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether two characters may be read the same, tones aside.
pub(super) fn alike(a: char, b: char) -> bool {
    readings(a).any(|of_a| readings(b).any(|of_b| of_a == of_b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<u64> {
        names(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn words_that_sound_alike_share_a_name() {
        for (a, b) in [
            ("退款", "推宽"),
            ("运费", "云费"),
            ("时间", "似间"),
            ("能", "嫩"),
            ("那里", "拉里"),
            ("優惠券", "优惠卷"),
        ] {
            assert!(named(a).iter().any(|name| named(b).contains(name)), "{a} {b}");
        }
        assert_ne!(named("退款"), named("退货"));
        assert!(named("银行").len() == 2 && named("abc").is_empty());
    }

    #[test]
    fn a_syllable_has_one_to_six_letters() {
        assert!(
            Syllable::of(b"zhuang").is_some() && Syllable::of(b"").is_none() && Syllable::of(b"Zh").is_none()
        );
        assert!(alike('推', '退') && alike('在', '再') && !alike('在', '吗'));
    }
}
