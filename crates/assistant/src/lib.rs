//! Decides and words an answer.
//!
//! ```text
//!   message ─▶ read ─▶ consider (search, alone and with what was said before; decide) ─▶ compose ─▶ Answer with its Trace
//! ```
//!
//! But for [`embeddings`], [`rerank`] and [`llm`], nothing here reads a clock, a database or the network: an answer is a function of the
//! turn, the library (with the sentence model and the reranker that are plugged into it) and the policy. The same turn gives the same
//! bytes, so every answer can be replayed.

pub mod action;
mod another;
mod answer;
mod beside;
pub mod calibrate;
pub mod check;
mod clarify;
mod clause;
mod compose;
mod consider;
mod courtesy;
mod decide;
pub mod duty;
pub mod embeddings;
mod follow;
mod heart;
mod intents;
pub mod llm;
mod loops;
pub mod measure;
pub mod memory;
mod person;
mod phrases;
mod place;
mod policy;
mod price;
mod quote;
mod read;
pub mod recommend;
pub mod rerank;
mod said;
mod several;
mod slots;
mod smalltalk;
mod source;
mod spoken;
mod tone;
mod voice;

pub use action::Action;
pub use answer::{Answer, Assistant, Turn};
pub use decide::{Decision, decide};
pub use intents::Intents;
pub use language::facts::Catalogue as Products;
pub use language::{satisfaction, train::intent::Example};
pub use person::{asks_for_person, goes_back};
pub use phrases::Phrases;
pub use policy::Policy;
pub use read::{Reading, read, read_as};
pub use smalltalk::{Smalltalk, smalltalk};
pub use spoken::spoken;
pub use tone::{Address, Manner, Tone};

/// A text with personal data masked.
pub fn masked(text: &str) -> String {
    language::mask::mask(text).text
}
