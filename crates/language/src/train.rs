//! How the built-in models are made, and how they learn a company's own words.

pub mod attack;
pub mod boost;
mod chance;
pub(crate) mod detector;
pub mod dictionary;
pub mod entail;
pub mod fresh;
pub mod handoff;
pub mod intent;
pub mod linear;
pub mod mood;
pub mod own;
pub(crate) mod phrases;
pub mod satisfaction;
pub mod semantic;
pub mod sets;
pub mod words;
