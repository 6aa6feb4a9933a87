//! Learns whether a source says a sentence: from documents whose sentences are true of them, falsehoods made of those
//! sentences, and pairs that people judged. The same data give the same bytes.

mod forest;
mod learn;
mod lies;
mod own;
mod pool;
mod report;
mod truths;

pub use learn::train;
pub use lies::KINDS;
pub use report::{Figure, Report};

use super::chance::Chance;
use crate::entail;
use pool::Pool;

/// A text whose sentences are true of it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What it is about: a heading, or a question that it answers.
    pub heading: String,
    /// What it says.
    pub text: String,
    /// Whether it is Chinese.
    pub chinese: bool,
}

/// A sentence and a source, and whether the source says it.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The sentence.
    pub sentence: String,
    /// What it is held against.
    pub source: String,
    /// 1 for said.
    pub is: bool,
    /// True, or the kind of falsehood.
    pub kind: String,
    /// Which of them must stay together: what is learnt from is not reported on.
    pub group: u64,
    /// How much it counts.
    pub weight: f32,
    /// Whether the sentence is Chinese.
    pub chinese: bool,
}

/// What a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To learn from.
    Train,
    /// To choose by.
    Dev,
    /// To report.
    Test,
}

/// What a group is for, by its number.
pub fn part(group: u64) -> Part {
    match group.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60 {
        0 | 1 => Part::Test,
        2 | 3 => Part::Dev,
        _ => Part::Train,
    }
}

const SEED: u64 = 20_261_129;

/// Makes rows of documents: true sentences and falsehoods of every kind.
pub fn plant(documents: &[Document], judged: &[Judged]) -> Vec<Judged> {
    let mut chance = Chance(SEED);
    let pool = Pool::of(documents, &mut chance);
    let mut rows = Vec::new();
    for document in documents {
        let group = group_of(&document.text);
        let sentences: Vec<&str> = entail::sentences(&document.text).into_iter().map(str::trim).collect();
        let fit = |at: &usize| {
            let size = sentences[*at].chars().count();
            let bounds = if document.chinese { 8..=110 } else { 20..=260 };
            bounds.contains(&size) && !entail::asks(sentences[*at]) && !sentences[*at].ends_with([':', '：'])
        };
        let candidates: Vec<usize> = (0..sentences.len()).filter(fit).collect();
        let Some(&at) = candidates.get(chance.below(candidates.len())) else { continue };
        let source = window(&sentences, at, &document.heading, &mut chance);
        let row = |sentence: String, is: bool, kind: &str| Judged {
            sentence,
            source: source.clone(),
            is,
            kind: kind.to_owned(),
            group,
            weight: 1.0,
            chinese: document.chinese,
        };
        let truth = sentences[at].trim_start_matches(['-', '*', ' ', '>', '#']);
        rows.push(Judged { weight: 0.4, ..row(truth.to_owned(), true, "verbatim") });
        for _ in 0..3 {
            rows.push(row(truths::reworded(truth, document.chinese, &mut chance), true, "reworded"));
        }
        if let Some(shorter) = part_of(truth, document.chinese, &mut chance) {
            rows.push(row(shorter, true, "shortened"));
        }
        if sentences.get(at + 1).is_some_and(|next| source.contains(next) && fit(&(at + 1)))
            && chance.share() < 0.3
        {
            let join = if document.chinese { "，" } else { ", and " };
            let merged =
                format!("{}{join}{}", truth.trim_end_matches(['.', '。', '；', ';']), sentences[at + 1]);
            rows.push(row(merged, true, "merged"));
        }
        for kind in KINDS {
            let base = if chance.share() < 0.85 {
                truths::reworded(truth, document.chinese, &mut chance)
            } else {
                truth.to_owned()
            };
            let lie = lies::lie(kind, &base, &source, document.chinese, &pool, &mut chance);
            rows.extend(lie.map(|lie| row(lie, false, kind)));
        }
    }
    for told in judged.iter().filter(|told| told.is && told.kind != "nli") {
        for kind in KINDS {
            let lie = lies::lie(kind, &told.sentence, &told.source, told.chinese, &pool, &mut chance);
            rows.extend(lie.map(|sentence| Judged {
                sentence,
                is: false,
                kind: kind.to_owned(),
                ..told.clone()
            }));
        }
    }
    rows.extend(judged.iter().cloned());
    rows
}

