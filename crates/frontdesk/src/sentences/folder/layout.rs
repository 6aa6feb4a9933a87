//! What stands where in a sentence-transformer's folder.
//!
//! `config.json`, `tokenizer.json`, `model.safetensors`; `modules.json` lists what happens to the tokens' vectors,
//! and `1_Pooling/config.json` how they become one. Where these two are absent, the mean is taken, brought to length 1.

use std::{
    fs,
    path::{Path, PathBuf},
};

use language::{
    neural::{ModelError, Parts, Pooling, SentenceEncoder},
    sentences::{NoVectors, Sentences},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Why a folder holds no model that can be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum FolderError {
    #[error("{} is missing or cannot be read; a sentence-transformer's folder holds config.json, tokenizer.json and \
             model.safetensors (`model.save(FOLDER)` in Python makes all of them)", .0.display())]
    Unreadable(PathBuf, #[source] std::io::Error),
    #[error("{} is not understood; take the file that came with the model", .0.display())]
    NotJson(PathBuf, #[source] serde_json::Error),
    #[error("{path}: {what} is not built in; take another model, or serve this one behind an endpoint", path = .0.display(), what = .1)]
    Unknown(PathBuf, String),
    #[error("{}", .0.display())]
    Model(PathBuf, #[source] ModelError),
}

/// A model under the name of its folder and content.
pub(super) struct FolderModel {
    name: String,
    encoder: SentenceEncoder,
}

impl Sentences for FolderModel {
    fn name(&self) -> &str {
        &self.name
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        Ok(self.encoder.encode(texts)?)
    }
}

#[derive(Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PoolingFile {
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reading {
    max_seq_length: Option<usize>,
    do_lower_case: bool,
}

/// What happens to the tokens' vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ending {
    pooling: Pooling,
    normalise: bool,
}

pub(super) fn read(folder: &Path) -> Result<FolderModel, FolderError> {
    let file = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|error| FolderError::Unreadable(path, error))
    };
    let (config, tokenizer) = (file("config.json")?, file("tokenizer.json")?);
    let (ending, reading) = (ending(folder)?, reading(folder)?);
    let weights = file("model.safetensors")?;
    let encoder = SentenceEncoder::from_parts(&Parts {
        config: &config,
        tokenizer: &tokenizer,
        weights: &weights,
        pooling: ending.pooling,
        normalise: ending.normalise,
        lower_case: reading.do_lower_case,
        max_tokens: reading.max_seq_length,
    });
    let encoder = encoder.map_err(|error| FolderError::Model(folder.to_owned(), error))?;
    let content = format!("{ending:?}{:?}{}", reading.max_seq_length, reading.do_lower_case);
    let name = name(folder, &[content.as_bytes(), &config, &tokenizer, &weights]);
    Ok(FolderModel { name, encoder })
}

/// The folder's name and what is in it: vectors of a model that was replaced in its place are no longer its own.
fn name(folder: &Path, content: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in content {
        hash.update(part);
    }
    let digest = hash.finalize();
    let mark = digest.iter().take(4).fold(0_u32, |mark, &byte| mark << 8 | u32::from(byte));
    let called = folder.file_name().map_or_else(|| "model".into(), |name| name.to_string_lossy());
    format!("{called}@{mark:08x}")
}

fn ending(folder: &Path) -> Result<Ending, FolderError> {
    let path = folder.join("modules.json");
    let Some(modules) = optional::<Vec<Module>>(&path)? else {
        return Ok(Ending { pooling: Pooling::Mean, normalise: true });
    };
    let mut ending = Ending { pooling: Pooling::Mean, normalise: false };
    for module in modules {
        match module.kind.rsplit('.').next().unwrap_or_default() {
            "Transformer" => {}
            "Pooling" => ending.pooling = pooling(&folder.join(&module.path).join("config.json"))?,
            "Normalize" => ending.normalise = true,
            other => return Err(FolderError::Unknown(path, format!("the module {other}"))),
        }
    }
    Ok(ending)
}

fn pooling(path: &Path) -> Result<Pooling, FolderError> {
    let file: PoolingFile = optional(path)?.unwrap_or_default();
    match (file.pooling_mode_cls_token, file.pooling_mode_mean_tokens) {
        (true, false) => Ok(Pooling::First),
        (false, true) => Ok(Pooling::Mean),
        _ => Err(FolderError::Unknown(path.to_owned(), "pooling other than by cls or by mean".to_owned())),
    }
}

fn reading(folder: &Path) -> Result<Reading, FolderError> {
    Ok(optional(&folder.join("sentence_bert_config.json"))?.unwrap_or_default())
}

/// A file that may be absent.
fn optional<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, FolderError> {
    match fs::read(path) {
        Ok(bytes) => {
            let read = serde_json::from_slice(&bytes);
            read.map(Some).map_err(|error| FolderError::NotJson(path.to_owned(), error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::Unreadable(path.to_owned(), error)),
    }
}
