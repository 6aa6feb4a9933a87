//! What a plugged reranker did, in a sentence.

use domain::{Lang, Reranked};

use crate::desk::words::{self, Words, fill};

/// 外接的重排模型 bge-reranker 看了 20 条候选，……
pub(super) fn told(lang: Lang, w: &Words, said: &Reranked) -> String {
    if let Some(code) = &said.failed {
        let why = words::model_trouble(lang, code).unwrap_or(code);
        return fill(w.trace_rerank_failed, &[&said.model, why]);
    }
    fill(w.trace_reranked, &[&said.model, &said.worth.len().to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reranker_is_named_and_so_is_its_silence() {
        let said = |failed: Option<&str>| Reranked {
            model: "bge".into(),
            question: "怎么退货".into(),
            worth: vec![domain::Worth { entry: "退货/1".into(), section: None, nats: 1.5 }],
            failed: failed.map(str::to_owned),
        };
        let told = |lang, said: &Reranked| super::told(lang, Words::of(lang), said);
        assert_eq!(told(Lang::Zh, &said(None)), "外接的重排模型 bge 看了 1 条候选，参与了排序。");
        assert_eq!(
            told(Lang::En, &said(Some("late"))),
            "The plugged reranker bge gave no order (it took too long); the built-in one stood."
        );
    }
}
