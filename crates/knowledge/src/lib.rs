//! Entries become passages; a question finds them.
