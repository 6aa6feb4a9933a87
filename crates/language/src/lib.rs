//! Reads text: labels and numbers out. Knows nothing of customers, files or networks.
//!
//! Everything is linear in the length of the text and never panics, whatever the bytes.

pub mod attack;
mod bag;
pub mod denial;
pub mod detect;
mod detector;
pub mod embed;
pub mod emoji;
pub mod entail;
pub mod facts;
pub mod handoff;
pub mod intent;
mod linear;
pub mod marks;
pub mod mask;
pub mod measure;
pub mod mood;
#[cfg(feature = "neural")]
pub mod neural;
pub mod normal;
pub mod quantity;
pub mod satisfaction;
pub mod segment;
pub mod sentences;
pub mod simplify;
pub mod spelling;
mod tone;
pub mod train;

/// Whether this is a Chinese character (the scripts `Han` of Unicode, without rare extensions' radicals).
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '々' | '〇')
}
