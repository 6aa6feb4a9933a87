//! How right labels are, and how honest the confidence beside them.

use std::collections::HashMap;

/// One answer of a classifier.
#[derive(Debug, Clone)]
pub struct Answered<'a> {
    /// What it was.
    pub gold: &'a str,
    /// What it was taken for.
    pub said: &'a str,
    /// How sure that was, from 0 to 1.
    pub confidence: f32,
}

impl Answered<'_> {
    fn is_right(&self) -> bool {
        self.gold == self.said
    }
}

/// The share that is right; `None` of none.
pub fn accuracy(answers: &[Answered<'_>]) -> Option<f64> {
    let right = answers.iter().filter(|answer| answer.is_right()).count();
    (!answers.is_empty()).then(|| right as f64 / answers.len() as f64)
}

/// Precision, recall and F1 of one label; `None` where nothing was said or nothing was there.
pub fn per_label(answers: &[Answered<'_>], label: &str) -> [Option<f64>; 3] {
    let count = |test: &dyn Fn(&Answered<'_>) -> bool| answers.iter().filter(|a| test(a)).count() as f64;
    let both = count(&|a| a.gold == label && a.said == label);
    let (said, there) = (count(&|a| a.said == label), count(&|a| a.gold == label));
    let share = |of: f64| (of > 0.0).then(|| both / of);
    let f1 = (said + there > 0.0).then(|| 2.0 * both / (said + there));
    [share(said), share(there), f1]
}

/// The mean of F1 over all labels that occur.
pub fn macro_f1(answers: &[Answered<'_>]) -> Option<f64> {
    let mut labels: Vec<&str> = answers.iter().map(|answer| answer.gold).collect();
    labels.sort_unstable();
    labels.dedup();
    let sum: f64 = labels.iter().map(|label| per_label(answers, label)[2].unwrap_or_default()).sum();
    (!labels.is_empty()).then(|| sum / labels.len() as f64)
}

/// Matthews' correlation for any number of labels (Gorodkin 2004), from -1 to 1; `None` where it is not defined.
pub fn mcc(answers: &[Answered<'_>]) -> Option<f64> {
    let (mut gold, mut said) = (HashMap::<&str, f64>::new(), HashMap::<&str, f64>::new());
    for answer in answers {
        *gold.entry(answer.gold).or_default() += 1.0;
        *said.entry(answer.said).or_default() += 1.0;
    }
    let rows = answers.len() as f64;
    let right = answers.iter().filter(|answer| answer.is_right()).count() as f64;
    let both: f64 =
        gold.iter().map(|(label, there)| there * said.get(label).copied().unwrap_or_default()).sum();
    let squares = |counts: &HashMap<&str, f64>| counts.values().map(|count| count * count).sum::<f64>();
    let spread = ((rows * rows - squares(&said)) * (rows * rows - squares(&gold))).sqrt();
    (spread > 0.0).then(|| (right * rows - both) / spread)
}

/// The probability that one of `high` scores above one of `low`, ties half; `None` where either is empty.
pub fn auroc(high: &[f32], low: &[f32]) -> Option<f64> {
    let mut all: Vec<(f32, bool)> = high.iter().map(|&score| (score, true)).collect();
    all.extend(low.iter().map(|&score| (score, false)));
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut below) = (0.0_f64, 0.0_f64);
    for same in all.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let highs = same.iter().filter(|(_, is_high)| *is_high).count() as f64;
        let lows = same.len() as f64 - highs;
        wins += highs * (below + lows / 2.0);
        below += lows;
    }
    let pairs = high.len() as f64 * low.len() as f64;
    (pairs > 0.0).then(|| wins / pairs)
}

/// Spearman's correlation of ranks, ties sharing theirs, from -1 to 1; `None` of fewer than two, or where all are alike.
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    let mean = 0.5 + a.len() as f64 / 2.0;
    let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let spread = (sum(&a, &a) * sum(&b, &b)).sqrt();
    (a.len() == b.len() && spread > 0.0).then(|| sum(&a, &b) / spread)
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let (mut ranks, mut below) = (vec![0.0; values.len()], 0);
    for alike in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        let rank = below as f64 + 0.5 + alike.len() as f64 / 2.0;
        for &at in alike {
            ranks[at] = rank;
        }
        below += alike.len();
    }
    ranks
}

/// How far confidence is from the share that is right, on average over fifteen steps of it (Naeini 2015).
pub fn expected_calibration_error(answers: &[Answered<'_>]) -> Option<f64> {
    const STEPS: usize = 15;
    let mut steps = [(0.0_f64, 0.0_f64); STEPS];
    for answer in answers {
        let step = ((answer.confidence * STEPS as f32) as usize).min(STEPS - 1);
        steps[step].0 += f64::from(answer.confidence);
        steps[step].1 += f64::from(u8::from(answer.is_right()));
    }
    let off: f64 = steps.iter().map(|(sure, right)| (sure - right).abs()).sum();
    (!answers.is_empty()).then(|| off / answers.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(rows: &[(&'static str, &'static str, f32)]) -> Vec<Answered<'static>> {
        rows.iter().map(|&(gold, said, confidence)| Answered { gold, said, confidence }).collect()
    }

    #[test]
    fn by_hand() {
        let rows = answers(&[("a", "a", 0.9), ("a", "b", 0.6), ("b", "b", 0.8), ("b", "b", 0.7)]);
        assert_eq!(accuracy(&rows), Some(0.75));
        assert_eq!(per_label(&rows, "a"), [Some(1.0), Some(0.5), Some(2.0 / 3.0)]);
        assert!((macro_f1(&rows).unwrap_or_default() - f64::midpoint(2.0 / 3.0, 0.8)).abs() < 1e-9);
        assert!((mcc(&rows).unwrap_or_default() - 0.577_350_269).abs() < 1e-6);
    }

    #[test]
    fn ranks() {
        assert_eq!(auroc(&[0.9, 0.8], &[0.1]), Some(1.0));
        assert_eq!(auroc(&[0.5], &[0.5]), Some(0.5));
        assert_eq!(auroc(&[0.1, 0.6], &[0.5]), Some(0.5));
        assert_eq!(auroc(&[], &[0.5]), None);
    }

    #[test]
    fn ranks_that_agree_correlate() {
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 90.0]), Some(1.0));
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        let tied = spearman(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]).unwrap_or_default();
        assert!((tied - 0.948_683).abs() < 1e-6, "{tied}");
        assert_eq!((spearman(&[], &[]), spearman(&[1.0, 1.0], &[1.0, 2.0])), (None, None));
    }

    #[test]
    fn honest_confidence_is_off_by_nothing() {
        let honest = answers(&[("a", "a", 0.5), ("a", "b", 0.5)]);
        assert_eq!(expected_calibration_error(&honest), Some(0.0));
        let boasting = answers(&[("a", "b", 1.0)]);
        assert_eq!(expected_calibration_error(&boasting), Some(1.0));
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        assert_eq!((accuracy(&[]), macro_f1(&[]), mcc(&[])), (None, None, None));
        assert_eq!(per_label(&[], "a"), [None; 3]);
    }
}
