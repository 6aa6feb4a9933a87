//! How an act changes a conversation: read, decide, write on the revision that was read; if another
//! act came first, decide anew.

use domain::{
    AgentId, AnswerId, Author, Content, Conversation, ConversationId, MessageId, conversation::CannotTakeOver,
};
use store::{Applied, Change, NewDelivery, NewJob, NewMessage, StoreError};

use crate::{
    PublishError, Reception,
    events::{Event, Said, Standing},
};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such conversation, or not one that this person may see.
    #[error("there is no such conversation")]
    NotFound,
    /// It is over.
    #[error("the conversation is closed; the customer's next message opens a new one")]
    Closed,
    /// A colleague has it.
    #[error("{0} already has this conversation")]
    TakenBy(AgentId),
    /// One must take it over first.
    #[error("take the conversation over first")]
    NotYours,
    /// Nothing was written.
    #[error("there is nothing to send")]
    Empty,
    /// Too much was written.
    #[error("the message is too long: at most {0} characters")]
    TooLong(usize),
    /// A value is not one of those allowed.
    #[error("{}", .0.en)]
    Invalid(domain::Said),
    /// This person may not do that.
    #[error("only {0} may do this")]
    NotAllowed(&'static str),
    /// The conversation changed under every try.
    #[error("the conversation is changing too fast; try again")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// In both languages.
    pub fn said(&self) -> domain::Said {
        let zh = match self {
            Self::NotFound => "没有这个会话".to_owned(),
            Self::Closed => "会话已关闭；顾客再发消息会开新的会话".to_owned(),
            Self::TakenBy(agent) => format!("{agent} 已接手这个会话"),
            Self::NotYours => "先接手会话".to_owned(),
            Self::Empty => "没有可以发送的内容".to_owned(),
            Self::TooLong(most) => format!("内容太长：最多 {most} 个字符"),
            Self::Invalid(said) => return said.clone(),
            Self::NotAllowed(_) => "这个角色不能做这一步".to_owned(),
            Self::Busy => "变化太快，没有写入；再做一次".to_owned(),
            Self::Store(error) => return error.said(),
        };
        domain::Said::new(zh, self.to_string())
    }

    /// Whether the same act may succeed later by itself.
    pub fn may_retry(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Store(error) => error.may_retry(),
            _ => false,
        }
    }
}

impl From<PublishError> for ActError {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::NotFound => Self::NotFound,
            PublishError::NotAllowed(who) => Self::NotAllowed(who),
            PublishError::Busy => Self::Busy,
            PublishError::Store(error) => Self::Store(error),
            other => Self::Invalid(other.said()),
        }
    }
}

impl From<CannotTakeOver> for ActError {
    fn from(error: CannotTakeOver) -> Self {
        match error {
            CannotTakeOver::Closed => Self::Closed,
            CannotTakeOver::TakenBy(agent) => Self::TakenBy(agent),
        }
    }
}

impl From<domain::conversation::NotYours> for ActError {
    fn from(_: domain::conversation::NotYours) -> Self {
        Self::NotYours
    }
}

const TRIES: usize = 16;

impl Reception {
    /// Changes a conversation. `decide` says what shall be, or `None` if nothing needs to change; it
    /// runs again when another change came first.
    pub(crate) async fn change(
        &self,
        id: &ConversationId,
        mut decide: impl FnMut(Conversation) -> Result<Option<Change>, ActError> + Send,
    ) -> Result<Conversation, ActError> {
        for _ in 0..TRIES {
            let current = self.store().conversation(id).await?.ok_or(ActError::NotFound)?;
            let Some(change) = decide(current.clone())? else { return Ok(current) };
            if let Applied::Done { conversation, .. } = self.commit(change).await? {
                return Ok(conversation);
            }
        }
        Err(ActError::Busy)
    }

    /// Writes a change and tells those who watch.
    pub(crate) async fn commit(&self, mut change: Change) -> Result<Applied, StoreError> {
        Self::push_what_is_not_fetched(&mut change);
        let wakes = !change.deliveries.is_empty();
        let calls = change.jobs.iter().any(|job| job.kind == store::JobKind::Call);
        let applied = self.store().apply(change).await?;
        if let Applied::Done { conversation, messages, .. } = &applied {
            let mut events: Vec<Event> =
                messages.iter().map(|message| Event::Message(Said::from(message))).collect();
            // Nothing moves without a word about it; a turn that ends in silence changes nothing to be seen.
            if !events.is_empty() {
                events.push(Event::Stage(self.standing(conversation).await?));
            }
            self.inner.events.committed(conversation, events);
            if wakes {
                self.inner.deliveries.notify_one();
            }
            if calls {
                self.inner.calls.notify_one();
            }
        }
        Ok(applied)
    }

    /// Who has the word, in a customer's terms.
    pub(crate) async fn standing(&self, conversation: &Conversation) -> Result<Standing, StoreError> {
        let waiting = matches!(conversation.stage, domain::Stage::Waiting { .. });
        let place =
            if waiting { Some(self.store().waiting_ahead(&conversation.id).await? + 1) } else { None };
        let agent = match conversation.stage.agent() {
            Some(agent) => self.store().agent(agent).await?.map(|agent| agent.name),
            None => None,
        };
        Ok(Standing {
            conversation: conversation.id.clone(),
            stage: conversation.stage.name(),
            place,
            agent,
            form: conversation.form,
        })
    }

    fn push_what_is_not_fetched(change: &mut Change) {
        if change.conversation.channel.fetches() {
            return;
        }
        let said = change.messages.iter().filter(|message| message.author != Author::Customer);
        change.deliveries = said.map(|message| NewDelivery { message: message.id.clone() }).collect();
    }

    pub(crate) fn message(&self, author: Author, content: Content) -> NewMessage {
        let id = MessageId::fresh(self.now(), self.chance());
        NewMessage { id, author, content, external_id: None }
    }

    pub(crate) fn notice(&self, lang: domain::Lang, text: &str) -> NewMessage {
        self.message(Author::Notice, Content::plain(lang, text))
    }

    pub(crate) fn answer_id(&self) -> AnswerId {
        AnswerId::fresh(self.now(), self.chance())
    }

    /// The job that looks after a waiting customer, due after the notice interval.
    pub(crate) fn notice_job(&self, id: &ConversationId) -> NewJob {
        let wait = i64::from(self.settings().limits.notice_seconds.max(1));
        let due = self.now().checked_add(jiff::SignedDuration::from_secs(wait)).unwrap_or(self.now());
        NewJob { kind: store::JobKind::Notice, key: id.to_string(), due }
    }
}
