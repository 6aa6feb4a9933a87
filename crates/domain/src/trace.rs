//! Why an answer is what it is: everything that went into it, in the order it happened.

use serde::{Deserialize, Serialize};

use crate::{
    advice::{Advised, Shopper},
    audience::Asker,
    clock::Timestamp,
    duty::Verdict,
    id::{AnswerId, ConversationId, EntryId},
    lang::Lang,
    record::Record,
};

/// The rung of the ladder that answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rung {
    /// A greeting, thanks, goodbye, an empty or emoji-only message.
    Smalltalk,
    /// An entry's answer, verbatim.
    Exact,
    /// Up to three "did you mean" choices.
    Suggest,
    /// Sentences taken from an article, with the source.
    Composed,
    /// Words of a language model, checked against the knowledge.
    Generated,
    /// One question back.
    Clarify,
    /// A tool was called.
    Action,
    /// A person was asked for.
    Handover,
    /// An honest "I don't know".
    Refuse,
}

impl Rung {
    /// The name in the API, the store and the metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Smalltalk => "smalltalk",
            Self::Exact => "exact",
            Self::Suggest => "suggest",
            Self::Composed => "composed",
            Self::Generated => "generated",
            Self::Clarify => "clarify",
            Self::Action => "action",
            Self::Handover => "handover",
            Self::Refuse => "refuse",
        }
    }

    /// Whether the customer got an answer out of the knowledge.
    pub fn answers(self) -> bool {
        matches!(self, Self::Exact | Self::Composed | Self::Generated | Self::Action)
    }
}

/// A name with a confidence from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// What it was taken for.
    pub name: String,
    /// The probability that this is right.
    pub confidence: f32,
}

/// A passage that was considered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The entry.
    pub entry: EntryId,
    /// Its title, or the heading of the section.
    pub title: String,
    /// The section of an article, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u32>,
    /// The probability that this entry answers the question.
    pub score: f32,
    /// What the score was made of: name and value.
    #[serde(default)]
    pub because: Vec<(String, f32)>,
}

/// One call of a language model. None without a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelCall {
    /// Which model.
    pub model: String,
    /// What it was told, personal data masked.
    pub prompt: String,
    /// What it said.
    pub reply: String,
    /// Tokens in and out.
    pub tokens: (u32, u32),
    /// What it cost, in millionths of the owner's currency.
    #[serde(default)]
    pub cost_micros: u64,
    /// Why there is no reply, or none in time: a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// What a plugged reranker said of the candidates of one question: with it the same order can be made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reranked {
    /// Which model.
    pub model: String,
    /// What it was asked, personal data masked.
    pub question: String,
    /// What it said of each; empty where it did not answer.
    #[serde(default)]
    pub worth: Vec<Worth>,
    /// Why it did not answer: a stable code. The built-in order stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// How much a reranker spoke for a candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// The entry.
    pub entry: EntryId,
    /// The section of an article, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u32>,
    /// By how much its odds of standing before another grow, as a logarithm; less than 0 speaks against it.
    pub nats: f32,
}

/// What was done in another system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// Which action.
    pub action: String,
    /// With what: names and values, personal data masked.
    pub arguments: Vec<(String, String)>,
    /// How it ended, a stable code: `asking`, `confirming`, `done`, `not_found`, `failed`, `in_doubt`, ….
    pub outcome: String,
    /// The HTTP status that came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// A check of the words, and what it took out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The check's name.
    pub name: String,
    /// What it removed; empty if it passed everything.
    pub removed: Vec<String>,
}

/// How long a stage took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageTime {
    /// The stage: `read`, `search`, `decide`, `compose`.
    pub stage: String,
    /// Microseconds.
    pub us: u64,
}

/// What an answer was made from, beside knowledge, policy and the conversation before: it takes these to make it again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// The numbers of the customer's messages that it answers, in order.
    pub messages: Vec<i64>,
    /// The language of the conversation before.
    pub lang: Lang,
    /// Who asked.
    pub asker: Asker,
    /// What they bought, like, and were shown.
    #[serde(default)]
    pub shopper: Shopper,
    /// What was known of them; `None` of an answer given before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// What was sold and had been bought; `None` of an answer given before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<GoodsState>,
    /// A name for all that customers had taught; 0 where they had taught nothing.
    #[serde(default)]
    pub lessons: u32,
}

/// A state of the catalogue and of the purchases that it is recommended by, as the store counts their changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsState {
    /// Changes of the products.
    pub products: i64,
    /// Changes of the purchases.
    pub purchases: i64,
}

/// The whole story of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The answer it explains.
    pub id: AnswerId,
    /// Where it was given.
    pub conversation: ConversationId,
    /// When.
    pub at: Timestamp,
    /// The question as read, personal data masked.
    pub question: String,
    /// The same as it was meant, if slips were set right or pinyin read as characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// The question as it was understood from what was said before, if that is more than its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// `zh`, `en`, `mixed` or `other`.
    pub language: String,
    /// What the customer wants, where that is clear.
    pub intent: Option<Label>,
    /// What else the customer wants: a message may ask for several things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Label>,
    /// `positive`, `neutral`, `negative` or `angry`.
    pub sentiment: Label,
    /// What else shows: `urgent`, `complaint`, `attack`; those that are likely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Label>,
    /// How satisfied the customer seems with the conversation so far: `positive`, `neutral` or `negative`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Label>,
    /// Facts found in the message, masked: type and masked text.
    pub entities: Vec<(String, String)>,
    /// The state of the knowledge that was searched.
    pub knowledge_version: i64,
    /// The state of the knowledge that the meanings of words were learnt from; 0 before any was.
    #[serde(default)]
    pub meanings_version: i64,
    /// The policy (thresholds and wording) that decided.
    pub policy_version: String,
    /// What was considered, best first.
    pub candidates: Vec<Candidate>,
    /// The thresholds in force, by name.
    pub thresholds: Vec<(String, f32)>,
    /// The rung that answered.
    pub rung: Rung,
    /// Why this rung, as a stable reason code that the desk words in its language.
    pub reason: String,
    /// How sure: the probability that the answer is right.
    pub confidence: f32,
    /// The entries that the answer gives, cites or offers.
    #[serde(default)]
    pub used: Vec<EntryId>,
    /// What it was made from; `None` where no conversation is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Inputs>,
    /// What was done in another system, or would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acted: Option<Acted>,
    /// Who had to answer, by the duty table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Verdict>,
    /// The products that were recommended, or would have been to a customer who is held out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advised: Vec<Advised>,
    /// What a plugged reranker said, question by question; empty without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reranked: Vec<Reranked>,
    /// Calls of models, empty without one.
    pub model_calls: Vec<ModelCall>,
    /// Checks of the words.
    pub checks: Vec<Check>,
    /// Time per stage. Not part of "same input, same bytes".
    pub timings: Vec<StageTime>,
}
