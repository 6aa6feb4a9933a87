//! An answer, made again: from the same inputs the same bytes, or what other knowledge, another policy or another model
//! would say. Nothing is kept, nobody is told, and no other system is called.

mod shadow;
mod then;

use std::sync::Arc;

use assistant::{Policy, Turn, check::Grounded, llm::Checks, recommend::Shelf};
use domain::{
    AnswerId, Content, ConversationId, Duty, DutyTable, Inputs, Message, Reranked, Rung, Trace, Verdict,
};
use serde::{Deserialize, Serialize};
use store::StoreError;

pub use shadow::{Shadow, ShadowCase, Tally};

use crate::{
    Answers, Reception,
    answer::words_of,
    write::{Thought, Writers, replaced},
};

/// What shall be otherwise than it was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Otherwise {
    /// The knowledge as it stands with all drafts, not as it was.
    pub drafts: bool,
    /// Other lines between the rungs.
    pub policy: Option<Policy>,
    /// The model of this name writes, and is asked anew.
    pub model: Option<String>,
}

/// An answer: what was said, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The words; `None` where none were shown as the assistant's own.
    pub content: Option<Content>,
    /// Why.
    pub trace: Trace,
}

/// An answer as it was and as it is made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replayed {
    /// As it was.
    pub was: Made,
    /// As it is made now.
    pub now: Made,
    /// Whether both are the same, byte for byte.
    pub same: bool,
    /// What could not be as it was, or has changed since and may have made the difference, as stable codes: `profile`
    /// (what was known of the customer was not kept then), `catalogue` (products are as they are today), `orders` (so are
    /// purchases: what goes together is learnt from them), `action` (no other system is called), `duty` (the words were a
    /// person's to send), `lessons` (what customers taught is as it is today), `rerank` (what a reranker said then counts,
    /// and it is not asked again).
    pub notes: Vec<String>,
}

/// Why nothing was replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// No such answer.
    #[error("there is no such answer")]
    NotFound,
    /// It was given before inputs were kept, or its messages are gone.
    #[error("what this answer was made from is not kept; ask the question anew")]
    NotKept,
    /// No model of this name is set.
    #[error("there is no model {0:?} under [[models.chat]]")]
    NoModel(String),
    /// This assistant draws no lines.
    #[error("this assistant obeys no policy")]
    NoPolicy,
    /// The assistant broke.
    #[error("the assistant failed; the log says why")]
    BrokeOff,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReplayError {
    /// Whether the same may succeed later by itself.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Store(error) if error.may_retry())
    }
}

/// What an answer is made by.
#[derive(Clone)]
struct Maker {
    assistant: Arc<dyn Answers>,
    /// Who writes anew; else what was written then is weighed again.
    writers: Option<Arc<Writers>>,
    /// Who may do what, today.
    duties: DutyTable,
}

impl Reception {
    /// Makes an answer again.
    pub(crate) async fn replay(&self, id: &AnswerId, otherwise: &Otherwise) -> Result<Replayed, ReplayError> {
        let trace = self.store().trace(id).await?.ok_or(ReplayError::NotFound)?;
        let library = if otherwise.drafts {
            self.library_with_drafts().await?
        } else {
            self.library_then(trace.knowledge_version, trace.meanings_version).await?
        };
        let mut maker = self.maker(library, otherwise).await?;
        if !otherwise.drafts {
            self.sell_as_then(&mut maker, &trace).await?;
        }
        self.make_again(trace, &maker).await
    }

    /// What was sold then is sold again.
    async fn sell_as_then(&self, maker: &mut Maker, trace: &Trace) -> Result<(), StoreError> {
        let Some(then) = trace.inputs.as_ref().and_then(|inputs| inputs.goods) else { return Ok(()) };
        let Some(stock) = self.stock_then(then, trace.at).await? else { return Ok(()) };
        let stand = Shelf::default();
        stand.fill(stock);
        if let Some(assistant) = maker.assistant.recommending(Arc::new(stand)) {
            maker.assistant = assistant;
        }
        Ok(())
    }

