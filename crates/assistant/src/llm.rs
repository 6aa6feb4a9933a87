//! Language models behind OpenAI-compatible servers: asked in order, read while they write, bounded by code.
//!
//! ```text
//!   brief ─▶ prompt ─▶ chain (breakers, budgets, retries) ─▶ reply (sse, thoughts) ─▶ sentences ─▶ checks ─▶ Written
//! ```
//!
//! Nothing that a model says is believed: its words are data until a check has passed them, one sentence at a time.

mod again;
mod breaker;
mod brief;
mod budget;
mod chain;
mod chat;
mod checks;
mod prompt;
mod reply;
mod sentences;
mod settings;
mod sse;
mod thoughts;
mod tokens;
mod written;

pub use again::again;
pub use breaker::{Breaker, Standing};
pub use brief::{Brief, Passage, may_write};
pub use budget::{Cost, Overdrawn, Purse};
pub use chain::{Chain, Link, Patience, Surroundings};
pub use chat::{Chat, ChatError};
pub use checks::{Checks, Exact, Verdict};
pub use prompt::{NO_ANSWER, Prompt, prompt};
pub use reply::{Piece, Reply};
pub use sentences::{Sentence, Splitter};
pub use settings::ChatSettings;
pub use sse::{Events, MOST_IN_ALL, MOST_IN_LINE, TooMuch};
pub use thoughts::{Thoughts, Visible};
pub use written::{Kept, Said, Written};
