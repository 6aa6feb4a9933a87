//! How the commands speak: results on stdout, failures on stderr with all their causes.

use std::io::{self, Write};

/// The command was used wrongly: exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUsage(pub(crate) String);

/// Says what went wrong, each cause once.
pub(crate) fn failure(error: &anyhow::Error) {
    let mut told = String::new();
    for cause in error.chain() {
        let words = cause.to_string();
        if !told.contains(&words) {
            if !told.is_empty() {
                told.push_str(": ");
            }
            told.push_str(&words);
        }
    }
    let _ = writeln!(io::stderr(), "frontdesk: {told}");
}

/// 2 for wrong usage, 1 for everything else.
pub(crate) fn status(error: &anyhow::Error) -> u8 {
    if error.is::<WrongUsage>() { 2 } else { 1 }
}

/// Writes one line to stdout. A closed pipe is not an error: the reader has seen enough.
pub(crate) fn line(text: impl std::fmt::Display) -> anyhow::Result<()> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
