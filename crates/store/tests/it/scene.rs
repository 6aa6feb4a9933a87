//! Helps to tell a story: people who say things to a store, with names and times that count up.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    AgentId, Author, Content, Conversation, ConversationId, CustomerId, Inbound, Lang, MessageId, Timestamp,
};
use futures_util::future::join_all;
use store::{Applied, Change, Lease, NewMessage, Received, Store};

/// A moment, in seconds since the story's beginning.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

/// A lease until then.
pub(crate) fn until(seconds: i64) -> Lease {
    Lease { until: at(seconds) }
}

/// A message on the channel `shop`, in Chinese.
pub(crate) fn inbound(sender: &str, external_id: &str) -> Inbound {
    Inbound {
        channel: "shop".into(),
        sender: sender.to_owned(),
        external_id: external_id.to_owned(),
        text: format!("{sender} 说 {external_id}"),
        name: None,
        lang: Lang::Zh,
        attributes: domain::Attributes::default(),
    }
}

/// A store and those who use it.
pub(crate) struct Scene<'a> {
    pub(crate) store: &'a dyn Store,
    names: AtomicI64,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(store: &'a dyn Store) -> Self {
        Self { store, names: AtomicI64::new(0) }
    }

    /// A name that was never used before.
    pub(crate) fn name(&self, of: &str) -> String {
        format!("{of}-{:04}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// Names for all that a message may need.
    pub(crate) fn fresh(&self) -> (CustomerId, ConversationId, MessageId) {
        (self.name("customer").into(), self.name("conversation").into(), self.name("message").into())
    }

    /// Hands a message in at a time.
    pub(crate) async fn receive(&self, inbound: Inbound, now: i64, lease: Option<Lease>) -> Received {
        self.store.receive(inbound, self.fresh(), at(now), lease).await.unwrap()
    }

    /// Says something new, without wanting to work on it.
    pub(crate) async fn says(&self, sender: &str) -> Received {
        self.receive(inbound(sender, &self.name("said")), 0, None).await
    }

    /// Hands in many messages at the same time.
    pub(crate) async fn all_at_once(&self, messages: Vec<Inbound>) -> Vec<Received> {
        join_all(messages.into_iter().map(|inbound| self.receive(inbound, 0, None))).await
    }

    /// Words of the assistant.
    pub(crate) fn answer(&self, text: &str) -> NewMessage {
        self.message(Author::Assistant, text, None)
    }

    /// Words of an agent, under the name that their browser gave them.
    pub(crate) fn reply(&self, agent: &str, external_id: &str) -> NewMessage {
        let author = Author::Agent { id: agent.into(), name: agent.to_uppercase() };
        self.message(author, "马上就好", Some(external_id))
    }

    /// What a customer leaves in the contact form.
    pub(crate) fn word_left(&self) -> NewMessage {
        self.message(Author::Customer, "请回电", None)
    }

    /// A change of state in words.
    pub(crate) fn notice(&self) -> NewMessage {
        self.message(Author::Notice, "请稍候", None)
    }

    fn message(&self, author: Author, text: &str, external_id: Option<&str>) -> NewMessage {
        NewMessage {
            id: self.name("message").into(),
            author,
            content: Content::plain(Lang::Zh, text),
            external_id: external_id.map(str::to_owned),
        }
    }

    /// A change that must stand; returns the conversation as it is then.
    pub(crate) async fn change(&self, change: Change) -> Conversation {
        match self.store.apply(change).await.unwrap() {
            Applied::Done { conversation, .. } => conversation,
            Applied::Conflict => panic!("the change was refused"),
        }
    }

    /// The customer of this conversation waits since then.
    pub(crate) async fn waits(&self, mut conversation: Conversation, since: i64) -> Conversation {
        assert!(conversation.ask_for_person(domain::HandoverReason::Asked, at(since)));
        self.change(Change::of(conversation, at(since))).await
    }

    /// An agent takes the conversation over.
    pub(crate) async fn takes_over(
        &self,
        agent: &str,
        mut conversation: Conversation,
        now: i64,
    ) -> Conversation {
        conversation.take_over(&AgentId::from(agent), at(now)).unwrap();
        self.change(Change::of(conversation, at(now))).await
    }

    /// The conversation ends.
    pub(crate) async fn closes(&self, mut conversation: Conversation, now: i64) -> Conversation {
        assert!(conversation.close(at(now)));
        self.change(Change::of(conversation, at(now))).await
    }

    /// The places of all messages of a conversation, as they are listed.
    pub(crate) async fn places(&self, conversation: &ConversationId) -> Vec<i64> {
        let messages = self.store.messages(conversation, 0, 10_000).await.unwrap();
        messages.iter().map(|message| message.seq).collect()
    }
}
