//! Keeps the house in order: who uses whom, what documents claim, how files look.

#[path = "tidy/crates.rs"]
mod crates;
#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/tree.rs"]
mod tree;
