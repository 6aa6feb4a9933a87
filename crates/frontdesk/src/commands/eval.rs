//! `frontdesk eval`: measures on files.

mod answer;
mod bm25;
mod dialogue;
mod docs;
mod grounding;
mod intent;
mod model;
mod pii;
mod recommend;
mod report;
mod reranker;
mod retrieval;
mod satisfaction;
mod sentiment;
mod splits;
mod yes_no;

/// Measure how well questions are matched and answered, and personal data masked
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
    Dialogue(dialogue::DialogueTask),
    Intent(intent::IntentTask),
    Pii(pii::PiiTask),
    Sentiment(sentiment::SentimentTask),
    Satisfaction(satisfaction::SatisfactionTask),
    Handoff(yes_no::HandoffTask),
    Injection(yes_no::InjectionTask),
    Recommend(recommend::RecommendTask),
    Grounding(grounding::GroundingTask),
}

impl Eval {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self.task {
            Task::Retrieval(task) => task.run(),
            Task::Answer(task) => task.run(),
            Task::Dialogue(task) => task.run(),
            Task::Intent(task) => task.run(),
            Task::Pii(task) => task.run(),
            Task::Sentiment(task) => task.run(),
            Task::Satisfaction(task) => task.run(),
            Task::Handoff(task) => task.run(),
            Task::Injection(task) => task.run(),
            Task::Recommend(task) => task.run(),
            Task::Grounding(task) => task.run(),
        }
    }
}
