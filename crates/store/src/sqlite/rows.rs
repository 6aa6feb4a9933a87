//! Rows as they lie in the tables, and what they mean.

use domain::{
    Agent, Author, Conversation, Customer, Delivery, DeliveryState, HandoverReason, Message, Role, Stage,
};
use sqlx::FromRow;

use super::{
    failure::unreadable,
    values::{from_json, lang, micros, moment, named},
};
use crate::Result;

#[derive(FromRow)]
pub(super) struct CustomerRecord {
    id: String,
    name: Option<String>,
    contact: Option<String>,
    lang: String,
    since: i64,
}

impl CustomerRecord {
    pub(super) fn read(self) -> Result<Customer> {
        Ok(Customer {
            id: self.id.into(),
            name: self.name,
            contact: self.contact,
            lang: lang(&self.lang)?,
            since: moment(self.since)?,
        })
    }
}

#[derive(FromRow)]
pub(super) struct ConversationRecord {
    id: String,
    customer: String,
    channel: String,
    sender: String,
    stage: String,
    agent: Option<String>,
    staged_at: Option<i64>,
    handover: Option<String>,
    revision: i64,
    last_seq: i64,
    answered_seq: i64,
    lang: String,
    intent: Option<String>,
    mood: String,
    pressing: bool,
    notices: i64,
    form: bool,
    opened_at: i64,
    updated_at: i64,
    plan: String,
    region: String,
}

impl ConversationRecord {
    pub(super) fn read(self) -> Result<Conversation> {
        let stage = stage(&self.stage, self.agent, self.staged_at)?;
        let handover = match self.handover {
            Some(name) => Some(named("handover reason", &name, HandoverReason::from_name)?),
            None => None,
        };
        Ok(Conversation {
            id: self.id.into(),
            customer: self.customer.into(),
            channel: domain::ChannelId(self.channel),
            sender: self.sender,
            stage,
            handover,
            revision: self.revision,
            last_seq: self.last_seq,
            answered_seq: self.answered_seq,
            lang: lang(&self.lang)?,
            attributes: domain::Attributes { plan: self.plan, region: self.region },
            intent: self.intent,
            mood: self.mood,
            pressing: self.pressing,
            notices: u32::try_from(self.notices).unwrap_or_default(),
            form: self.form,
            opened_at: moment(self.opened_at)?,
            updated_at: moment(self.updated_at)?,
        })
    }
}

fn stage(name: &str, agent: Option<String>, at: Option<i64>) -> Result<Stage> {
    let at = at.map(moment).transpose()?;
    match (name, agent, at) {
        ("assistant", ..) => Ok(Stage::WithAssistant),
        ("waiting", _, Some(since)) => Ok(Stage::Waiting { since }),
        ("agent", Some(agent), Some(since)) => Ok(Stage::WithAgent { agent: agent.into(), since }),
        ("closed", _, Some(at)) => Ok(Stage::Closed { at }),
        _ => Err(unreadable("stage", format!("{name:?} with these columns"))),
    }
}

/// Since when a stage lasts, as it is stored.
pub(super) fn staged_at(stage: &Stage) -> Option<i64> {
    match stage {
        Stage::WithAssistant => None,
        Stage::Waiting { since } | Stage::WithAgent { since, .. } => Some(micros(*since)),
        Stage::Closed { at } => Some(micros(*at)),
    }
}

#[derive(FromRow)]
pub(super) struct MessageRecord {
    id: String,
    conversation: String,
    seq: i64,
    author: String,
    agent: Option<String>,
    agent_name: Option<String>,
    at: i64,
    content: String,
    external_id: Option<String>,
}

impl MessageRecord {
    pub(super) fn read(self) -> Result<Message> {
        let author = match (self.author.as_str(), self.agent) {
            ("customer", _) => Author::Customer,
            ("assistant", _) => Author::Assistant,
            ("notice", _) => Author::Notice,
            ("agent", Some(id)) => Author::Agent { id: id.into(), name: self.agent_name.unwrap_or_default() },
            (other, _) => return Err(unreadable("author", format!("{other:?} is unknown"))),
        };
        Ok(Message {
            id: self.id.into(),
            conversation: self.conversation.into(),
            seq: self.seq,
            author,
            at: moment(self.at)?,
            content: from_json("message", &self.content)?,
            external_id: self.external_id,
        })
    }
}

/// An author as it is stored: the kind, and of a person the id and the name.
pub(super) fn author(author: &Author) -> (&'static str, Option<&str>, Option<&str>) {
    match author {
        Author::Customer => ("customer", None, None),
        Author::Assistant => ("assistant", None, None),
        Author::Notice => ("notice", None, None),
        Author::Agent { id, name } => ("agent", Some(id.as_str()), Some(name)),
    }
}

#[derive(FromRow)]
pub(super) struct DeliveryRecord {
    message: String,
    state: String,
    attempts: i64,
    error: Option<String>,
    at: i64,
}

impl DeliveryRecord {
    pub(super) fn read(self) -> Result<Delivery> {
        Ok(Delivery {
            message: self.message.into(),
            state: named("delivery state", &self.state, DeliveryState::from_name)?,
            attempts: u32::try_from(self.attempts).unwrap_or_default(),
            error: self.error,
            at: moment(self.at)?,
        })
    }
}

#[derive(FromRow)]
pub(super) struct AgentRecord {
    id: String,
    name: String,
    role: String,
    lang: String,
}

impl AgentRecord {
    pub(super) fn read(self) -> Result<Agent> {
        Ok(Agent {
            id: self.id.into(),
            name: self.name,
            role: named("role", &self.role, Role::from_name)?,
            lang: lang(&self.lang)?,
        })
    }
}
