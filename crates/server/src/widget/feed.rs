//! What a visitor's widget is to be shown, in order, without gaps and without repeats, on every road.
//!
//! The live events are a hint, the log is the truth: where an event does not follow the last one
//! shown, or some were missed, the log is read from the cursor on.

use std::{collections::VecDeque, sync::Arc};

use reception::{Cursor, Event, StoreError, VisitorView};
use tokio::sync::broadcast::{Receiver, error::RecvError};

pub(crate) struct Feed {
    visitor: VisitorView,
    live: Receiver<Arc<Event>>,
    cursor: Option<Cursor>,
    ready: VecDeque<Arc<Event>>,
}

impl Feed {
    /// Watches from now on and loads what was missed since the cursor.
    pub(crate) async fn open(visitor: VisitorView, cursor: Option<Cursor>) -> Result<Self, StoreError> {
        // Watch first, read second: what is said in between is seen twice and shown once.
        let live = visitor.watch();
        let mut feed = Self { visitor, live, cursor, ready: VecDeque::new() };
        feed.read_log().await?;
        Ok(feed)
    }

    /// What is there already, without waiting.
    pub(crate) fn take_ready(&mut self) -> VecDeque<Arc<Event>> {
        std::mem::take(&mut self.ready)
    }

    /// The next event. Waits for one. Dropping the wait loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Arc<Event>, StoreError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(event);
            }
            match self.live.recv().await {
                Ok(event) => self.arrange(event).await?,
                Err(RecvError::Lagged(_)) => self.read_log().await?,
                // The hub forgot the thread while nobody else watched; watch again.
                Err(RecvError::Closed) => {
                    self.live = self.visitor.watch();
                    self.read_log().await?;
                }
            }
        }
    }

    async fn arrange(&mut self, event: Arc<Event>) -> Result<(), StoreError> {
        let Event::Message(said) = &*event else {
            self.ready.push_back(event);
            return Ok(());
        };
        let place = |cursor: &Cursor| (cursor.conversation == said.conversation).then_some(cursor.seq);
        match self.cursor.as_ref().map(place) {
            Some(Some(shown)) if said.seq <= shown => Ok(()),
            Some(Some(shown)) if said.seq == shown + 1 => {
                self.show(event);
                Ok(())
            }
            None if said.seq == 1 => {
                self.show(event);
                Ok(())
            }
            _ => self.read_log().await,
        }
    }

    async fn read_log(&mut self) -> Result<(), StoreError> {
        for event in self.visitor.missed(self.cursor.as_ref()).await? {
            self.show(Arc::new(event));
        }
        Ok(())
    }

    fn show(&mut self, event: Arc<Event>) {
        if let Event::Message(said) = &*event {
            self.cursor = Some(Cursor { conversation: said.conversation.clone(), seq: said.seq });
        }
        self.ready.push_back(event);
    }
}
