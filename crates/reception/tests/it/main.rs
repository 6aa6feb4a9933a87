//! What happens at the desk, told as stories and as laws.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod acts;
mod deliveries;
mod dialogue;
mod finding;
mod hand_over;
mod laws;
mod lessons;
mod log;
mod models;
mod publishing;
mod race;
mod reranking;
mod service;
mod sources;
mod teaching;
mod turns;
mod waiting;
mod writing;
