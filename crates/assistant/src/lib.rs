//! Decides and words an answer.
//!
//! ```text
//!   message ─▶ read ─▶ (library) search ─▶ decide ─▶ compose ─▶ Answer with its Trace
//! ```
//!
//! But for [`embeddings`], nothing here reads a clock, a database or the network: an answer is a function of the
//! turn, the library (with the sentence model that is plugged into it) and the policy. The same turn gives the same
//! bytes, so every answer can be replayed.

mod answer;
pub mod calibrate;
mod clause;
mod compose;
mod decide;
pub mod embeddings;
mod intents;
pub mod measure;
mod person;
mod phrases;
mod policy;
mod quote;
mod read;
pub mod recommend;
mod smalltalk;
mod spoken;

pub use answer::{Answer, Assistant, Turn};
pub use decide::{Decision, decide};
pub use intents::Intents;
pub use language::facts::Catalogue as Products;
pub use language::{satisfaction, train::intent::Example};
pub use person::asks_for_person;
pub use phrases::Phrases;
pub use policy::Policy;
pub use read::{Reading, read, read_as};
pub use smalltalk::{Smalltalk, smalltalk};
pub use spoken::spoken;
