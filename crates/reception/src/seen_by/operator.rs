//! What the person at the machine itself may do: the commands.

mod complete;
mod goods;
mod quality;
mod service;

use std::path::Path;

use domain::{
    AnswerId, ChannelId, Conversation, ConversationId, Entry, Inbound, IntentExample, Lang, Message,
    Timestamp, Trace,
    category::{self, Branch},
};
use knowledge::import::{Harvest, Plan};
use store::{DocumentRow, EntryFilter, Page, StoreError};

pub use complete::{Completed, Completion, Heard};

use crate::{
    ActError, Intent, Otherwise, ReceiveError, Reception, ReplayError, Replayed, Shadow, SourceState,
    SyncError, teach,
};

/// Whoever may read the data folder.
#[derive(Clone)]
pub struct OperatorView {
    reception: Reception,
}

/// An answer to `frontdesk ask`.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The words.
    pub message: Message,
    /// Why; `None` while a person has the conversation.
    pub trace: Option<Trace>,
}

impl Asked {
    /// As `frontdesk ask --json` prints it.
    pub fn to_json(&self) -> serde_json::Value {
        let content = &self.message.content;
        let trace = self.trace.as_ref();
        serde_json::json!({
            "rung": content.rung,
            "text": content.text,
            "entry_ids": trace.map(|trace| trace.used.clone()).unwrap_or_default(),
            "sources": content.sources,
            "pictures": content.pictures,
            "suggestions": content.suggestions,
            "confidence": trace.map(|trace| trace.confidence),
            "intent": trace.and_then(|trace| trace.intent.clone()),
            "language": trace.map(|trace| trace.language.clone()),
            "sentiment": trace.map(|trace| trace.sentiment.clone()),
            "trace_id": content.answer,
            "latency_us": trace.map(|trace| trace.timings.iter().map(|stage| stage.us).sum::<u64>()),
            "conversation": self.message.conversation,
        })
    }
}

/// So long is an answer waited for: a model that writes takes its time.
const WITHOUT_MODEL: std::time::Duration = std::time::Duration::from_secs(10);
const WITH_MODEL: std::time::Duration = std::time::Duration::from_secs(50);

/// The largest page of a list.
pub const PAGE: u32 = 500;

impl Reception {
    /// Everything, for the person at the machine.
    pub fn operator(&self) -> OperatorView {
        OperatorView { reception: self.clone() }
    }
}

impl OperatorView {
    pub(super) fn reception(&self) -> &Reception {
        &self.reception
    }

    /// Asks by the same road as customers. The same `conversation` again goes on where it was; the same
    /// `key` again in it is answered as the first time.
    pub async fn ask(
        &self,
        text: &str,
        conversation: Option<&str>,
        key: Option<String>,
    ) -> Result<Option<Asked>, ReceiveError> {
        let once = key.unwrap_or_else(|| domain::id::fresh(self.reception.now(), self.reception.chance()));
        let sender = conversation.map_or_else(|| once.clone(), ToOwned::to_owned);
        let inbound = Inbound {
            channel: ChannelId::from(ChannelId::CLI),
            sender,
            external_id: once,
            text: text.to_owned(),
            name: None,
            lang: Lang::default(),
            attributes: domain::Attributes::default(),
        };
        let accepted = self.reception.receive(inbound).await?;
        let answer = self.await_answer(&accepted.conversation, accepted.seq).await?;
        if conversation.is_none() {
            // Nobody will come back to it.
            let _ = self.reception.close(&accepted.conversation, |_| Ok(())).await;
        }
        Ok(answer)
    }

