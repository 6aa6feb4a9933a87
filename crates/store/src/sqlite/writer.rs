//! The one task that writes. It takes what has gathered in its queue, does it in one transaction and
//! acknowledges after the commit: while one group is being flushed to disk, the next one gathers.
//!
//! Nothing waits on purpose. If an operation of a group fails, the group is rolled back and each of
//! its operations is done again alone, so a bad one harms nobody else; that is why an operation can be
//! run any number of times and keeps its answer to itself until the commit.

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::inbox::{self, Arrival};
use crate::{Received, Result, StoreError};

/// Operations in one transaction, at most.
pub(super) const GROUP: usize = 256;
/// Operations that wait, at most; beyond, those who ask wait to be let in.
pub(super) const QUEUE: usize = 1024;

/// A future with its type forgotten.
pub(super) type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// What an operation does; run again, it does the same again.
pub(super) type Act<A, T> = for<'c> fn(&'c mut SqliteConnection, &'c A) -> Boxed<'c, Result<T>>;

/// Something to be done by the writer.
pub(super) enum Order {
    /// A customer's message: those of a group are written together.
    Receive(Box<(Arrival, Reply<Received>)>),
    /// Anything else.
    Call(Box<dyn Call>),
    /// Finish what waits and close.
    Close(oneshot::Sender<()>),
}

/// Carries an answer back after the commit.
pub(super) struct Reply<T> {
    to: oneshot::Sender<Result<T>>,
    answer: Option<T>,
}

impl<T> Reply<T> {
    pub(super) fn new() -> (Self, oneshot::Receiver<Result<T>>) {
        let (to, from) = oneshot::channel();
        (Self { to, answer: None }, from)
    }

    fn send(self, outcome: Result<()>) {
        let answer = outcome.and_then(|()| self.answer.ok_or(StoreError::Closed));
        // Who asked may have gone away meanwhile; what was written stands.
        let _ = self.to.send(answer);
    }
}

/// An operation whose types are forgotten.
pub(super) trait Call: Send {
    /// Does it and keeps the answer.
    fn run<'c>(&'c mut self, db: &'c mut SqliteConnection) -> Boxed<'c, Result<()>>;
    /// Tells who asked how it ended.
    fn settle(self: Box<Self>, outcome: Result<()>);
}

/// An operation with its arguments.
pub(super) struct Operation<A, T> {
    pub(super) args: A,
    pub(super) act: Act<A, T>,
    pub(super) reply: Reply<T>,
}

impl<A: Send + Sync, T: Send> Call for Operation<A, T> {
    fn run<'c>(&'c mut self, db: &'c mut SqliteConnection) -> Boxed<'c, Result<()>> {
        Box::pin(async move {
            self.reply.answer = Some((self.act)(db, &self.args).await?);
            Ok(())
        })
    }

    fn settle(self: Box<Self>, outcome: Result<()>) {
        self.reply.send(outcome);
    }
}

/// Writes until the last sender is gone or somebody closes.
pub(super) async fn run(mut db: SqliteConnection, mut orders: mpsc::Receiver<Order>) {
    let mut gathered = Vec::with_capacity(GROUP);
    let mut waiting_for_end = Vec::new();
    while orders.recv_many(&mut gathered, GROUP).await > 0 {
        let mut group = Group::default();
        for order in gathered.drain(..) {
            match order {
                Order::Receive(message) => {
                    let (arrival, reply) = *message;
                    group.arrivals.push(arrival);
                    group.replies.push(reply);
                }
                Order::Call(call) => group.calls.push(call),
                Order::Close(done) => {
                    orders.close();
                    waiting_for_end.push(done);
                }
            }
        }
        group.commit(&mut db).await;
    }
    if let Err(error) = db.close().await {
        tracing::warn!(%error, "the database did not close cleanly; the next start repairs it");
    }
    for done in waiting_for_end {
        let _ = done.send(());
    }
}

/// What is committed together. Messages come first: those who called at the same time have no order.
#[derive(Default)]
struct Group {
    arrivals: Vec<Arrival>,
    replies: Vec<Reply<Received>>,
    calls: Vec<Box<dyn Call>>,
}

/// Where a group failed.
enum Failed {
    /// Before any operation: the same will happen to each of them.
    AtOnce(StoreError),
    /// In an operation or at the commit.
    Midway(StoreError),
}

impl Group {
    async fn commit(mut self, db: &mut SqliteConnection) {
        let size = self.arrivals.len() + self.calls.len();
        if size == 0 {
            return;
        }
        match self.attempt(db).await {
            Ok(()) => self.settle(&Ok(())),
            Err(Failed::Midway(_)) if size > 1 => self.one_by_one(db).await,
            Err(Failed::AtOnce(error) | Failed::Midway(error)) => self.settle(&Err(error)),
        }
    }

    async fn attempt(&mut self, db: &mut SqliteConnection) -> std::result::Result<(), Failed> {
        begin(db).await.map_err(Failed::AtOnce)?;
        let done = match self.act(db).await {
            Ok(()) => execute(db, "commit").await,
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            // Some failures have rolled back already; then there is nothing to roll back.
            let _ = execute(db, "rollback").await;
            return Err(Failed::Midway(error));
        }
        Ok(())
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

    async fn one_by_one(self, db: &mut SqliteConnection) {
        for (arrival, reply) in self.arrivals.into_iter().zip(self.replies) {
            let alone = Self { arrivals: vec![arrival], replies: vec![reply], calls: Vec::new() };
            Box::pin(alone.commit(db)).await;
        }
        for call in self.calls {
            let alone = Self { calls: vec![call], ..Self::default() };
            Box::pin(alone.commit(db)).await;
        }
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

async fn execute(db: &mut SqliteConnection, statement: &'static str) -> Result<()> {
    sqlx::query(statement).execute(db).await?;
    Ok(())
}
