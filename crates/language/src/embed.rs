//! Meaning as a direction: texts that mean the same point the same way, in Chinese and in English.
//!
//! A text is the sum of its pieces (words, characters and letters in a row), each with a direction learnt from
//! paraphrases, translations and questions with their answers. How much a piece counts is its length.

use std::{
    borrow::Cow,
    hash::{BuildHasherDefault, Hasher},
    sync::{Arc, LazyLock},
};

use crate::{is_han, normal, segment};

mod table;

pub(crate) use table::Named;
pub use table::NotAModel;
use table::Table;

/// More pieces than this of one text are not looked at.
const MOST: usize = 480;

/// The name of a piece: the same everywhere and forever, as the model's file holds it.
pub(crate) type Piece = u32;

/// Directions of pieces. Read from a file that [`crate::train::semantic`] makes.
#[derive(Clone)]
pub struct Embedder {
    /// What stands in the file: shared by all that adapted it.
    table: Arc<Table>,
    /// Directions that a company's own texts changed or added.
    own: Arc<Table>,
}

/// The model that ships with the product.
pub fn shipped() -> Arc<Embedder> {
    static SHIPPED: LazyLock<Arc<Embedder>> = LazyLock::new(|| {
        let table = Table::read(include_bytes!("../models/semantic.bin"), Cow::Borrowed);
        Arc::new(Embedder::of(table.unwrap_or_default()))
    });
    Arc::clone(&SHIPPED)
}

/// What a text means: a direction, in whole numbers to be small and fast to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    parts: Box<[i8]>,
    scale: f32,
}

impl Embedder {
    /// Reads a model's file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAModel> {
        Ok(Self::of(Table::read(bytes, |rows| Cow::Owned(rows.to_vec()))?))
    }

    fn of(table: Table) -> Self {
        let own = Table::pack(table.dim, &[], &[]);
        Self { table: Arc::new(table), own: Arc::new(own) }
    }

    /// A number that no other model has: what was learnt on top of this one fits no other.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.table.hash(&mut hasher);
        hasher.finish()
    }

    /// The model's file, of pieces sorted by name with their rows of `dim` numbers each.
    pub(crate) fn to_bytes(dim: usize, pieces: &[Piece], rows: &[f32]) -> Vec<u8> {
        Table::pack(dim, pieces, rows).to_bytes()
    }

    /// The direction of a piece, in whole numbers and what they are to be multiplied by.
    pub(crate) fn row(&self, piece: Piece) -> Option<(f32, &[i8])> {
        self.own.row(piece).or_else(|| self.table.row(piece))
    }

    /// The same model with other directions for some pieces: `rows` of [`Embedder::dim`] numbers each.
    pub(crate) fn with_own(&self, pieces: &[Piece], rows: &[f32]) -> Self {
        Self { table: Arc::clone(&self.table), own: Arc::new(Table::pack(self.dim(), pieces, rows)) }
    }

    /// What a company's texts changed and added, to be kept: [`Embedder::with_own_bytes`] reads it again.
    pub fn own_bytes(&self) -> Vec<u8> {
        self.own.to_bytes()
    }

    /// The same model with what another had learnt from a company's texts.
    pub fn with_own_bytes(&self, bytes: &[u8]) -> Result<Self, NotAModel> {
        let own = Table::read(bytes, |rows| Cow::Owned(rows.to_vec()))?;
        if own.dim != self.dim() {
            return Err(NotAModel);
        }
        Ok(Self { table: Arc::clone(&self.table), own: Arc::new(own) })
    }

    /// Numbers per direction.
    pub fn dim(&self) -> usize {
        self.table.dim
    }

    /// What a text means; `None` where no piece of it is known.
    pub fn embed(&self, text: &str) -> Option<Meaning> {
        let normal = normal::normalise(segment::head(text));
        self.embed_cut(&normal, &segment::terms_of(&normal))
    }

    /// The same for a text that is normalised and cut already.
    pub fn embed_cut(&self, normal: &str, terms: &[String]) -> Option<Meaning> {
        self.embed_pieces(&pieces(normal, terms))
    }

    /// How far the pieces of a text reach along each direction, and then how far against it.
    pub(crate) fn reach(&self, pieces: &[Piece]) -> Vec<f32> {
        let mut reach = vec![0.0_f32; 2 * self.dim()];
        let (along, against) = reach.split_at_mut(self.dim());
        for (scale, row) in pieces.iter().filter_map(|&piece| self.row(piece)) {
            for ((along, against), &part) in along.iter_mut().zip(against.iter_mut()).zip(row) {
                let part = scale * f32::from(part);
                *along = along.max(part);
                *against = against.min(part);
            }
        }
        reach
    }

    /// The same as [`Embedder::embed_cut`] for pieces that are named already.
    pub(crate) fn embed_pieces(&self, pieces: &[Piece]) -> Option<Meaning> {
        let mut sum = vec![0.0_f32; self.dim()];
        for &piece in pieces {
            let Some((scale, row)) = self.row(piece) else { continue };
            for (sum, &part) in sum.iter_mut().zip(row) {
                *sum += scale * f32::from(part);
            }
        }
        let length = sum.iter().map(|part| part * part).sum::<f32>().sqrt();
        if length < 1e-6 {
            return None;
        }
        for part in &mut sum {
            *part /= length;
        }
        Some(pack(&sum))
    }
}

