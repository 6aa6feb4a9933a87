//! Whoever asks is no task: the work is done on the runtime, and they wait for it on their own thread.

use std::{future::Future, sync::mpsc, time::Duration};

use tokio::runtime::Handle;

/// What the work gave, or `None` if that took longer than `most`.
pub(super) fn wait_for<T: Send + 'static>(
    runtime: &Handle,
    most: Duration,
    work: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let (tell, told) = mpsc::sync_channel(1);
    runtime.spawn(async move {
        let _ = tell.send(work.await);
    });
    told.recv_timeout(most).ok()
}
