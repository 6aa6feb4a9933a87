//! Keeps the house in order: who uses whom, what documents claim, how files look.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "tidy/crates.rs"]
mod crates;
#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/models.rs"]
mod models;
#[path = "tidy/tree.rs"]
mod tree;
