//! Learns whether a source says a sentence: from documents whose sentences are true of them, falsehoods made of those
//! sentences, and pairs that people judged. The same data give the same bytes.

mod forest;
mod lies;
mod own;
mod pool;
mod report;
mod truths;

pub use lies::KINDS;
pub use report::{Figure, Report};

use super::chance::Chance;
use crate::entail::{self, BINDING, Compared, Forest, Source};
use forest::Example;
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
/// Of our false rows, each judged by a forest that did not learn from its passage, this share must be stopped.
const STOPPED: f32 = 0.96;

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

/// Of the documents one in so many is looked at: they are all alike.
const ONE_IN: u64 = 8;
/// What a row of a document counts, where one of ours counts 1: falsehoods planted by rule and sentences reworded by
/// rule are told by how near they are to the source, which says nothing of what people word freely.
const PLANTED: f32 = 0.04;
/// Our rows are parted in so many; each part is judged by a forest that learnt from the others.
const FOLDS: u64 = 4;

/// A row with its values and what is told exactly.
struct Looked<'a> {
    told: &'a Judged,
    values: Vec<f32>,
    compared: Compared,
}

impl Looked<'_> {
    fn example(&self, weight: f32) -> Example {
        Example { values: self.values.clone(), is: self.told.is, weight: weight * self.told.weight }
    }

    fn judged(&self, forest: &Forest) -> (&Judged, f32) {
        let probability = if is_wrong(&self.compared) { 0.0 } else { forest.probability(&self.values) };
        (self.told, probability)
    }

    const fn fold(&self) -> u64 {
        (self.told.group >> 8) % FOLDS
    }
}

/// The model's file and what it does on rows that it never saw.
pub fn train(rows: &[Judged]) -> (Vec<u8>, Report) {
    let ours = own::rows();
    let ours: Vec<Looked<'_>> = looked(ours.iter());
    let planted = looked(rows.iter().filter(|told| (told.group >> 20).is_multiple_of(ONE_IN)));
    let documents: Vec<Example> = planted
        .iter()
        .filter(|row| part(row.told.group) == Part::Train)
        .map(|row| row.example(PLANTED))
        .collect();
    let learn = |fits: &dyn Fn(&Looked<'_>) -> bool| {
        let fitting = ours.iter().filter(|row| fits(row)).map(|row| row.example(1.0));
        forest::forest(&documents.iter().cloned().chain(fitting).collect::<Vec<_>>())
    };
    let left_out: Vec<_> = (0..FOLDS)
        .flat_map(|fold| {
            let forest = learn(&|row| row.fold() != fold);
            let own = ours.iter().filter(move |row| row.fold() == fold);
            own.map(move |row| row.judged(&forest)).collect::<Vec<_>>()
        })
        .collect();
    let mut forest = learn(&|_| true);
    forest.line = line(left_out.iter());
    let mut report = Report { line: forest.line, ..Report::default() };
    let held = planted.iter().filter(|row| part(row.told.group) != Part::Train);
    let held: Vec<_> = held.map(|row| row.judged(&forest)).collect();
    for (told, probability) in held {
        let name = if part(told.group) == Part::Dev { "dev" } else { "test" };
        report.add(name, told, probability);
    }
    for (told, probability) in left_out {
        report.add("ours", told, probability);
    }
    (forest.to_bytes(), report)
}

/// Rows of one source stand beside each other: it is read once.
fn looked<'a>(rows: impl Iterator<Item = &'a Judged>) -> Vec<Looked<'a>> {
    let mut read: Option<(&str, Source)> = None;
    let look = |told: &'a Judged| {
        let source = match read.take().filter(|(text, _)| *text == told.source) {
            Some((_, source)) => source,
            None => Source::read(&told.source),
        };
        let (values, compared) = entail::look(&told.sentence, &source);
        read = Some((&told.source, source));
        Looked { told, values, compared }
    };
    rows.map(look).collect()
}

/// What is told exactly and needs no probability.
fn is_wrong(compared: &Compared) -> bool {
    let promises = BINDING.iter().any(|concept| compared.promises & concept.bit() > 0);
    promises
        || compared.excepted.is_some()
        || compared.payer.is_some()
        || !compared.quantities.is_empty()
        || !compared.names.is_empty()
}

/// The lowest line that stops enough of the false.
fn line<'a>(rows: impl Iterator<Item = &'a (&'a Judged, f32)>) -> f32 {
    let mut lies: Vec<f32> = rows.filter(|(told, _)| !told.is).map(|(_, probability)| *probability).collect();
    lies.sort_by(|a, b| b.total_cmp(a));
    let at = (lies.len() as f32 * (1.0 - STOPPED)) as usize;
    lies.get(at).copied().unwrap_or(0.5).max(0.05) + 1e-4
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
            (held_out(&rows), train(&rows).0)
        };
        let (rows, bytes) = made();
        assert!(rows.contains("\"label\":0") && rows.contains("\"label\":1"));
        assert!(crate::entail::Model::from_bytes(&bytes).is_some_and(|model| model.line() > 0.0));
        assert!(made() == (rows, bytes));
    }
}
