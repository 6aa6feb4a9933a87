//! What a model gets to know: the question, what was said before, and the passages that may answer it. Personal data
//! is masked already; what is not needed is not told.

use domain::{Candidate, EntryId, Format, Lang, Past, Record, Rung, SourceLink, Trace, picture};
use knowledge::{Library, section::sections};

use crate::{slots::filled, source};

/// So many passages, and of each so many characters.
const PASSAGES: usize = 5;
const LONGEST: usize = 1_500;
/// So many exchanges before the question, and of each side so many characters.
const EXCHANGES: usize = 4;
const LONGEST_SAID: usize = 300;

/// A passage that may be cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Whose.
    pub entry: EntryId,
    /// The entry's title, or the heading of the section.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Where customers find it.
    pub source: SourceLink,
}

impl Passage {
    /// A passage of an entry.
    pub fn new(entry: &str, title: &str, text: &str, url: &str) -> Self {
        let source = SourceLink { title: title.to_owned(), url: url.to_owned() };
        Self { entry: entry.into(), title: title.to_owned(), text: text.to_owned(), source }
    }
}

/// Everything that a model is told of a turn, and what its words are held against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Brief {
    /// The language to answer in.
    pub lang: Lang,
    /// The shop's name.
    pub shop: String,
    /// The question as it was understood from what was said before, personal data masked.
    pub question: String,
    /// What was asked and said before, oldest first.
    pub before: Vec<(String, String)>,
    /// Numbered from 1 in this order.
    pub passages: Vec<Passage>,
    /// What is known of the customer. No model is told; what was said of it before may be said again.
    pub record: Record,
}

impl Brief {
    /// The brief for a turn that was decided without a model; `None` if no model is to be asked.
    pub fn of(
        trace: &Trace,
        lang: Lang,
        shop: &str,
        (past, record): (&Past, &Record),
        library: &Library,
    ) -> Option<Self> {
        let passages: Vec<Passage> =
            may_write(trace).into_iter().filter_map(|candidate| passage(candidate, lang, library)).collect();
        if passages.is_empty() {
            return None;
        }
        let skip = past.exchanges.len().saturating_sub(EXCHANGES);
        let before = past.exchanges.iter().skip(skip);
        Some(Self {
            lang,
            shop: shop.to_owned(),
            question: trace.context.as_ref().or(trace.read_as.as_ref()).unwrap_or(&trace.question).clone(),
            before: before
                .map(|said| (head(&said.asked, LONGEST_SAID), head(&said.said, LONGEST_SAID)))
                .collect(),
            passages,
            record: record.clone(),
        })
    }

    /// A mark that stands in the rules for this turn and that nobody may ever read: who reads it reads the rules.
    /// The same for the same brief, so that a replay has it too.
    pub fn mark(&self) -> String {
        let passages = self.passages.iter().flat_map(|passage| passage.text.bytes());
        let bytes = self.question.bytes().chain(passages);
        // FNV-1a: what it must be is the same everywhere.
        let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{sum:016x}")
    }

    /// Everything that the customer wrote.
    pub fn said(&self) -> String {
        let before = self.before.iter().map(|(asked, _)| asked.as_str());
        before.chain([self.question.as_str()]).collect::<Vec<_>>().join("\n")
    }
}

/// Why a turn was decided as it was, where a model may do better: an article was quoted, choices would have been
/// offered, or nothing was sure.
const OPEN: [&str; 5] = ["probably_right", "of_its_kind", "not_sure", "asked_already", "nothing_fits"];

