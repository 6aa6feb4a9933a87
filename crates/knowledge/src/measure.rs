//! Measures of retrieval: functions of ranked lists.

/// Retrieval over a set of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Retrieval {
    /// Share of questions whose first entry is relevant.
    pub recall_at_1: f64,
    /// Share of the relevant entries among the first five, mean over questions.
    pub recall_at_5: f64,
    /// Mean reciprocal rank of the first relevant entry among ten.
    pub mrr_at_10: f64,
    /// Normalised discounted cumulative gain at ten.
    pub ndcg_at_10: f64,
}
