//! Measures of retrieval and of confidence: functions of ranked lists and of scored answers.

/// Retrieval over a set of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Retrieval {
    /// Share of questions whose first entry is relevant.
    pub recall_at_1: f64,
    /// Share of questions with a relevant entry among the first five: a customer needs one answer, so with
    /// several relevant entries any of them counts.
    pub recall_at_5: f64,
    /// Mean reciprocal rank of the first relevant entry among ten.
    pub mrr_at_10: f64,
    /// Normalised discounted cumulative gain at ten, every relevant entry worth the same.
    pub ndcg_at_10: f64,
}

/// Measures lists of entries, best first, each with the entries that are relevant. Questions for which
/// nothing is relevant are left out.
pub fn retrieval<'a>(lists: impl IntoIterator<Item = (&'a [&'a str], &'a [&'a str])>) -> Retrieval {
    let (mut sum, mut questions) = (Retrieval::default(), 0_u32);
    for (found, relevant) in lists.into_iter().filter(|(_, relevant)| !relevant.is_empty()) {
        questions += 1;
        let discount = |at: usize| 1.0 / (at as f64 + 2.0).log2();
        let right: Vec<usize> = found
            .iter()
            .take(10)
            .enumerate()
            .filter(|(_, id)| relevant.contains(id))
            .map(|(at, _)| at)
            .collect();
        let ideal: f64 = (0..relevant.len().min(10)).map(discount).sum();
        sum.ndcg_at_10 += right.iter().map(|&at| discount(at)).sum::<f64>() / ideal;
        if let Some(&first) = right.first() {
            sum.recall_at_1 += f64::from(u8::from(first == 0));
            sum.recall_at_5 += f64::from(u8::from(first < 5));
            sum.mrr_at_10 += 1.0 / (first as f64 + 1.0);
        }
    }
    let n = f64::from(questions.max(1));
    Retrieval {
        recall_at_1: sum.recall_at_1 / n,
        recall_at_5: sum.recall_at_5 / n,
        mrr_at_10: sum.mrr_at_10 / n,
        ndcg_at_10: sum.ndcg_at_10 / n,
    }
}

/// The mean error rate over all coverages, surest answers first: 0 is perfect. `None` without answers.
pub fn risk_coverage_area(scored: &[(f32, bool)]) -> Option<f64> {
    let mut sorted = scored.to_vec();
    // Of equals the wrong ones first: ties must not flatter.
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut wrong, mut area) = (0_u32, 0.0);
    for (at, (_, right)) in sorted.iter().enumerate() {
        wrong += u32::from(!right);
        area += f64::from(wrong) / (at as f64 + 1.0);
    }
    (!sorted.is_empty()).then(|| area / sorted.len() as f64)
}

/// How far probabilities are from what happens, over ten equal bins, weighted by their size. `None` without answers.
pub fn expected_calibration_error(scored: &[(f32, bool)]) -> Option<f64> {
    let mut bins = [(0.0_f64, 0_u32, 0_u32); 10];
    for &(probability, right) in scored {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        bin.0 += f64::from(probability);
        bin.1 += u32::from(right);
        bin.2 += 1;
    }
    let gap: f64 = bins.iter().map(|&(promised, right, _)| (promised - f64::from(right)).abs()).sum();
    (!scored.is_empty()).then(|| gap / scored.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_small_lists() {
        let lists: [(&[&str], &[&str]); 3] =
            [(&["a", "b"], &["a"]), (&["a", "b"], &["b", "z"]), (&["a"], &[])];
        let measured = retrieval(lists);
        assert_eq!((measured.recall_at_1, measured.recall_at_5, measured.mrr_at_10), (0.5, 1.0, 0.75));
        let second = (1.0 / 3_f64.log2()) / (1.0 + 1.0 / 3_f64.log2());
        assert!((measured.ndcg_at_10 - f64::midpoint(1.0, second)).abs() < 1e-9);
    }

    #[test]
    fn sure_and_right_is_best() {
        assert_eq!(risk_coverage_area(&[]), None);
        assert_eq!(risk_coverage_area(&[(0.9, true), (0.1, true)]), Some(0.0));
        assert_eq!(risk_coverage_area(&[(0.9, true), (0.1, false)]), Some(0.25));
        assert_eq!(expected_calibration_error(&[(1.0, true), (0.0, false)]), Some(0.0));
        assert_eq!(expected_calibration_error(&[(1.0, false)]), Some(1.0));
    }
}
