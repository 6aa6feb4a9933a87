//! The store keeps what it promises: one suite of stories, run on every backend, and what only
//! concerns SQLite.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod contract;
mod files;
mod scene;
mod sqlite;