    async fn maker(
        &self,
        library: Arc<knowledge::Library>,
        otherwise: &Otherwise,
    ) -> Result<Maker, ReplayError> {
        let mut assistant = self.parts().assistant.knowing(library);
        if let Some(policy) = &otherwise.policy {
            assistant = assistant.obeying(policy.clone()).ok_or(ReplayError::NoPolicy)?;
        }
        let only = |name: &String| {
            let found = self.writers().and_then(|writers| writers.only(name));
            found.map(Arc::new).ok_or_else(|| ReplayError::NoModel(name.clone()))
        };
        let writers = otherwise.model.as_ref().map(only).transpose()?;
        Ok(Maker { assistant, writers, duties: self.duties().await? })
    }

    async fn make_again(&self, trace: Trace, maker: &Maker) -> Result<Replayed, ReplayError> {
        let inputs = trace.inputs.clone().ok_or(ReplayError::NotKept)?;
        let said = self.said_then(&trace, &inputs).await?;
        let shown = self.shown(&trace, &inputs).await?;
        let thought = self.think_again(&trace, inputs, said, maker).await?;
        let answer = match &maker.writers {
            Some(writers) => {
                let whose = (trace.conversation.as_str(), None);
                self.write_with(writers, whose, thought, &|| true, &mut |_| ()).await
            }
            None => self.written_then(&trace, thought),
        };
        let mut now = Made { content: Some(answer.content), trace: answer.trace };
        now.trace.duty = self.held_back(&now.trace, &maker.duties);
        let was = Made { content: shown, trace };
        let same = is_same(&was, &now);
        let mut notes = self.notes(&was.trace).await?;
        if !same {
            notes.extend(self.changed_since(&was.trace, &maker.assistant).await?);
        }
        Ok(Replayed { was, now, same, notes })
    }

    async fn said_then(&self, trace: &Trace, inputs: &Inputs) -> Result<Vec<Message>, ReplayError> {
        let (Some(first), Some(last)) = (inputs.messages.iter().min(), inputs.messages.iter().max()) else {
            return Err(ReplayError::NotKept);
        };
        let limit = u32::try_from(last - first + 1).unwrap_or(u32::MAX).min(LONGEST);
        let mut said = self.store().messages(&trace.conversation, first - 1, limit).await?;
        said.retain(|message| inputs.messages.contains(&message.seq));
        if said.len() == inputs.messages.len() { Ok(said) } else { Err(ReplayError::NotKept) }
    }

    /// What the customer was shown as this answer.
    async fn shown(&self, trace: &Trace, inputs: &Inputs) -> Result<Option<Content>, StoreError> {
        let after = inputs.messages.iter().copied().max().unwrap_or_default();
        let later = self.store().messages(&trace.conversation, after, SOON).await?;
        let shown = later.into_iter().find(|message| message.content.answer.as_ref() == Some(&trace.id));
        Ok(shown.map(|message| message.content))
    }

    async fn think_again(
        &self,
        trace: &Trace,
        inputs: Inputs,
        said: Vec<Message>,
        maker: &Maker,
    ) -> Result<Thought, ReplayError> {
        let conversation = self.store().conversation(&trace.conversation).await?;
        let conversation = conversation.ok_or(ReplayError::NotKept)?;
        let last = inputs.messages.iter().copied().max().unwrap_or_default();
        let past = self.before_then(trace, last).await?.into_past();
        let record = match &inputs.record {
            Some(record) => record.clone(),
            None => self.context(&conversation).await?.record,
        };
        let (reception, trace, maker) = (self.clone(), trace.clone(), maker.clone());
        let thought = tokio::task::spawn_blocking(move || {
            let turn = Turn {
                id: trace.id.clone(),
                conversation: trace.conversation.clone(),
                text: &words_of(&said),
                lang: inputs.lang,
                asker: inputs.asker,
                now: trace.at,
                past: &past,
                record: &record,
                shopper: &inputs.shopper,
            };
            let answer = hearing(&*maker.assistant, trace.reranked.clone()).answer(&turn, &mut |_| ());
            let asks = maker.writers.is_some() || !trace.model_calls.is_empty();
            let brief = if asks {
                reception.brief_from(&answer, (&past, &record), maker.assistant.library())
            } else {
                None
            };
            Thought { answer, brief, aloud: false }
        });
        thought.await.map_err(|_| ReplayError::BrokeOff)
    }

