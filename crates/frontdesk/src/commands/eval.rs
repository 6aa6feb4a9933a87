//! `frontdesk eval`: measures on files.

mod answer;
mod intent;
mod report;
mod retrieval;
mod splits;

/// Measure how well questions are matched and answered
///
/// Example:  frontdesk eval retrieval --knowledge faq.knowledge.jsonl.gz --queries faq.queries.jsonl.gz
#[derive(clap::Args)]
pub(crate) struct Eval {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
enum Task {
    Retrieval(retrieval::RetrievalTask),
    Answer(answer::AnswerTask),
    Intent(intent::IntentTask),
}

impl Eval {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self.task {
            Task::Retrieval(task) => task.run(),
            Task::Answer(task) => task.run(),
            Task::Intent(task) => task.run(),
        }
    }
}
