//! Pinyin typed instead of characters: `zenme tuikuan`, `wo yao tui huo`, `怎么tuikuan`.
//!
//! Whether letters are pinyin is decided for a whole run: all of them must be syllables, and read as Chinese the
//! run must be much more probable than read as English.

use super::{
    lexicon::{LONGEST, Packed, SHIPPED, unpack},
    own::Own,
    reading::Word,
    sound::{self, Syllable},
    typos,
};

/// A run of more letters is no pinyin, or nobody reads it.
pub(super) const MOST_LETTERS: usize = 120;
const FEWEST_LETTERS: usize = 4;
/// Ways that are kept at each letter, and words that are tried for each row of syllables.
const WAYS: usize = 5;
const WORDS: usize = 6;
/// What a sound costs that is only close to the letters.
const BLURRED: f32 = 3.5;
/// What it takes to leave letters for characters: in an English sentence, alone, beside Chinese.
const IN_ENGLISH: f32 = 30.0;
const ALONE: f32 = 4.0;
const IN_CHINESE: f32 = 2.0;
/// A word that English does not know: so much, and so much a letter.
const UNKNOWN: f32 = -9.0;
const UNKNOWN_LETTER: f32 = -1.3;

/// What else the message is written in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// It has Chinese characters.
    pub(super) chinese: bool,
    /// It has English words that cannot be pinyin.
    pub(super) english: bool,
}

/// Whether letters can be cut into syllables.
pub(super) fn can_be(letters: &[u8]) -> bool {
    if letters.len() > MOST_LETTERS {
        return false;
    }
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for at in 0..letters.len() {
        if reached[at] {
            ends(letters, at, letters.len()).for_each(|(end, _)| reached[end] = true);
        }
    }
    reached[letters.len()]
}

/// The ends of syllables that begin at `at`.
fn ends(letters: &[u8], at: usize, border: usize) -> impl Iterator<Item = (usize, Syllable)> {
    (at + 1..=(at + sound::LONGEST).min(border)).filter_map(move |end| {
        let syllable = Syllable::of(&letters[at..end]).filter(|syllable| SHIPPED.is_syllable(*syllable))?;
        Some((end, syllable))
    })
}

/// The characters that a run of lower-case words stands for, if it is pinyin.
pub(super) fn characters(words: &[&str], around: Around, own: &Own) -> Option<String> {
    let letters: usize = words.iter().map(|word| word.len()).sum();
    if !(FEWEST_LETTERS..=MOST_LETTERS).contains(&letters) {
        return None;
    }
    let (text, chinese) = decode(words, own)?;
    let line = match around {
        Around { english: true, .. } => IN_ENGLISH,
        Around { chinese: true, .. } => IN_CHINESE,
        _ => ALONE,
    };
    (chinese > english(words, own) + line).then_some(text)
}

fn english(words: &[&str], own: &Own) -> f32 {
    let total = SHIPPED.english_total();
    let likely = |word: &&str| match SHIPPED.english(word) + own.english(word) * 20 {
        0 if typos::is_word(word, own) => -11.0,
        0 => UNKNOWN + UNKNOWN_LETTER * word.len() as f32,
        met => (met as f32 / total).ln(),
    };
    words.iter().map(likely).sum()
}

#[derive(Clone, Copy)]
struct Way {
    score: f32,
    word: Word,
    from: usize,
    via: usize,
}

/// The most probable characters and how probable they are.
fn decode(words: &[&str], own: &Own) -> Option<(String, f32)> {
    let letters = words.concat().into_bytes();
    let mut borders = vec![false; letters.len() + 1];
    let mut at = 0;
    for word in words {
        at += word.len();
        borders[at] = true;
    }
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); letters.len() + 1];
    ways[0].push(Way { score: 0.0, word: Word::EDGE, from: 0, via: 0 });
    for start in 0..letters.len() {
        ways[start].sort_by(|a, b| b.score.total_cmp(&a.score));
        ways[start].truncate(WAYS);
        if !ways[start].is_empty() {
            let mut found = Vec::new();
            rows(&letters, &borders, start, &mut Vec::new(), &mut found, own);
            for (end, word, price) in found {
                extend(&mut ways, start, end, word, price);
            }
        }
    }
    let last = ways.last()?.iter().enumerate();
    let ended = last.map(|(via, way)| (via, way.score + Word::EDGE.after(way.word)));
    let (via, score) = ended.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((spell(&ways, via), score))
}

fn extend(ways: &mut [Vec<Way>], start: usize, end: usize, word: Word, price: f32) {
    let before = ways[start].iter().enumerate().map(|(via, way)| (way.score + word.after(way.word), via));
    if let Some((score, via)) = before.max_by(|a, b| a.0.total_cmp(&b.0)) {
        ways[end].push(Way { score: score - price, word, from: start, via });
    }
}

/// All words that begin at a letter, with their ends and what their sound costs.
fn rows(
    letters: &[u8],
    borders: &[bool],
    start: usize,
    row: &mut Vec<Syllable>,
    found: &mut Vec<(usize, Word, f32)>,
    own: &Own,
) {
    let border = (start + 1..borders.len()).find(|&at| borders[at]).unwrap_or(letters.len());
    for (end, syllable) in ends(letters, start, border) {
        row.push(syllable);
        let name = sound::name(row.iter().copied());
        let shipped = SHIPPED.sounding(name).take(WORDS).map(|(packed, _)| packed);
        for packed in shipped.chain(own.sounding(name).iter().copied()) {
            if let (Some(word), Some(price)) = (Word::known(packed, own), price(packed, row)) {
                found.push((end, word, price));
            }
        }
        if row.len() < LONGEST && end < letters.len() {
            rows(letters, borders, end, row, found, own);
        }
        row.pop();
    }
}

fn price(packed: Packed, row: &[Syllable]) -> Option<f32> {
    let mut price = 0.0;
    let mut characters = 0;
    for (c, typed) in unpack(packed).zip(row) {
        characters += 1;
        price += if sound::readings(c).any(|syllable| syllable == *typed) { 0.0 } else { BLURRED };
    }
    (characters == row.len()).then_some(price)
}

fn spell(ways: &[Vec<Way>], mut via: usize) -> String {
    let (mut words, mut at) = (Vec::new(), ways.len() - 1);
    while at > 0 {
        let Some(way) = ways[at].get(via) else { break };
        words.push(way.word.packed);
        (at, via) = (way.from, way.via);
    }
    words.into_iter().rev().flat_map(unpack).collect()
}
