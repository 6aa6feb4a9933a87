//! Budgets in the store: a restart gives nobody a second one.

use assistant::llm::{Cost, Overdrawn, Purse as Payer};
use async_trait::async_trait;
use domain::Timestamp;
use store::{Purse, Spent, Store, StoreError};

use super::{Budgets, Limit};
use crate::Reception;

/// What was spent in a day or a month, beside what may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// `day` or `month`.
    pub period: &'static str,
    /// Tokens in and out.
    pub tokens: u64,
    /// Money, in millionths.
    pub micros: u64,
    /// What may be spent.
    pub limit: Limit,
    /// What stands beside sums of money.
    pub currency: String,
}

/// The purses that the calls of one turn come out of.
pub(super) struct Pocket<'a> {
    reception: &'a Reception,
    purses: Vec<Purse>,
    names: Vec<&'static str>,
}

impl<'a> Pocket<'a> {
    pub(super) fn new(
        reception: &'a Reception,
        budgets: &Budgets,
        conversation: &str,
        customer: Option<&str>,
    ) -> Self {
        let purses = budgets.purses(conversation, customer, reception.now());
        let (names, purses) = purses.into_iter().unzip();
        Self { reception, purses, names }
    }
}

#[async_trait]
impl Payer for Pocket<'_> {
    async fn book(&self, most: Cost) -> Result<(), Overdrawn> {
        match self.reception.store().book(&self.purses, sum(most), self.reception.now()).await {
            Ok(None) => Ok(()),
            Ok(Some(place)) => Err(Overdrawn(self.names.get(place).copied().unwrap_or("unknown"))),
            Err(error) => {
                // What cannot be counted is not spent.
                tracing::warn!(%error, "budgets cannot be read; no model is asked");
                Err(Overdrawn("unknown"))
            }
        }
    }

    async fn settle(&self, booked: Cost, spent: Cost) {
        if let Err(error) = self.reception.store().settle(&self.purses, sum(booked), sum(spent)).await {
            tracing::warn!(%error, "what was booked at most stays booked");
        }
    }
}

const fn sum(cost: Cost) -> Spent {
    Spent { tokens: cost.tokens, micros: cost.micros }
}

/// What was spent today and this month.
pub(super) async fn tallies(
    store: &dyn Store,
    budgets: &Budgets,
    now: Timestamp,
) -> Result<Vec<Tally>, StoreError> {
    let purses = budgets.everybodys(now);
    let names: Vec<String> = purses.iter().map(|(_, purse)| purse.name.clone()).collect();
    let spent = store.spent(&names).await?;
    let limits = [budgets.day, budgets.month];
    let each = purses.iter().zip(spent).zip(limits);
    Ok(each
        .map(|(((period, _), spent), limit)| Tally {
            period,
            tokens: spent.tokens,
            micros: spent.micros,
            limit,
            currency: budgets.currency.clone(),
        })
        .collect())
}
