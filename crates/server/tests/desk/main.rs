//! The desk as a browser without scripts sees it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod browser;
mod check_up;
mod conversations;
mod door;
mod intents;
mod knowledge;
mod models;
mod products;
mod publishing;
mod sources;
