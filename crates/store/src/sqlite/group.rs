//! Operations that are committed together.

use sqlx::SqliteConnection;

use super::{
    failure::is_lost_flush,
    inbox::{self, Arrival},
    writer::{Call, Reply},
};
use crate::{Received, Result, StoreError};

/// What is committed together. Messages come first: those who called at the same time have no order.
#[derive(Default)]
pub(super) struct Group {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) replies: Vec<Reply<Received>>,
    pub(super) calls: Vec<Box<dyn Call>>,
}

/// Whether the disk can still be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// As far as we know.
    Trusted,
    /// It failed to flush.
    Failed,
}

/// Where a group failed.
enum Failed {
    /// Before any operation: the same would happen to each of them.
    AtOnce(StoreError),
    /// In an operation or at the commit.
    Midway(StoreError),
    /// At the flush.
    Unflushed(StoreError),
}

impl Group {
    /// Writes all, or each alone if that fails, and tells those who asked.
    pub(super) async fn commit(mut self, db: &mut SqliteConnection) -> Disk {
        let size = self.arrivals.len() + self.calls.len();
        if size == 0 {
            return Disk::Trusted;
        }
        match self.attempt(db).await {
            Ok(()) => self.settle(&Ok(())),
            Err(Failed::Midway(_)) if size > 1 => return self.one_by_one(db).await,
            Err(Failed::AtOnce(error) | Failed::Midway(error)) => self.settle(&Err(error)),
            Err(Failed::Unflushed(error)) => {
                self.settle(&Err(error));
                return Disk::Failed;
            }
        }
        Disk::Trusted
    }

    async fn attempt(&mut self, db: &mut SqliteConnection) -> std::result::Result<(), Failed> {
        begin(db).await.map_err(Failed::AtOnce)?;
        let done = match self.act(db).await {
            Ok(()) => commit(db).await,
            Err(error) => Err(Failed::Midway(error)),
        };
        if done.is_err() {
            // Some failures have rolled back already; then there is nothing to roll back.
            let _ = execute(db, "rollback").await;
        }
        done
    }

    async fn act(&mut self, db: &mut SqliteConnection) -> Result<()> {
        if !self.arrivals.is_empty() {
            let received = inbox::receive(db, &self.arrivals).await?;
            for (reply, received) in self.replies.iter_mut().zip(received) {
                reply.answer = Some(received);
            }
        }
        for call in &mut self.calls {
            call.run(db).await?;
        }
        Ok(())
    }

    /// If the disk fails, the rest is dropped unheard, and those who asked learn that we closed.
    async fn one_by_one(self, db: &mut SqliteConnection) -> Disk {
        for (arrival, reply) in self.arrivals.into_iter().zip(self.replies) {
            let alone = Self { arrivals: vec![arrival], replies: vec![reply], calls: Vec::new() };
            if Box::pin(alone.commit(db)).await == Disk::Failed {
                return Disk::Failed;
            }
        }
        for call in self.calls {
            let alone = Self { calls: vec![call], ..Self::default() };
            if Box::pin(alone.commit(db)).await == Disk::Failed {
                return Disk::Failed;
            }
        }
        Disk::Trusted
    }

    fn settle(self, outcome: &Result<()>) {
        self.replies.into_iter().for_each(|reply| reply.send(outcome.clone()));
        self.calls.into_iter().for_each(|call| call.settle(outcome.clone()));
    }
}

async fn begin(db: &mut SqliteConnection) -> Result<()> {
    match execute(db, "begin immediate").await {
        // A rollback that failed leaves its transaction open: end it now.
        Err(StoreError::Database(_)) => {
            let _ = execute(db, "rollback").await;
            execute(db, "begin immediate").await
        }
        begun => begun,
    }
}

async fn commit(db: &mut SqliteConnection) -> std::result::Result<(), Failed> {
    match sqlx::query("commit").execute(db).await {
        Ok(_) => Ok(()),
        Err(error) if is_lost_flush(&error) => Err(Failed::Unflushed(error.into())),
        Err(error) => Err(Failed::Midway(error.into())),
    }
}

async fn execute(db: &mut SqliteConnection, statement: &'static str) -> Result<()> {
    sqlx::query(statement).execute(db).await?;
    Ok(())
}
