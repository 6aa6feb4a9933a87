//! mood
