//! What a person at the desk may see and do.

mod goods;
mod models;
mod quality;
mod service;

use std::sync::Arc;

use assistant::Turn;
use domain::{
    Agent, AgentId, AnswerId, Asker, ChannelId, Content, Conversation, ConversationId, Customer, Delivery,
    Entry, EntryId, Feedback, IntentExample, Label, Lang, Message, MessageId, Past, Rating, Record, Role,
    Shopper, Trace,
};
use knowledge::{Hit, Query};
use store::{
    ConversationFilter, ConversationRow, DocumentRow, EntryChange, EntryFilter, EntryRow, Page, StoreError,
};

use crate::{
    ActError, Event, Going, Intent, Reception, Reply, SignInLink, SourceState, StaffError, SyncError, Upload,
    publish::Byline, teach,
};

/// A signed-in agent.
#[derive(Clone)]
pub struct AgentView {
    reception: Reception,
    agent: Agent,
    form_token: String,
}

/// The lists of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Waiting for a person or for their decision, the angry first, then the longest.
    Waiting,
    /// This agent's own.
    Mine,
    /// All that are open.
    Open,
    /// The closed ones.
    Closed,
}

/// A conversation with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The conversation.
    pub conversation: Conversation,
    /// Whose.
    pub customer: Option<Customer>,
    /// What was said.
    pub messages: Vec<Message>,
    /// Why the assistant said what it said.
    pub traces: Vec<Trace>,
    /// What the customer thinks of the answers.
    pub feedback: Vec<Feedback>,
    /// And of the whole.
    pub rating: Option<Rating>,
    /// Messages that did not simply arrive.
    pub troubled: Vec<Delivery>,
    /// The same customer's earlier conversations, newest first.
    pub earlier: Vec<Conversation>,
    /// The name of the agent who has it.
    pub agent_name: Option<String>,
    /// How it goes; nothing while the customer has said nothing.
    pub going: Option<Going>,
    /// What is known of the customer.
    pub profile: domain::Profile,
    /// What was done in other systems, or waits to be.
    pub calls: Vec<domain::Call>,
    /// What the assistant drafted and nobody has sent.
    pub proposals: Vec<domain::Proposal>,
}

const MESSAGES: u32 = 500;

impl AgentView {
    pub(crate) fn new(reception: Reception, agent: Agent, form_token: String) -> Self {
        Self { reception, agent, form_token }
    }

    /// Who this is.
    pub fn agent(&self) -> &Agent {
        &self.agent
    }

    pub(super) fn reception(&self) -> &Reception {
        &self.reception
    }

    /// Where the shop's customers live.
    pub fn zone(&self) -> &domain::Zone {
        &self.reception.settings().shop.zone
    }

    /// The token that this session's forms must carry.
    pub fn form_token(&self) -> &str {
        &self.form_token
    }

    /// Changes the language of this agent's desk.
    pub async fn speak(&self, lang: Lang) -> Result<(), StoreError> {
        self.reception.store().put_agent(&Agent { lang, ..self.agent.clone() }).await
    }

    /// A list of the inbox.
    pub async fn conversations(
        &self,
        listing: Listing,
        page: &Page,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        self.reception.store().list(&self.filter(listing), page).await
    }

    /// How long a list is.
    pub async fn count(&self, listing: Listing) -> Result<u64, StoreError> {
        self.reception.store().count(&self.filter(listing)).await
    }

    fn filter(&self, listing: Listing) -> ConversationFilter {
        let stage = |name: &str| Some(name.to_owned());
        let base = ConversationFilter {
            without_channel: Some(ChannelId::from(ChannelId::CLI)),
            ..Default::default()
        };
        match listing {
            Listing::Waiting => ConversationFilter { needs_person: true, ..base },
            Listing::Mine => ConversationFilter { agent: Some(self.agent.id.clone()), ..base },
            Listing::Open => ConversationFilter { open: true, ..base },
            Listing::Closed => ConversationFilter { stage: stage("closed"), ..base },
        }
    }

    /// One conversation with everything that belongs to it.
    pub async fn conversation(&self, id: &ConversationId) -> Result<Told, ActError> {
        let store = self.reception.store();
        let conversation = store.conversation(id).await?.ok_or(ActError::NotFound)?;
        let thread = store.thread(&conversation.channel, &conversation.sender, 10).await?;
        let agent_name = match conversation.stage.agent() {
            Some(agent) => store.agent(agent).await?.map(|agent| agent.name),
            None => None,
        };
        let messages = self.last_messages(&conversation).await?;
        Ok(Told {
            customer: store.customer(&conversation.customer).await?,
            going: self.reception.going(&messages).await,
            messages,
            traces: store.traces(id).await?,
            feedback: store.feedback(id).await?,
            rating: store.rating(id).await?,
            troubled: store.troubled_deliveries(id).await?,
            earlier: thread.into_iter().filter(|other| other.opened_at < conversation.opened_at).collect(),
            agent_name,
            profile: self.worded(store.profile(&conversation.customer).await?),
            calls: store.calls(id).await?,
            proposals: self.reception.open_proposals(id).await?,
            conversation,
        })
    }

