//! What customers and agents live through, in a real Chromium.

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
mod stage;
mod window;
