//! Masking on texts that we wrote as customers write, before the rules were: half for work on the rules (dev), half
//! only to look at (test).

use jiff::civil::date;
use language::facts::{
    facts,
    measure::{Labelled, Masking, Tally},
};
use serde_json::Value;

fn measured(file: &str, split: &str) -> Masking {
    let mut tally = Tally::default();
    for line in file.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if row["split"] == split {
            let row = labelled(&row);
            let found = facts(&row.text, date(2026, 11, 23), None);
            let masked: Vec<_> = found
                .into_iter()
                .filter(|fact| fact.kind.tag().is_some())
                .map(|fact| (fact.kind, fact.span))
                .collect();
            tally.add(&row, &masked);
        }
    }
    tally.measured()
}

fn labelled(row: &Value) -> Labelled {
    let place = |span: &Value, end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
    let spans = |name: &str| {
        let span = |span: &Value| {
            (span["type"].as_str().unwrap().to_owned(), place(span, "start")..place(span, "end"))
        };
        row[name].as_array().unwrap().iter().map(span).collect::<Vec<_>>()
    };
    let text = row["text"].as_str().unwrap().to_owned();
    Labelled { text, mask: spans("mask"), keep: spans("keep"), ..Labelled::default() }
}

#[track_caller]
fn holds(file: &str, split: &str, recall: f64, wrongly: f64) {
    let sums = measured(file, split);
    println!("{split}: {}", serde_json::to_string(&sums).unwrap());
    assert!(sums.recall.unwrap() >= recall, "recall {:?}", sums.recall);
    assert!(sums.precision.unwrap() >= 0.95, "precision {:?}", sums.precision);
    assert!(sums.wrongly_masked.unwrap() <= wrongly, "wrongly masked {:?}", sums.wrongly_masked);
}

const ZH: &str = include_str!("../data/pii_zh.jsonl");
const EN: &str = include_str!("../data/pii_en.jsonl");

#[test]
fn chinese_customers() {
    holds(ZH, "dev", 0.98, 0.01);
    holds(ZH, "test", 0.9, 0.05);
}

#[test]
fn english_customers() {
    holds(EN, "dev", 0.98, 0.01);
    holds(EN, "test", 0.85, 0.1);
}
