//! What language models cost, against what they may.

use async_trait::async_trait;
use domain::Timestamp;

use crate::Result;

/// A budget and its bounds; `None` where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purse {
    /// Its name, unique over time: a day's purse names the day.
    pub name: String,
    /// Tokens, at most.
    pub most_tokens: Option<u64>,
    /// Money, at most, in millionths.
    pub most_micros: Option<u64>,
}

/// Tokens and money, in millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Tokens in and out.
    pub tokens: u64,
    /// Money.
    pub micros: u64,
}

/// What language models have cost.
#[async_trait]
pub trait Spending: Send + Sync {
    /// Books a sum on all of these purses in one transaction, or on none if one of them would be overdrawn: then its
    /// place in the list is returned. Who asks at the same time is asked one after the other.
    async fn book(&self, purses: &[Purse], sum: Spent, now: Timestamp) -> Result<Option<usize>>;

    /// Puts right what was booked on these purses: `spent` takes the place of `booked`.
    async fn settle(&self, purses: &[Purse], booked: Spent, spent: Spent) -> Result<()>;

    /// What was booked on purses of these names; nothing where there is none.
    async fn spent(&self, names: &[String]) -> Result<Vec<Spent>>;

    /// Forgets purses that nothing was booked on since a moment. Returns how many.
    async fn forget_purses(&self, before: Timestamp) -> Result<u64>;
}
