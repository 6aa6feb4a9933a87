//! A place among the turns that are worked on at the same time. Who waits for a model gives it up meanwhile.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A place, held or given up.
pub(crate) struct Slot {
    turns: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
}

impl Slot {
    /// Waits for a place.
    pub(crate) async fn take(turns: &Arc<Semaphore>) -> Self {
        let mut slot = Self { turns: Arc::clone(turns), held: None };
        slot.retake().await;
        slot
    }

    /// Somebody else may have it.
    pub(crate) fn give_up(&mut self) {
        self.held = None;
    }

    /// Waits for one again, unless it is still held.
    pub(crate) async fn retake(&mut self) {
        if self.held.is_none() {
            // The semaphore is never closed.
            self.held = Arc::clone(&self.turns).acquire_owned().await.ok();
        }
    }
}
