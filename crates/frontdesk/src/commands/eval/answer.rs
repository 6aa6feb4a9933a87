//! `frontdesk eval answer`

use std::path::PathBuf;

use assistant::{
    Assistant, Turn,
    measure::{Outcome, answering},
};
use domain::{AnswerId, Asker, ConversationId, Lang, Past, Record, Shopper, Timestamp};
use reception::Settings;

use super::{
    model::ModelArg,
    report::{self, Times},
    reranker::RerankArg,
};
use crate::assemble;
use crate::commands::files::{self, Question, Split};

/// Is the right answer given, and none where there is none?
///
/// Example:  frontdesk eval answer --knowledge shop.jsonl --queries questions.jsonl --unanswerable other.jsonl
#[derive(clap::Args)]
pub(super) struct AnswerTask {
    /// Entries: {"id","question","answer"}; files, or folders of articles
    #[arg(long, required = true, num_args = 1..)]
    knowledge: Vec<PathBuf>,
    /// Questions: {"query","relevant":[ids]}
    #[arg(long, required = true, num_args = 1..)]
    queries: Vec<PathBuf>,
    /// Questions of others, to which there is no answer here
    #[arg(long, num_args = 1..)]
    unanswerable: Vec<PathBuf>,
    /// Which questions
    #[arg(long, value_enum, default_value_t)]
    split: Split,
    /// Print the questions that went wrong, on stderr
    #[arg(long)]
    show: bool,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    rerank: RerankArg,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl AnswerTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let entries = files::knowledge(&self.knowledge)?;
        let mut questions = files::questions(&self.queries, self.split)?;
        let others = files::questions(&self.unanswerable, Split::All)?;
        questions.extend(others.into_iter().map(|question| Question { relevant: Vec::new(), ..question }));
        let assistant = assemble::assistant(&Settings::default());
        assistant.library().change(&entries, &[], 1);
        assistant.library().adapt();
        self.model.plug_into(assistant.library())?;
        self.rerank.plug_into(assistant.library())?;
        let mut times = Times::default();
        let outcomes: Vec<Outcome> =
            questions.iter().map(|question| self.outcome(&assistant, question, &mut times)).collect();
        let mut own = serde_json::to_value(answering(&outcomes))?;
        self.rerank.tell(&mut own);
        report::print(&report::report("answer", questions.len(), &times, own), self.json)
    }

    fn outcome(&self, assistant: &Assistant, question: &Question, times: &mut Times) -> Outcome {
        let turn = Turn {
            id: AnswerId::from("eval"),
            conversation: ConversationId::from("eval"),
            text: &question.query,
            lang: Lang::Zh,
            asker: Asker::default(),
            now: Timestamp::UNIX_EPOCH,
            past: &Past::default(),
            record: &Record::default(),
            shopper: &Shopper::default(),
        };
        let answer = times.of(|| assistant.answer(&turn, &mut |_| ()));
        self.rerank.count(&answer.trace.reranked);
        let outcome = Outcome::of(&answer, answer.trace.used.clone(), question.relevant.clone());
        if self.show && !outcome.right_or_silent() {
            eprintln!(
                "{:<8} {:.2} {:?} wanted {:?} got {:?}",
                outcome.rung.name(),
                outcome.score,
                question.query,
                question.relevant,
                outcome.entries
            );
        }
        outcome
    }
}
