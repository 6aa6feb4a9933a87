//! What a model gets to know: the question, what was said before, and the passages that may answer it. Personal data
//! is masked already; what is not needed is not told.

use domain::{Candidate, EntryId, Lang, Past, Rung, SourceLink, Trace};
use knowledge::{Library, section::sections};

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

/// Everything that a model is told of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The language to answer in.
    pub lang: Lang,
    /// The shop's name.
    pub shop: String,
    /// The question as it was meant, personal data masked.
    pub question: String,
    /// What was asked and said before, oldest first.
    pub before: Vec<(String, String)>,
    /// Numbered from 1 in this order.
    pub passages: Vec<Passage>,
}

impl Brief {
    /// The brief for a turn that was decided without a model; `None` if no model is to be asked.
    pub fn of(trace: &Trace, lang: Lang, shop: &str, past: &Past, library: &Library) -> Option<Self> {
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
            question: trace.read_as.as_ref().unwrap_or(&trace.question).clone(),
            before: before
                .map(|said| (head(&said.asked, LONGEST_SAID), head(&said.said, LONGEST_SAID)))
                .collect(),
            passages,
        })
    }
}

/// The candidates that a model may write from, best first; none where no model is to be asked.
///
/// It is asked where the knowledge holds something near but no entry fits exactly: an article was quoted, choices were
/// offered, or nothing was sure. It is not asked where two entries have the customer's own words (that is a choice of
/// the customer), nor by a message that tries to instruct the assistant. The floor is the line for choices.
pub fn may_write(trace: &Trace) -> Vec<&Candidate> {
    let asks = matches!(trace.rung, Rung::Composed | Rung::Suggest | Rung::Refuse);
    let attacks = trace.marks.iter().any(|mark| mark.name == "attack");
    if !asks || attacks || trace.reason == "same_words_twice" {
        return Vec::new();
    }
    let floor =
        trace.thresholds.iter().find(|(name, _)| name == "suggest_above").map_or(1.0, |(_, line)| *line);
    trace.candidates.iter().filter(|candidate| candidate.score >= floor).take(PASSAGES).collect()
}

fn passage(candidate: &Candidate, lang: Lang, library: &Library) -> Option<Passage> {
    let entry = library.entry(&candidate.entry)?;
    let (lang, text) = entry.text(lang)?;
    let web =
        Some(entry.source.as_str()).filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let Some(place) = candidate.section else {
        let url = web.map_or_else(|| format!("/help/{}", entry.id), str::to_owned);
        return Some(Passage::new(entry.id.as_str(), &text.title, &head(&text.answer, LONGEST), &url));
    };
    let parts = sections(&text.title, &text.answer);
    let part = parts.get(place as usize)?;
    let title = if part.heading == text.title {
        text.title.clone()
    } else {
        format!("{} › {}", text.title, part.heading)
    };
    let url = match web {
        Some(page) if part.named => format!("{page}#{}", part.anchor),
        Some(page) => page.to_owned(),
        None => format!("/help/{}?lang={}#{}", entry.id, lang.code(), part.anchor),
    };
    Some(Passage::new(entry.id.as_str(), &title, &head(part.text.trim(), LONGEST), &url))
}

fn head(text: &str, most: usize) -> String {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]).to_owned()
}