    async fn last_messages(&self, conversation: &Conversation) -> Result<Vec<Message>, StoreError> {
        let after = (conversation.last_seq - i64::from(MESSAGES)).max(0);
        self.reception.store().messages(&conversation.id, after, MESSAGES).await
    }

    /// Takes the word.
    pub async fn take_over(&self, id: &ConversationId) -> Result<(), ActError> {
        self.reception.take_over(id, &self.agent).await
    }

    /// Says something.
    pub async fn reply(&self, id: &ConversationId, reply: &Reply) -> Result<(), ActError> {
        self.reception.reply(id, &self.agent, reply).await
    }

    /// Gives the word back to the assistant.
    pub async fn give_back(&self, id: &ConversationId) -> Result<(), ActError> {
        self.reception.give_back(id, &self.agent).await
    }

    /// Ends the conversation, unless a colleague has it.
    pub async fn close(&self, id: &ConversationId) -> Result<(), ActError> {
        let me = self.agent.id.clone();
        self.reception
            .close(id, move |conversation| match conversation.stage.agent() {
                Some(other) if *other != me => Err(ActError::TakenBy(other.clone())),
                _ => Ok(()),
            })
            .await
    }

    /// Shows the customer that a person is typing.
    pub async fn typing(&self, id: &ConversationId, on: bool) -> Result<(), ActError> {
        let conversation = self.reception.store().conversation(id).await?.ok_or(ActError::NotFound)?;
        if conversation.stage.agent() == Some(&self.agent.id) {
            let thread = (conversation.channel, conversation.sender);
            self.reception.events().whisper(&thread, Event::Typing { author: "agent", on });
        }
        Ok(())
    }

    /// Says what becomes of a message that may not have arrived.
    pub async fn resolve_doubt(&self, message: &MessageId, resend: bool) -> Result<bool, StoreError> {
        self.reception.resolve_doubt(message, resend).await
    }

    /// Why an answer is what it is.
    pub async fn trace(&self, id: &AnswerId) -> Result<Option<Trace>, StoreError> {
        self.reception.store().trace(id).await
    }

    /// A list of entries.
    pub async fn entries(&self, filter: &EntryFilter, page: &Page) -> Result<Vec<EntryRow>, StoreError> {
        self.reception.list_entries(filter, page).await
    }

    /// How long that list is.
    pub async fn count_entries(&self, filter: &EntryFilter) -> Result<u64, StoreError> {
        self.reception.entries_listed(filter).await
    }

    /// The groups of entries and their sizes.
    pub async fn categories(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.reception.store().categories().await
    }

    /// One entry.
    pub async fn entry(&self, id: &EntryId) -> Result<Option<Entry>, StoreError> {
        self.reception.store().entry(id).await
    }

    /// The latest changes of the knowledge, newest last.
    pub async fn entry_changes(&self, after: i64, limit: u32) -> Result<Vec<EntryChange>, StoreError> {
        self.reception.store().entry_changes(after, limit).await
    }

    /// What a question finds, by the same code as live traffic.
    pub fn search(&self, text: &str, lang: Lang, limit: usize) -> Vec<Hit> {
        let library = self.reception.parts().assistant.library();
        let query = Query { text, lang, limit };
        library.search_for(&query, &library.correct(text).text, &widget(), self.reception.now())
    }

    /// How a question would be answered now, why, and by whom. Nothing is kept and nobody is told. `None` if the
    /// assistant broke.
    pub async fn rehearse(&self, text: &str) -> Option<(Content, Trace)> {
        let (id, conversation) = (self.reception.answer_id(), self.fresh_name().as_str().into());
        let (assistant, lang, now) =
            (self.reception.parts().assistant.clone(), self.agent.lang, self.reception.now());
        let (text, asker) = (text.to_owned(), widget());
        let think = move || {
            let (past, record, shopper) = (&Past::default(), &Record::default(), &Shopper::default());
            let turn = Turn { id, conversation, text: &text, lang, asker, now, past, record, shopper };
            assistant.answer(&turn, &mut |_| ())
        };
        let mut answer = tokio::task::spawn_blocking(think).await.ok()?;
        let duties = self.reception.duties().await.ok()?;
        answer.trace.duty = self.reception.held_back(&answer.trace, &duties);
        Some((answer.content, answer.trace))
    }

    /// A name never used before, for a form: sent twice, it is done once.
    pub fn fresh_name(&self) -> String {
        domain::id::fresh(self.reception.now(), self.reception.chance())
    }

