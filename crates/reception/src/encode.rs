//! A plugged sentence model reads the knowledge, in the background. What served before serves until it is done.

use std::{collections::HashSet, sync::Arc, time::Duration};

use knowledge::library::{self, Meaning, NoVectors, Plugging, Sentences, TextName};
use store::{StoreError, VectorRow};

use crate::Reception;

/// So often is looked for texts without vectors.
const LOOK: Duration = Duration::from_secs(1);
/// Waits between tries grow up to this.
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// A refusal stays one until somebody changes something.
const REFUSED: Duration = Duration::from_mins(5);

/// Why the knowledge is not encoded yet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EncodeError {
    #[error(transparent)]
    Model(#[from] NoVectors),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the work broke off: {0}")]
    Broke(#[from] tokio::task::JoinError),
}

impl Reception {
    /// From now on this sentence model is wanted beside the built-in meaning; `None` for none. It serves when it
    /// has read the whole knowledge.
    pub fn plug(&self, model: Option<Arc<dyn Sentences>>) {
        let library = self.parts().assistant.library();
        match model {
            Some(model) => library.plug(model),
            None => library.unplug(),
        }
        self.inner.models.notify_one();
    }

    /// Encodes what lacks vectors whenever there is something.
    pub(crate) async fn encode_when_lacking(self) {
        let library = self.parts().assistant.library().clone();
        let (mut failures, mut done) = (0, (0, Plugging::default()));
        loop {
            let now = (library.version(), library.plugging());
            let wait = match if now == done { Ok(()) } else { self.encode_lacking().await } {
                Ok(()) => {
                    failures = 0;
                    // Another model may have been plugged in meanwhile: that one was not looked at.
                    let after = library.plugging();
                    done = if after.wanted == now.1.wanted { (now.0, after) } else { now };
                    LOOK
                }
                Err(error) => {
                    failures += 1;
                    metrics::counter!("sentence_model_failures_total").increment(1);
                    let wait = pause(&error, failures, self.chance().bits());
                    tracing::warn!(%error, retry_s = wait.as_secs(), "the sentence model is not ready; what served before serves on");
                    wait
                }
            };
            // A model that was exchanged is looked at at once.
            let _ = tokio::time::timeout(wait, self.inner.models.notified()).await;
        }
    }

    /// The same at once, for commands that ask without a server.
    pub async fn encode(&self) {
        if let Err(error) = self.encode_lacking().await {
            tracing::warn!(%error, "the sentence model is not ready; the built-in one serves");
        }
    }

    /// Brings the wanted model's vectors up to the knowledge, and lets it serve.
    async fn encode_lacking(&self) -> Result<(), EncodeError> {
        let library = self.parts().assistant.library().clone();
        let plugging = library.plugging();
        let Some(model) = library.wanted() else { return Ok(()) };
        let looked = library.clone();
        let lacking = tokio::task::spawn_blocking(move || looked.lacking()).await?;
        metrics::gauge!("sentence_model_lacking_texts").set(lacking.len() as f64);
        for texts in lacking.chunks(library::BATCH) {
            let told = self.told(&model, texts).await?;
            library.take_in(model.name(), told);
        }
        let settling = library.clone();
        if tokio::task::spawn_blocking(move || settling.settle()).await? {
            metrics::gauge!("sentence_model_lacking_texts").set(0.0);
            if plugging.serving != plugging.wanted {
                tracing::info!(model = model.name(), "a sentence model serves now");
            }
            self.store().keep_vectors_of(model.name()).await?;
        }
        Ok(())
    }

    /// Vectors of a few texts: kept ones, and those that the model tells now, which are kept.
    pub(crate) async fn told(
        &self,
        model: &Arc<dyn Sentences>,
        texts: &[String],
    ) -> Result<Vec<(TextName, Meaning)>, EncodeError> {
        let names: Vec<TextName> = texts.iter().map(|text| TextName::of(text)).collect();
        let keys: Vec<Vec<u8>> = names.iter().map(|name| name.bytes().to_vec()).collect();
        let kept = self.store().vectors(model.name(), &keys).await?;
        let read = |row: &VectorRow| Some((TextName::read(&row.text)?, Meaning::from_bytes(&row.vector)?));
        let mut told: Vec<(TextName, Meaning)> = kept.iter().filter_map(read).collect();
        let known: HashSet<TextName> = told.iter().map(|(name, _)| *name).collect();
        let new: Vec<String> = texts
            .iter()
            .zip(names)
            .filter(|(_, name)| !known.contains(name))
            .map(|(text, _)| text.clone())
            .collect();
        if !new.is_empty() {
            let asked = model.clone();
            let fresh = tokio::task::spawn_blocking(move || library::encode(&*asked, &new)).await??;
            let row = |(name, meaning): &(TextName, Meaning)| VectorRow {
                text: name.bytes().to_vec(),
                vector: meaning.to_bytes(),
            };
            self.store().put_vectors(model.name(), fresh.iter().map(row).collect()).await?;
            told.extend(fresh);
        }
        Ok(told)
    }
}

/// How long to wait after so many failures in a row: longer each time, as long as was asked for, and never all at
/// the same moment (`chance`).
pub(crate) fn pause(error: &EncodeError, failures: u32, chance: u128) -> Duration {
    let asked = match error {
        EncodeError::Model(told) if !told.may_retry => REFUSED,
        EncodeError::Model(told) => told.after.unwrap_or_default().min(LONGEST_WAIT),
        EncodeError::Store(_) | EncodeError::Broke(_) => Duration::ZERO,
    };
    let grown = Duration::from_secs(1 << failures.min(8)).min(LONGEST_WAIT);
    let wait = asked.max(grown);
    wait + wait.mul_f64((chance % 1_000) as f64 / 4_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(may_retry: bool, after: Option<u64>) -> EncodeError {
        let after = after.map(Duration::from_secs);
        EncodeError::Model(NoVectors { reason: "busy".to_owned(), may_retry, after })
    }

    #[test]
    fn waits_grow_and_are_not_all_alike() {
        let wait = |failures, chance| pause(&failure(true, None), failures, chance);
        assert_eq!(wait(1, 0), Duration::from_secs(2));
        assert_eq!(wait(3, 0), Duration::from_secs(8));
        assert!(wait(3, 999) > wait(3, 0) && wait(3, 999) < Duration::from_secs(10));
        assert_eq!(wait(1_000, 0), Duration::from_secs(256), "there is an end to it");
    }

    #[test]
    fn who_asks_to_be_left_alone_is_and_who_refuses_is_not_pestered() {
        assert_eq!(pause(&failure(true, Some(30)), 1, 0), Duration::from_secs(30));
        assert_eq!(pause(&failure(true, Some(1 << 40)), 1, 0), LONGEST_WAIT);
        assert_eq!(pause(&failure(false, None), 1, 0), REFUSED);
    }
}
