//! Recommends products: to who asks for advice, and, where the moment and the owner's rules allow it, in one line
//! after another answer.
//!
//! ```text
//!   Stock (catalogue, habits, rules) ─┐
//!   message ─▶ Wish ──────────────────┼─▶ rank ─▶ picks with reasons ─▶ words
//!   Shopper (bought, liked, shown) ───┘
//! ```
//!
//! Nothing here reads a clock, a database or the network. The same stock, message, shopper and month give the same
//! picks. What stands in a catalogue is data: it is said in plain words that neither link nor mark anything up.

mod advice;
mod budget;
mod chance;
mod habits;
pub mod holdout;
pub mod lift;
pub mod measure;
mod moment;
mod people;
mod rank;
mod rules;
mod search;
mod shelf;
mod stock;
mod wish;
mod words;

pub use advice::Advice;
pub use budget::Budget;
pub use habits::{Buy, Habits};
pub use moment::fits_moment;
pub use rank::{Because, Pick, pick, volunteer};
pub use shelf::Shelf;
pub use stock::{Stock, buys, month};
pub use wish::{Strength, Wish};