    /// A name for a new entry.
    pub fn fresh_entry_id(&self) -> EntryId {
        EntryId::fresh(self.reception.now(), self.reception.chance())
    }

    /// All sources of knowledge and what they did.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        self.reception.sources().await
    }

    /// How documents of a source stand; those with a problem first.
    pub async fn documents(&self, source: &str, page: &Page) -> Result<Vec<DocumentRow>, StoreError> {
        self.reception.documents_of(source, page).await
    }

    /// Has a source read as soon as possible.
    pub async fn sync(&self, source: &str) -> Result<(), SyncError> {
        self.may_edit()?;
        self.reception.sync_soon(source).await
    }

    /// Reads a file; what it would change can be looked at under the name returned. Nothing is written.
    pub async fn hand_in(&self, file: &str, bytes: Vec<u8>) -> Result<String, ActError> {
        self.may_edit()?;
        self.reception.hand_in(file, bytes, &self.agent.id).await
    }

    /// A file that this agent handed in and what it changes; `None` if it is no longer there.
    pub fn handed_in(&self, id: &str) -> Option<Upload> {
        self.reception.handed_in(id, &self.agent.id)
    }

    /// Writes what was looked at, in the background.
    pub fn take_in(&self, id: &str) -> Result<(), ActError> {
        self.may_edit()?;
        self.reception.take_in(id, &self.agent.id, Byline::of(&self.agent));
        Ok(())
    }

    /// All that customers may want, by name.
    pub async fn intents(&self) -> Result<Vec<Intent>, StoreError> {
        self.reception.intents().await
    }

    /// The entry that is an intent of its own, because it belongs to no group.
    pub fn entry_alone(&self, intent: &str) -> Option<Arc<Entry>> {
        let found = self.reception.parts().assistant.library().entry(&EntryId::from(intent));
        found.filter(|entry| entry.category.is_empty())
    }

    /// The owner's examples of an intent, by text.
    pub async fn examples_of(&self, intent: &str) -> Result<Vec<IntentExample>, StoreError> {
        self.reception.examples_of(intent).await
    }

    /// Adds examples of an intent and returns how many are new.
    pub async fn teach(&self, intent: &str, texts: &[&str]) -> Result<u64, ActError> {
        self.may_edit()?;
        let examples = teach::examples(intent, texts.iter().copied())?;
        if examples.is_empty() {
            return Err(ActError::Empty);
        }
        self.reception.teach(&examples, &self.agent.name).await
    }

    /// Removes an example. `false` if it was not there.
    pub async fn forget(&self, example: &IntentExample) -> Result<bool, ActError> {
        self.may_edit()?;
        Ok(self.reception.forget(example).await?)
    }

    /// What a message asks for, by the same code as live traffic; likeliest first.
    pub async fn recognise(&self, text: &str) -> Vec<Label> {
        let (assistant, text) = (Arc::clone(&self.reception.parts().assistant), text.to_owned());
        // A plugged model may take its time: that is no work for a thread that serves others.
        let read = move || assistant.intents().read(&assistant.library().correct(&text).text);
        tokio::task::spawn_blocking(read).await.unwrap_or_default()
    }

    fn may_edit(&self) -> Result<(), ActError> {
        if self.agent.role.edits_knowledge() {
            Ok(())
        } else {
            Err(ActError::NotAllowed("editors and owners"))
        }
    }

    /// All colleagues.
    pub async fn colleagues(&self) -> Result<Vec<Agent>, StoreError> {
        self.reception.store().agents().await
    }

    /// Takes a colleague on and returns their sign-in link.
    pub async fn invite(&self, name: &str, role: Role) -> Result<SignInLink, StaffError> {
        self.manages()?;
        let agent = self.reception.hire(name, role, self.agent.lang).await?;
        self.reception.link(&agent.id).await
    }

    /// A new sign-in link for a colleague.
    pub async fn invite_again(&self, id: &AgentId) -> Result<SignInLink, StaffError> {
        self.manages()?;
        self.reception.store().agent(id).await?.ok_or(StaffError::NotFound)?;
        self.reception.link(id).await
    }

    /// Lets a colleague go; their sessions end at once.
    pub async fn let_go(&self, id: &AgentId) -> Result<(), StaffError> {
        self.manages()?;
        let owners: Vec<Agent> =
            self.colleagues().await?.into_iter().filter(|agent| agent.role == Role::Owner).collect();
        if owners.len() == 1 && owners[0].id == *id {
            return Err(StaffError::LastOwner);
        }
        Ok(self.reception.store().remove_agent(id).await?)
    }

    fn manages(&self) -> Result<(), StaffError> {
        if self.agent.role.manages() { Ok(()) } else { Err(StaffError::NotAllowed) }
    }
}

/// Who tries something out asks as somebody on the website of whom nothing is known.
fn widget() -> Asker {
    Asker { channel: ChannelId::WIDGET.to_owned(), ..Asker::default() }
}
