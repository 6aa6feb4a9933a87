//! Whether recommendations sell: the share of customers who buy, with and without them.
//!
//! Both arms are customers to whom something was, or would have been, recommended unasked; chance alone decided who.
//! A purchase counts if it is of a product that was, or would have been, recommended.

use serde::{Deserialize, Serialize};

/// Customers of one arm, and those of them who bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Customers.
    pub customers: u64,
    /// Who bought.
    pub bought: u64,
}

impl Group {
    fn rate(self) -> f64 {
        if self.customers == 0 { 0.0 } else { self.bought as f64 / self.customers as f64 }
    }
}

/// What can be said of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Not enough data yet.
    NotYet,
    /// More is bought with recommendations.
    More,
    /// Less is bought with recommendations.
    Less,
    /// Enough data, and no difference shows.
    NoDifference,
}

/// The effect, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lift {
    /// Who got recommendations.
    pub advised: Group,
    /// Who was held out.
    pub held_out: Group,
    /// What can be said.
    pub verdict: Verdict,
    /// The difference of the shares, and the ends of its interval; `None` before both arms have customers.
    pub difference: Option<[f64; 3]>,
    /// So many times as many buy with recommendations; `None` if nobody buys without.
    pub ratio: Option<f64>,
    /// How sure the interval is: 0.95 once there is enough data; before, 0.999, because who looks every day sees
    /// chance as a finding sooner or later.
    pub confidence: f64,
    /// Customers of the smaller arm that there are, and that are needed.
    pub enough: (u64, u64),
}

/// The half of an effect that is worth seeing: half as many again.
const WORTH_SEEING: f64 = 0.5;
/// The share of buyers that is supposed before any are known.
const SUPPOSED: f64 = 0.05;
/// For 0.95 both-sided, power 0.8.
const Z: f64 = 1.959_964;
const Z_POWER: f64 = 0.841_621;
/// For 0.999 both-sided.
const Z_EARLY: f64 = 3.290_527;

/// The effect from both arms.
pub fn lift(advised: Group, held_out: Group) -> Lift {
    let needed = needed(advised, held_out);
    let smaller = advised.customers.min(held_out.customers);
    let enough = smaller >= needed;
    let (z, confidence) = if enough { (Z, 0.95) } else { (Z_EARLY, 0.999) };
    let difference = (smaller > 0).then(|| newcombe(advised, held_out, z));
    let verdict = match difference {
        Some([_, low, _]) if low > 0.0 => Verdict::More,
        Some([_, _, high]) if high < 0.0 => Verdict::Less,
        _ if enough => Verdict::NoDifference,
        _ => Verdict::NotYet,
    };
    let ratio = (held_out.bought > 0).then(|| advised.rate() / held_out.rate());
    Lift { advised, held_out, verdict, difference, ratio, confidence, enough: (smaller, needed) }
}

/// Customers of the smaller arm that show an effect worth seeing in four of five cases.
fn needed(advised: Group, held_out: Group) -> u64 {
    let (customers, bought) = (advised.customers + held_out.customers, advised.bought + held_out.bought);
    let base = (bought as f64 + 20.0 * SUPPOSED) / (customers as f64 + 20.0);
    let other = (base * (1.0 + WORTH_SEEING)).min(0.99);
    let (small, large) = (
        advised.customers.min(held_out.customers).max(1) as f64,
        advised.customers.max(held_out.customers).max(1) as f64,
    );
    // The larger arm is so many times the smaller one; before there are any, nine times: a tenth is held out.
    let times = if customers == 0 { 9.0 } else { (large / small).min(99.0) };
    let spread = base * (1.0 - base) + other * (1.0 - other) / times;
    let size = (Z + Z_POWER).powi(2) * spread / (other - base).powi(2);
    (size.ceil() as u64).max(30)
}

/// The difference with Newcombe's interval, which holds for small and for very different arms.
fn newcombe(a: Group, b: Group, z: f64) -> [f64; 3] {
    let (low_a, high_a) = wilson(a, z);
    let (low_b, high_b) = wilson(b, z);
    let (rate_a, rate_b) = (a.rate(), b.rate());
    let difference = rate_a - rate_b;
    let low = difference - ((rate_a - low_a).powi(2) + (high_b - rate_b).powi(2)).sqrt();
    let high = difference + ((high_a - rate_a).powi(2) + (rate_b - low_b).powi(2)).sqrt();
    [difference, low, high]
}

fn wilson(group: Group, z: f64) -> (f64, f64) {
    let (n, p) = (group.customers as f64, group.rate());
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (middle - half, middle + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn group(customers: u64, bought: u64) -> Group {
        Group { customers, bought }
    }

    #[test]
    fn little_data_is_called_so() {
        let none = lift(group(0, 0), group(0, 0));
        assert_eq!((none.verdict, none.difference), (Verdict::NotYet, None));
        assert!(none.enough.1 > 100, "{none:?}");
        let early = lift(group(90, 9), group(10, 0));
        assert_eq!(early.verdict, Verdict::NotYet, "nobody of ten is chance");
        assert_eq!((early.confidence, early.ratio), (0.999, None));
    }

    #[test]
    fn an_effect_is_told_with_its_interval_and_so_is_none() {
        let told = lift(group(9_000, 900), group(1_000, 50));
        assert_eq!(told.verdict, Verdict::More);
        let [difference, low, high] = told.difference.unwrap();
        assert!((difference - 0.05).abs() < 1e-9 && low > 0.03 && high < 0.07, "{told:?}");
        assert_eq!(told.ratio, Some(2.0));
        assert_eq!(lift(group(9_000, 450), group(1_000, 100)).verdict, Verdict::Less);
        assert_eq!(lift(group(90_000, 4_510), group(10_000, 500)).verdict, Verdict::NoDifference);
    }

    /// Arms without an effect are called one in about one case of a thousand while data is scarce, however often
    /// somebody looks: of forty looks at each of two hundred shops.
    #[test]
    fn who_looks_every_day_is_not_fooled() {
        let mut state = 7_u64;
        let mut chance = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut fooled = 0;
        for _ in 0..200 {
            let (mut advised, mut held) = (group(0, 0), group(0, 0));
            let seen = (0..40).any(|_| {
                for arm in [&mut advised, &mut held] {
                    arm.customers += 10;
                    arm.bought += (0..10).filter(|_| chance() < 0.1).count() as u64;
                }
                matches!(lift(advised, held), Lift { verdict: Verdict::More | Verdict::Less, confidence, .. } if confidence > 0.99)
            });
            fooled += usize::from(seen);
        }
        assert!(fooled <= 6, "{fooled} of 200");
    }
}
