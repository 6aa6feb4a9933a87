//! Decides and words an answer.
