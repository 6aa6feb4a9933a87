//! How large the models are that ship.

use std::{fs, path::Path};

use crate::tree::root;

const MB: u64 = 1 << 20;

/// The bytes of the files in the models' folders of all crates whose path a condition takes, cards aside.
fn bytes(takes: impl Fn(&str) -> bool) -> u64 {
    let crates =
        fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path().join("models"));
    let files = crates.filter_map(|folder| fs::read_dir(folder).ok()).flatten().map(Result::unwrap);
    let is_card = |path: &Path| path.extension().is_some_and(|end| end == "md");
    files
        .filter(|file| !is_card(&file.path()) && file.path().to_str().is_some_and(&takes))
        .map(|file| file.metadata().unwrap().len())
        .sum()
}

#[test]
fn what_understands_is_small_and_so_are_all_models_together() {
    let understands = bytes(|path| path.contains("/language/models/") && !path.ends_with("semantic.bin"));
    assert!((MB..=25 * MB).contains(&understands), "{understands} bytes of models that understand messages");
    let meaning = bytes(|path| path.ends_with("semantic.bin"));
    assert!((MB..=20 * MB).contains(&meaning), "{meaning} bytes of the model of meaning");
    let all = bytes(|_| true);
    assert!((understands + meaning..=70 * MB).contains(&all), "{all} bytes of all models");
}
