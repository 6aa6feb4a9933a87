//! Facts and masking on whole texts: what must always hold, and how well our own labelled sets are masked.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod laws;
mod own_sets;
