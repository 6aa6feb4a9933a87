//! How many messages a second are accepted, against a bare loop that only inserts one row a message.
//!
//! Both are fed by 64 senders who wait for their acknowledgement before they write again, both commit
//! what has gathered as one group and flush it to disk, and both run in turn in the same process.
//! Prints one line of JSON: `cargo run --release -p store --example accept [messages a round]`.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::{ChannelId, Inbound, Lang, Timestamp};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use store::{Durability, Lease, Sqlite, prelude::*};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

const SENDERS: usize = 64;
const ROUNDS: usize = 11;
const GROUP: usize = 256;
const WORDS: &str = "你好，我上周买的那双鞋子尺码不合适，想换大一号，请问怎么操作？运费由谁承担呢？谢谢！";

type Error = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let each = std::env::args().nth(1).map_or(Ok(6_400), |n| n.parse::<usize>())? / SENDERS;
    let folder = tempfile::tempdir_in(std::env::current_dir()?)?;
    let (mut ours, mut bare, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let inserted = rate(each, insert_only(&folder.path().join(format!("bare-{round}.db")), each).await?);
        let accepted = rate(each, accept(&folder.path().join(format!("ours-{round}.db")), each).await?);
        // Each round is its own comparison: what else the machine does, it does to both.
        ratios.push(accepted / inserted);
        ours.push(accepted);
        bare.push(inserted);
    }
    println!(
        r#"{{"accepted_per_s":{:.0},"bare_per_s":{:.0},"ratio":{:.3},"senders":{SENDERS},"rounds":{ROUNDS},"messages_a_round":{}}}"#,
        median(ours),
        median(bare),
        median(ratios),
        each * SENDERS
    );
    Ok(())
}

fn rate(each: usize, took: Duration) -> f64 {
    (each * SENDERS) as f64 / took.as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// The store as the server uses it.
async fn accept(file: &Path, each: usize) -> Result<Duration, Error> {
    let store = std::sync::Arc::new(Sqlite::open(file, Durability::Full).await?);
    let now: Timestamp = "2026-07-01T08:00:00Z".parse()?;
    let lease = Lease { until: "2026-07-01T09:00:00Z".parse()? };
    let start = Instant::now();
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let store = store.clone();
        senders.spawn(async move {
            for n in 0..each {
                let inbound = Inbound {
                    channel: ChannelId("shop".to_owned()),
                    sender: format!("visitor-{sender:08}"),
                    external_id: name(sender, n),
                    text: WORDS.to_owned(),
                    name: None,
                    lang: Lang::Zh,
                    attributes: domain::Attributes::default(),
                };
                let id = name(sender, n);
                let fresh = (id.clone().into(), id.clone().into(), id.into());
                let received = store.receive(inbound, fresh, now, Some(lease)).await?;
                assert_eq!(received.message.seq, i64::try_from(n)? + 1);
            }
            Ok::<_, Error>(())
        });
    }
    finish(senders).await?;
    let took = start.elapsed();
    store.close().await;
    Ok(took)
}

struct Row {
    id: String,
    sender: String,
    seq: i64,
    done: oneshot::Sender<()>,
}

/// One insert a message into one table with a key and an index, grouped and flushed the same way.
async fn insert_only(file: &Path, each: usize) -> Result<Duration, Error> {
    let mut db = connect(file).await?;
    let schema = "create table bare (id text primary key, sender text not null, seq bigint not null,
                    at bigint not null, body text not null);
                  create unique index bare_place on bare (sender, seq)";
    sqlx::raw_sql(schema).execute(&mut db).await?;
    let (rows, queue) = mpsc::channel(1024);
    let writer = tokio::spawn(write(db, queue));
    let start = Instant::now();
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let rows = rows.clone();
        senders.spawn(async move {
            for n in 0..each {
                let (done, written) = oneshot::channel();
                let seq = i64::try_from(n)?;
                rows.send(Row { id: name(sender, n), sender: format!("visitor-{sender:08}"), seq, done })
                    .await?;
                written.await?;
            }
            Ok::<_, Error>(())
        });
    }
    finish(senders).await?;
    let took = start.elapsed();
    drop(rows);
    writer.await??;
    Ok(took)
}

async fn write(mut db: SqliteConnection, mut queue: mpsc::Receiver<Row>) -> sqlx::Result<()> {
    let mut group = Vec::with_capacity(GROUP);
    while gather(&mut queue, &mut group).await {
        sqlx::query("begin immediate").execute(&mut db).await?;
        for row in &group {
            sqlx::query("insert into bare (id, sender, seq, at, body) values ($1, $2, $3, $4, $5)")
                .bind(&row.id)
                .bind(&row.sender)
                .bind(row.seq)
                .bind(1_782_892_800_000_000_i64)
                .bind(WORDS)
                .execute(&mut db)
                .await?;
        }
        sqlx::query("commit").execute(&mut db).await?;
        for row in group.drain(..) {
            let _ = row.done.send(());
        }
    }
    db.close().await
}

/// Gathers a group the way the store does.
async fn gather(queue: &mut mpsc::Receiver<Row>, group: &mut Vec<Row>) -> bool {
    let mut known = 0;
    queue.recv_many(group, GROUP).await;
    while group.len() > known && group.len() < GROUP {
        known = group.len();
        tokio::task::yield_now().await;
        while group.len() < GROUP
            && let Ok(row) = queue.try_recv()
        {
            group.push(row);
        }
    }
    !group.is_empty()
}

async fn connect(file: &Path) -> sqlx::Result<SqliteConnection> {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-16000")
        .pragma("wal_autocheckpoint", "4000")
        .disable_statement_logging()
        .connect()
        .await
}

async fn finish(mut senders: JoinSet<Result<(), Error>>) -> Result<(), Error> {
    while let Some(sender) = senders.join_next().await {
        sender??;
    }
    Ok(())
}

/// A name that looks like the ones the program makes.
fn name(sender: usize, n: usize) -> String {
    format!("0197b4{n:010x}{sender:016x}")
}
