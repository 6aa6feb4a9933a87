//! What customers think of what they got.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    id::{AnswerId, ConversationId},
};

/// A judgement of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Thumb {
    /// It helped.
    Up,
    /// It did not.
    Down,
}

/// What was wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The facts are wrong.
    Wrong,
    /// The facts were right once.
    Outdated,
    /// Something is missing.
    Incomplete,
    /// It answers another question.
    OffTopic,
    /// Something else, said in words.
    Other,
}

/// A thumb with its reason. One per answer: a later one replaces the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// The answer judged.
    pub answer: AnswerId,
    /// Up or down; `None` takes the judgement back.
    pub thumb: Option<Thumb>,
    /// Why down.
    pub reason: Option<Reason>,
    /// In the customer's words.
    pub comment: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// How a conversation was, from 1 to 5. One per conversation: a later one replaces the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The conversation rated.
    pub conversation: ConversationId,
    /// 1 (bad) to 5 (good).
    pub score: u8,
    /// In the customer's words.
    pub comment: Option<String>,
    /// When.
    pub at: Timestamp,
}
