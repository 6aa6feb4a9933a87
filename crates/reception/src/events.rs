//! What is happening, told to those who watch: a customer's own thread, and the desk.
//!
//! Events are a courtesy: the log in the store is the truth, and whoever misses one reads it there.
//! The one promise made here is about silence: once a conversation has moved on, words that were still
//! being written on an earlier revision are no longer passed on.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    Author, ChannelId, Conversation, ConversationId, Message, PictureLink, Rung, SourceLink, Stage,
};
use serde::Serialize;
use tokio::sync::broadcast;

/// A customer on a channel: what a widget watches.
pub type Thread = (ChannelId, String);

/// Something a customer's widget shows. The wire form is `docs/widget-protocol.md`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Event {
    /// Something was said and kept.
    Message(Said),
    /// Words that are still being written.
    Delta {
        /// The answer they belong to.
        answer_id: String,
        /// The words.
        text: String,
    },
    /// The words so far of this answer are void.
    Retract {
        /// The answer.
        answer_id: String,
    },
    /// Someone is typing, or no longer.
    Typing {
        /// `assistant` or `agent`.
        author: &'static str,
        /// Typing now.
        on: bool,
    },
    /// Who has the word.
    Stage(Standing),
    /// A customer's message is on disk.
    Accepted {
        /// The client's own name for it.
        id: String,
        /// Where.
        conversation: ConversationId,
        /// Its place.
        seq: i64,
    },
    /// A customer's message was not taken.
    Refused {
        /// The client's own name for it.
        id: String,
        /// A stable code.
        code: &'static str,
        /// What to do, in the customer's language.
        message: String,
        /// Seconds to wait.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Everything missed has been sent.
    Ready,
    /// Still here.
    Ping,
}

/// A kept message as the widget shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Where.
    pub conversation: ConversationId,
    /// Its place.
    pub seq: i64,
    id: String,
    author: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    at: String,
    lang: &'static str,
    text: String,
    format: domain::Format,
    suggestions: Vec<String>,
    sources: Vec<SourceLink>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<PictureLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rung: Option<Rung>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
}

/// Who has the word, as the widget shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Which conversation.
    pub conversation: ConversationId,
    /// `assistant`, `waiting`, `agent` or `closed`.
    pub stage: &'static str,
    /// Place in the queue, from 1.
    pub place: Option<u64>,
    /// The agent's name.
    pub agent: Option<String>,
    /// Show the contact form.
    pub form: bool,
}

impl From<&Message> for Said {
    fn from(message: &Message) -> Self {
        let (author, name) = match &message.author {
            Author::Customer => ("customer", None),
            Author::Assistant => ("assistant", None),
            Author::Agent { name, .. } => ("agent", Some(name.clone())),
            Author::Notice => ("notice", None),
        };
        let content = &message.content;
        Self {
            conversation: message.conversation.clone(),
            seq: message.seq,
            id: message.id.to_string(),
            author,
            name,
            at: message.at.to_string(),
            lang: content.lang.code(),
            text: content.text.clone(),
            format: content.format,
            suggestions: content.suggestions.clone(),
            sources: content.sources.clone(),
            pictures: content.pictures.clone(),
            answer_id: content.answer.as_ref().map(ToString::to_string),
            rung: content.rung,
            client_id: message.external_id.clone().filter(|_| message.author == Author::Customer),
        }
    }
}

/// Something that open desks should look at again.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskEvent {
    /// The conversation that changed; `None` when only the knowledge did.
    pub conversation: Option<ConversationId>,
    /// It has just begun to wait for a person.
    pub waiting: bool,
}

struct Watched {
    sender: broadcast::Sender<Arc<Event>>,
    /// The conversation of the thread that was last heard of.
    conversation: Option<ConversationId>,
    /// The latest revision known of it.
    revision: i64,
    /// The greatest place told of it.
    told: i64,
    /// The revision at which was last told who has the word.
    stood: i64,
}

impl Watched {
    fn new() -> Self {
        Self { sender: broadcast::channel(BUFFER).0, conversation: None, revision: 0, told: 0, stood: 0 }
    }

    /// Learns how far a conversation is. Those who commit one after the other may tell in any order.
    fn learn(&mut self, conversation: &Conversation) {
        if self.conversation.as_ref() != Some(&conversation.id) {
            self.conversation = Some(conversation.id.clone());
            (self.revision, self.told, self.stood) = (0, 0, 0);
        }
        self.revision = self.revision.max(conversation.revision);
    }

