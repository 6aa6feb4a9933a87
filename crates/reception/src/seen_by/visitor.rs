//! What a widget's visitor may see and do: their own thread, nothing else.

use std::sync::Arc;

use domain::{
    AnswerId, Attributes, ChannelId, Conversation, ConversationId, Feedback, HandoverReason, Inbound, Lang,
    Reason, Thumb,
};
use store::StoreError;
use tokio::sync::broadcast;

use crate::{
    Accepted, ActError, Event, ReceiveError, Reception, VisitorToken,
    events::{Said, Standing, Thread},
    identity::{self, IdentityError},
};

/// A visitor, recognised by their token.
#[derive(Clone)]
pub struct VisitorView {
    reception: Reception,
    token: VisitorToken,
}

/// The last message a widget has seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Cursor {
    /// Where.
    pub conversation: ConversationId,
    /// Its place.
    pub seq: i64,
}

/// Conversations looked at when a widget resumes.
const THREAD: u32 = 20;
/// Messages sent at a time when a widget resumes.
const PAGE: u32 = 200;

impl Reception {
    /// The visitor of a token; without one that holds, a new visitor.
    pub fn visitor(&self, token: Option<&str>) -> VisitorView {
        let known = token.and_then(|token| self.inner.visitors.recognise(token, self.now()));
        let token = known.unwrap_or_else(|| self.inner.visitors.admit(self.chance(), self.now()));
        VisitorView { reception: self.clone(), token }
    }

    /// The customer whom the shop signed in. Their thread is the same wherever they sign in.
    pub async fn signed_in(&self, identity: &str) -> Result<VisitorView, NotSignedIn> {
        let secret = &self.settings().identity.secret;
        let (identity, until) = identity::verify(secret, identity, self.now())?;
        let token = self.inner.visitors.admit_known(&identity.user_id, until, self.now());
        self.store().put_identity(&token.name, &identity).await?;
        Ok(VisitorView { reception: self.clone(), token })
    }

