//! What customers want is learnt: with the help of the plugged sentence model where one serves, else without.

use std::sync::Arc;

use assistant::{Example, Intents};
use knowledge::library::{self, Meaning, Sentences, TextName};

use super::{LearnError, keep};
use crate::{Reception, encode::EncodeError, kept::at_leisure};

/// Under which what customers want is kept.
const INTENTS: &str = "intents";

impl Reception {
    /// Whether the plugged model that serves, or none, has helped to learn what is used now.
    pub(super) fn is_helped(&self) -> bool {
        let assistant = &self.parts().assistant;
        match (assistant.library().serving(), assistant.intents().helper()) {
            (Some(serving), Some(helper)) => Arc::ptr_eq(&serving, &helper),
            (serving, helper) => serving.is_none() && helper.is_none(),
        }
    }

    /// What was learnt before serves until the next is ready. `is_new`: other examples than those that were learnt.
    pub(super) async fn learn_intents(
        &self,
        examples: Arc<[Example]>,
        is_new: bool,
        with_helper: bool,
    ) -> Result<(), LearnError> {
        let assistant = &self.parts().assistant;
        let (serving, intents) = (assistant.library().serving(), assistant.intents());
        let Some(model) = serving.filter(|_| with_helper) else {
            return self.learn_alone(examples).await;
        };
        // A model may take its time with all examples: until then there is at least this.
        let at_first = is_new && intents.names().is_empty();
        if at_first {
            self.learn_alone(examples.clone()).await?;
        }
        match self.vectors_of(&model, examples.clone()).await {
            Ok(vectors) => self.learn_helped(model, examples, vectors).await,
            Err(error) => {
                if is_new && !at_first {
                    self.learn_alone(examples).await?;
                }
                Err(LearnError::Helper(error))
            }
        }
    }

    /// By the built-in model; what was kept of the same examples is not learnt again.
    async fn learn_alone(&self, examples: Arc<[Example]>) -> Result<(), LearnError> {
        let (intents, kept) = (self.parts().assistant.intents().clone(), self.parts().kept.clone());
        let work = move || {
            if !kept.recall(INTENTS).is_some_and(|learnt| intents.recall(&examples, &learnt)) {
                intents.learn(&examples);
                keep(&*kept, INTENTS, intents.learnt(&examples));
            }
        };
        at_leisure(work).await.ok_or(LearnError::BrokeOff)
    }

    async fn learn_helped(
        &self,
        model: Arc<dyn Sentences>,
        examples: Arc<[Example]>,
        vectors: Vec<Vec<f32>>,
    ) -> Result<(), LearnError> {
        let intents = self.parts().assistant.intents().clone();
        let name = model.name().to_owned();
        at_leisure(move || intents.learn_with(model, &examples, vectors))
            .await
            .ok_or(LearnError::BrokeOff)?;
        tracing::info!(model = name, "the sentence model helps to tell intents apart");
        Ok(())
    }

    /// What the model makes of the examples. What it told once is kept, for the next time.
    async fn vectors_of(
        &self,
        model: &Arc<dyn Sentences>,
        examples: Arc<[Example]>,
    ) -> Result<Vec<Vec<f32>>, EncodeError> {
        let texts = tokio::task::spawn_blocking(move || Intents::texts(&examples)).await?;
        let mut vectors = Vec::with_capacity(texts.len());
        for texts in texts.chunks(library::BATCH) {
            let told = self.told(model, texts).await?;
            let find = |name: TextName| told.iter().find(|(known, _)| *known == name);
            vectors.extend(texts.iter().map(|text| find(TextName::of(text)).map(plain).unwrap_or_default()));
        }
        Ok(vectors)
    }
}

fn plain((_, meaning): &(TextName, Meaning)) -> Vec<f32> {
    meaning.parts().iter().map(|&part| meaning.scale() * f32::from(part)).collect()
}
