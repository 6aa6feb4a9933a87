//! What customers and colleagues taught. It is written in the transactions that store answers and judgements.

use async_trait::async_trait;
use domain::{Lesson, Timestamp};
use serde::Serialize;

use crate::Result;

/// How many lessons there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LessonCounts {
    /// From answers that a customer called helpful.
    pub helped: u64,
    /// From what a customer picked among "did you mean".
    pub picked: u64,
    /// From answers that were drafted and that a person sent, as they were or in better words.
    pub sent: u64,
    /// From what a person typed where the assistant had no answer, and an entry says too.
    pub typed: u64,
    /// Taken back by customers: an answer was called wrong or beside the point.
    pub withdrawn: u64,
    /// Forgotten by the owner.
    pub forgotten: u64,
}

/// What customers taught.
#[async_trait]
pub trait Lessons: Send + Sync {
    /// The latest lessons, each pair once, in the order of the entries; of one customer and of one entry no more
    /// than a few.
    async fn lessons(&self) -> Result<Vec<Lesson>>;

    /// How often the lessons were changed.
    async fn lessons_revision(&self) -> Result<i64>;

    /// How many there are, and from what.
    async fn count_lessons(&self) -> Result<LessonCounts>;

    /// Forgets lessons taught since a moment, or all, with their words: the same answers teach no more. Returns how
    /// many.
    async fn forget_lessons(&self, since: Option<Timestamp>) -> Result<u64>;
}
