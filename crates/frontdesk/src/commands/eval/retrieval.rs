//! `frontdesk eval retrieval`

use std::{path::PathBuf, time::Instant};

use domain::{Entry, Lang};
use knowledge::{
    Library, Query,
    measure::{self, Retrieval},
};
use serde_json::{Value, json};

use super::{
    bm25::Bm25,
    docs,
    model::ModelArg,
    report::{self, Times},
    reranker::RerankArg,
};
use crate::commands::files::{self, Question, Split};

/// Is the right entry found?
///
/// BM25 over the same words is measured beside it.
///
/// Example:  frontdesk eval retrieval --knowledge faq.knowledge.jsonl.gz --queries faq.queries.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct RetrievalTask {
    /// Entries: {"id","question","answer"}
    #[arg(long, required_unless_present = "docs", num_args = 1..)]
    knowledge: Vec<PathBuf>,
    /// Questions: {"query","relevant":[ids]}
    #[arg(long, required_unless_present = "docs", num_args = 1..)]
    queries: Vec<PathBuf>,
    /// Sections of documents, {"id","heading","text"}: each is an entry without its heading, which is the question;
    /// headings that repeat are left out
    #[arg(long, num_args = 1.., conflicts_with_all = ["knowledge", "queries"])]
    docs: Vec<PathBuf>,
    /// The headings of these instead: the same sections in another language
    #[arg(long, num_args = 1.., requires = "docs")]
    headings: Vec<PathBuf>,
    /// Which questions
    #[arg(long, value_enum, default_value_t)]
    split: Split,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    rerank: RerankArg,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// So deep are lists measured.
const DEPTH: usize = 10;

impl RetrievalTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let (entries, questions) = self.read()?;
        let library = Library::new();
        let begun = Instant::now();
        library.change(&entries, &[], 1);
        library.adapt();
        self.model.plug_into(&library)?;
        self.rerank.plug_into(&library)?;
        let index_seconds = begun.elapsed().as_secs_f64();
        let mut times = Times::default();
        let ours = measured(&questions, |question| times.of(|| self.search(&library, question)));
        let bm25 = Bm25::of(&entries);
        let beside = measured(&questions, |question| bm25.search(question, DEPTH));
        let mut own =
            json!({ "entries": entries.len(), "queries": questions.len(), "index_seconds": index_seconds });
        if let (Some(own), Value::Object(ours)) = (own.as_object_mut(), rates(&ours, questions.len())?) {
            own.extend(ours);
        }
        own["bm25"] = rates(&beside, questions.len())?;
        self.rerank.tell(&mut own);
        report::print(&report::report("retrieval", questions.len(), &times, own), self.json)
    }

    fn read(&self) -> anyhow::Result<(Vec<Entry>, Vec<Question>)> {
        if !self.docs.is_empty() {
            return docs::read(&self.docs, &self.headings, self.split);
        }
        let entries = files::knowledge(&self.knowledge)?;
        let mut questions = files::questions(&self.queries, self.split)?;
        questions.retain(|question| !question.relevant.is_empty());
        Ok((entries, questions))
    }

    fn search(&self, library: &Library, text: &str) -> Vec<String> {
        let lang = language::detect::detect(text).pick(Lang::Zh, Lang::En, Lang::Zh);
        let listening = library.listening();
        let hits = listening.search(&Query { text, lang, limit: DEPTH });
        self.rerank.count(&listening.heard());
        hits.into_iter().map(|hit| hit.entry.to_string()).collect()
    }
}

fn measured(questions: &[Question], mut search: impl FnMut(&str) -> Vec<String>) -> Retrieval {
    let found: Vec<Vec<String>> = questions.iter().map(|question| search(&question.query)).collect();
    let lists: Vec<(Vec<&str>, Vec<&str>)> = found
        .iter()
        .zip(questions)
        .map(|(ids, question)| {
            (
                ids.iter().map(String::as_str).collect(),
                question.relevant.iter().map(domain::EntryId::as_str).collect(),
            )
        })
        .collect();
    measure::retrieval(lists.iter().map(|(found, right)| (&found[..], &right[..])))
}

fn rates(measured: &Retrieval, questions: usize) -> anyhow::Result<Value> {
    let mut told = serde_json::to_value(measured)?;
    if let Some(told) = told.as_object_mut().filter(|_| questions == 0) {
        // A share of nothing is no number.
        told.values_mut().for_each(|rate| *rate = Value::Null);
    }
    Ok(told)
}
