//! Reads text: labels and numbers out. Knows nothing of customers, files or networks.
//!
//! Everything is linear in the length of the text and never panics, whatever the bytes.

pub mod detect;
pub mod mask;
pub mod mood;
pub mod normal;
pub mod segment;
