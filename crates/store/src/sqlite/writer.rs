//! The one task that writes. It takes what has gathered in its queue, does it in one transaction and
//! acknowledges after the commit: while one group is being flushed to disk, the next one gathers.
//!
//! Nothing waits on purpose. If an operation of a group fails, the group is rolled back and each of
//! its operations is done again alone, so a bad one harms nobody else; that is why an operation can be
//! run any number of times and keeps its answer to itself until the commit.

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::{
    group::{Disk, Group},
    inbox::Arrival,
};
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
    pub(super) answer: Option<T>,
}

impl<T> Reply<T> {
    pub(super) fn new() -> (Self, oneshot::Receiver<Result<T>>) {
        let (to, from) = oneshot::channel();
        (Self { to, answer: None }, from)
    }

    pub(super) fn send(self, outcome: Result<()>) {
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

/// Takes what has gathered; `false` when there will be nothing more. Those whom the last commit woke
/// may be about to speak again: they get their turn as long as they do, but nobody is waited for.
async fn gather(orders: &mut mpsc::Receiver<Order>, gathered: &mut Vec<Order>) -> bool {
    let mut known = 0;
    orders.recv_many(gathered, GROUP).await;
    while gathered.len() > known && gathered.len() < GROUP {
        known = gathered.len();
        tokio::task::yield_now().await;
        while gathered.len() < GROUP
            && let Ok(order) = orders.try_recv()
        {
            gathered.push(order);
        }
    }
    !gathered.is_empty()
}

/// Writes until the last sender is gone or somebody closes. After a failed flush nobody knows what is
/// on the disk: then it ends too, so that no acknowledgement is ever wrong.
pub(super) async fn run(mut db: SqliteConnection, mut orders: mpsc::Receiver<Order>) {
    let mut gathered = Vec::with_capacity(GROUP);
    let mut waiting_for_end = Vec::new();
    while gather(&mut orders, &mut gathered).await {
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
        if group.commit(&mut db).await == Disk::Failed {
            tracing::error!("the disk failed to flush what was written: nothing more is accepted");
            break;
        }
    }
    if let Err(error) = db.close().await {
        tracing::warn!(%error, "the database did not close cleanly; the next start repairs it");
    }
    for done in waiting_for_end {
        let _ = done.send(());
    }
}