impl Meaning {
    /// The direction between several, each with its weight; `None` of none.
    pub fn between<'a>(meanings: impl Iterator<Item = (&'a Self, f32)>) -> Option<Self> {
        let mut sum: Vec<f32> = Vec::new();
        for (meaning, weight) in meanings {
            sum.resize(meaning.parts.len(), 0.0);
            for (sum, &part) in sum.iter_mut().zip(&meaning.parts) {
                *sum += weight * meaning.scale * f32::from(part);
            }
        }
        let length = sum.iter().map(|part| part * part).sum::<f32>().sqrt();
        for part in &mut sum {
            *part /= length.max(1e-6);
        }
        (length > 1e-6).then(|| pack(&sum))
    }

    /// The direction of a vector of any length; `None` of nothing, or of numbers that are none.
    pub fn of(vector: &[f32]) -> Option<Self> {
        let length = vector.iter().map(|part| part * part).sum::<f32>().sqrt();
        let whole: Vec<f32> = vector.iter().map(|part| part / length).collect();
        (length.is_finite() && length > 1e-6).then(|| pack(&whole))
    }

    /// That of nothing: close to nobody.
    pub fn nothing(dim: usize) -> Self {
        Self { parts: vec![0; dim.max(1)].into(), scale: 0.0 }
    }

    /// What stands in a store: [`Meaning::from_bytes`] reads it again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let scale = self.scale.to_le_bytes();
        scale.into_iter().chain(self.parts.iter().map(|part| part.cast_unsigned())).collect()
    }

    /// Reads what [`Meaning::to_bytes`] wrote; `None` of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (scale, parts) = bytes.split_first_chunk::<4>()?;
        let scale = f32::from_le_bytes(*scale);
        let parts = parts.iter().map(|part| part.cast_signed()).collect::<Box<_>>();
        (scale.is_finite() && scale >= 0.0 && !parts.is_empty()).then_some(Self { parts, scale })
    }

    /// Of numbers that, times `scale`, have the length 1.
    pub fn of_parts(scale: f32, parts: &[i8]) -> Self {
        Self { parts: parts.into(), scale }
    }

    /// Its numbers; times [`Meaning::scale`] they have the length 1.
    pub fn parts(&self) -> &[i8] {
        &self.parts
    }

    /// What its numbers are to be multiplied by.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// The product with the numbers of another, before scaling.
    pub fn product(&self, other: &[i8]) -> i32 {
        self.parts.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
    }

    /// The same of what follows after so many numbers.
    pub fn product_after(&self, numbers: usize, rest: &[i8]) -> i32 {
        let parts = self.parts.iter().skip(numbers);
        parts.zip(rest).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
    }

    /// The product with a direction in plain numbers.
    pub(crate) fn along(&self, direction: &[f32]) -> f32 {
        self.scale
            * self.parts.iter().zip(direction).map(|(&part, other)| f32::from(part) * other).sum::<f32>()
    }

    /// The cosine of the angle: 1 for the same, about 0 for strangers.
    pub fn closeness(&self, other: &Self) -> f32 {
        self.scale * other.scale * self.product(&other.parts) as f32
    }
}

fn pack(row: &[f32]) -> Meaning {
    let most = row.iter().fold(0.0_f32, |most, part| most.max(part.abs())).max(1e-12);
    let scale = most / 127.0;
    Meaning { parts: row.iter().map(|part| (part / scale).round() as i8).collect(), scale }
}

