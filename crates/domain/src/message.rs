//! What is said, by whom, and how a message arrives.

use serde::{Deserialize, Serialize};

use crate::{
    audience::Attributes,
    channel::ChannelId,
    clock::Timestamp,
    id::{AgentId, AnswerId, ConversationId, MessageId},
    lang::Lang,
    picture::PictureLink,
    trace::Rung,
};

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Author {
    /// The customer.
    Customer,
    /// The machine, answering.
    Assistant,
    /// A person at the desk.
    Agent {
        /// Who.
        id: AgentId,
        /// The name shown to the customer.
        name: String,
    },
    /// Nobody: a change of state, said in words.
    Notice,
}

/// How `text` is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Every character is literal.
    #[default]
    Plain,
    /// Paragraphs, lists, bold and http(s) links; everything else is literal.
    Markdown,
}

/// A source that the customer can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLink {
    /// What stands on the link.
    pub title: String,
    /// A path on this server or an http(s) address.
    pub url: String,
}

/// What a message holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The words.
    pub text: String,
    /// How to read them.
    #[serde(default)]
    pub format: Format,
    /// The language of the words.
    #[serde(default)]
    pub lang: Lang,
    /// Questions that the customer may tap instead of typing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
    /// Where the words come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceLink>,
    /// What the knowledge shows beside the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<PictureLink>,
    /// The answer (and trace) that these words are, for messages of the assistant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerId>,
    /// The rung that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<Rung>,
}

impl Content {
    /// Plain words in a language, nothing else.
    pub fn plain(lang: Lang, text: impl Into<String>) -> Self {
        Self { text: text.into(), lang, ..Self::default() }
    }
}

/// Something said, as kept in the log of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The message's name.
    pub id: MessageId,
    /// Where it was said.
    pub conversation: ConversationId,
    /// Place in the conversation, from 1, without gaps.
    pub seq: i64,
    /// Who said it.
    pub author: Author,
    /// When it was accepted.
    pub at: Timestamp,
    /// What was said.
    pub content: Content,
    /// The sender's own name for it: the key that makes repeats harmless.
    pub external_id: Option<String>,
}

/// A message as it arrives, verified and parsed: from here on all channels look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The account it came in by.
    pub channel: ChannelId,
    /// Who sent it, in the channel's own terms.
    pub sender: String,
    /// The sender's name for it, unique per channel account and sender.
    pub external_id: String,
    /// The words, as sent.
    pub text: String,
    /// What the sender calls themselves, where the channel says so.
    pub name: Option<String>,
    /// The language of the words.
    pub lang: Lang,
    /// What the page or platform tells of the sender.
    pub attributes: Attributes,
}
