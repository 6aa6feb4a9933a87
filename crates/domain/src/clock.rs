//! Time and chance, passed in so that a test can freeze the one and load the other.

/// A moment, UTC, microsecond precision in the store.
pub type Timestamp = jiff::Timestamp;

/// Where the present comes from.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Where unpredictable numbers come from.
pub trait Chance: Send + Sync {
    /// 128 fresh bits. The system's implementation is fit for secrets.
    fn bits(&self) -> u128;
}

/// A clock that stands still, for tests and replays.
#[derive(Debug, Clone, Copy)]
pub struct Frozen(pub Timestamp);

impl Clock for Frozen {
    fn now(&self) -> Timestamp {
        self.0
    }
}
