//! Real questions by the thousand, where the developers' data lies beside the workspace.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use knowledge::import;

use crate::now;

fn data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !path.exists() {
        println!("\n*** SKIPPED: {} is not there; nothing was checked ***\n", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn every_row_of_a_real_faq_is_an_entry_or_is_reported() {
    let Some(path) = data("faq/baoxian_zhidao_zh.jsonl.gz") else { return };
    let file = std::fs::File::open(&path).expect("opens");
    let rows: Vec<serde_json::Value> = BufReader::new(GzDecoder::new(file))
        .lines()
        .map(|line| serde_json::from_str(&line.expect("reads")).expect("is JSON"))
        .collect();
    let text =
        |row: &serde_json::Value, field: &str| row[field].as_str().unwrap_or_default().trim().to_owned();
    let exact: BTreeSet<String> = rows.iter().map(|row| text(row, "question")).collect();
    let letters = |question: &String| question.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let loose: BTreeSet<String> = exact.iter().map(letters).collect();
    let best =
        rows.iter().filter(|row| row["best"] == true).map(|row| text(row, "answer")).collect::<BTreeSet<_>>();

    let harvest = import::read(&[path], now()).expect("reads");

    assert_eq!(harvest.entries.len() + harvest.duplicates.len() + harvest.rejected.len(), rows.len());
    assert_eq!(harvest.rejected, []);
    assert!((loose.len()..=exact.len()).contains(&harvest.entries.len()), "{}", harvest.entries.len());
    let answered_best = harvest
        .entries
        .iter()
        .flat_map(|entry| entry.texts.values())
        .filter(|text| best.contains(&text.answer));
    println!("{} entries, {} with a chosen answer", harvest.entries.len(), answered_best.count());
}

#[test]
fn the_sample_shop_is_whole_in_both_languages() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop");
    let paths = ["knowledge.zh.jsonl", "knowledge.en.jsonl", "articles"].map(|name| shop.join(name));

    let harvest = import::read(&paths, now()).expect("reads");

    assert_eq!((harvest.rejected, harvest.duplicates), (vec![], vec![]));
    let halves = harvest.entries.iter().filter(|entry| entry.texts.len() < 2);
    assert_eq!(halves.map(|entry| entry.id.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}
