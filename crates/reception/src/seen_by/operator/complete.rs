//! An answer for another program: from a dialogue that it keeps itself. Nothing of it is kept here but what it cost.

use std::sync::Arc;

use assistant::{Products, Turn, llm::Said, read};
use domain::{
    Asker, Attributes, ChannelId, Content, ConversationId, DutyTable, Lang, Past, Record, Shopper, Timestamp,
    Trace,
};
use tokio::sync::mpsc::UnboundedSender;

use super::OperatorView;
use crate::{slot::Slot, write::Thought};

/// What another program asks.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    /// What its user said last.
    pub question: String,
    /// What was said before, oldest first; personal data is masked before anything else is done with it.
    pub past: Past,
}

/// Words of an answer while it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Words that passed every check.
    Words(String),
    /// All words so far are void.
    Void,
}

/// An answer and why.
#[derive(Debug, Clone)]
pub struct Completed {
    /// The words.
    pub content: Content,
    /// The whole story.
    pub trace: Trace,
}

impl OperatorView {
    /// Answers by the same pipeline as customers are answered, without a conversation. `None` if the assistant broke.
    /// Words of a model go to `heard` first, one checked sentence after the other; all of them are in the answer.
    pub async fn complete(&self, asked: Completion, heard: UnboundedSender<Heard>) -> Option<Completed> {
        let mut slot = Slot::take(&self.reception().inner.turns).await;
        let duties = Arc::new(self.reception().duties().await.ok()?);
        let thought = self.think(asked, Arc::clone(&duties)).await?;
        slot.give_up();
        let name = thought.answer.trace.conversation.to_string();
        // Who asked may have hung up: then nobody wants the rest.
        let wanted = || !heard.is_closed();
        let aloud = duties.may_stream();
        let mut say = |said| {
            if !aloud {
                return;
            }
            let _ = heard.send(match said {
                Said::Words(text) => Heard::Words(text),
                Said::Void => Heard::Void,
            });
        };
        let answer = self.reception().write_for((&name, None), thought, &wanted, &mut say).await;
        let answer = self.reception().within_duty(answer, &duties);
        Some(Completed { content: answer.content, trace: answer.trace })
    }

    async fn think(&self, asked: Completion, duties: Arc<DutyTable>) -> Option<Thought> {
        let reception = self.reception().clone();
        let now = reception.now();
        let conversation = ConversationId::fresh(now, reception.chance());
        let thought = tokio::task::spawn_blocking(move || {
            let past = masked(asked.past, now);
            let turn = Turn {
                id: reception.answer_id(),
                conversation,
                text: &asked.question,
                lang: Lang::default(),
                asker: Asker { channel: ChannelId::CLI.to_owned(), attributes: Attributes::default() },
                now,
                past: &past,
                record: &Record::default(),
                shopper: &Shopper::default(),
            };
            let answer = Arc::clone(&reception.parts().assistant).answer(&turn, &mut |_| ());
            let brief = reception.brief_within_duty(&answer, (turn.past, turn.record), &duties);
            Thought { answer, brief, aloud: true }
        });
        thought.await.inspect_err(|error| tracing::error!(%error, "the assistant failed")).ok()
    }
}

fn masked(mut past: Past, now: Timestamp) -> Past {
    for exchange in &mut past.exchanges {
        for words in [&mut exchange.asked, &mut exchange.said] {
            *words = read(words, Lang::default(), now, &Products::default()).masked;
        }
    }
    past
}
