//! The models in the settings: how each stands, and what they cost.

use domain::Lang;
use reception::{AgentView, ModelStanding, ModelTally, RerankerStanding};

use super::{
    refusal::Refusal,
    words::{self, Words, fill},
};

/// The section of the settings.
pub(super) struct Models {
    pub(super) chain: Vec<Model>,
    pub(super) spent: Vec<Spent>,
    pub(super) reranker: Option<Model>,
}

/// One model.
pub(super) struct Model {
    pub(super) name: String,
    pub(super) host: String,
    pub(super) stands: &'static str,
    pub(super) well: bool,
}

/// What a day or a month has cost.
pub(super) struct Spent {
    pub(super) period: &'static str,
    pub(super) tokens: String,
    pub(super) money: String,
}

impl Models {
    /// `None` for who does not manage. Without a model it is empty and says how to get one.
    pub(super) async fn of(view: &AgentView) -> Result<Option<Self>, Refusal> {
        if !view.agent().role.manages() {
            return Ok(None);
        }
        let lang = view.agent().lang;
        let (chain, spent) = view.models().await?.unwrap_or_default();
        Ok(Some(Self {
            chain: chain.into_iter().map(|standing| model(lang, standing)).collect(),
            spent: spent.iter().map(|tally| spent_in(lang, tally)).collect(),
            reranker: view.reranker().map(|standing| reranker(lang, standing)),
        }))
    }
}

fn model(lang: Lang, standing: ModelStanding) -> Model {
    Model {
        stands: words::breaker(lang, standing.breaker).unwrap_or(standing.breaker),
        well: standing.breaker == "closed",
        name: standing.model,
        host: standing.host,
    }
}

fn reranker(lang: Lang, standing: RerankerStanding) -> Model {
    Model {
        stands: words::reranker(lang, standing.stands).unwrap_or(standing.stands),
        well: matches!(standing.stands, "serves" | "trying"),
        name: standing.model,
        host: standing.host,
    }
}

fn spent_in(lang: Lang, tally: &ModelTally) -> Spent {
    let w = Words::of(lang);
    let of = |spent: String, most: Option<String>| match most {
        Some(most) => fill(w.models_of, &[&spent, &most]),
        None => spent,
    };
    let sum = |micros: u64| money(micros, &tally.currency);
    Spent {
        period: words::period(lang, tally.period).unwrap_or(tally.period),
        tokens: of(grouped(tally.tokens), tally.limit.most_tokens().map(grouped)),
        money: of(sum(tally.micros), tally.limit.micros().map(sum)),
    }
}

/// `CNY 12.34`; what is less than a hundredth is not shown as nothing.
fn money(micros: u64, currency: &str) -> String {
    let cents = micros.div_ceil(10_000);
    format!("{currency} {}.{:02}", grouped(cents / 100), cents % 100)
}

/// `1,234,567`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use reception::Limit;

    use super::*;

    #[test]
    fn sums_are_told_beside_what_may_be_spent() {
        let tally = ModelTally {
            period: "day",
            tokens: 1_234_567,
            micros: 12_340_001,
            limit: Limit { tokens: 5_000_000, money: 0.0 },
            currency: "CNY".to_owned(),
        };
        let zh = spent_in(Lang::Zh, &tally);
        assert_eq!(
            (zh.period, zh.tokens.as_str(), zh.money.as_str()),
            ("今天", "1,234,567，上限 5,000,000", "CNY 12.35")
        );
        let en = spent_in(Lang::En, &ModelTally { limit: Limit { tokens: 0, money: 20.5 }, ..tally });
        assert_eq!((en.tokens.as_str(), en.money.as_str()), ("1,234,567", "CNY 12.35 of CNY 20.50"));
        assert_eq!((grouped(0), grouped(999), grouped(1_000)), ("0".into(), "999".into(), "1,000".into()));
    }
}
