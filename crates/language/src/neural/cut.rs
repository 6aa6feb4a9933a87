//! Texts become tokens: numbers of pieces of words.

use tokenizers::{Tokenizer, TruncationParams};

use super::{EncodeError, ModelError, shape::Shape};

/// No text has more characters than this a token, but for runs that say nothing. What lies beyond is not cut.
const CHARS_A_TOKEN: usize = 32;

pub(super) struct Cutter {
    tokenizer: Tokenizer,
    lower_case: bool,
    most_chars: usize,
    filler: u32,
}

impl Cutter {
    pub(super) fn new(file: &[u8], most: usize, lower_case: bool, shape: &Shape) -> Result<Self, ModelError> {
        let wrong = |error: &dyn std::fmt::Display| ModelError::Tokenizer(super::briefly(error));
        let mut tokenizer = Tokenizer::from_bytes(file).map_err(|error| wrong(&error))?;
        let largest = tokenizer.get_vocab(true).into_values().max().unwrap_or_default();
        if largest as usize >= shape.words {
            return Err(wrong(&"it has more words than the network; both files must be of one model"));
        }
        // What the file says of length and fillers is about how it was trained.
        tokenizer.with_padding(None);
        let cut = TruncationParams { max_length: most.max(8), ..TruncationParams::default() };
        tokenizer.with_truncation(Some(cut)).map_err(|error| wrong(&error))?;
        Ok(Self { tokenizer, lower_case, most_chars: most.max(8) * CHARS_A_TOKEN, filler: shape.filler })
    }

    /// What fills up the shorter texts of a batch.
    pub(super) const fn filler(&self) -> u32 {
        self.filler
    }

    /// At least one token, whatever the text.
    pub(super) fn cut(&self, text: &str) -> Result<Vec<u32>, EncodeError> {
        let head = text.char_indices().nth(self.most_chars).map_or(text, |(end, _)| &text[..end]);
        let lower = self.lower_case.then(|| head.to_lowercase());
        let cut = self.tokenizer.encode_fast(lower.as_deref().unwrap_or(head), true);
        let mut ids = cut.map_err(|error| EncodeError(super::briefly(&error)))?.get_ids().to_vec();
        if ids.is_empty() {
            ids.push(self.filler);
        }
        Ok(ids)
    }
}
