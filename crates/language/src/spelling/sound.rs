//! How Chinese sounds: syllables without tones, and which of them are taken for each other.

use pinyin::ToPinyin;

use crate::simplify::simplify;

/// The longest syllable, in letters: "zhuang".
pub(super) const LONGEST: usize = 6;
/// A text of several characters is looked up under so many readings at most.
const MOST_READINGS: usize = 8;

/// Second readings of usual characters; 券 is often read, and typed, like 卷.
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
        fits.then(|| Self(letters.iter().fold(0, |packed, letter| packed << 5 | u32::from(letter - b'a' + 1))))
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

/// The readings of a character, the usual one first; none if it is no Chinese character.
pub(super) fn readings(c: char) -> impl Iterator<Item = Syllable> {
    let c = simplify(c);
    let usual = c.to_pinyin().and_then(|pinyin| {
        let letters: Vec<u8> =
            pinyin.plain().chars().map(|c| if c == 'ü' { b'v' } else { c as u8 }).collect();
        Syllable::of(&letters)
    });
    let also = ALSO.iter().filter(move |(_, chars)| chars.contains(&c));
    let also = also.filter_map(|(letters, _)| Syllable::of(letters.as_bytes()));
    usual.into_iter().chain(also.filter(move |also| Some(*also) != usual))
}

/// The name of a row of syllables, blurred.
pub(super) fn name(syllables: impl IntoIterator<Item = Syllable>) -> u64 {
    syllables.into_iter().fold(0xCBF2_9CE4_8422_2325, |name: u64, syllable| {
        (name ^ u64::from(syllable.blurred().0)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23)
    })
}

/// The names under which a word is looked up: one for each way to read it, few for long words.
pub(super) fn names(chars: &[char]) -> Vec<u64> {
    let mut rows: Vec<Vec<Syllable>> = vec![Vec::new()];
    for &c in chars {
        let mut longer = Vec::new();
        for syllable in readings(c) {
            longer.extend(rows.iter().map(|row| [row.as_slice(), &[syllable]].concat()));
        }
        longer.truncate(MOST_READINGS);
        rows = longer;
    }
    let mut names: Vec<u64> = rows.into_iter().map(name).collect();
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
        for (a, b) in
            [("退款", "推宽"), ("运费", "云费"), ("时间", "似间"), ("能", "嫩"), ("那里", "拉里"), ("優惠券", "优惠卷")]
        {
            assert!(named(a).iter().any(|name| named(b).contains(name)), "{a} {b}");
        }
        assert_ne!(named("退款"), named("退货"));
        assert!(named("银行").len() == 2 && named("abc").is_empty());
    }

    #[test]
    fn a_syllable_has_one_to_six_letters() {
        assert!(Syllable::of(b"zhuang").is_some() && Syllable::of(b"").is_none() && Syllable::of(b"Zh").is_none());
        assert!(alike('推', '退') && alike('在', '再') && !alike('在', '怎'));
    }
}
