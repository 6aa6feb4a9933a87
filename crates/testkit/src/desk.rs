//! A desk over a temporary database.

use std::sync::Arc;

use assistant::{Assistant, Phrases, Policy};
use channels::{Channel, Echo, EchoSettings};
use domain::{ChannelId, Clock, ConversationId, Entry, EntryText, Kind, Lang, Message, Role};
use egress::Gate;
use knowledge::Library;
use reception::{
    AgentView, Interval, JobKind, KeepNothing, Limits, Parts, Publishing, Reception, Settings, Shop, Source,
};
use store::{Durability, Sqlite, prelude::*};
use tempfile::TempDir;

use crate::{
    Scripted, Seeded, TestAgent, TestClock, TestCustomer, callback::SECRET, people::signed_in,
    wait::eventually,
};

/// The secret that a test's shop signs its customers with.
pub const IDENTITY: &str = "the secret of the test's shop";

/// Everything of a desk, open for the test.
pub struct TestDesk {
    /// The desk itself.
    pub reception: Reception,
    /// What it keeps.
    pub store: Arc<Sqlite>,
    /// Its time.
    pub clock: Arc<TestClock>,
    /// Who answers.
    pub assistant: Arc<Scripted>,
    builder: DeskBuilder,
    folder: Arc<TempDir>,
}

/// A desk to be.
#[derive(Clone)]
pub struct DeskBuilder {
    entries: Vec<Entry>,
    settings: Settings,
    channels: Vec<(String, EchoSettings)>,
    seed: u64,
}

impl Default for DeskBuilder {
    fn default() -> Self {
        let settings = Settings {
            limits: Limits { visitor_per_minute: 100_000, address_per_minute: 100_000, ..Limits::default() },
            ..Settings::default()
        };
        Self { entries: Vec::new(), settings, channels: Vec::new(), seed: 1 }
    }
}

impl DeskBuilder {
    /// It knows the answer to a question.
    #[must_use]
    pub fn knows(self, question: &str, answer: &str) -> Self {
        self.entry(Kind::Answer, question, answer)
    }

    /// It knows the answer to a question that is asked in several ways; the first is its title.
    #[must_use]
    pub fn knows_as(self, ways: &[&str], answer: &str) -> Self {
        let mut knowing = self.entry(Kind::Answer, ways[0], answer);
        let texts = knowing.entries.last_mut().into_iter().flat_map(|entry| entry.texts.values_mut());
        texts.for_each(|text| text.phrasings = ways[1..].iter().map(|&way| way.to_owned()).collect());
        knowing
    }

    /// It has an article, in Markdown.
    #[must_use]
    pub fn article(self, title: &str, text: &str) -> Self {
        self.entry(Kind::Article, title, text)
    }

    fn entry(mut self, kind: Kind, title: &str, answer: &str) -> Self {
        let lang = if title.is_ascii() { Lang::En } else { Lang::Zh };
        let text = EntryText { title: title.to_owned(), answer: answer.to_owned(), phrasings: Vec::new() };
        self.entries.push(Entry {
            category: "test".to_owned(),
            source: "test".to_owned(),
            ..Entry::new(format!("e{}", self.entries.len() + 1).as_str(), kind, [(lang, text)])
        });
        self
    }

