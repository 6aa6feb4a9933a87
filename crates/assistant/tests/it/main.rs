//! The reading of messages, on lists of messages as customers write them.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod actions;
mod choosing;
mod dialogue;
mod embeddings;
mod feelings;
mod goods;
mod llm;
mod llm_laws;
mod reading;
mod recommending;
mod rerank;
