//! A model that failed is left alone for a while, longer each time.

use std::time::Duration;

use tokio::time::Instant;

use crate::encode::{EncodeError, pause};

/// How often it failed in a row, and until when it is left alone.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    failures: u32,
    until: Option<Instant>,
}

impl Patience {
    /// Whether it may be asked again.
    pub(super) fn is_over(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() >= until)
    }

    /// It failed once more; how long it is left alone.
    pub(super) fn grows(&mut self, error: &EncodeError, chance: u128) -> Duration {
        self.failures += 1;
        let wait = pause(error, self.failures, chance);
        self.until = Some(Instant::now() + wait);
        wait
    }
}
