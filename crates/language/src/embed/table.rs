//! The numbers of a model: a direction for each piece, as they stand in its file.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{Piece, pack};

const MAGIC: &[u8; 4] = b"fde1";

#[derive(Default)]
pub(super) struct Table {
    pub(super) dim: usize,
    places: HashMap<Piece, u32, BuildHasherDefault<Named>>,
    scales: Vec<f32>,
    /// Whole numbers of eight bits. Those that ship stay where the program was loaded to.
    rows: Cow<'static, [u8]>,
}

/// A file that is no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAModel;

impl std::fmt::Display for NotAModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is no semantic model: it was cut short, or made by another version")
    }
}

impl std::error::Error for NotAModel {}

impl Table {
    /// Reads a file; `keep` says how its rows are kept.
    pub(super) fn read<'a>(
        bytes: &'a [u8],
        keep: impl Fn(&'a [u8]) -> Cow<'static, [u8]>,
    ) -> Result<Self, NotAModel> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(NotAModel)?;
        let number = |at: usize| {
            let four = rest.get(at * 4..at * 4 + 4).and_then(|four| four.try_into().ok());
            four.map(u32::from_le_bytes).ok_or(NotAModel)
        };
        let (dim, pieces) = (number(0)? as usize, number(1)? as usize);
        let expected = pieces.checked_mul(dim + 8).and_then(|size| size.checked_add(8));
        if dim == 0 || expected != Some(rest.len()) {
            return Err(NotAModel);
        }
        let places = (0..pieces).map(|at| Ok((number(2 + at)?, at as u32))).collect::<Result<_, _>>()?;
        let scales =
            (0..pieces).map(|at| Ok(f32::from_bits(number(2 + pieces + at)?))).collect::<Result<_, _>>()?;
        Ok(Self { dim, places, scales, rows: keep(&rest[8 + 8 * pieces..]) })
    }

    /// Of rows of `dim` numbers, one for each piece.
    pub(super) fn pack(dim: usize, pieces: &[Piece], rows: &[f32]) -> Self {
        let mut table = Self { dim, places: pieces.iter().copied().zip(0..).collect(), ..Self::default() };
        let mut packed = Vec::with_capacity(rows.len());
        for row in rows.chunks(dim.max(1)).map(pack) {
            table.scales.push(row.scale);
            packed.extend(row.parts.iter().map(|part| part.cast_unsigned()));
        }
        table.rows = packed.into();
        table
    }

    /// The file that [`Table::read`] reads.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut pieces: Vec<(u32, Piece)> = self.places.iter().map(|(&piece, &at)| (at, piece)).collect();
        pieces.sort_unstable();
        let mut bytes = MAGIC.to_vec();
        for number in [self.dim as u32, pieces.len() as u32]
            .into_iter()
            .chain(pieces.into_iter().map(|(_, piece)| piece))
        {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.scales.iter().flat_map(|scale| scale.to_bits().to_le_bytes()));
        bytes.extend(&*self.rows);
        bytes
    }

    /// Tells it from other models.
    pub(super) fn hash(&self, hasher: &mut impl Hasher) {
        for scale in &self.scales {
            hasher.write_u32(scale.to_bits());
        }
        hasher.write(&self.rows);
    }

    pub(super) fn row(&self, piece: Piece) -> Option<(f32, &[i8])> {
        let place = *self.places.get(&piece)? as usize;
        let row = &self.rows[place * self.dim..][..self.dim];
        Some((self.scales[place], bytemuck::cast_slice(row)))
    }
}

/// Pieces are hashes already.
#[derive(Default)]
pub(crate) struct Named(u64);

impl Hasher for Named {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 | u64::from(byte);
        }
    }
    fn write_u32(&mut self, piece: u32) {
        // The table looks at the upper bits too.
        self.0 = u64::from(piece).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
