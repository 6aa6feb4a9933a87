//! `frontdesk eval retrieval`

use std::{path::PathBuf, time::Instant};

use domain::Lang;
use knowledge::{Library, Query, measure};
use serde_json::{Value, json};

use super::{
    model::ModelArg,
    report::{self, Times},
};
use crate::commands::files::{self, Split};

/// Is the right entry found?
///
/// Example:  frontdesk eval retrieval --knowledge faq.knowledge.jsonl.gz --queries faq.queries.jsonl.gz --json
#[derive(clap::Args)]
pub(super) struct RetrievalTask {
    /// Entries: {"id","question","answer"}
    #[arg(long, required = true, num_args = 1..)]
    knowledge: Vec<PathBuf>,
    /// Questions: {"query","relevant":[ids]}
    #[arg(long, required = true, num_args = 1..)]
    queries: Vec<PathBuf>,
    /// Which questions
    #[arg(long, value_enum, default_value_t)]
    split: Split,
    #[command(flatten)]
    model: ModelArg,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// So deep are lists measured.
const DEPTH: usize = 10;

impl RetrievalTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let entries = files::knowledge(&self.knowledge)?;
        let mut questions = files::questions(&self.queries, self.split)?;
        questions.retain(|question| !question.relevant.is_empty());
        let library = Library::new();
        let begun = Instant::now();
        library.change(&entries, &[], 1);
        library.adapt();
        self.model.plug_into(&library)?;
        let index_seconds = begun.elapsed().as_secs_f64();
        let mut times = Times::default();
        let found: Vec<Vec<String>> =
            questions.iter().map(|question| times.of(|| search(&library, &question.query))).collect();
        let lists: Vec<(Vec<&str>, Vec<&str>)> = found
            .iter()
            .zip(&questions)
            .map(|(ids, question)| {
                (
                    ids.iter().map(String::as_str).collect(),
                    question.relevant.iter().map(domain::EntryId::as_str).collect(),
                )
            })
            .collect();
        let measured = measure::retrieval(lists.iter().map(|(found, right)| (&found[..], &right[..])));
        let mut own =
            json!({ "entries": entries.len(), "queries": questions.len(), "index_seconds": index_seconds });
        if let (Some(own), Value::Object(measured)) = (own.as_object_mut(), serde_json::to_value(measured)?) {
            // A share of nothing is no number.
            let rate = |(name, rate)| (name, if questions.is_empty() { Value::Null } else { rate });
            own.extend(measured.into_iter().map(rate));
        }
        report::print(&report::report("retrieval", questions.len(), &times, own), self.json)
    }
}

fn search(library: &Library, text: &str) -> Vec<String> {
    let lang = language::detect::detect(text).pick(Lang::Zh, Lang::En, Lang::Zh);
    library.search(&Query { text, lang, limit: DEPTH }).into_iter().map(|hit| hit.entry.to_string()).collect()
}
