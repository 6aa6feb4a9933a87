//! A plugged reranker: a foreign model that reads the question and each candidate, and says how well they fit.
//!
//! What it says is no probability of ours. It changes who stands where; what stands in each place stays as probable as
//! it was, so that the lines between the rungs mean the same. It speaks only in a library that listens: tests of the
//! knowledge and its check-up go by the built-in order.

mod ear;
mod tried;

use std::time::Duration;

use domain::{Entry, Kind, Lang, Reranked, Worth};
use language::detect;

pub(super) use ear::Reranking;
pub use tried::Tried;

use super::Hit;

/// So many candidates are put to it.
const LOOKED_AT: usize = 20;
/// Of a candidate's text no more characters are sent …
const MOST_CHARS: usize = 1_500;
/// … and of a question.
const MOST_ASKED: usize = 1_000;
/// Where nothing is this probable, nobody is offered anything, in whatever order.
const FLOOR: f32 = 0.02;

/// Says how well texts answer a question.
pub trait Reranker: Send + Sync {
    /// Which model it is.
    fn name(&self) -> &str;

    /// A number for each text, in their order: the greater, the better it fits. Numbers of one question are compared
    /// with each other, and with those of the trial of the same model. What takes longer than `patience` is not
    /// waited for.
    fn scores(&self, question: &str, texts: &[&str], patience: Duration) -> Result<Vec<f32>, NoScores>;

    /// Whether it failed so often that it is left alone for now.
    fn rests(&self) -> bool {
        false
    }
}

/// Why there are no numbers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NoScores {
    /// A stable code: `late`, `unreachable`, `busy`, `refused`, `rubbish`, `resting`.
    pub code: &'static str,
    /// What happened, and what to do.
    pub reason: String,
    /// Whether the same may succeed later.
    pub may_retry: bool,
}

/// What a candidate says, for a model that reads: how it is asked, then what it answers.
fn document(entry: &Entry, hit: &Hit) -> String {
    let text = entry.texts.get(&hit.lang);
    let title = text.map_or("", |text| text.title.as_str());
    let told = text.map(|text| match (entry.kind, hit.section) {
        (Kind::Article, Some(at)) => {
            let sections = crate::section::sections(&text.title, &text.answer);
            sections.into_iter().nth(at as usize).map(|section| section.text).unwrap_or_default()
        }
        _ => text.answer.clone(),
    });
    let told = told.unwrap_or_default();
    let mut lines: Vec<&str> = Vec::new();
    for line in [&*hit.closest, &*hit.title, title, &*told] {
        if !line.trim().is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    head(&lines.join("\n"), MOST_CHARS).to_owned()
}

fn head(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// The language in which a question is asked, where one can tell.
fn asked_in(question: &str) -> Option<Lang> {
    match detect::detect(question) {
        detect::Language::Zh => Some(Lang::Zh),
        detect::Language::En => Some(Lang::En),
        _ => None,
    }
}

/// The places among hits that may be taken by others. Whose own words the question is keeps its place.
fn movable(hits: &[Hit]) -> Vec<usize> {
    (0..hits.len().min(LOOKED_AT)).filter(|&at| !hits[at].near_exact).collect()
}

/// Puts the hits of these places into the order that our odds and its word make together. The places keep their
/// probabilities. Nothing is done if it has not spoken of each.
fn reorder(hits: &mut [Hit], places: &[usize], said: &Reranked) {
    let spoken = |hit: &Hit| {
        let is_it = |worth: &&Worth| worth.entry == hit.entry && worth.section == hit.section;
        said.worth.iter().find(is_it).map(|worth| worth.nats)
    };
    let standing: Option<Vec<f32>> =
        places.iter().map(|&at| Some(log_odds(hits[at].probability) + spoken(&hits[at])?)).collect();
    let Some(standing) = standing else { return };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| standing[b].total_cmp(&standing[a]));
    let moved: Vec<Hit> =
        order.iter().zip(places).map(|(&from, &to)| take_place(&hits[places[from]], &hits[to])).collect();
    for (&place, hit) in places.iter().zip(moved) {
        hits[place] = hit;
    }
}

/// A hit in the place of another.
fn take_place(hit: &Hit, other: &Hit) -> Hit {
    let mut moved = Hit { rank: other.rank, probability: other.probability, ..hit.clone() };
    let gained = log_odds(other.probability) - log_odds(hit.probability);
    if gained != 0.0 {
        moved.because.push(("reranker", gained));
        moved.because.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
    }
    moved
}

fn log_odds(probability: f32) -> f32 {
    let sure = probability.clamp(1e-6, 1.0 - 1e-6);
    (sure / (1.0 - sure)).ln()
}

#[cfg(test)]
mod tests;