    /// What the models said then, weighed again.
    fn written_then(&self, trace: &Trace, thought: Thought) -> assistant::Answer {
        let Some(brief) = thought.brief else { return thought.answer };
        let writers = self.writers();
        // Also where no model is set any more, what one said then can be weighed.
        let usual = Grounded::default();
        let checks = writers.as_ref().map_or(&usual as &dyn Checks, |writers| writers.checks());
        let written = assistant::llm::again(&brief, &trace.model_calls, checks);
        replaced(thought.answer, &brief, written, 0)
    }

    /// Who says it by a duty table, if not the assistant alone.
    pub(crate) fn held_back(&self, trace: &Trace, duties: &DutyTable) -> Option<Verdict> {
        self.verdict_on(trace, duties).filter(|verdict| verdict.duty != Duty::Alone)
    }

    async fn notes(&self, trace: &Trace) -> Result<Vec<String>, StoreError> {
        let kept = trace.inputs.as_ref().is_some_and(|inputs| inputs.record.is_some());
        let unknown = !kept && self.is_known_of(&trace.conversation).await?;
        let held = trace.duty.as_ref().is_some_and(|verdict| verdict.duty != Duty::Alone);
        let reranked = trace.reranked.iter().any(|said| said.failed.is_none());
        let notes =
            [(unknown, "profile"), (trace.acted.is_some(), "action"), (held, "duty"), (reranked, "rerank")];
        Ok(told(&notes))
    }

    /// Whether anything is known today of the customer of a conversation.
    async fn is_known_of(&self, id: &ConversationId) -> Result<bool, StoreError> {
        Ok(match self.store().conversation(id).await? {
            Some(conversation) => !self.context(&conversation).await?.record.0.is_empty(),
            None => false,
        })
    }

    /// What has changed since and may have made the difference.
    async fn changed_since(&self, trace: &Trace, by: &Arc<dyn Answers>) -> Result<Vec<String>, StoreError> {
        let inputs = trace.inputs.clone().unwrap_or_default();
        let sold = by.shelf().map(|shelf| shelf.stock().state).unwrap_or_default();
        let then = inputs.goods.unwrap_or(sold);
        let bought = self.goods_state().await?.purchases;
        Ok(told(&[
            (then.products != sold.products, "catalogue"),
            (then.purchases != bought, "orders"),
            (inputs.lessons != by.library().lessons_name(), "lessons"),
        ]))
    }
}

fn told(notes: &[(bool, &str)]) -> Vec<String> {
    notes.iter().filter(|(is, _)| *is).map(|(_, note)| (*note).to_owned()).collect()
}

/// An assistant to whom a reranker says what it said then, and nobody says anything where nobody did.
fn hearing(assistant: &dyn Answers, said: Vec<Reranked>) -> Arc<dyn Answers> {
    let library = assistant.library().fork();
    library.hear_again(said);
    assistant.knowing(Arc::new(library))
}

/// A turn holds no more messages than this, with all that came between them.
const LONGEST: u32 = 1_000;
/// An answer follows its question within so many messages.
const SOON: u32 = 20;

/// Byte for byte. A hand-over is told by the desk, with the place in the queue: it is the same if both are one.
fn is_same(was: &Made, now: &Made) -> bool {
    if (was.trace.rung, &was.trace.used) != (now.trace.rung, &now.trace.used) {
        return false;
    }
    was.trace.rung == Rung::Handover || was.content == now.content
}