    /// The visitor of a token that must hold.
    pub fn known_visitor(&self, token: &str) -> Option<VisitorView> {
        let token = self.inner.visitors.recognise(token, self.now())?;
        Some(VisitorView { reception: self.clone(), token })
    }
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// The token says nothing.
    #[error(transparent)]
    Token(#[from] IdentityError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VisitorView {
    /// Whether this is a customer whom the shop signed in.
    pub fn is_signed_in(&self) -> bool {
        self.token.is_known()
    }

    /// Whether the shop wants to know who somebody is before anything is said, and does not.
    pub fn must_sign_in(&self) -> bool {
        self.reception.settings().identity.required && !self.is_signed_in()
    }

    /// What the shop calls the customer whom it signed in.
    async fn signed_name(&self) -> Result<Option<String>, StoreError> {
        if !self.is_signed_in() {
            return Ok(None);
        }
        let identity = self.reception.store().identity(&self.token.name).await?;
        Ok(identity.and_then(|identity| identity.claims.get("name").cloned()))
    }

    /// The token to keep.
    pub fn token(&self) -> &str {
        &self.token.token
    }

    /// The visitor's name on the widget channel.
    pub fn name(&self) -> &str {
        &self.token.name
    }

    fn thread(&self) -> Thread {
        (ChannelId::from(ChannelId::WIDGET), self.token.name.clone())
    }

    /// What happens in this visitor's thread from now on.
    pub fn watch(&self) -> broadcast::Receiver<Arc<Event>> {
        self.reception.events().watch(&self.thread())
    }

    /// Sends a message, with what the page tells of its visitor. The same `id` again is answered as the first time.
    pub async fn say(
        &self,
        id: String,
        text: String,
        lang: Lang,
        attributes: Attributes,
    ) -> Result<Accepted, ReceiveError> {
        if self.must_sign_in() {
            return Err(ReceiveError::SignIn);
        }
        let (channel, sender) = self.thread();
        let name = self.signed_name().await?;
        let inbound = Inbound { channel, sender, external_id: id, text, name, lang, attributes };
        self.reception.receive(inbound).await
    }

    /// The latest conversation and who has the word in it.
    pub async fn latest(&self) -> Result<Option<(Conversation, Standing, bool)>, StoreError> {
        let Some(latest) = self.conversations(1).await?.pop() else { return Ok(None) };
        let standing = self.reception.standing(&latest).await?;
        let rated = self.reception.store().rating(&latest.id).await?.is_some();
        Ok(Some((latest, standing, rated)))
    }

    /// Everything after a cursor, oldest first, and who has the word. Without a cursor the latest
    /// conversation and the one before it.
    pub async fn missed(&self, after: Option<&Cursor>) -> Result<Vec<Event>, StoreError> {
        let mut thread = self.conversations(THREAD).await?;
        let known = after.and_then(|cursor| thread.iter().position(|c| c.id == cursor.conversation));
        thread.truncate(known.map_or(2, |at| at + 1));
        let mut events = Vec::new();
        for conversation in thread.iter().rev() {
            let from =
                after.filter(|cursor| cursor.conversation == conversation.id).map_or(0, |cursor| cursor.seq);
            self.gather(&conversation.id, from, &mut events).await?;
        }
        if let Some(latest) = thread.first() {
            self.reception.events().shown(latest);
            events.push(Event::Stage(self.reception.standing(latest).await?));
        }
        Ok(events)
    }

    async fn gather(
        &self,
        id: &ConversationId,
        mut after: i64,
        events: &mut Vec<Event>,
    ) -> Result<(), StoreError> {
        loop {
            let page = self.reception.store().messages(id, after, PAGE).await?;
            let full = page.len() == PAGE as usize;
            after = page.last().map_or(after, |message| message.seq);
            events.extend(page.iter().map(|message| Event::Message(Said::from(message))));
            if !full {
                return Ok(());
            }
        }
    }

    /// Asks for a person; before the first message this opens a conversation for it.
    pub async fn ask_for_person(&self, lang: Lang) -> Result<(), ActError> {
        if self.must_sign_in() {
            return Err(ActError::NotAllowed("customers who are signed in at the shop"));
        }
        let open = self.conversations(1).await?.into_iter().find(Conversation::is_open);
        if let Some(conversation) = open {
            let reason = self.reason(&conversation).await?;
            return self.reception.ask_for_person(&conversation.id, reason).await;
        }
        let id = domain::id::fresh(self.reception.now(), self.reception.chance());
        let words = lang.pick("转人工", "I would like to talk to a person");
        self.say(id, words.to_owned(), lang, Attributes::default()).await.map(|_| ()).map_err(|error| {
            match error {
                ReceiveError::Store(error) => ActError::Store(error),
                other => ActError::Invalid(domain::Said::new("没有发出去；刷新页面再试", other.to_string())),
            }
        })
    }

    async fn reason(&self, conversation: &Conversation) -> Result<HandoverReason, StoreError> {
        let judged = self.reception.store().feedback(&conversation.id).await?;
        let unhappy = judged.iter().any(|feedback| feedback.thumb == Some(Thumb::Down));
        Ok(if unhappy { HandoverReason::NotHelpful } else { HandoverReason::Asked })
    }

    /// Goes back to the assistant while still waiting.
    pub async fn back_to_assistant(&self) -> Result<(), ActError> {
        let latest = self.open_one().await?;
        self.reception.back_to_assistant(&latest.id).await
    }

    /// Ends the conversation.
    pub async fn close(&self) -> Result<(), ActError> {
        let latest = self.open_one().await?;
        self.reception.close(&latest.id, |_| Ok(())).await
    }

    /// Leaves word in the contact form.
    pub async fn leave_word(
        &self,
        name: Option<String>,
        contact: String,
        text: String,
    ) -> Result<(), ActError> {
        let latest = self.open_one().await?;
        self.reception.leave_word(&latest.id, name, contact, text).await
    }

    /// Judges an answer that was given to this visitor.
    pub async fn judge(
        &self,
        answer: AnswerId,
        thumb: Option<Thumb>,
        reason: Option<Reason>,
        comment: Option<String>,
    ) -> Result<(), ActError> {
        let trace = self.reception.store().trace(&answer).await?.ok_or(ActError::NotFound)?;
        self.mine(&trace.conversation).await?;
        self.reception.judge(answer, thumb, reason, comment).await
    }

    /// What this visitor said of the answers of a conversation.
    pub async fn judgements(&self, conversation: &ConversationId) -> Result<Vec<Feedback>, ActError> {
        self.mine(conversation).await?;
        Ok(self.reception.store().feedback(conversation).await?)
    }

    /// Rates one of this visitor's conversations.
    pub async fn rate(
        &self,
        conversation: ConversationId,
        score: u8,
        comment: Option<String>,
    ) -> Result<(), ActError> {
        self.mine(&conversation).await?;
        self.reception.rate(conversation, score, comment).await
    }

    async fn mine(&self, id: &ConversationId) -> Result<Conversation, ActError> {
        let found = self.reception.store().conversation(id).await?;
        let (channel, sender) = self.thread();
        found.filter(|c| c.channel == channel && c.sender == sender).ok_or(ActError::NotFound)
    }

    async fn open_one(&self) -> Result<Conversation, ActError> {
        let latest = self.conversations(1).await?.pop().ok_or(ActError::NotFound)?;
        if latest.is_open() { Ok(latest) } else { Err(ActError::Closed) }
    }

    async fn conversations(&self, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        let (channel, sender) = self.thread();
        self.reception.store().thread(&channel, &sender, limit).await
    }
}
