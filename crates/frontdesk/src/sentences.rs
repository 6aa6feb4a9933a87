//! Sentence models that plug in: where they come from.

pub(crate) mod folder;
