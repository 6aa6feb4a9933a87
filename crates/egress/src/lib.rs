//! The only way out: one HTTP client that checks and pins every address.
