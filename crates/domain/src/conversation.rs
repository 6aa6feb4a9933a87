//! A conversation and the rules of who may speak in it.
//!
//! ```text
//!   WithAssistant ──asks for a person──▶ Waiting ──take over──▶ WithAgent
//!        ▲  ▲                              │  │                    │  │
//!        │  └──── back to the assistant ───┘  │                    │  │
//!        └───────────── give back ────────────┼────────────────────┘  │
//!                                             ▼                       ▼
//!                            any ──close──▶ Closed  (stays closed: a later message opens a new one)
//! ```
//!
//! Every change raises `revision`; the store writes a change only on the revision it was made from,
//! so two people, or a person and the machine, never both win.

use serde::{Deserialize, Serialize};

use crate::{
    audience::{Asker, Attributes},
    channel::ChannelId,
    clock::Timestamp,
    id::{AgentId, ConversationId, CustomerId},
    lang::Lang,
    message::Author,
};

/// Who has the word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// The assistant answers.
    WithAssistant,
    /// A person was asked for and is awaited; the assistant sends notices only.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// A person answers; the assistant says nothing.
    WithAgent {
        /// Who.
        agent: AgentId,
        /// Since when.
        since: Timestamp,
    },
    /// Over.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Stage {
    /// The name in the store, the API and the widget.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::WithAssistant => "assistant",
            Self::Waiting { .. } => "waiting",
            Self::WithAgent { .. } => "agent",
            Self::Closed { .. } => "closed",
        }
    }

    /// Who owns the conversation, if a person does.
    pub fn agent(&self) -> Option<&AgentId> {
        if let Self::WithAgent { agent, .. } = self { Some(agent) } else { None }
    }
}

/// Why a person was brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverReason {
    /// The customer asked.
    Asked,
    /// The customer judged an answer as not helpful and took the offer.
    NotHelpful,
    /// The assistant does not know.
    Unknown,
    /// The customer is upset or complains.
    Upset,
    /// The machine failed; people must look.
    Failure,
    /// The duty table leaves this topic to a person.
    Duty,
    /// An agent stepped in unasked.
    SteppedIn,
}

impl HandoverReason {
    /// The name in the store and the metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::NotHelpful => "not_helpful",
            Self::Unknown => "unknown",
            Self::Upset => "upset",
            Self::Failure => "failure",
            Self::Duty => "duty",
            Self::SteppedIn => "stepped_in",
        }
    }

    /// The reason of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Asked,
            Self::NotHelpful,
            Self::Unknown,
            Self::Upset,
            Self::Failure,
            Self::Duty,
            Self::SteppedIn,
        ]
        .into_iter()
        .find(|reason| reason.name() == name)
    }
}

/// A run of messages between one customer and the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// The conversation's name.
    pub id: ConversationId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The account it runs on.
    pub channel: ChannelId,
    /// The customer in that channel's terms.
    pub sender: String,
    /// Who has the word.
    pub stage: Stage,
    /// Why a person was last brought in.
    pub handover: Option<HandoverReason>,
    /// Raised by every change of this record (not by messages arriving).
    pub revision: i64,
    /// The greatest sequence number given.
    pub last_seq: i64,
    /// The customer's messages up to here have been dealt with by the assistant.
    pub answered_seq: i64,
    /// The language in which we speak.
    pub lang: Lang,
    /// What the page or platform last told of the customer.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// What the customer last wanted (an entry's category), for the desk.
    pub intent: Option<String>,
    /// The customer's mood as last read: `positive`, `neutral`, `negative`, `angry`.
    pub mood: String,
    /// It presses, complains, or is going badly: people should look at it before others.
    pub pressing: bool,
    /// Notices sent during this wait.
    pub notices: u32,
    /// The wait outlasted its limit: the contact form is offered.
    pub form: bool,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Why a conversation cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotTakeOver {
    /// It is over.
    #[error("the conversation is closed; the customer's next message opens a new one")]
    Closed,
    /// A colleague has it.
    #[error("a colleague ({0}) already has this conversation")]
    TakenBy(AgentId),
}

/// The conversation is not this agent's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("take the conversation over first")]
pub struct NotYours;

impl Conversation {
    /// A new conversation, with the assistant.
    pub fn open(
        id: ConversationId,
        customer: CustomerId,
        channel: ChannelId,
        sender: String,
        lang: Lang,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            customer,
            channel,
            sender,
            stage: Stage::WithAssistant,
            handover: None,
            revision: 0,
            last_seq: 0,
            answered_seq: 0,
            lang,
            attributes: Attributes::default(),
            intent: None,
            mood: "neutral".to_owned(),
            pressing: false,
            notices: 0,
            form: false,
            opened_at: now,
            updated_at: now,
        }
    }

    /// Who asks here.
    pub fn asker(&self) -> Asker {
        Asker { channel: self.channel.0.clone(), attributes: self.attributes.clone() }
    }

    /// A person is asked for. Asking again while one is awaited or there changes nothing, so nothing
    /// can loop; `false` says so.
    pub fn ask_for_person(&mut self, reason: HandoverReason, now: Timestamp) -> bool {
        if self.stage != Stage::WithAssistant {
            return false;
        }
        self.enter(Stage::Waiting { since: now }, now);
        self.handover = Some(reason);
        true
    }

    /// An agent takes the word, also unasked. A colleague's conversation is not taken by accident:
    /// that is a transfer, another act. `Ok(false)` if it was this agent's already.
    pub fn take_over(&mut self, agent: &AgentId, now: Timestamp) -> Result<bool, CannotTakeOver> {
        match &self.stage {
            Stage::Closed { .. } => Err(CannotTakeOver::Closed),
            Stage::WithAgent { agent: other, .. } if other != agent => {
                Err(CannotTakeOver::TakenBy(other.clone()))
            }
            Stage::WithAgent { .. } => Ok(false),
            Stage::WithAssistant | Stage::Waiting { .. } => {
                self.handover.get_or_insert(HandoverReason::SteppedIn);
                self.enter(Stage::WithAgent { agent: agent.clone(), since: now }, now);
                Ok(true)
            }
        }
    }

    /// The agent who has it gives it back to the assistant.
    pub fn give_back(&mut self, agent: &AgentId, now: Timestamp) -> Result<(), NotYours> {
        if self.stage.agent() != Some(agent) {
            return Err(NotYours);
        }
        self.enter(Stage::WithAssistant, now);
        self.handover = None;
        Ok(())
    }

    /// The customer no longer wants to wait. `false` if they were not waiting.
    pub fn back_to_assistant(&mut self, now: Timestamp) -> bool {
        let waiting = matches!(self.stage, Stage::Waiting { .. });
        if waiting {
            self.enter(Stage::WithAssistant, now);
            self.handover = None;
        }
        waiting
    }

    /// It is over. `false` if it was already.
    pub fn close(&mut self, now: Timestamp) -> bool {
        let open = self.is_open();
        if open {
            self.enter(Stage::Closed { at: now }, now);
        }
        open
    }

    /// Whether it is still going on.
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Closed { .. })
    }

    /// Whether this author may say something now. The customer always may: after the end their
    /// words open a new conversation.
    pub fn may_speak(&self, author: &Author) -> bool {
        match author {
            Author::Customer | Author::Notice => true,
            Author::Assistant => self.stage == Stage::WithAssistant,
            Author::Agent { id, .. } => self.stage.agent() == Some(id),
        }
    }

    fn enter(&mut self, stage: Stage, now: Timestamp) {
        self.stage = stage;
        self.notices = 0;
        self.form = false;
        self.updated_at = now;
    }
}
