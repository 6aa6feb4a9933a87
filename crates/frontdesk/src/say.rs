//! How the commands speak: results on stdout, failures on stderr with all their causes.

use std::io::{self, Write};

use domain::{Lang, Said};

/// The command was used wrongly: exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUsage(pub(crate) String);

/// Says what went wrong, each cause once.
pub(crate) fn failure(error: &anyhow::Error) {
    let mut told = String::new();
    for cause in error.chain() {
        let words = said(cause).map_or_else(|| cause.to_string(), |said| said.text(lang()).to_owned());
        if !told.contains(&words) {
            if !told.is_empty() {
                told.push_str(": ");
            }
            told.push_str(&words);
        }
    }
    let _ = writeln!(io::stderr(), "frontdesk: {told}");
}

/// The language of who types, as their terminal has it: `LC_ALL`, `LC_MESSAGES`, `LANG`. English where none says.
pub(crate) fn lang() -> Lang {
    spoken(|name| std::env::var(name).ok())
}

fn spoken(value: impl Fn(&str) -> Option<String>) -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(value).find(|tag| !tag.is_empty());
    named.and_then(|tag| Lang::from_tag(&tag)).unwrap_or(Lang::En)
}

/// What is said in both languages.
fn said(cause: &(dyn std::error::Error + 'static)) -> Option<Said> {
    let file =
        cause.downcast_ref::<knowledge::import::ImportError>().map(knowledge::import::ImportError::said);
    file.or_else(|| Some(cause.downcast_ref::<reception::CrawlError>()?.said()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_speaks_as_its_terminal_does() {
        let of = |set: &[(&str, &str)]| {
            spoken(|name| set.iter().find(|(of, _)| *of == name).map(|(_, tag)| (*tag).to_owned()))
        };
        assert_eq!(of(&[]), Lang::En);
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "zh_TW")]), Lang::Zh);
        assert_eq!(of(&[("LC_ALL", "C.UTF-8"), ("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(of(&[("LC_MESSAGES", "zh"), ("LANG", "en_GB.UTF-8")]), Lang::Zh);
    }
}