/// Texts that are the same are of one group.
pub fn group_of(text: &str) -> u64 {
    crate::train::detector::mix(&text.chars().take(200).collect::<String>())
}

/// Some sentences around one, under their heading or not.
fn window(sentences: &[&str], at: usize, heading: &str, chance: &mut Chance) -> String {
    let (before, after) = (chance.below(6), chance.below(6));
    let lines = &sentences[at.saturating_sub(before)..(at + 1 + after).min(sentences.len())];
    let mut source =
        if chance.share() < 0.55 && !heading.is_empty() { format!("{heading}\n") } else { String::new() };
    for line in lines {
        source.push_str(line);
        source.push('\n');
    }
    source
}

/// The main part of a sentence of several.
fn part_of(sentence: &str, chinese: bool, chance: &mut Chance) -> Option<String> {
    let parts: Vec<&str> = sentence.split(['，', ';', '；']).collect();
    if chinese && parts.len() >= 2 {
        let begins = ["如果", "若", "当", "除", "只", "但", "对于", "在", "为了", "要"]
            .iter()
            .any(|word| sentence.starts_with(word));
        let keep = if begins || chance.share() < 0.5 { parts.len() - 1 } else { 1 };
        let kept =
            if begins { parts[parts.len() - keep - 1..].join("，") } else { parts[..keep].join("，") };
        return (kept.chars().count() >= 6 && !begins).then(|| kept.trim_end_matches('。').to_owned() + "。");
    }
    let cut = [", and ", "; ", ", which ", ", so ", ", such as ", ", including "];
    let at = cut.iter().filter_map(|mark| sentence.find(mark)).min()?;
    (!chinese && at > 25 && !sentence.starts_with("If") && !sentence.starts_with("When"))
        .then(|| format!("{}.", &sentence[..at]))
}

/// The rows of which nothing was learnt, as `frontdesk eval grounding` reads them.
pub fn held_out(rows: &[Judged]) -> String {
    let held = rows.iter().filter(|told| told.kind != "nli" && part(told.group) != Part::Train);
    held.fold(String::new(), |mut lines, told| {
        let split = if part(told.group) == Part::Dev { "dev" } else { "test" };
        let lang = if told.chinese { "zh" } else { "en" };
        let row = serde_json::json!({
            "sentence": told.sentence, "source": told.source, "label": u8::from(told.is), "kind": told.kind, "lang": lang, "split": split,
        });
        lines.push_str(&row.to_string());
        lines.push('\n');
        lines
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_documents_give_the_same_bytes() {
        let document = |at: usize| Document {
            heading: format!("Parcel {at}"),
            text: format!(
                "Parcel {at} arrives within {} working days. It can be returned to the shop in Berlin until day {}. \
                 Gift wrapping costs {at} euros and is not refunded.",
                at % 9 + 2,
                at % 30 + 3
            ),
            chinese: false,
        };
        let documents: Vec<Document> = (0..40).map(document).collect();
        let made = || {
            let rows = plant(&documents, &[]);
            let ours = own::rows();
            (held_out(&rows), learn::train_beside(&ours[..ours.len().min(600)], &rows).0)
        };
        let (rows, bytes) = made();
        assert!(rows.contains("\"label\":0") && rows.contains("\"label\":1"));
        assert!(crate::entail::Model::from_bytes(&bytes).is_some_and(|model| model.line() > 0.0));
        assert!(made() == (rows, bytes));
    }
}
