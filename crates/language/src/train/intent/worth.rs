//! From what trial models said to what a score is worth.

use super::{
    Settings,
    trials::{Seen, Was},
};
use crate::intent::{Trust, sigmoid};

/// Fewer than this of either kind tell nothing.
const LEAST: usize = 10;

/// The trust that the trials justify.
pub(super) fn weigh(seen: &[Seen], settings: &Settings) -> Trust {
    let strange = |seen: &&Seen| matches!(seen.was, Was::Kept | Was::Strange);
    let (strangers, ours): (Vec<&Seen>, Vec<&Seen>) = seen.iter().partition(strange);
    let wrong = ours.iter().filter(|seen| seen.was == Was::Other).count();
    let mut trust = Trust::default();
    if ours.len() - wrong < LEAST {
        return trust;
    }
    if strangers.len() >= LEAST {
        trust.ours = is_ours(&ours, &strangers, settings.strangers);
    }
    if wrong >= LEAST {
        let rows = ours
            .iter()
            .map(|seen| ([seen.signals.score, seen.signals.lead, 1.0], seen.was == Was::Right, 1.0));
        trust.this = logistic(&rows.collect::<Vec<_>>());
    }
    trust.threshold = threshold(&trust, &ours, settings.turned_away);
    trust
}

/// Real strangers and kept intents count half each, together as much as strangers are expected.
fn is_ours(ours: &[&Seen], strangers: &[&Seen], share: f32) -> [f32; 3] {
    let count = |was: Was| strangers.iter().filter(|seen| seen.was == was).count();
    let kinds = [Was::Kept, Was::Strange].into_iter().filter(|&was| count(was) > 0).count();
    let weight = |was: Was| ours.len() as f32 * share / (1.0 - share) / (kinds * count(was)).max(1) as f32;
    let values = |seen: &Seen| [seen.signals.score, seen.signals.near, 1.0];
    let mut rows: Vec<_> = ours.iter().map(|seen| (values(seen), true, 1.0)).collect();
    rows.extend(strangers.iter().map(|seen| (values(seen), false, weight(seen.was))));
    logistic(&rows)
}

/// The highest threshold that turns away no more of the rightly understood than may be.
fn threshold(trust: &Trust, ours: &[&Seen], turned_away: f32) -> f32 {
    let right = ours.iter().filter(|seen| seen.was == Was::Right);
    let mut sure: Vec<f32> = right.map(|seen| trust.confidence(&seen.signals)).collect();
    sure.sort_unstable_by(f32::total_cmp);
    sure.get((sure.len() as f32 * turned_away) as usize).copied().unwrap_or_default()
}

/// Logistic regression by Newton's steps, none longer than 1 so that it cannot overshoot for good, with a touch of
/// ridge so that it always has an answer.
pub(in crate::train) fn logistic<const N: usize>(rows: &[([f32; N], bool, f32)]) -> [f32; N] {
    let mut weights = [0.0_f64; N];
    for _ in 0..60 {
        let (mut slope, mut bend) = ([0.0_f64; N], [[0.0_f64; N]; N]);
        for (values, is_true, weight) in rows {
            let sum: f64 = (0..N).map(|at| weights[at] * f64::from(values[at])).sum();
            let share = f64::from(sigmoid(sum as f32));
            let (miss, flat) = (f64::from(u8::from(*is_true)) - share, (share * (1.0 - share)).max(1e-6));
            for a in 0..N {
                slope[a] += f64::from(*weight) * miss * f64::from(values[a]);
                for (b, bend) in bend[a].iter_mut().enumerate() {
                    *bend += f64::from(*weight) * flat * f64::from(values[a]) * f64::from(values[b]);
                }
            }
        }
        for at in 0..N {
            slope[at] -= 1e-2 * weights[at];
            bend[at][at] += 1e-2;
        }
        let step = solve(bend, slope);
        let length = step.iter().map(|part| part * part).sum::<f64>().sqrt();
        (0..N).for_each(|at| weights[at] += step[at] / length.max(1.0));
    }
    weights.map(|weight| weight as f32)
}

/// Gauss's elimination; the ridge keeps every pivot away from nothing.
fn solve<const N: usize>(mut rows: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        for below in pivot + 1..N {
            let factor = rows[below][pivot] / rows[pivot][pivot];
            let above = rows[pivot];
            rows[below].iter_mut().zip(above).for_each(|(value, above)| *value -= factor * above);
            right[below] -= factor * right[pivot];
        }
    }
    let mut solved = [0.0; N];
    for at in (0..N).rev() {
        let known: f64 = (at + 1..N).map(|after| rows[at][after] * solved[after]).sum();
        solved[at] = (right[at] - known) / rows[at][at];
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::Signals;

    fn seen(score: f32, was: Was) -> Seen {
        Seen { signals: Signals { best: 0, score, lead: 1.0, near: score }, was }
    }

    #[test]
    fn strangers_that_score_low_pull_confidence_down_there() {
        let ours = (0..200).map(|at| seen(6.0 + (at % 10) as f32 / 5.0, Was::Right));
        let wrong = (0..20).map(|at| seen(5.5 + (at % 10) as f32 / 5.0, Was::Other));
        let strange = (0..40).map(|at| seen(3.0 + (at % 10) as f32 / 4.0, Was::Strange));
        let all: Vec<Seen> = ours.chain(wrong).chain(strange).collect();
        let trust = weigh(&all, &Settings::default());
        let at = |score| trust.confidence(&Signals { best: 0, score, lead: 1.0, near: score });
        assert!(at(3.0) < 0.1 && at(7.5) > 0.8, "{} {}", at(3.0), at(7.5));
        assert!(trust.threshold > at(4.0) && trust.threshold <= at(6.2), "{trust:?}");
    }

    #[test]
    fn a_coin_gives_its_share() {
        let rows: Vec<([f32; 1], bool, f32)> = (0..100).map(|at| ([1.0], at % 4 == 0, 1.0)).collect();
        let [start] = logistic(&rows);
        assert!((sigmoid(start) - 0.25).abs() < 0.01);
    }
}
