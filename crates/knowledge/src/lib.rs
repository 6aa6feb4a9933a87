//! Entries become passages; a question finds them.
//!
//! Nothing here reads a clock, a database or the network. The index is derived: it is built in memory
//! from the entries and follows their changes.

pub mod export;
pub mod full_text;
pub mod import;
pub mod library;
pub mod lint;
pub mod measure;
pub mod replies;
pub mod section;
pub mod train;

pub use full_text::{FullText, FullTextError, Sought};
pub use library::{Apart, Hit, Library, Query, later_strangers, take_first_place};
