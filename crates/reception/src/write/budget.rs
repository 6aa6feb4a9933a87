//! What models may cost.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::Purse;

/// The `[models.budget]` section. Days and months are those of Greenwich.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budgets {
    /// What stands beside sums of money; prices and budgets are in it.
    pub currency: String,
    /// For one conversation.
    pub conversation: Limit,
    /// For one customer, a day.
    pub customer: Limit,
    /// For everybody, a day.
    pub day: Limit,
    /// For everybody, a month.
    pub month: Limit,
}

/// Tokens and money; 0 for no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limit {
    /// Tokens in and out.
    pub tokens: u64,
    /// Money.
    pub money: f64,
}

impl Default for Budgets {
    fn default() -> Self {
        let tokens = |tokens| Limit { tokens, money: 0.0 };
        Self {
            currency: "CNY".to_owned(),
            conversation: tokens(60_000),
            customer: tokens(120_000),
            day: tokens(5_000_000),
            month: tokens(100_000_000),
        }
    }
}

impl Limit {
    /// Money in millionths, if it is limited.
    pub fn micros(self) -> Option<u64> {
        (self.money > 0.0).then_some((self.money * 1e6) as u64)
    }

    /// Tokens, if they are limited.
    pub fn most_tokens(self) -> Option<u64> {
        (self.tokens > 0).then_some(self.tokens)
    }

    fn purse(self, name: String) -> Purse {
        Purse { name, most_tokens: self.most_tokens(), most_micros: self.micros() }
    }
}

impl Budgets {
    /// The purses that a call for this conversation comes out of, each with its stable name in traces.
    pub(crate) fn purses(
        &self,
        conversation: &str,
        customer: Option<&str>,
        now: Timestamp,
    ) -> Vec<(&'static str, Purse)> {
        let mut purses =
            vec![("conversation", self.conversation.purse(format!("conversation:{conversation}")))];
        let day = now.strftime("%Y-%m-%d");
        purses.extend(customer.map(|id| ("customer", self.customer.purse(format!("customer:{id}:{day}")))));
        purses.extend(self.everybodys(now));
        purses
    }

    /// Those of the day and the month.
    pub(crate) fn everybodys(&self, now: Timestamp) -> [(&'static str, Purse); 2] {
        [
            ("day", self.day.purse(format!("day:{}", now.strftime("%Y-%m-%d")))),
            ("month", self.month.purse(format!("month:{}", now.strftime("%Y-%m")))),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_comes_out_of_four_purses_and_tomorrow_out_of_others() {
        let budgets = Budgets { day: Limit { tokens: 0, money: 1.5 }, ..Budgets::default() };
        let names = |now: &str| -> Vec<String> {
            let purses = budgets.purses("c1", Some("u1"), now.parse().unwrap());
            purses.into_iter().map(|(_, purse)| purse.name).collect()
        };
        let today = names("2026-11-30T23:59:59Z");
        assert_eq!(today, ["conversation:c1", "customer:u1:2026-11-30", "day:2026-11-30", "month:2026-11"]);
        assert_eq!(names("2026-12-01T00:00:00Z")[3], "month:2026-12");
        let day = &budgets.everybodys(Timestamp::UNIX_EPOCH)[0].1;
        assert_eq!((day.most_tokens, day.most_micros), (None, Some(1_500_000)));
    }
}
