//! Learns who asks for a person, against what customers of many trades ask. Each language by itself.

use super::{
    detector::{How, Row, detector},
    own,
    sets::{QUESTIONS_EN, QUESTIONS_ZH, Sets},
};
use crate::{
    detector::{Detector, Detectors, MEANING},
    is_han,
    train::linear::Settings,
};

/// So many rows of each set of questions.
const ROWS: usize = 1_500;
/// How much a row of ours counts; one of a bank's customers counts once.
const OWN: f32 = 4.0;
/// What a question of a set counts.
const PLAIN: f32 = 0.2;

const REQUESTS: &str = "handoff/nlupp_requests_en";

/// Rows of sets that hold one of these may ask for a person, and nobody has labelled whether they do.
const DOUBTFUL: &[&str] = &[
    "人工",
    "真人",
    "客服",
    "转接",
    "speak to",
    "speak with",
    "talk to",
    "talk with",
    "representative",
    "agent",
    "a person",
    "human",
    "someone",
];

/// The model's file.
pub fn train(sets: &Sets<'_>) -> Vec<u8> {
    let rows = rows(sets);
    let (zh, en): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.text.contains(is_han));
    Detectors(vec![("handoff.zh".to_owned(), learn(&zh)), ("handoff.en".to_owned(), learn(&en))]).to_bytes()
}

fn learn(rows: &[Row]) -> Detector {
    let how = How {
        learn: Settings { cost: 1.0, least: 1, ..Settings::default() },
        most: 12_000,
        meaning: MEANING,
        ..How::default()
    };
    detector(rows, &how)
}

fn rows(sets: &Sets<'_>) -> Vec<Row> {
    let own = own::persons().into_iter().filter(|said| !said.is_test());
    let mut rows: Vec<Row> = own.map(|said| Row::usual(said.text, said.label == "asks", OWN)).collect();
    rows.extend(
        sets.train(REQUESTS).into_iter().map(|asked| Row::usual(&asked.text, asked.label == "1", 1.0)),
    );
    let service = own::service_zh().into_iter().chain(own::service_en());
    let plain = service.filter(|said| !said.is_test() && !is_doubtful(said.text));
    rows.extend(plain.map(|said| Row::usual(said.text, false, 1.0)));
    let questions = QUESTIONS_ZH.iter().chain(QUESTIONS_EN).flat_map(|set| sets.some(set, ROWS));
    rows.extend(
        questions
            .filter(|asked| !is_doubtful(&asked.text))
            .map(|asked| Row::usual(&asked.text, false, PLAIN)),
    );
    rows
}

fn is_doubtful(text: &str) -> bool {
    let text = text.to_lowercase();
    DOUBTFUL.iter().any(|words| text.contains(words))
}
