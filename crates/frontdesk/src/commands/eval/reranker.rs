//! `--rerank URL`: a reranker that has a say, for the tasks that search.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use assistant::embeddings::EndpointSettings;
use domain::Reranked;
use knowledge::{Library, library::Tried};
use serde_json::{Value, json};

use crate::sentences::reranker::Endpoint;

/// Which reranker has a say.
#[derive(Debug, Default, clap::Args)]
pub(super) struct RerankArg {
    /// A reranking endpoint, as in [models.rerank]: the address before `/rerank`. It has ten seconds a question, since
    /// it is measured what it knows, not how fast it is here
    #[arg(long = "rerank", value_name = "URL", requires = "rerank_model")]
    url: Option<String>,
    /// The name of its model
    #[arg(long, value_name = "NAME", requires = "url")]
    rerank_model: Option<String>,
    /// The environment variable that holds its key
    #[arg(long, value_name = "VARIABLE", requires = "url")]
    rerank_key_env: Option<String>,
    #[arg(skip)]
    heard: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    asked: usize,
    failed: usize,
}

impl RerankArg {
    /// Lets it have a say in this library, if one was named.
    pub(super) fn plug_into(&self, library: &Library) -> anyhow::Result<()> {
        let (Some(url), Some(model)) = (self.url.clone(), self.rerank_model.clone()) else { return Ok(()) };
        let key = self.rerank_key_env.as_ref().map(|name| {
            std::env::var(name).with_context(|| format!("--rerank-key-env names {name}, which is not set"))
        });
        let settings = EndpointSettings { url, model, key: key.transpose()?.unwrap_or_default() };
        let tried = Tried::on_our_questions(Arc::new(Endpoint::unhurried(settings)));
        library.hear(Some(tried.context("the reranker failed at its trial")?));
        Ok(())
    }

    /// Keeps count of what was heard.
    pub(super) fn count(&self, said: &[Reranked]) {
        let mut tally = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        tally.asked += said.len();
        tally.failed += said.iter().filter(|said| said.failed.is_some()).count();
    }

    /// Adds to a report that one spoke, and how often it failed.
    pub(super) fn tell(&self, report: &mut Value) {
        let tally = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(model), Some(report)) = (&self.rerank_model, report.as_object_mut()) {
            let told = json!({ "model": model, "asked": tally.asked, "failed": tally.failed });
            report.insert("reranker".to_owned(), told);
        }
    }
}
