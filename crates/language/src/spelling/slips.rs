//! Words of the same sound but wrong characters: 推款 for 退款.
//!
//! A noisy channel: where the dictionary finds fragments only, a word of the same sound takes their place if that
//! makes the sentence so much more probable that the slip is the better story.

use super::{
    lexicon::{LONGEST, Packed, SHIPPED, unpack},
    own::Own,
    reading::{self, Word},
    sound,
};

/// How improbable a slip is, and one between sounds that are only close (zh and z, n and ng).
const SLIP: f32 = 4.0;
const BLURRED: f32 = 1.5;
/// What it costs more if the word is not known beside one of its neighbours, or beside neither.
const BESIDE_ONE: f32 = 1.5;
const BESIDE_NONE: f32 = 5.0;
/// What it costs more if the fragments are known to stand side by side.
const USUAL: f32 = 5.0;
/// A rarer word may be a slip itself.
const RARE: f32 = -12.5;
/// Candidates of one sound that are looked at.
const MOST: usize = 6;

/// A piece of the text and what was meant.
pub(super) struct Slip {
    /// Characters of the run, from and to.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) meant: Packed,
    gain: f32,
}

/// The slips of one run of Chinese, in order; none overlap.
pub(super) fn slips(chars: &[char], text: &str, own: &Own) -> Vec<Slip> {
    let words = reading::read(chars, text, own).words;
    let mut found: Vec<Slip> = Vec::new();
    for first in 0..words.len() {
        for last in first..(first + LONGEST).min(words.len()) {
            let end = words.get(last + 1).map_or(chars.len(), |next| next.0);
            let (place, word) = words[last];
            let fragment = end - place == 1 || word.likely < RARE;
            if !fragment || end - words[first].0 > LONGEST {
                break;
            }
            let Some(slip) = better(chars, &words, first, last, end, own) else { continue };
            match found.last_mut() {
                Some(before) if before.to > slip.from => {
                    if before.gain < slip.gain {
                        *before = slip;
                    }
                }
                _ => found.push(slip),
            }
        }
    }
    found
}

/// The word that makes most of the fragments from `first` to `last`.
fn better(
    chars: &[char],
    words: &[(usize, Word)],
    first: usize,
    last: usize,
    end: usize,
    own: &Own,
) -> Option<Slip> {
    let from = words[first].0;
    let typed = &chars[from..end];
    let before = first.checked_sub(1).map_or(Word::EDGE, |before| words[before].1);
    let next = words.get(last + 1).map_or(Word::EDGE, |next| next.1);
    let as_typed = sentence(before, words[first..=last].iter().map(|word| word.1), next);
    let mut pairs = words[first..=last].windows(2).map(|pair| (pair[0].1, pair[1].1));
    let usual = if last > first && pairs.all(|(word, next)| next.follows(word)) { USUAL } else { 0.0 };
    let mut best: Option<Slip> = None;
    for name in sound::names(typed) {
        let shipped = SHIPPED.sounding(name).take(MOST).map(|(packed, _)| packed);
        for meant in shipped.chain(own.sounding(name).iter().copied()) {
            let Some(price) = price(typed, meant) else { continue };
            let Some(word) = Word::known(meant, own) else { continue };
            let price = price + strangeness(before, word, next) + usual;
            let gain = sentence(before, [word].into_iter(), next) - as_typed - price;
            if gain > best.as_ref().map_or(0.0, |best| best.gain) {
                best = Some(Slip { from, to: end, meant, gain });
            }
        }
    }
    best
}

fn strangeness(before: Word, word: Word, next: Word) -> f32 {
    match (word.follows(before), next.follows(word)) {
        (true, true) => 0.0,
        (false, false) => BESIDE_NONE,
        _ => BESIDE_ONE,
    }
}

fn sentence(before: Word, words: impl Iterator<Item = Word>, next: Word) -> f32 {
    let (mut last, mut score) = (before, 0.0);
    for word in words.chain([next]) {
        score += word.after(last);
        last = word;
    }
    score
}

/// What it takes to believe that `meant` was typed so; `None` if more than half of it is wrong.
fn price(typed: &[char], meant: Packed) -> Option<f32> {
    let (mut price, mut wrong) = (0.0, 0);
    for (&typed, meant) in typed.iter().zip(unpack(meant)) {
        if crate::simplify::simplify(typed) != meant {
            wrong += 1;
            price += SLIP + if sound::alike(typed, meant) { 0.0 } else { BLURRED };
        }
    }
    (wrong > 0 && wrong * 2 <= typed.len()).then_some(price)
}
