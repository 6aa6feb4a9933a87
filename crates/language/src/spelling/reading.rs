//! How probable a reading of Chinese is: words, one after the other.

use super::{
    lexicon::{EDGE, LONGEST, OWN, Packed, SHIPPED, pack},
    own::Own,
};
use crate::segment;

/// A character that is no known word.
const UNKNOWN: f32 = -15.0;
/// A word that only the dictionary knows.
const RARE: f32 = -13.0;
/// A word of the company's own, met once there; each doubling makes it likelier.
const OWN_WORD: f32 = -10.0;

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its place in the list of words.
    pub(super) id: u16,
    /// Its characters.
    pub(super) packed: Packed,
    /// How likely it is, wherever it stands.
    pub(super) likely: f32,
}

impl Word {
    /// The beginning or end of a run.
    pub(super) const EDGE: Self = Self { id: EDGE, packed: 0, likely: -2.0 };

    /// A known word of these characters.
    pub(super) fn known(packed: Packed, own: &Own) -> Option<Self> {
        let shipped = SHIPPED.word(packed);
        let count = own.chinese_count(packed);
        let of_own = (count > 0).then(|| (OWN_WORD + 0.7 * (count as f32).log2()).min(-7.0));
        let likely = match (shipped.map(|id| SHIPPED.likely(id)), of_own) {
            (Some(shipped), Some(own)) => shipped.max(own),
            (shipped, own) => shipped.or(own)?,
        };
        Some(Self { id: shipped.unwrap_or(OWN), packed, likely })
    }

    /// How likely this word is after another.
    pub(super) fn after(self, before: Self) -> f32 {
        SHIPPED.after(before.id, self.id, self.likely)
    }

    /// Whether it is known to stand after another.
    pub(super) fn follows(self, before: Self) -> bool {
        SHIPPED.follows(before.id, self.id)
    }
}

/// A run of Chinese, cut as is most probable.
pub(super) struct Reading {
    /// Each word with its first character's place, in order.
    pub(super) words: Vec<(usize, Word)>,
}

/// The best way to a place: its cost, the last word, where that began, and which way there.
#[derive(Clone, Copy)]
struct Way {
    score: f32,
    word: Word,
    from: usize,
    via: usize,
}

/// Cuts a run of Chinese characters; `text` is the same, written.
pub(super) fn read(chars: &[char], text: &str, own: &Own) -> Reading {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); chars.len() + 1];
    ways[0].push(Way { score: 0.0, word: Word::EDGE, from: 0, via: 0 });
    for start in 0..chars.len() {
        for end in start + 1..=(start + LONGEST).min(chars.len()) {
            let known = pack(&chars[start..end]).and_then(|packed| Word::known(packed, own));
            let word = known.or_else(|| match end - start {
                1 => Some(Word { id: OWN, packed: pack(&chars[start..end]).unwrap_or(0), likely: UNKNOWN }),
                _ => segment::is_word(&text[bytes[start]..bytes[end]]).then_some(Word {
                    id: OWN,
                    packed: 0,
                    likely: RARE,
                }),
            });
            let Some(word) = word else { continue };
            let best =
                ways[start].iter().enumerate().map(|(via, way)| (way.score + word.after(way.word), via));
            if let Some((score, via)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) {
                ways[end].push(Way { score, word, from: start, via });
            }
        }
    }
    Reading { words: back(&ways) }
}

fn back(ways: &[Vec<Way>]) -> Vec<(usize, Word)> {
    let mut words = Vec::new();
    let mut at = ways.len() - 1;
    let last = ways[at].iter().enumerate();
    let end = last.max_by(|(_, a), (_, b)| {
        (a.score + Word::EDGE.after(a.word)).total_cmp(&(b.score + Word::EDGE.after(b.word)))
    });
    let mut via = end.map_or(0, |(via, _)| via);
    while at > 0 {
        let Some(way) = ways[at].get(via) else { break };
        words.push((way.from, way.word));
        (at, via) = (way.from, way.via);
    }
    words.reverse();
    words
}
