//! The outside world's dialects.