    /// Other limits.
    #[must_use]
    pub fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.settings.limits);
        self
    }

    /// Other rules of publishing.
    #[must_use]
    pub fn publishing(mut self, change: impl FnOnce(&mut Publishing)) -> Self {
        change(&mut self.settings.knowledge);
        self
    }

    /// Another face of the shop.
    #[must_use]
    pub fn shop(mut self, change: impl FnOnce(&mut Shop)) -> Self {
        change(&mut self.settings.shop);
        self
    }

    /// An echo channel whose replies go to this address.
    #[must_use]
    pub fn channel(mut self, name: &str, callback: &str) -> Self {
        self.channels.push((
            name.to_owned(),
            EchoSettings { secret: SECRET.to_owned(), callback: callback.to_owned() },
        ));
        self
    }

    /// A source of knowledge, read as fast as it answers.
    #[must_use]
    pub fn source(mut self, name: &str, url: &str) -> Self {
        let at_once = Interval::try_from("0s".to_owned()).expect("a length of time");
        self.settings.sources.push(Source { name: name.to_owned(), pause: at_once, ..Source::once(url) });
        self
    }

    /// Actions in other systems; who signs in at the shop is believed under [`IDENTITY`].
    #[must_use]
    pub fn acts(mut self, actions: Vec<reception::Action>) -> Self {
        self.settings.actions = actions;
        IDENTITY.clone_into(&mut self.settings.identity.secret);
        self
    }

    /// Only who signs in at the shop may write in its widget.
    #[must_use]
    pub fn for_customers_only(mut self) -> Self {
        self.settings.identity.required = true;
        IDENTITY.clone_into(&mut self.settings.identity.secret);
        self
    }

    /// Other chance.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Opens it. Only what the test causes is done, until [`TestDesk::start`].
    pub async fn open(self) -> TestDesk {
        let folder = Arc::new(TempDir::new().expect("a temporary folder"));
        let desk = self.open_in(folder, Arc::default()).await;
        if !desk.builder.entries.is_empty() {
            let entries = &desk.builder.entries;
            desk.store
                .write_entries(entries, &[], "test", desk.clock.now())
                .await
                .expect("knowledge is written");
            // The desk follows the store once a second; here it has followed at once.
            desk.assistant_library().change(entries, &[], 1);
        }
        desk
    }

    async fn open_in(self, folder: Arc<TempDir>, clock: Arc<TestClock>) -> TestDesk {
        let file = folder.path().join("frontdesk.db");
        let store = Arc::new(Sqlite::open(&file, Durability::Normal).await.expect("the database opens"));
        let library = Arc::new(Library::new());
        let phrases = Phrases { shop: ("小店".to_owned(), "the shop".to_owned()) };
        let speaking =
            Assistant::new(library, Policy::shipped(), phrases).with_manner(self.settings.shop.manner());
        let assistant = Arc::new(Scripted::new(speaking));
        let channels = self.channels.iter().map(|(name, settings)| channel(name, settings)).collect();
        let parts = Parts {
            store: store.clone(),
            assistant: assistant.clone(),
            channels,
            gate: self.gate(),
            settings: self.settings.clone(),
            clock: clock.clone(),
            chance: Arc::new(Seeded::new(self.seed)),
            kept: Arc::new(KeepNothing),
        };
        let reception = Reception::open(parts).await.expect("the desk opens");
        TestDesk { reception, store, clock, assistant, builder: self, folder }
    }
}

impl DeskBuilder {
    /// What was configured is reached wherever it is.
    fn gate(&self) -> Gate {
        let callbacks = self.channels.iter().map(|(_, settings)| settings.callback.as_str());
        let sources = self.settings.sources.iter().map(|source| source.url.as_str());
        let actions = self.settings.actions.iter().map(|action| action.url.as_str());
        Gate::new(callbacks.chain(sources).chain(actions))
    }
}

fn channel(name: &str, settings: &EchoSettings) -> (ChannelId, Arc<dyn Channel>) {
    let account = ChannelId::from(name);
    let echo = Echo::new(account.clone(), settings.clone()).expect("the test's secret is good");
    (account, Arc::new(echo))
}

impl TestDesk {
    /// A desk that knows nothing.
    pub async fn new() -> Self {
        Self::with().open().await
    }

    /// A desk to be described.
    pub fn with() -> DeskBuilder {
        DeskBuilder::default()
    }

    /// The workers run, as in a server.
    pub fn start(&self) {
        self.reception.start();
    }

    /// Ends this desk and opens another on the same data, as after a restart.
    pub async fn restart(self) -> Self {
        self.reception.stop().await;
        let (builder, folder, clock) = (self.builder.clone(), self.folder.clone(), self.clock.clone());
        drop(self);
        builder.open_in(folder, clock).await
    }

