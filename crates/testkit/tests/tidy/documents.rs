//! What documents say is so.

use std::collections::BTreeSet;

use crate::tree::{Leaf, leaves, none, paths, text};

const KINDS: [&str; 14] =
    ["rs", "toml", "md", "js", "css", "html", "json", "jsonl", "sql", "txt", "svg", "png", "sh", "lock"];

fn documents() -> Vec<Leaf> {
    let ours = |path: &str| {
        path.starts_with("docs/")
            || path.ends_with("/README.md")
            || !path.contains('/') && path != "CHANGELOG.md"
    };
    leaves().into_iter().filter(|leaf| leaf.is(&["md"]) && ours(&leaf.path)).collect()
}

/// Whether it is a file or a folder of the repository; a short name counts as the end of a path.
fn exists(name: &str, beside: &str, all: &[String]) -> bool {
    let name = name.trim_end_matches('/').trim_start_matches("./");
    let here = beside.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let (ending, inside) = (format!("/{name}"), format!("{name}/"));
    let (beside, inside_beside) = (format!("{here}{name}"), format!("{here}{name}/"));
    all.iter().any(|path| {
        path == name
            || path.ends_with(&ending)
            || path.starts_with(&inside)
            || *path == beside
            || path.starts_with(&inside_beside)
    })
}

fn looks_like_a_path(name: &str, folders: &BTreeSet<&str>) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c));
    if !plain || name.starts_with('/') || name.starts_with('-') {
        return false;
    }
    let kind = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, kind)| kind);
    let first = name.split('/').next().unwrap_or_default();
    kind.is_some_and(|kind| KINDS.contains(&kind)) || name.contains('/') && folders.contains(first)
}

#[test]
fn every_path_that_a_document_names_exists() {
    let all = paths();
    let folders: BTreeSet<&str> =
        all.iter().filter_map(|path| path.split_once('/').map(|(folder, _)| folder)).collect();
    let mut wrong = Vec::new();
    for document in documents() {
        // Between backticks stands every second piece; blocks of code are left out.
        let prose: String = document.text.split("```").step_by(2).collect();
        for name in prose.split('`').skip(1).step_by(2) {
            if looks_like_a_path(name, &folders) && !exists(name, &document.path, &all) {
                wrong.push(format!("{}: `{name}`", document.path));
            }
        }
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !link.is_empty()
                && !link.contains(':')
                && !link.starts_with('/')
                && !exists(link, &document.path, &all)
            {
                wrong.push(format!("{}: ({link})", document.path));
            }
        }
    }
    none("named but not there", &wrong);
}

/// The commands of a document: the lines of its shell blocks, without remarks.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```").skip(1).step_by(2);
    let shell = blocks.filter_map(|block| block.strip_prefix("sh\n"));
    let lines =
        shell.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or(line).trim().to_owned());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

fn headings(text: &str) -> Vec<usize> {
    let prose: String = text.split("```").step_by(2).collect();
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    prose.lines().filter(|line| line.starts_with('#')).map(level).collect()
}

#[test]
fn both_readmes_say_the_same() {
    let (english, chinese) = (text("README.md"), text("README.zh-CN.md"));
    assert_eq!(commands(&english), commands(&chinese), "the commands differ");
    assert_eq!(headings(&english), headings(&chinese), "the headings differ");
    assert!(commands(&english).iter().any(|line| line.starts_with("cargo xtask test")), "how to test?");
}

#[test]
fn the_readmes_are_finished() {
    for path in ["README.md", "README.zh-CN.md"] {
        let text = text(path);
        for gap in ["FIRST_BUILD", "FIGURES_TABLE"] {
            assert!(!text.contains(gap), "{path} still says {gap}");
        }
    }
}
