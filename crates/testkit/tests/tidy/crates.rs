//! Who uses whom, as cargo sees it.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use crate::tree::{none, root, text};

fn metadata() -> Metadata {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap()
}

fn uses(package: &Package, kind: DependencyKind) -> BTreeSet<String> {
    package.dependencies.iter().filter(|used| used.kind == kind).map(|used| used.name.clone()).collect()
}

/// The rows of the table: a crate and those of ours that it uses; `None` for any.
fn table() -> BTreeMap<String, Option<BTreeSet<String>>> {
    let document = text("ARCHITECTURE.md");
    let (_, section) = document.split_once("## Who may know whom").expect("the section");
    let rows = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let ours = match cells[2] {
                "any" => None,
                "–" => Some(BTreeSet::new()),
                list => Some(list.split(", ").map(str::to_owned).collect()),
            };
            (cells[1].to_owned(), ours)
        })
        .collect()
}

#[test]
fn the_table_in_the_architecture_is_what_cargo_sees() {
    let metadata = metadata();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let table = table();
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), ours, "ARCHITECTURE.md names other crates");
    for package in &metadata.packages {
        let used: BTreeSet<String> =
            uses(package, DependencyKind::Normal).intersection(&ours).cloned().collect();
        if let Some(allowed) = &table[package.name.as_str()] {
            assert_eq!(
                &used, allowed,
                "{}: Cargo.toml (left) and ARCHITECTURE.md (right) differ",
                package.name
            );
        }
    }
}

#[test]
fn heavy_dependencies_stay_in_their_one_crate() {
    let homes = [
        ("sqlx", "store"),
        ("axum", "server"),
        ("reqwest", "egress"),
        ("jieba-rs", "language"),
        ("tantivy", "knowledge"),
    ];
    for package in metadata().packages {
        let used = uses(&package, DependencyKind::Normal);
        for (heavy, home) in homes {
            assert!(!used.contains(heavy) || package.name == home, "{} uses {heavy}", package.name);
        }
    }
}

#[test]
fn the_testkit_is_for_tests() {
    for package in metadata().packages {
        for kind in [DependencyKind::Normal, DependencyKind::Build] {
            assert!(!uses(&package, kind).contains("testkit"), "{} uses the testkit", package.name);
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace_and_stays_at_home() {
    for package in metadata().packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{}: no lints", package.name);
        assert_eq!(package.publish.as_deref(), Some(&[][..]), "{} could be published", package.name);
    }
}

#[test]
fn every_dependency_has_its_reason_and_its_user() {
    let manifest = text("Cargo.toml");
    let (_, section) = manifest.split_once("[workspace.dependencies]\n").expect("the section");
    let section = section.split("\n[").next().unwrap_or_default();
    let used: BTreeSet<String> = metadata()
        .packages
        .iter()
        .flat_map(|package| &package.dependencies)
        .map(|used| used.name.clone())
        .collect();
    let mut wrong = Vec::new();
    for line in section.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let name = line.split(" = ").next().unwrap_or(line);
        if !line.contains("path = ") && !line.contains(" # ") {
            wrong.push(format!("{name} has no reason"));
        }
        if !used.contains(name) {
            wrong.push(format!("{name} is used by nobody"));
        }
    }
    none("Cargo.toml", &wrong);
}

#[test]
fn every_ban_has_its_reason() {
    let bans = text("clippy.toml");
    let wrong: Vec<String> = bans
        .lines()
        .filter(|line| line.contains("path = ") && !line.contains("reason = "))
        .map(str::to_owned)
        .collect();
    none("clippy.toml", &wrong);
}
