//! A language model writes where no entry fits exactly. It is asked after everything was decided without it, so the
//! answer that it may replace is ready; while it is awaited, neither a thread nor a turn is held.

mod budget;
mod purses;

use std::sync::{Arc, PoisonError};

use assistant::{
    Answer,
    check::Grounded,
    llm::{Brief, Chain, ChatSettings, Checks, Patience, Said, Surroundings, Written},
};
use domain::{Content, Conversation, Format, Past, Record, Rung, StageTime};
use serde::{Deserialize, Serialize};
use store::StoreError;

pub use budget::{Budgets, Limit};
pub use purses::Tally as ModelTally;

use self::purses::Pocket;
use crate::{Reception, events::Event};

/// How models write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Writing {
    /// Milliseconds until the first checked sentence, over all models and tries; then the answer without a model is
    /// given.
    pub patience_ms: u64,
    /// Hosts that they may name beside those of the passages which they cite.
    pub allowed_hosts: Vec<String>,
}

/// For how long a reranker was waited for, in milliseconds, at most: the customer has waited, too.
fn awaited(trace: &domain::Trace) -> u64 {
    let search = trace.timings.iter().filter(|stage| stage.stage == "search" && !trace.reranked.is_empty());
    search.map(|stage| stage.us / 1_000).sum()
}

/// Customers have an answer within three seconds, whatever a model does.
const LONGEST_PATIENCE_MS: u64 = 2_800;

impl Default for Writing {
    fn default() -> Self {
        Self { patience_ms: 2_600, allowed_hosts: Vec::new() }
    }
}

/// The models that write, what they may cost, and who checks their words.
pub struct Writers {
    chain: Chain,
    writing: Writing,
    budgets: Budgets,
    checks: Arc<dyn Checks>,
}

/// An answer that was found without a model, and what a model may make of it.
pub(crate) struct Thought {
    pub(crate) answer: Answer,
    /// `None` if no model is to be asked.
    pub(crate) brief: Option<Arc<Brief>>,
    /// Whether words may be shown while they are written.
    pub(crate) aloud: bool,
}

/// Where words go while they are written.
pub(crate) type Say<'a> = &'a mut (dyn FnMut(Said) + Send);

/// How a model stands, for the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStanding {
    /// Its name.
    pub model: String,
    /// The host and port that it is asked at.
    pub host: String,
    /// `closed`, `open` or `half_open`.
    pub breaker: &'static str,
}

impl Writers {
    /// Models in the order in which they are asked.
    pub fn new(models: Vec<ChatSettings>, writing: Writing, budgets: Budgets) -> Self {
        let checks = Arc::new(Grounded::allowing(writing.allowed_hosts.clone()));
        Self { chain: Chain::new(models), writing, budgets, checks }
    }

    /// The same, with other checks of their words.
    #[must_use]
    pub fn checked_by(self, checks: Arc<dyn Checks>) -> Self {
        Self { checks, ..self }
    }

    /// Who checks the words.
    pub(crate) fn checks(&self) -> &dyn Checks {
        &*self.checks
    }

    /// The same with one of the models alone; `None` if none has this name.
    pub(crate) fn only(&self, model: &str) -> Option<Self> {
        let link = self.chain.links().iter().find(|link| link.settings().model == model)?;
        let chain = Chain::new([link.settings().clone()]);
        let (writing, checks) = (self.writing.clone(), Arc::clone(&self.checks));
        Some(Self { chain, writing, budgets: self.budgets.clone(), checks })
    }

    /// What is left for the first words after so many milliseconds.
    fn patience(&self, gone: u64) -> Patience {
        let most = self.writing.patience_ms.min(LONGEST_PATIENCE_MS);
        Patience { first_words: std::time::Duration::from_millis(most.saturating_sub(gone)) }
    }
}

impl Reception {
    /// From now on these write; `None` for nobody.
    pub fn employ(&self, writers: Option<Writers>) {
        let writers = writers.filter(|writers| !writers.chain.is_empty()).map(Arc::new);
        *self.inner.writers.write().unwrap_or_else(PoisonError::into_inner) = writers;
    }

