//! Waiting for something to become true.

use std::time::Duration;

use tokio::time::Instant;

/// The longest wait for anything. A test that needs it has failed.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Asks until there is an answer.
///
/// # Panics
/// After [`DEADLINE`], naming what was awaited.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
