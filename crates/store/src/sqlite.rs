//! SQLite: one writer that commits in groups, several readers.
//!
//! The file is in WAL mode, so readers see the last commit and never wait for the writer. Writes of
//! all callers pass through one queue into one connection; nothing else in this process writes.

mod calls;
mod change;
mod conversations;
mod customer_files;
mod deliveries;
mod drafts;
mod duties;
mod examples;
mod failure;
mod forgetting;
mod goods;
mod group;
mod inbox;
mod intake;
mod jobs;
mod knowledge;
mod learn;
mod lessons;
mod lists;
mod opinions;
mod past;
mod pictures;
mod profiles;
mod publishing;
mod quality;
mod questions;
mod release;
mod rows;
mod senders;
mod service;
mod sources;
mod spending;
mod staff;
mod thread;
mod upkeep;
mod value;
mod values;
mod vectors;
mod work;
mod writer;

use std::{path::Path, time::Duration};

use sqlx::{
    ConnectOptions, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{mpsc, oneshot};

use self::{
    inbox::Arrival,
    writer::{Act, Operation, Order, Reply},
};
use crate::{Received, Result, StoreError};

const READERS: u32 = 4;
/// How long another process may hold the file before we say that it is locked.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements that the writer keeps prepared: groups of every usual size have their own.
const STATEMENTS: usize = 256;
/// Pages in the log before they are moved into the file: 16 MiB.
const CHECKPOINT: &str = "4000";
/// What the log is cut to when it has been larger, in bytes.
const LOG_LIMIT: &str = "67108864";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// What "written" means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Durability {
    /// Flushed to disk before it is acknowledged: survives a power cut.
    #[default]
    Full,
    /// Survives the death of the process; a power cut may take the last moments. Faster.
    Normal,
}

/// A store in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    orders: mpsc::Sender<Order>,
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens the file, makes it if it is not there, and brings it up to date. A file that a newer
    /// version of the program wrote is refused and left as it is.
    pub async fn open(path: &Path, durability: Durability) -> Result<Self> {
        let mut db = connect(path, durability).await.map_err(|error| cannot_open(path, error))?;
        MIGRATIONS.run(&mut db).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(options(path).read_only(true));
        let (orders, queue) = mpsc::channel(writer::QUEUE);
        tokio::spawn(writer::run(db, queue));
        Ok(Self { orders, readers })
    }

    /// Runs a pragma where the writing is done, to make a disk full or a lock impatient. For tests.
    #[doc(hidden)]
    pub async fn pragma(&self, statement: &'static str) -> Result<()> {
        self.write(statement, |db, statement| {
            Box::pin(async {
                sqlx::query(*statement).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    /// Has something done by the writer and returns when it is on disk.
    async fn write<A, T>(&self, args: A, act: Act<A, T>) -> Result<T>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = Reply::new();
        self.order(Order::Call(Box::new(Operation { args, act, reply }))).await?;
        wait(answer).await
    }

    async fn accept(&self, arrival: Arrival) -> Result<Received> {
        let (reply, answer) = Reply::new();
        self.order(Order::Receive(Box::new((arrival, reply)))).await?;
        wait(answer).await
    }

    async fn order(&self, order: Order) -> Result<()> {
        self.orders.send(order).await.map_err(|_| StoreError::Closed)
    }
}

async fn wait<T>(answer: oneshot::Receiver<Result<T>>) -> Result<T> {
    answer.await.map_err(|_| StoreError::Closed)?
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("mmap_size", "0")
        .disable_statement_logging()
}

async fn connect(path: &Path, durability: Durability) -> sqlx::Result<SqliteConnection> {
    let synchronous = match durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Normal => SqliteSynchronous::Normal,
    };
    options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .statement_cache_capacity(STATEMENTS)
        .row_buffer_size(writer::GROUP + 1)
        .pragma("cache_size", "-16000")
        .pragma("wal_autocheckpoint", CHECKPOINT)
        .pragma("journal_size_limit", LOG_LIMIT)
        .connect()
        .await
}

fn cannot_open(path: &Path, error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Database(reason) => StoreError::Open { path: path.to_owned(), reason },
        known => known,
    }
}
