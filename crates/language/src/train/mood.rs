//! Learns feelings: which messages show any, whether it is a good one, whether it is anger; whether one presses
//! for time or complains. Each language by itself.

use super::{
    detector::{How, Row, detector},
    own::{self, Said},
    phrases::{self, Phrase},
    sets::{QUESTIONS_EN, QUESTIONS_ZH, Sets},
};
use crate::{
    detector::{Detector, Detectors, MEANING},
    train::linear::Settings,
};

/// How much a row of ours counts against a row of a set: there are few, and they are what customers write.
const OWN: f32 = 10.0;
/// So many rows of each set of questions, which show no feeling.
const QUESTIONS: usize = 4_000;

/// How much a phrase of ours counts as praise or blame; half of that as a feeling.
const PHRASE: f32 = 1.0;
/// How much a line that was said elsewhere counts as a feeling.
const LINES: f32 = 0.3;
/// How much a row that is urgent counts against one that is not.
const RARE: f32 = 3.0;

/// The model's file.
pub fn train(sets: &Sets<'_>) -> Vec<u8> {
    let mut all = Detectors(languages("zh", heard_zh(sets)));
    let good = all.0.iter().find(|(name, _)| name == "good.zh").map(|(_, good)| good);
    let english = good.map(|good| languages("en", heard_en(sets, good)));
    all.0.extend(english.unwrap_or_default());
    all.to_bytes()
}

fn heard_zh(sets: &Sets<'_>) -> Heard {
    let mut reviews = Vec::new();
    for set in ["sentiment/online_shopping_zh", "sentiment/waimai_zh", "sentiment/xed_emotion_zh"] {
        reviews.extend(polar(sets, set, if set.contains("xed") { 0.3 } else { 1.0 }));
    }
    let felt = felt(&reviews, LINES);
    let questions = questions(sets, QUESTIONS_ZH);
    let said = training(own::service_zh());
    Heard { said, polar: reviews, felt, questions, abuse: abuse(sets) }
}

fn heard_en(sets: &Sets<'_>, good: &Detector) -> Heard {
    let mut lines = polar(sets, "sentiment/xed_emotion_en", 0.3);
    lines.extend(translated(sets, good));
    // Neither is what customers type, so neither says what a score is worth.
    for row in &mut lines {
        row.usual = false;
    }
    let mut felt = felt(&lines, LINES);
    for Phrase { text, label } in phrases::en() {
        let phrase = |is, count| Row { usual: false, ..Row::usual(&text, is, count) };
        felt.push(phrase(label != "neutral", PHRASE / 2.0));
        if label != "neutral" {
            lines.push(phrase(label == "positive", PHRASE));
        }
    }
    let questions = questions(sets, QUESTIONS_EN);
    Heard { said: training(own::service_en()), polar: lines, felt, questions, abuse: Vec::new() }
}

/// What a language's detectors learn from.
struct Heard {
    /// Rows of ours.
    said: Vec<Said>,
    /// Praise and blame.
    polar: Vec<Row>,
    /// With a feeling or without.
    felt: Vec<Row>,
    questions: Vec<Row>,
    abuse: Vec<Row>,
}

/// The five detectors of a language.
fn languages(lang: &str, heard: Heard) -> Vec<(String, Detector)> {
    let named = |lesson: Lesson| (format!("{}.{lang}", lesson.name), detector(&lesson.rows, &lesson.how));
    lessons(heard).into_iter().map(named).collect()
}

/// What one detector learns.
struct Lesson {
    name: &'static str,
    rows: Vec<Row>,
    how: How,
}