    async fn await_answer(&self, id: &ConversationId, after: i64) -> Result<Option<Asked>, StoreError> {
        let store = self.reception.store();
        let mut desk = self.reception.events().watch_desk();
        let patience = if self.reception.writers().is_some() { WITH_MODEL } else { WITHOUT_MODEL };
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let said = store.messages(id, after, 10).await?;
            if let Some(message) = said.into_iter().find(|message| message.author != domain::Author::Customer)
            {
                let trace = match &message.content.answer {
                    Some(answer) => store.trace(answer).await?,
                    None => None,
                };
                return Ok(Some(Asked { message, trace }));
            }
            if tokio::time::timeout_at(deadline, desk.recv()).await.is_err() {
                return Ok(None);
            }
        }
    }

    /// What an import would change.
    pub async fn plan(&self, harvest: Harvest) -> Result<Plan, StoreError> {
        self.reception.plan(harvest).await
    }

    /// Imports.
    pub async fn import(&self, plan: Plan) -> Result<i64, ActError> {
        self.reception.carry_out(plan, "import").await
    }

    /// All sources of knowledge and what they did.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        self.reception.sources().await
    }

    /// How documents of a source stand; those with a problem first.
    pub async fn documents(&self, source: &str, page: &Page) -> Result<Vec<DocumentRow>, StoreError> {
        self.reception.documents_of(source, &Page { limit: page.limit.clamp(1, PAGE), ..page.clone() }).await
    }

    /// Has a source read as soon as possible.
    pub async fn sync(&self, source: &str) -> Result<(), SyncError> {
        self.reception.sync_soon(source).await
    }

    /// A page of all that customers may want, by name.
    pub async fn intents(&self, after: Option<&str>, limit: u32) -> Result<Vec<Intent>, StoreError> {
        let all = self.reception.intents().await?.into_iter();
        let rest = all.filter(|intent| after.is_none_or(|after| intent.name.as_str() > after));
        Ok(rest.take(limit.clamp(1, PAGE) as usize).collect())
    }

    /// A page of the owner's examples of an intent, by text.
    pub async fn examples_of(
        &self,
        intent: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<IntentExample>, StoreError> {
        let all = self.reception.examples_of(intent).await?.into_iter();
        let rest = all.filter(|example| after.is_none_or(|after| example.text() > after));
        Ok(rest.take(limit.clamp(1, PAGE) as usize).collect())
    }

    /// Adds examples of an intent and returns how many are new.
    pub async fn teach(&self, intent: &str, texts: &[String]) -> Result<u64, ActError> {
        let examples = teach::examples(intent, texts.iter().map(String::as_str))?;
        self.reception.teach(&examples, "api").await
    }

    /// Removes an example of an intent. `false` if it was not there.
    pub async fn forget(&self, intent: &str, text: &str) -> Result<bool, ActError> {
        let examples = teach::examples(intent, [text])?;
        let [example] = examples.as_slice() else { return Ok(false) };
        Ok(self.reception.forget(example).await?)
    }

    /// A page of the knowledge, by id.
    pub async fn entries_after(
        &self,
        after: Option<&domain::EntryId>,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        self.reception.store().entries_after(after, limit.clamp(1, PAGE)).await
    }

    /// A page of the tree of categories, each before those below it; only what lies below one, if one is named.
    pub async fn categories(
        &self,
        below: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Branch>, StoreError> {
        let tree = category::tree(&self.reception.store().categories().await?);
        let inside = |branch: &Branch| {
            below.is_none_or(|top| {
                branch.category != top && category::above(&branch.category).any(|one| one == top)
            })
        };
        let rest =
            tree.iter().position(|branch| after == Some(branch.category.as_str())).map_or(0, |at| at + 1);
        Ok(tree.into_iter().skip(rest).filter(inside).take(limit.clamp(1, PAGE) as usize).collect())
    }

    /// A page of the entries that a filter finds, with words the fittest first; and where the next one begins.
    pub async fn entries_with(
        &self,
        filter: &EntryFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StoreError> {
        let page = Page { after: after.map(ToOwned::to_owned), limit: limit.clamp(1, PAGE) };
        let rows = self.reception.list_entries(filter, &page).await?;
        let next = rows.last().filter(|_| rows.len() == page.limit as usize).map(|row| row.cursor.clone());
        let library = self.reception.parts().assistant.library();
        let entries = rows.iter().filter_map(|row| library.entry(&row.id)).map(|entry| (*entry).clone());
        Ok((entries.collect(), next))
    }

    /// A page of conversations, by id.
    pub async fn conversations_after(
        &self,
        after: Option<&ConversationId>,
        limit: u32,
    ) -> Result<Vec<Conversation>, StoreError> {
        self.reception.store().conversations_after(after, limit.clamp(1, PAGE)).await
    }

    /// The messages of a conversation.
    pub async fn messages(
        &self,
        id: &ConversationId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        self.reception.store().messages(id, after, limit.clamp(1, PAGE)).await
    }

    /// Why an answer is what it is.
    pub async fn trace(&self, id: &AnswerId) -> Result<Option<Trace>, StoreError> {
        self.reception.store().trace(id).await
    }

    /// An answer, made again.
    pub async fn replay(&self, id: &AnswerId, otherwise: &Otherwise) -> Result<Replayed, ReplayError> {
        self.reception.replay(id, otherwise).await
    }

    /// The latest questions, answered again; those since a moment if one is given.
    pub async fn shadow(
        &self,
        since: Option<Timestamp>,
        last: u32,
        otherwise: &Otherwise,
    ) -> Result<Shadow, ReplayError> {
        self.reception.shadow(since, last, otherwise).await
    }

    /// A consistent copy of everything into a new file.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.reception.store().backup(to).await
    }

    /// What is wrong with the data, in words.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.reception.store().check().await
    }

    /// How the plugged reranker stands; `None` without one.
    pub fn reranker(&self) -> Option<crate::RerankerStanding> {
        self.reception.reranker()
    }

    /// How many entries are searched, and at which version.
    pub fn knowledge(&self) -> (usize, i64) {
        let library = self.reception.parts().assistant.library();
        (library.len(), library.version())
    }

    /// Answers if messages can be accepted.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.reception.store().ready().await
    }

    /// An entry as customers see it behind a source link, while it holds.
    pub fn entry(&self, id: &domain::EntryId) -> Option<std::sync::Arc<Entry>> {
        let found = self.reception.parts().assistant.library().entry(id);
        found.filter(|entry| entry.valid.includes(self.reception.now()))
    }
}