/// The candidates that a model may write from, best first; none where no model is to be asked.
///
/// It is asked where the knowledge holds something near but no entry fits exactly. It is not asked where the customer
/// must choose or has chosen, where several questions were answered each on its own, where the talk goes round in
/// circles or products are recommended, nor by a message that tries to instruct the assistant. The floor is the line
/// for choices.
pub fn may_write(trace: &Trace) -> Vec<&Candidate> {
    let asks = matches!(trace.rung, Rung::Composed | Rung::Suggest | Rung::Refuse);
    let attacks = trace.marks.iter().any(|mark| mark.name == "attack");
    if !asks || attacks || !trace.advised.is_empty() || !OPEN.contains(&trace.reason.as_str()) {
        return Vec::new();
    }
    let line = trace.thresholds.iter().find(|(name, _)| name == "suggest_above");
    let floor = line.map_or(1.0, |(_, line)| *line);
    trace.candidates.iter().filter(|candidate| candidate.score >= floor).take(PASSAGES).collect()
}

fn passage(candidate: &Candidate, lang: Lang, library: &Library) -> Option<Passage> {
    let entry = library.entry(&candidate.entry)?;
    let (lang, text) = entry.text(lang)?;
    // Places for the customer's own facts say what they say to somebody of whom nothing is known.
    let told = |words: &str, source: SourceLink| Passage {
        entry: entry.id.clone(),
        title: source.title.clone(),
        text: head(&picture::in_words(&filled(words, &Record::default(), Format::Markdown)), LONGEST),
        source,
    };
    let Some(place) = candidate.section else {
        return Some(told(&text.answer, source::of_entry(&entry, text)));
    };
    let parts = sections(&text.title, &text.answer);
    let part = parts.get(place as usize)?;
    Some(told(part.text.trim(), source::of_section(&entry, lang, text, part)))
}

fn head(text: &str, most: usize) -> String {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn trace(rung: &str, reason: &str, score: f32, mark: Option<&str>) -> Trace {
        let label = |name: &str| json!({ "name": name, "confidence": 0.9 });
        let told = json!({
            "id": "a", "conversation": "c", "at": "2026-11-23T09:00:00Z", "question": "怎么寄回", "language": "zh",
            "intent": null, "sentiment": label("neutral"), "marks": mark.map(label).into_iter().collect::<Vec<_>>(),
            "entities": [], "knowledge_version": 1, "policy_version": "p", "thresholds": [["suggest_above", 0.1]],
            "candidates": [
                { "entry": "near", "title": "退货", "score": score },
                { "entry": "far", "title": "支付", "score": 0.05 },
            ],
            "rung": rung, "reason": reason, "confidence": 0.5, "model_calls": [], "checks": [], "timings": [],
        });
        serde_json::from_value(told).expect("a trace")
    }

    fn writes(rung: &str, reason: &str, score: f32, mark: Option<&str>) -> usize {
        may_write(&trace(rung, reason, score, mark)).len()
    }

    #[test]
    fn a_model_is_asked_where_something_is_near_and_nothing_fits() {
        for (rung, reason) in [
            ("composed", "probably_right"),
            ("suggest", "not_sure"),
            ("refuse", "nothing_fits"),
            ("refuse", "asked_already"),
        ] {
            assert_eq!(writes(rung, reason, 0.3, None), 1, "{rung}, {reason}: what is far is not told");
            assert_eq!(writes(rung, reason, 0.05, None), 0, "nothing is near");
            assert_eq!(writes(rung, reason, 0.3, Some("attack")), 0, "nobody instructs the assistant");
            assert_eq!(writes(rung, reason, 0.3, Some("complaint")), 1);
        }
    }

    #[test]
    fn no_model_stands_between_an_entry_a_choice_or_a_person_and_the_customer() {
        for (rung, reason) in [
            ("exact", "probably_right"),
            ("exact", "same_words"),
            ("smalltalk", "greeting"),
            ("handover", "asked_for_person"),
            ("clarify", "equally_likely"),
            ("suggest", "same_words_twice"),
            ("suggest", "another_way"),
            ("composed", "picked"),
            ("composed", "several"),
            ("composed", "said_again"),
            ("refuse", "none_of_these"),
            ("refuse", "going_round"),
        ] {
            assert_eq!(writes(rung, reason, 0.9, None), 0, "{rung}, {reason}");
        }
    }
}