fn lessons(heard: Heard) -> Vec<Lesson> {
    let Heard { said, mut polar, mut felt, questions, abuse } = heard;
    let of = |test: &dyn Fn(&Said) -> Option<bool>| -> Vec<Row> {
        said.iter().filter_map(|said| Some(Row::usual(said.text, test(said)?, OWN))).collect()
    };
    polar.extend(of(&|said| (said.label != "neutral").then_some(said.label == "positive")));
    felt.extend(of(&|said| Some(said.label != "neutral")));
    felt.extend(questions.iter().filter(|row| !shows(&row.text)).cloned());
    let mut anger = of(&|said| Some(said.label == "angry"));
    anger.extend(abuse);
    anger.extend(questions.iter().map(|row| Row { count: 0.03, ..row.clone() }));
    let unlike = |said: Vec<Row>| {
        let plain = questions.iter().map(|row| Row { count: 0.02, ..row.clone() });
        said.into_iter().chain(plain).collect::<Vec<Row>>()
    };
    let urgent = unlike(rare(of(&|said| Some(said.urgent))));
    let complaint = unlike(of(&|said| Some(said.complaint)));
    let lesson = |name, rows, most, least, clauses| Lesson {
        name,
        rows,
        how: How {
            learn: Settings { least, cost: if clauses > 0.0 { 0.1 } else { 0.3 }, ..Settings::default() },
            most,
            clauses,
            meaning: MEANING,
        },
    };
    vec![
        lesson("good", polar, 200_000, 2, 0.3),
        lesson("felt", felt, 40_000, 2, 0.0),
        lesson("angry", anger, 40_000, 2, 0.0),
        lesson("urgent", urgent, 10_000, 1, 0.0),
        lesson("complaint", complaint, 10_000, 1, 0.0),
    ]
}

/// One message in ten presses, which is too few to learn from unless they count more.
fn rare(rows: Vec<Row>) -> Vec<Row> {
    let weigh = |row: Row| Row { count: row.count * if row.is { RARE } else { 1.0 }, ..row };
    rows.into_iter().map(weigh).collect()
}

fn training(mut said: Vec<Said>) -> Vec<Said> {
    said.retain(|said| !said.is_test());
    said
}

fn questions(sets: &Sets<'_>, names: &[&str]) -> Vec<Row> {
    let all = names.iter().flat_map(|set| sets.some(set, QUESTIONS));
    all.map(|sample| Row::usual(&sample.text, false, 0.25)).collect()
}

/// Whether there are thanks or curses in it: then a question is no example of calm.
fn shows(text: &str) -> bool {
    let signs = crate::tone::hear(text).signs;
    signs.glad > 0 || signs.furious > 0
}

fn polar(sets: &Sets<'_>, set: &str, count: f32) -> Vec<Row> {
    let mut rows = sets.train(set);
    rows.retain(|sample| ["positive", "negative"].contains(&sample.label.as_str()));
    rows.into_iter().map(|sample| Row::usual(&sample.text, sample.label == "positive", count)).collect()
}

/// The same rows as examples of feeling: one in four of those that are as short as messages.
fn felt(rows: &[Row], count: f32) -> Vec<Row> {
    const SHORT: usize = 60;
    let short = rows.iter().filter(|row| row.text.chars().count() < SHORT);
    short
        .filter(|row| super::detector::mix(&row.text).is_multiple_of(4))
        .map(|row| Row { is: true, count, ..row.clone() })
        .collect()
}

fn abuse(sets: &Sets<'_>) -> Vec<Row> {
    let rows = sets.train("sentiment/abuse_cold_zh");
    rows.into_iter().map(|sample| Row::usual(&sample.text, sample.label == "offensive", 0.3)).collect()
}

/// What customers said in English, with the feeling that is read off the Chinese which they said it in.
fn translated(sets: &Sets<'_>, good: &Detector) -> Vec<Row> {
    const SURE: f32 = 0.9;
    let mut rows = Vec::new();
    for pair in sets.train("pairs/zh_en_stc3_parallel") {
        let probability = good.probability(&crate::tone::hear(&pair.text));
        if !(1.0 - SURE..=SURE).contains(&probability) {
            rows.push(Row::usual(&pair.other, probability > 0.5, 0.5));
        }
    }
    rows
}
