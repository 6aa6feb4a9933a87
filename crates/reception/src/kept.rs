//! What was learnt, kept between runs. All of it can be learnt again: keeping it only saves the time.

use thread_priority::{ThreadPriority, set_current_thread_priority};
use tokio::sync::oneshot;

/// Well below the usual, in hundredths, and yet no beggar: who learns must let go of what others wait for, also on a
/// machine that is busy for long.
const LEISURE: u8 = 23;

/// A place for what was learnt.
pub trait Keep: Send + Sync {
    /// What was last kept under this name, if it is still there.
    fn recall(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps it in place of what was kept under this name. Where that fails, it is learnt again after the next start.
    fn keep(&self, name: &str, bytes: &[u8]) -> std::io::Result<()>;
}

/// For desks that live too short to be started again.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeepNothing;

impl Keep for KeepNothing {
    fn recall(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep(&self, _name: &str, _bytes: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

/// Does work that takes seconds on a thread that goes last: customers who are being served do not feel it.
/// `None` if it broke off.
pub(crate) async fn at_leisure<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, awaited) = oneshot::channel();
    let spawned = std::thread::Builder::new().name("learning".to_owned()).spawn(move || {
        // Threads that this one starts go last, too.
        let lowered = LEISURE
            .try_into()
            .map(ThreadPriority::Crossplatform)
            .map(|priority| set_current_thread_priority(priority).map_err(|error| format!("{error:?}")));
        if !matches!(lowered, Ok(Ok(()))) {
            tracing::debug!(?lowered, "learning goes on at the usual priority");
        }
        let _ = done.send(work());
    });
    spawned.ok()?;
    awaited.await.ok()
}
