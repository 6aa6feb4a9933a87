//! An answer for another program: from a dialogue that it keeps itself. Nothing of it is kept here but what it cost.

use std::sync::Arc;

use assistant::{Products, Shopper, Turn, llm::Said, read};
use domain::{
    Asker, Attributes, ChannelId, Content, ConversationId, Duty, DutyTable, Lang, Past, Record, Rung,
    Timestamp, Trace,
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
    ///
    /// The duty table holds here too. Nobody waits at the desk for a program: what a person would have to send or say is
    /// named as such, and not answered.
    pub async fn complete(&self, asked: Completion, heard: UnboundedSender<Heard>) -> Option<Completed> {
        let mut slot = Slot::take(&self.reception().inner.turns).await;
        let duties = self.reception().duties().await;
        let duties =
            duties.inspect_err(|error| tracing::error!(%error, "the duty table cannot be read")).ok()?;
        let thought = self.think(asked, duties.may_stream()).await?;
        let aloud = thought.aloud;
        slot.give_up();
        let name = thought.answer.trace.conversation.to_string();
        // Who asked may have hung up: then nobody wants the rest.
        let wanted = || !heard.is_closed();
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
        Some(self.within(&duties, Completed { content: answer.content, trace: answer.trace }))
    }

    fn within(&self, duties: &DutyTable, mut completed: Completed) -> Completed {
        let library = self.reception().parts().assistant.library();
        let Some(topics) = assistant::duty::of_answer(&completed.trace, library) else { return completed };
        let verdict = duties.verdict(topics.iter().map(String::as_str));
        if verdict.duty != Duty::Alone {
            let lang = completed.content.lang;
            let words = lang.pick("这类问题由人工答复。", "A person answers questions of this kind.");
            let answer = completed.content.answer.take();
            let rung = Some(Rung::Handover);
            completed.content = Content { answer, rung, ..Content::plain(lang, words) };
            "person_only".clone_into(&mut completed.trace.reason);
            completed.trace.rung = Rung::Handover;
            completed.trace.duty = Some(verdict);
        }
        completed
    }

    async fn think(&self, asked: Completion, aloud: bool) -> Option<Thought> {
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
            let brief = reception.brief(&answer, turn.past);
            Thought { answer, brief, aloud }
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