    /// Somebody new on the website.
    pub fn customer(&self, name: &str) -> TestCustomer<'_> {
        TestCustomer::new(self, name)
    }

    /// Somebody whom the shop has signed in.
    pub async fn signed_in(&self, user: &str) -> TestCustomer<'_> {
        let view = self.reception.signed_in(&self.identity(user)).await.expect("the shop's word is believed");
        TestCustomer { view, ..self.customer(user) }
    }

    /// What the shop signs for a customer who is signed in, for an hour.
    pub fn identity(&self, user: &str) -> String {
        let exp = self.clock.now().as_second() + 3600;
        let claims = serde_json::json!({ "user_id": user, "name": format!("name of {user}"), "exp": exp });
        reception::sign_identity(IDENTITY, &claims)
    }

    /// Whose shop it is.
    pub async fn owner(&self) -> AgentView {
        let link = self.reception.owner_link("店主").await.expect("there is an owner");
        signed_in(self, &link.path).await.0
    }

    /// A new colleague.
    pub async fn agent(&self, name: &str) -> TestAgent<'_> {
        TestAgent::hired(self, name, Role::Agent).await
    }

    /// A new colleague who writes knowledge.
    pub async fn editor(&self, name: &str) -> TestAgent<'_> {
        TestAgent::hired(self, name, Role::Editor).await
    }

    /// Returns when everything that is due has been done.
    pub async fn quiet(&self) {
        eventually("the desk has nothing left to do", async || {
            // Looked at first: what an answer leaves to do is then found below.
            let waiting = self.store.backlog().await.expect("the backlog is read");
            let at_work = |kind: &JobKind| matches!(kind, JobKind::Answer | JobKind::Call);
            let answering = waiting.iter().any(|(kind, count)| at_work(kind) && *count > 0);
            let mut done = 0;
            for kind in JobKind::ALL {
                done += self.reception.work_off(kind).await;
            }
            (done == 0 && !answering).then_some(())
        })
        .await;
    }

    /// All that was said in a conversation.
    pub async fn log(&self, id: &ConversationId) -> Vec<Message> {
        let mut all: Vec<Message> = Vec::new();
        loop {
            let after = all.last().map_or(0, |message| message.seq);
            let page = self.store.messages(id, after, 500).await.expect("the log is read");
            if page.is_empty() {
                return all;
            }
            all.extend(page);
        }
    }

    /// All that was said, as lines: `customer: …`, `assistant: …`, `Wang: …`, `notice: …`.
    pub async fn told(&self, id: &ConversationId) -> Vec<String> {
        let line = |message: Message| {
            let who = match message.author {
                domain::Author::Customer => "customer".to_owned(),
                domain::Author::Assistant => "assistant".to_owned(),
                domain::Author::Agent { name, .. } => name,
                domain::Author::Notice => "notice".to_owned(),
            };
            format!("{who}: {}", message.content.text)
        };
        self.log(id).await.into_iter().map(line).collect()
    }

    /// Who has the word: `assistant`, `waiting`, `agent` or `closed`.
    pub async fn stage(&self, id: &ConversationId) -> &'static str {
        self.conversation(id).await.stage.name()
    }

    /// A conversation as it stands.
    pub async fn conversation(&self, id: &ConversationId) -> domain::Conversation {
        self.store.conversation(id).await.expect("a conversation is read").expect("the conversation is there")
    }

    /// Nothing is broken: neither the data's own laws nor the promise that the assistant is silent while a
    /// person has the word.
    pub async fn is_sound(&self) {
        assert_eq!(self.store.check().await.expect("the check runs"), Vec::<String>::new());
        assert_eq!(self.store.count_violations().await.expect("violations are counted"), 0);
    }

    /// The knowledge that is searched.
    pub fn assistant_library(&self) -> &Arc<Library> {
        reception::Answers::library(&*self.assistant)
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        self.assistant.release();
    }
}
