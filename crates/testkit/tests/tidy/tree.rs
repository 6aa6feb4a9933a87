//! The files of the repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file as it lies in the repository: its path from the root, with slashes, and its text.
pub(crate) struct Leaf {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Leaf {
    pub(crate) fn is(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| self.path.ends_with(&format!(".{extension}")))
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The paths of all files that are ours; what is built, stored or fetched is not.
pub(crate) fn paths() -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, below: &str, found: &mut Vec<String>) {
    const FOREIGN: [&str; 5] = ["target", ".git", "data", "node_modules", "vendor"];
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if FOREIGN.contains(&name.as_str()) || name == "frontdesk.toml" && below.is_empty() {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &path, found);
        } else {
            found.push(path);
        }
    }
}

/// All files that are text.
pub(crate) fn leaves() -> Vec<Leaf> {
    let root = root();
    let read = |path: String| fs::read_to_string(root.join(&path)).ok().map(|text| Leaf { path, text });
    paths().into_iter().filter_map(read).collect()
}

pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails with all findings at once.
pub(crate) fn none(what: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{what}:\n  {}", findings.join("\n  "));
}
