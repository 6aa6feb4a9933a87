//! Learns the signs of an attack, against what ordinary customers write in many trades.

use super::{
    detector::{How, Row, detector, mix},
    own,
    sets::{QUESTIONS_EN, QUESTIONS_ZH, Sets},
};
use crate::{
    detector::{Detector, Detectors},
    tone::hear,
    train::linear::Settings,
};

/// Of ordinary texts that a trial has not seen, at most this share may be marked.
const ALARMS: f32 = 0.004;
/// So many rows of each set.
const ROWS: usize = 3_000;
/// How much a row of ours counts.
const OWN: f32 = 4.0;

/// What customers write in anger and in praise is no attack either.
const FELT: &[&str] = &["sentiment/online_shopping_zh", "sentiment/waimai_zh", "sentiment/abuse_cold_zh"];
const MORE: &[&str] = &["sentiment/xed_emotion_en", "pairs/zh_en_stc3_parallel", "intent/nlupp_banking"];

/// The model's file.
pub fn train(sets: &Sets<'_>) -> Vec<u8> {
    let mut rows = attacks(sets);
    for set in QUESTIONS_ZH.iter().chain(FELT).chain(QUESTIONS_EN).chain(MORE) {
        rows.extend(sets.some(set, ROWS).into_iter().flat_map(|sample| {
            [sample.text, sample.other].map(|text| Row { text, is: false, count: 1.0, usual: true })
        }));
    }
    rows.retain(|row| !row.text.is_empty());
    let service = own::service_zh().into_iter().chain(own::service_en());
    rows.extend(service.filter(|said| !said.is_test()).map(|said| Row::usual(said.text, false, OWN)));
    let how = How { learn: Settings { cost: 1.0, ..Settings::default() }, most: 40_000, ..How::default() };
    let mut found = detector(&rows, &how);
    found.line = line(&rows, &how);
    Detectors(vec![("attack".to_owned(), found)]).to_bytes()
}

fn attacks(sets: &Sets<'_>) -> Vec<Row> {
    let own = own::attacks().into_iter().filter(|said| !said.is_test());
    let mut rows: Vec<Row> = own.map(|said| Row::usual(said.text, said.label == "attack", OWN)).collect();
    for set in ["security/deepset_injection", "security/tensor_trust_attacks"] {
        let samples = sets.train(set).into_iter();
        rows.extend(samples.map(|sample| Row::usual(&sample.text, sample.label == "1", 1.0)));
    }
    rows
}

/// The line that hardly an ordinary text reaches, by a trial that lacks a part of the rows.
fn line(rows: &[Row], how: &How) -> f32 {
    const PARTS: u64 = 3;
    let (held, seen): (Vec<Row>, Vec<Row>) =
        rows.iter().cloned().partition(|row| (mix(&row.text) >> 8).is_multiple_of(PARTS));
    let trial: Detector = detector(&seen, how);
    let ordinary = held.iter().filter(|row| !row.is);
    let mut alarms: Vec<f32> = ordinary.map(|row| trial.probability(&hear(&row.text))).collect();
    alarms.sort_unstable_by(|a, b| b.total_cmp(a));
    let at = (alarms.len() as f32 * ALARMS) as usize;
    alarms.get(at).copied().unwrap_or(0.5).clamp(0.2, 0.95)
}