    pub(crate) fn writers(&self) -> Option<Arc<Writers>> {
        self.inner.writers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How the models stand and what was spent today and this month; `None` without a model.
    pub(crate) async fn models(&self) -> Result<Option<(Vec<ModelStanding>, Vec<ModelTally>)>, StoreError> {
        let Some(writers) = self.writers() else { return Ok(None) };
        let tallies = purses::tallies(self.store(), &writers.budgets, self.now()).await?;
        Ok(Some((writers.standing(self.now()), tallies)))
    }

    /// What a model is told of this answer, if one is to write.
    pub(crate) fn brief(&self, answer: &Answer, known: (&Past, &Record)) -> Option<Arc<Brief>> {
        self.writers()?;
        self.brief_from(answer, known, self.parts().assistant.library())
    }

    /// The same from another library.
    pub(crate) fn brief_from(
        &self,
        answer: &Answer,
        known: (&Past, &Record),
        library: &knowledge::Library,
    ) -> Option<Arc<Brief>> {
        let lang = answer.content.lang;
        Brief::of(&answer.trace, lang, self.settings().shop.name(lang), known, library).map(Arc::new)
    }

    /// Has a model write, if one is to; else, or if nothing of it may be said, the answer stays as it is.
    pub(crate) async fn write(&self, conversation: &Conversation, thought: Thought) -> Answer {
        let answer_id = thought.answer.trace.id.to_string();
        let (events, aloud) = (&self.inner.events, thought.aloud);
        let mut say = |said| {
            if !aloud {
                return;
            }
            let event = match said {
                Said::Words(text) => Event::Delta { answer_id: answer_id.clone(), text },
                Said::Void => Event::Retract { answer_id: answer_id.clone() },
            };
            events.passing(conversation, event);
        };
        let wanted = || !events.has_moved_on(conversation) && !self.inner.hurried.is(&conversation.id);
        let whose = (conversation.id.as_str(), Some(conversation.customer.as_str()));
        self.write_for(whose, thought, &wanted, &mut say).await
    }

    pub(crate) async fn write_for(
        &self,
        (conversation, customer): (&str, Option<&str>),
        thought: Thought,
        wanted: &(dyn Fn() -> bool + Sync),
        say: Say<'_>,
    ) -> Answer {
        let Some(writers) = self.writers() else { return thought.answer };
        self.write_with(&writers, (conversation, customer), thought, wanted, say).await
    }

    /// The same with these models.
    pub(crate) async fn write_with(
        &self,
        writers: &Writers,
        (conversation, customer): (&str, Option<&str>),
        thought: Thought,
        wanted: &(dyn Fn() -> bool + Sync),
        say: Say<'_>,
    ) -> Answer {
        let Some(brief) = thought.brief else { return thought.answer };
        let begun = std::time::Instant::now();
        let pocket = Pocket::new(self, &writers.budgets, conversation, customer);
        let around = Surroundings {
            clock: &*self.parts().clock,
            chance: self.chance(),
            purse: &pocket,
            checks: &writers.checks,
            patience: writers.patience(awaited(&thought.answer.trace)),
            wanted,
        };
        let written = writers.chain.write(&brief, &around, say).await;
        writers.measure(&written, self.now());
        let us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        replaced(thought.answer, &brief, written, us)
    }
}

impl Writers {
    fn standing(&self, now: domain::Timestamp) -> Vec<ModelStanding> {
        let links = self.chain.links().iter();
        let standing = links.map(|link| ModelStanding {
            model: link.settings().model.clone(),
            host: host(&link.settings().url).to_owned(),
            breaker: link.standing(now).name(),
        });
        standing.collect()
    }

    fn measure(&self, written: &Written, now: domain::Timestamp) {
        for call in &written.calls {
            let outcome = call.failed.clone().unwrap_or_else(|| "answered".to_owned());
            let model = || call.model.clone();
            metrics::counter!("model_calls_total", "model" => model(), "outcome" => outcome).increment(1);
            metrics::counter!("model_tokens_total", "model" => model(), "direction" => "in")
                .increment(call.tokens.0.into());
            metrics::counter!("model_tokens_total", "model" => model(), "direction" => "out")
                .increment(call.tokens.1.into());
        }
        let (kept, cut) = (written.kept.len() as u64, written.removed.len() as u64);
        metrics::counter!("model_sentences_total", "verdict" => "said").increment(kept);
        metrics::counter!("model_sentences_total", "verdict" => "cut").increment(cut);
        if let Some(which) = written.overdrawn {
            metrics::counter!("model_overdrawn_total", "budget" => which).increment(1);
        }
        for standing in self.standing(now) {
            let open = f64::from(u8::from(standing.breaker != "closed"));
            metrics::gauge!("model_breaker_open", "model" => standing.model).set(open);
        }
    }
}

/// The address without what may hold secrets: path, query and user.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    place.rsplit('@').next().unwrap_or_default()
}

/// The answer with what a model wrote in its place; as it was, but for the story, if there is nothing of it.
pub(crate) fn replaced(mut answer: Answer, brief: &Brief, written: Written, us: u64) -> Answer {
    let trace = &mut answer.trace;
    trace.timings.push(StageTime { stage: "model".to_owned(), us });
    trace.checks.extend(written.checks());
    trace.model_calls.extend(written.calls.iter().cloned());
    if written.kept.is_empty() {
        return answer;
    }
    let used = written.entries(&brief.passages);
    let best = trace.candidates.iter().filter(|candidate| used.contains(&candidate.entry));
    trace.confidence = best.map(|candidate| candidate.score).fold(0.0, f32::max);
    trace.rung = Rung::Generated;
    "written".clone_into(&mut trace.reason);
    trace.used = used;
    answer.content = Content {
        text: written.text(),
        format: Format::Plain,
        lang: brief.lang,
        suggestions: Vec::new(),
        sources: written.sources(&brief.passages),
        // The words are a model's: whether a picture belongs to them nobody has checked. Its source shows it.
        pictures: Vec::new(),
        answer: Some(answer.trace.id.clone()),
        rung: Some(Rung::Generated),
    };
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_in_an_address_is_not_shown() {
        assert_eq!(host("https://user:key@models.example:8443/v1?key=s"), "models.example:8443");
        assert_eq!(host("http://127.0.0.1:11434/v1"), "127.0.0.1:11434");
    }
}
