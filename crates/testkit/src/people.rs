//! Customers and agents.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{ConversationId, Lang, Role};
use reception::{Accepted, ActError, AgentView, ReceiveError, Reply, VisitorView};

use crate::TestDesk;

/// Somebody on the website.
pub struct TestCustomer<'a> {
    /// What they see and may do.
    pub view: VisitorView,
    pub(crate) desk: &'a TestDesk,
    pub(crate) name: String,
    pub(crate) sent: AtomicU64,
}

impl<'a> TestCustomer<'a> {
    pub(crate) fn new(desk: &'a TestDesk, name: &str) -> Self {
        Self { view: desk.reception.visitor(None), desk, name: name.to_owned(), sent: AtomicU64::new(0) }
    }

    /// Writes and waits until all that follows has been done.
    pub async fn says(&self, text: &str) -> ConversationId {
        let accepted = self.writes(text).await.expect("the message is accepted");
        self.desk.quiet().await;
        accepted.conversation
    }

    /// Writes, and waits for nothing but the acknowledgement.
    pub async fn writes(&self, text: &str) -> Result<Accepted, ReceiveError> {
        let id = format!("{}-{}", self.name, self.sent.fetch_add(1, Ordering::SeqCst));
        self.sends(&id, text).await
    }

    /// Writes under a name of the client's own.
    pub async fn sends(&self, id: &str, text: &str) -> Result<Accepted, ReceiveError> {
        let english = text.is_ascii() && text.contains(|ch: char| ch.is_ascii_alphabetic());
        let lang = if english { Lang::En } else { Lang::Zh };
        self.view.say(id.to_owned(), text.to_owned(), lang, domain::Attributes::default()).await
    }

    /// Presses "ask for a person".
    pub async fn asks_for_person(&self) -> Result<(), ActError> {
        self.view.ask_for_person(Lang::Zh).await
    }
}

/// Somebody at the desk.
pub struct TestAgent<'a> {
    /// What they see and may do.
    pub view: AgentView,
    /// The secret in their browser's cookie.
    pub secret: String,
    desk: &'a TestDesk,
    sent: AtomicU64,
}

impl<'a> TestAgent<'a> {
    pub(crate) async fn hired(desk: &'a TestDesk, name: &str, role: Role) -> Self {
        let owner = desk.owner().await;
        let link = owner.invite(name, role).await.expect("a colleague is taken on");
        let (view, secret) = signed_in(desk, &link.path).await;
        Self { view, secret, desk, sent: AtomicU64::new(0) }
    }

    /// Takes the word.
    pub async fn takes_over(&self, id: &ConversationId) -> Result<(), ActError> {
        self.view.take_over(id).await
    }

    /// Says something.
    pub async fn says(&self, id: &ConversationId, text: &str) -> Result<(), ActError> {
        let client_id = format!("{}-{}", self.view.agent().name, self.sent.fetch_add(1, Ordering::SeqCst));
        self.view.reply(id, &Reply { text: text.to_owned(), client_id }).await
    }

    /// Gives the word back to the assistant.
    pub async fn gives_back(&self, id: &ConversationId) -> Result<(), ActError> {
        let done = self.view.give_back(id).await;
        self.desk.quiet().await;
        done
    }
}

pub(crate) async fn signed_in(desk: &TestDesk, path: &str) -> (AgentView, String) {
    let token = path.split_once("token=").expect("a link with a token").1;
    let signed_in = desk.reception.sign_in(token).await.expect("sign-in works").expect("the link holds");
    let view = desk.reception.agent_of(&signed_in.secret).await.expect("sessions are read");
    (view.expect("the session holds"), signed_in.secret)
}
