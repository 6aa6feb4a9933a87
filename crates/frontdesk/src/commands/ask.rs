//! `frontdesk ask`

use serde_json::Value;

use super::Place;
use crate::{desk::Desk, say};

/// Ask one question, by the same road as customers
///
/// Example:  frontdesk ask "怎么退货"
#[derive(clap::Args)]
pub(crate) struct Ask {
    /// The question
    question: String,
    /// Go on with a conversation of this name
    #[arg(long, value_name = "ID")]
    conversation: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Ask {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        desk.plug(&config.models.embedding).await?;
        desk.hear(config.models.rerank.as_ref()).await;
        desk.employ(&config.models)?;
        let answer = desk.ask(&self.question, self.conversation.as_deref()).await;
        desk.close().await;
        let answer = answer?;
        anyhow::ensure!(!answer.is_null(), "no answer: a person has this conversation");
        if self.json { say::line(answer) } else { in_words(&answer) }
    }
}

fn in_words(answer: &Value) -> anyhow::Result<()> {
    say::line(answer["text"].as_str().unwrap_or_default())?;
    for choice in answer["suggestions"].as_array().into_iter().flatten() {
        say::line(format_args!("  · {}", choice.as_str().unwrap_or_default()))?;
    }
    for source in answer["sources"].as_array().into_iter().flatten() {
        say::line(format_args!("  ← {}", source["title"].as_str().unwrap_or_default()))?;
    }
    Ok(())
}
