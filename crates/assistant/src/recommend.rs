//! Recommends products: to who asks for advice, and, where the moment and the owner's rules allow it, in one line
//! after another answer. Says what the catalogue holds of a product to who asks that.
//!
//! ```text
//!   Stock (catalogue, habits, rules) ─┐
//!   message ─▶ Wish ──────────────────┼─▶ rank ─▶ picks with reasons ─▶ words
//!   Shopper (bought, liked, shown) ───┘
//!   message ─▶ Inquiry (which product, what of it) ─▶ told
//! ```
//!
//! Nothing here reads a clock, a database or the network. The same stock, message, shopper and month give the same
//! picks. What stands in a catalogue is data: it is said in plain words that neither link nor mark anything up.

mod advice;
mod aspect;
mod budget;
mod chance;
mod context;
mod general;
mod habits;
pub mod holdout;
mod inquiry;
pub mod lift;
mod material;
pub mod measure;
mod moment;
mod people;
mod point;
mod rank;
mod refine;
mod rest;
mod rules;
mod search;
mod shelf;
mod stock;
mod told;
mod wish;
mod words;

pub use advice::{Advice, Asking};
pub use budget::Budget;
pub(crate) use general::General;
pub use habits::{Buy, Habits};
pub use moment::fits_moment;
pub use rank::{Because, Pick, pick, volunteer};
pub use shelf::Shelf;
pub use stock::{Stock, buys, month};
pub use wish::{Strength, Wish};
