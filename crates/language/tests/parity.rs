//! Vectors of a real model are those of the Python library. `parity/make.py` made what is expected.
#![cfg(feature = "neural")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{fs, path::PathBuf};

use language::neural::{Parts, Pooling, SentenceEncoder};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    first: Vec<f32>,
    sums: Vec<f32>,
}

/// Where `cargo xtask test` put the real weights.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("FRONTDESK_TEST_MODEL").map(PathBuf::from)?;
    folder.join("model.safetensors").is_file().then_some(folder)
}

fn model(folder: &std::path::Path) -> SentenceEncoder {
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    SentenceEncoder::from_parts(&Parts {
        config: &read("config.json"),
        tokenizer: &read("tokenizer.json"),
        weights: &read("model.safetensors"),
        pooling: Pooling::Mean,
        normalise: true,
        lower_case: false,
        max_tokens: Some(256),
    })
    .unwrap()
}

fn rows<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn fifty_sentences_point_where_the_python_library_says() {
    let Some(folder) = folder() else {
        println!("\n!!! parity with the Python library was not tested: FRONTDESK_TEST_MODEL names no model");
        return;
    };
    let sentences: Vec<String> = rows(include_str!("parity/sentences.jsonl"));
    let expected: Vec<Expected> = rows(include_str!("parity/expected.jsonl"));
    assert_eq!((sentences.len(), expected.len()), (50, 50));
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let vectors = model(&folder).encode(&texts).unwrap();
    let mut furthest = 0.0_f32;
    for ((text, vector), expected) in texts.iter().zip(&vectors).zip(&expected) {
        assert_eq!(vector.len(), 384);
        let sums: Vec<f32> = vector.chunks(16).map(|row| row.iter().sum()).collect();
        let pairs = vector.iter().zip(&expected.first).chain(sums.iter().zip(&expected.sums));
        let far = pairs.map(|(ours, theirs)| (ours - theirs).abs()).fold(0.0, f32::max);
        assert!(far < 1e-3, "{text:?} is {far} away");
        furthest = furthest.max(far);
    }
    println!("parity: 50 sentences, at most {furthest} apart");
}
