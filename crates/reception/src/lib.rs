//! Everything that happens at the desk, one file an act.
