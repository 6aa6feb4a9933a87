//! All reads and acts, by the person who asks. What one may not see does not exist for them.

mod agent;
mod editor;
mod operator;
mod publisher;
mod visitor;

pub use agent::{AgentView, Listing, Told};
pub use operator::{Asked, Completed, Completion, Heard, OperatorView, PAGE};
pub use visitor::{Cursor, NotSignedIn, VisitorView};