    /// Whether a later revision is known.
    fn is_past(&self, conversation: &Conversation) -> bool {
        self.conversation.as_ref() == Some(&conversation.id) && self.revision > conversation.revision
    }

    /// Whether this is still news. A message that is not has left a gap, for which the log is read; who
    /// has the word was told by the later one.
    fn is_news(&self, conversation: &Conversation, event: &Event) -> bool {
        match event {
            Event::Message(said) => said.seq > self.told,
            Event::Stage(_) => conversation.revision >= self.stood,
            _ => true,
        }
    }

    fn tell(&mut self, conversation: &Conversation, event: Event) {
        match &event {
            Event::Message(said) => self.told = said.seq,
            Event::Stage(_) => self.stood = conversation.revision,
            _ => {}
        }
        let _ = self.sender.send(Arc::new(event));
    }
}

/// Passes events on. In one process; several processes will pass them to each other here.
pub struct Hub {
    threads: Mutex<HashMap<Thread, Watched>>,
    desk: broadcast::Sender<DeskEvent>,
}

/// So many events may wait for a slow watcher; then it reads the log instead.
const BUFFER: usize = 32;

impl Default for Hub {
    fn default() -> Self {
        Self { threads: Mutex::default(), desk: broadcast::channel(256).0 }
    }
}

impl Hub {
    /// Watches a customer's thread.
    pub fn watch(&self, thread: &Thread) -> broadcast::Receiver<Arc<Event>> {
        let mut threads = self.lock();
        let watched = threads.entry(thread.clone()).or_insert_with(Watched::new);
        watched.sender.subscribe()
    }

    /// Somebody who watches was shown this state of a conversation: words of an earlier one are void.
    pub(crate) fn shown(&self, conversation: &Conversation) {
        let thread = (conversation.channel.clone(), conversation.sender.clone());
        if let Some(watched) = self.lock().get_mut(&thread) {
            watched.learn(conversation);
        }
    }

    /// Watches the desk.
    pub fn watch_desk(&self) -> broadcast::Receiver<DeskEvent> {
        self.desk.subscribe()
    }

    /// Forgets threads that nobody watches any more.
    pub(crate) fn sweep(&self) {
        self.lock().retain(|_, watched| watched.sender.receiver_count() > 0);
    }

    /// How many threads are watched.
    pub fn watched(&self) -> usize {
        self.lock().len()
    }

    /// Tells what was committed: the new standing first counts, then is told, so no later delta of an
    /// older revision passes.
    pub(crate) fn committed(&self, conversation: &Conversation, events: impl IntoIterator<Item = Event>) {
        let thread = (conversation.channel.clone(), conversation.sender.clone());
        let mut threads = self.lock();
        if let Some(watched) = threads.get_mut(&thread) {
            watched.learn(conversation);
            for event in events {
                if watched.is_news(conversation, &event) {
                    watched.tell(conversation, event);
                }
            }
        }
        drop(threads);
        let waiting = matches!(conversation.stage, Stage::Waiting { .. });
        let _ = self.desk.send(DeskEvent { conversation: Some(conversation.id.clone()), waiting });
    }

    /// Passes on what is not kept, unless the conversation has moved on from `conversation.revision`.
    pub(crate) fn passing(&self, conversation: &Conversation, event: Event) {
        let thread = (conversation.channel.clone(), conversation.sender.clone());
        if let Some(watched) = self.lock().get(&thread) {
            let moved_on = watched.is_past(conversation);
            if !moved_on || matches!(event, Event::Retract { .. }) {
                let _ = watched.sender.send(Arc::new(event));
            }
        }
    }

    /// Whether a later revision of a conversation is known: what is written on this one will not be said. Known only of
    /// threads that somebody watches.
    pub(crate) fn has_moved_on(&self, conversation: &Conversation) -> bool {
        let thread = (conversation.channel.clone(), conversation.sender.clone());
        self.lock().get(&thread).is_some_and(|watched| watched.is_past(conversation))
    }

    /// Tells a customer's thread something of no consequence (typing).
    pub(crate) fn whisper(&self, thread: &Thread, event: Event) {
        if let Some(watched) = self.lock().get(thread) {
            let _ = watched.sender.send(Arc::new(event));
        }
    }

    /// Tells the desk that the knowledge changed.
    pub(crate) fn knowledge_changed(&self) {
        let _ = self.desk.send(DeskEvent { conversation: None, waiting: false });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Thread, Watched>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
