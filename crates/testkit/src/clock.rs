//! A clock that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::{Clock, Timestamp};

/// Where every clock starts: 2026-11-23 09:00 UTC.
pub const MORNING: i64 = 1_795_424_400;

/// Time in a test.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(MORNING))
    }
}

impl TestClock {
    /// Moves on (or back) by seconds.
    pub fn step(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a test stays within the calendar")
    }
}
