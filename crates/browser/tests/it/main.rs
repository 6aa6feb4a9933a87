//! What customers and agents live through, in a real Chromium.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod axe;
mod customer;
mod desk;
mod hand_over;
mod inert;
mod keyboard;
mod layout;
mod process;
mod questions;
mod roads;
mod shelves;
mod stage;
mod window;
