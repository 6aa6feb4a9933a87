//! How files look.

use crate::tree::{leaves, none};

const LINES: usize = 400;

#[test]
fn every_source_file_opens_with_its_purpose() {
    let wrong: Vec<String> = leaves()
        .into_iter()
        .filter(|leaf| leaf.is(&["rs"]) && !leaf.text.starts_with("//! "))
        .map(|leaf| leaf.path)
        .collect();
    none("no `//!` at the top", &wrong);
}

#[test]
fn no_file_is_long_without_a_reason() {
    let ours = |path: &str| !path.ends_with(".min.js");
    let wrong: Vec<String> = leaves()
        .into_iter()
        .filter(|leaf| leaf.is(&["rs", "js", "css", "html"]) && ours(&leaf.path))
        .filter(|leaf| leaf.text.lines().count() > LINES)
        .filter(|leaf| !leaf.text.lines().take(12).any(|line| line.contains("long because: ")))
        .map(|leaf| format!("{}: {} lines", leaf.path, leaf.text.lines().count()))
        .collect();
    none("cut it, or say `// long because: …` near the top", &wrong);
}

#[test]
fn nothing_is_left_for_later() {
    // In pieces, so that this file does not name them.
    let marks = [concat!("to", "do!("), concat!("unimplemen", "ted!("), concat!("#[igno", "re")];
    let wrong: Vec<String> = leaves()
        .into_iter()
        .filter(|leaf| leaf.is(&["rs"]))
        .filter(|leaf| marks.iter().any(|mark| leaf.text.contains(mark)))
        .map(|leaf| leaf.path)
        .collect();
    none("unfinished", &wrong);
}

#[test]
fn no_file_names_somebody_s_machine() {
    let marks = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let mut wrong = Vec::new();
    for leaf in leaves() {
        for (number, line) in leaf.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                wrong.push(format!("{}:{}", leaf.path, number + 1));
            }
        }
    }
    none("a path that only one machine has", &wrong);
}
