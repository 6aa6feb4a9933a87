//! The binary: configuration and commands.
fn main() {}
