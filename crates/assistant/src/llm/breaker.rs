//! A server that fails again and again is left alone for a while, then tried with one question.

use domain::Timestamp;
use jiff::SignedDuration;

/// So many failures in a row open it.
const FAILURES: u32 = 3;
/// So long is it left alone at first, in seconds; twice as long each time, up to the longest.
const FIRST_REST: i64 = 15;
const LONGEST_REST: i64 = 300;
/// A trial that is not heard of again is over after so many seconds.
const TRIAL: i64 = 60;

/// How a server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is asked.
    Closed,
    /// It is left alone until then.
    Open(Timestamp),
    /// One question tries whether it works again.
    Trying,
}

impl Standing {
    /// A stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open(_) => "open",
            Self::Trying => "half_open",
        }
    }
}

/// Remembers how a server did. Time is an argument.
#[derive(Debug, Clone, Default)]
pub struct Breaker {
    failures: u32,
    rests: u32,
    until: Option<Timestamp>,
    tried: Option<Timestamp>,
}

impl Breaker {
    /// Whether it may be asked now; after a rest, one at a time.
    pub fn allows(&mut self, now: Timestamp) -> bool {
        match self.standing(now) {
            Standing::Closed => true,
            Standing::Open(_) => false,
            Standing::Trying => {
                let free = self.tried.is_none_or(|since| later(since, TRIAL) <= now);
                if free {
                    self.tried = Some(now);
                }
                free
            }
        }
    }

    /// How it stands.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.until {
            None => Standing::Closed,
            Some(until) if now < until => Standing::Open(until),
            Some(_) => Standing::Trying,
        }
    }

    /// It answered.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// It failed; `for_good` if asking again cannot help, `asked` for how long it wants to be left alone, in seconds.
    pub fn failed(&mut self, now: Timestamp, for_good: bool, asked: Option<i64>) {
        self.failures = self.failures.saturating_add(1);
        let was_trying = self.tried.take().is_some();
        if for_good || was_trying || asked.is_some() || self.failures >= FAILURES {
            let grown = FIRST_REST.saturating_mul(1 << self.rests.min(5)).min(LONGEST_REST);
            let rest = asked.unwrap_or_default().clamp(grown, LONGEST_REST);
            self.rests = self.rests.saturating_add(1);
            self.until = Some(later(now, rest));
        }
    }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000 + second).unwrap()
    }

    #[test]
    fn after_three_failures_it_rests_and_then_one_question_tries() {
        let mut breaker = Breaker::default();
        for second in 0..2 {
            breaker.failed(at(second), false, None);
            assert!(breaker.allows(at(second)), "two failures may be chance");
        }
        breaker.failed(at(2), false, None);
        assert!(!breaker.allows(at(3)));
        assert_eq!(breaker.standing(at(16)), Standing::Open(at(17)));
        assert!(breaker.allows(at(17)), "one tries");
        assert!(!breaker.allows(at(17)), "the others wait for what comes of it");
        breaker.failed(at(18), false, None);
        assert_eq!(breaker.standing(at(19)), Standing::Open(at(48)), "twice as long");
        assert!(breaker.allows(at(48)));
        breaker.succeeded();
        assert!(breaker.allows(at(49)) && breaker.allows(at(49)));
    }

    #[test]
    fn a_refusal_or_a_wish_to_be_left_alone_counts_at_once() {
        let mut refused = Breaker::default();
        refused.failed(at(0), true, None);
        assert!(!refused.allows(at(1)));
        let mut busy = Breaker::default();
        busy.failed(at(0), false, Some(60));
        assert_eq!(busy.standing(at(1)), Standing::Open(at(60)));
        let mut endless = Breaker::default();
        endless.failed(at(0), false, Some(i64::MAX));
        assert_eq!(endless.standing(at(1)), Standing::Open(at(LONGEST_REST)));
    }

    #[test]
    fn a_trial_that_is_never_heard_of_again_blocks_nobody() {
        let mut breaker = Breaker::default();
        breaker.failed(at(0), true, None);
        assert!(breaker.allows(at(20)));
        assert!(!breaker.allows(at(21)));
        assert!(breaker.allows(at(20 + TRIAL)));
    }
}
