//! SQLite: one writer that commits in groups, several readers.
