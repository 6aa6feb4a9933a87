//! Models that plug in: sentence models beside the built-in meaning, from a folder or behind an endpoint; a reranker.

mod endpoint;
pub(crate) mod folder;
pub(crate) mod reranker;
mod waiting;

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use assistant::{embeddings::EndpointSettings, llm::ChatSettings};
use language::sentences::Sentences;
use reception::{Budgets, Reception, Writing};
use serde::{Deserialize, Serialize};

/// The `[models]` section.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Models {
    /// What tells how close texts are in meaning.
    pub(crate) embedding: Embedding,
    /// Who has a say in the order of what is found.
    pub(crate) rerank: Option<EndpointSettings>,
    /// Language models that write answers, in the order in which they are asked.
    pub(crate) chat: Vec<ChatSettings>,
    /// How they write.
    pub(crate) writing: Writing,
    /// What they may cost.
    pub(crate) budget: Budgets,
}

/// The `[models.embedding]` section; `kind` says which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Embedding {
    /// Nothing beside what ships.
    #[default]
    BuiltIn,
    /// A sentence-transformer in a folder, run in the process.
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// An OpenAI-compatible endpoint.
    Endpoint(EndpointSettings),
}

/// Lets the desk want the model that a configuration names. It serves when it has read all knowledge.
pub(crate) async fn plug(reception: &Reception, wanted: &Embedding) -> anyhow::Result<()> {
    reception.plug(open(wanted).await.context("[models.embedding]")?);
    Ok(())
}

/// Lets the desk want the reranker that a configuration names. It has a say when it was tried.
pub(crate) fn hear(reception: &Reception, wanted: Option<&EndpointSettings>) {
    let model = wanted.map(|settings| Arc::new(reranker::Endpoint::new(settings.clone())) as _);
    reception.hear(model, wanted.map_or("", |settings| &settings.url));
}

async fn open(wanted: &Embedding) -> anyhow::Result<Option<Arc<dyn Sentences>>> {
    match wanted {
        Embedding::BuiltIn => Ok(None),
        Embedding::Folder { path } => {
            let path = path.clone();
            tokio::task::spawn_blocking(move || folder::open(&path)).await?.map(Some)
        }
        Embedding::Endpoint(settings) => Ok(Some(Arc::new(endpoint::Endpoint::new(settings.clone())))),
    }
}
