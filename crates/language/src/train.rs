//! How the built-in models are made, and how they learn a company's own words.

mod chance;
pub mod intent;
pub mod linear;
pub mod semantic;
pub mod words;