/// The pieces of a text, each once, in order.
pub(crate) fn pieces(normal: &str, terms: &[String]) -> Vec<Piece> {
    let mut found = Vec::with_capacity(terms.len() * 8);
    for pair in terms.windows(2).filter(|pair| pair.iter().all(|term| term.is_ascii())) {
        found.push(name(b'b', &[pair[0].as_bytes(), b" ", pair[1].as_bytes()]));
    }
    for term in terms {
        found.push(name(if term.is_ascii() { b'w' } else { b'h' }, &[term.as_bytes()]));
    }
    for word in normal.split(' ') {
        neighbours(word, &mut found);
        if found.len() > 2 * MOST {
            break;
        }
    }
    let mut seen = std::collections::HashSet::with_capacity_and_hasher(
        found.len(),
        BuildHasherDefault::<Named>::default(),
    );
    found.retain(|&piece| seen.insert(piece));
    found.truncate(MOST);
    found
}

/// One to three Chinese characters in a row; three and four letters, with the word's edges.
fn neighbours(word: &str, found: &mut Vec<Piece>) {
    let bounded = format!("<{word}>");
    let ends: Vec<usize> = bounded.char_indices().map(|(at, _)| at).chain([bounded.len()]).collect();
    for (from, first) in bounded.char_indices().enumerate().map(|(at, (_, c))| (at, c)).take(2 * MOST) {
        let lengths = if is_han(first) { 1..=3 } else { 3..=4 };
        for length in lengths {
            let Some(&end) = ends.get(from + length) else { break };
            let run = &bounded[ends[from]..end];
            if is_han(first) != run.chars().all(is_han) || !is_han(first) && run.chars().any(is_han) {
                break;
            }
            found.push(name(if is_han(first) { b'h' } else { b'l' }, &[run.as_bytes()]));
        }
    }
}

/// FNV-1a, folded to half.
pub(crate) fn name(kind: u8, parts: &[&[u8]]) -> Piece {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ u64::from(kind);
    for &byte in parts.iter().copied().flatten() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash ^= hash >> 32;
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn closeness(a: &str, b: &str) -> f32 {
        let of = |text: &str| shipped().embed(text).expect("its pieces are known");
        of(a).closeness(&of(b))
    }

    #[test]
    fn other_words_for_the_same_lie_closer_than_strangers() {
        let strangers = closeness("怎么退款", "明天上海会下雨吗");
        assert!(closeness("怎么退款", "钱什么时候退给我") > strangers + 0.2);
        assert!(closeness("怎么退款", "how do I get a refund") > strangers + 0.2);
        assert!(
            closeness("can't log in", "forgot my password")
                > closeness("can't log in", "rain tomorrow") + 0.2
        );
    }

    #[test]
    fn nothing_points_nowhere() {
        assert_eq!(shipped().embed(""), None);
        assert_eq!(shipped().embed(" … "), None);
    }

    #[test]
    fn a_vector_has_a_direction_that_can_be_kept() {
        let told = Meaning::of(&[3.0, -4.0, 0.0]).expect("a direction");
        assert!((told.closeness(&told) - 1.0).abs() < 0.02);
        assert_eq!(Meaning::from_bytes(&told.to_bytes()), Some(told));
        for nothing in [&[][..], &[0.0, 0.0], &[f32::NAN, 1.0], &[f32::INFINITY, 1.0]] {
            assert_eq!(Meaning::of(nothing), None, "{nothing:?}");
        }
        for damaged in [&[][..], &[1, 2, 3], &[0, 0, 0, 0], &[0, 0, 192, 127, 1]] {
            assert_eq!(Meaning::from_bytes(damaged), None, "{damaged:?}");
        }
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole = Embedder::to_bytes(2, &[7, 9], &[0.5, -1.0, 0.0, 2.0]);
        assert!(Embedder::from_bytes(&whole).is_ok());
        for short in 0..whole.len() {
            assert!(Embedder::from_bytes(&whole[..short]).is_err(), "{short} bytes");
        }
        let mut many = whole;
        many[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Embedder::from_bytes(&many).is_err(), "a count that is beyond all memory");
    }

    proptest! {
        /// Whatever the text, its direction has the length 1, or there is none.
        #[test]
        fn any_text_has_a_direction_or_none(text in r"(?s).{0,80}") {
            if let Some(meaning) = shipped().embed(&text) {
                prop_assert!((meaning.closeness(&meaning) - 1.0).abs() < 0.02);
            }
        }
    }
}
