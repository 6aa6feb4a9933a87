//! The owner says what customers mean: examples of intents, added and removed. They are learnt in the background
//! ([`crate::learn`]).

use std::collections::{BTreeMap, HashSet};

use domain::{IntentExample, said};
use store::StoreError;

use crate::{ActError, Reception};

/// More examples than this say nothing new, and would make learning slow.
const MOST: usize = 100_000;

/// Something that customers want.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Intent {
    /// Its name: the group of entries, or the owner's own.
    pub name: String,
    /// Ways of asking in the knowledge.
    pub from_knowledge: usize,
    /// Examples that the owner added.
    pub own: usize,
    /// Whether it is recognised now. Learning takes seconds.
    pub learnt: bool,
}

impl Reception {
    /// Adds examples and returns how many are new. What is there already stays as it is.
    pub(crate) async fn teach(&self, examples: &[IntentExample], by: &str) -> Result<u64, ActError> {
        let known = self.store().examples().await?.len();
        if known + examples.len() > MOST {
            return Err(ActError::Invalid(said!(
                "例句最多 {MOST} 条；已有 {known} 条",
                "there are at most {MOST} examples; {known} are there"
            )));
        }
        let added = self.store().put_examples(examples, by, self.now()).await?;
        self.inner.events.knowledge_changed();
        Ok(added)
    }

    /// Removes an example. `false` if it was not there.
    pub(crate) async fn forget(&self, example: &IntentExample) -> Result<bool, StoreError> {
        let gone = self.store().remove_example(example).await?;
        self.inner.events.knowledge_changed();
        Ok(gone)
    }

    /// All that customers may want, by name.
    pub(crate) async fn intents(&self) -> Result<Vec<Intent>, StoreError> {
        let assistant = &self.parts().assistant;
        let learnt: HashSet<String> = assistant.intents().names().into_iter().collect();
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (name, asked) in assistant.library().intents() {
            counts.insert(name, (asked, 0));
        }
        for example in self.store().examples().await? {
            counts.entry(example.intent().to_owned()).or_default().1 += 1;
        }
        let intent = |(name, (from_knowledge, own)): (String, (usize, usize))| Intent {
            learnt: learnt.contains(&name),
            name,
            from_knowledge,
            own,
        };
        Ok(counts.into_iter().map(intent).collect())
    }

    /// The owner's examples of an intent, by text.
    pub(crate) async fn examples_of(&self, intent: &str) -> Result<Vec<IntentExample>, StoreError> {
        let all = self.store().examples().await?;
        Ok(all.into_iter().filter(|example| example.intent() == intent).collect())
    }
}

/// Examples of one intent, checked.
pub(crate) fn examples<'a>(
    intent: &str,
    texts: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<IntentExample>, ActError> {
    let checked = texts.into_iter().map(|text| IntentExample::new(intent, text));
    checked.collect::<Result<_, _>>().map_err(|error| ActError::Invalid(error.said()))
}
