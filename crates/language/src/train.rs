//! Makes the built-in models from texts. Reads no files: who calls brings the texts.

pub mod semantic;
pub mod words;
