//! What a call costs, and who says whether that is still to be had.

use async_trait::async_trait;

use super::ChatSettings;

/// Tokens and money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Tokens in and out.
    pub tokens: u64,
    /// Money, in millionths of the owner's currency.
    pub micros: u64,
}

impl Cost {
    /// What so many tokens in and out cost with a model. A price of a million tokens in units is one of a token in
    /// millionths.
    pub fn of(settings: &ChatSettings, (read, written): (u32, u32)) -> Self {
        let money = f64::from(read) * settings.price_in + f64::from(written) * settings.price_out;
        Self { tokens: u64::from(read) + u64::from(written), micros: money.ceil().max(0.0) as u64 }
    }
}

/// A budget is used up; its stable name: `conversation`, `customer`, `day`, `month`, or `unknown` where nobody could say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the budget of the {0} is used up")]
pub struct Overdrawn(pub &'static str);

/// Where the money is: kept outside, for it must outlive us.
#[async_trait]
pub trait Purse: Send + Sync {
    /// Takes out what a call may cost at most, before it is made. Refused, nothing is taken.
    async fn book(&self, most: Cost) -> Result<(), Overdrawn>;

    /// Puts back what was booked and not spent.
    async fn settle(&self, booked: Cost, spent: Cost);
}
