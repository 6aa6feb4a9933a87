//! [`Upkeep`] on SQLite: backups, checks, closing.

use std::path::Path;

use async_trait::async_trait;
use domain::{Conversation, ConversationId};
use sqlx::SqliteConnection;
use tokio::{fs, sync::oneshot};

use super::{Sqlite, rows::ConversationRecord, writer::Order};
use crate::{Result, StoreError, Upkeep};

/// What must hold beside SQLite's own rules: words, and a query that finds what breaks it.
const LAWS: [(&str, &str); 4] = [
    (
        "the messages of this conversation have gaps",
        "select c.id from conversations c where c.last_seq <> (
           select count(*) from messages m where m.conversation = c.id)
         or c.last_seq <> (
           select coalesce(max(m.seq), 0) from messages m where m.conversation = c.id)
         limit 100",
    ),
    (
        "this sender has more than one open conversation",
        "select channel || ':' || sender from conversations where stage <> 'closed'
         group by channel, sender having count(*) > 1 limit 100",
    ),
    (
        "the inbox knows this message, but it is not there",
        "select i.message from inbox i left join messages m on m.id = i.message
         where m.id is null limit 100",
    ),
    (
        "this queued message has no job that delivers it",
        "select d.message from deliveries d
         left join jobs j on j.kind = 'deliver' and j.key = d.message
         where d.state = 'queued' and j.key is null limit 100",
    ),
];

#[async_trait]
impl Upkeep for Sqlite {
    async fn ready(&self) -> Result<()> {
        sqlx::query("select value from counters where name = 'pulse'").execute(&self.readers).await?;
        self.write((), |db, ()| Box::pin(pulse(db))).await
    }

    async fn backup(&self, to: &Path) -> Result<()> {
        let cannot = |reason: String| StoreError::Open { path: to.to_owned(), reason };
        if fs::try_exists(to).await.map_err(|error| cannot(error.to_string()))? {
            return Err(cannot("it exists already, and a backup never overwrites".to_owned()));
        }
        let mut half = to.as_os_str().to_owned();
        half.push(".part");
        let half = Path::new(&half);
        // What an earlier backup left when it was cut short.
        let _ = fs::remove_file(half).await;
        let copied = self.copy_into(half).await;
        let named = match copied {
            Ok(()) => name_for_good(half, to).await.map_err(|error| cannot(error.to_string())),
            Err(error) => Err(error),
        };
        if named.is_err() {
            let _ = fs::remove_file(half).await;
        }
        named
    }

    async fn check(&self) -> Result<Vec<String>> {
        let mut found: Vec<String> =
            sqlx::query_scalar("pragma integrity_check").fetch_all(&self.readers).await?;
        found.retain(|line| line != "ok");
        let dangling: Vec<(String, Option<i64>, String, i64)> =
            sqlx::query_as("pragma foreign_key_check").fetch_all(&self.readers).await?;
        found.extend(dangling.into_iter().map(|(table, row, parent, _)| {
            format!("row {} of {table} names a row of {parent} that is not there", row.unwrap_or_default())
        }));
        for (law, broken) in LAWS {
            let names: Vec<String> = sqlx::query_scalar(broken).fetch_all(&self.readers).await?;
            found.extend(names.into_iter().map(|name| format!("{law}: {name}")));
        }
        Ok(found)
    }

    async fn conversations_after(
        &self,
        after: Option<&ConversationId>,
        limit: u32,
    ) -> Result<Vec<Conversation>> {
        let found: Vec<ConversationRecord> =
            sqlx::query_as("select * from conversations where id > $1 order by id limit $2")
                .bind(after.map_or("", ConversationId::as_str))
                .bind(i64::from(limit))
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(ConversationRecord::read).collect()
    }

    async fn count_violations(&self) -> Result<u64> {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from messages where author = 'assistant' and stage <> 'assistant'",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(count.unsigned_abs())
    }

    async fn close(&self) {
        let (done, closed) = oneshot::channel();
        // The readers go first: the last connection to close folds the log into the file.
        self.readers.close().await;
        if self.order(Order::Close(done)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

impl Sqlite {
    async fn copy_into(&self, file: &Path) -> Result<()> {
        let name = file.to_str().ok_or_else(|| StoreError::Open {
            path: file.to_owned(),
            reason: "the path is not UTF-8".to_owned(),
        })?;
        sqlx::query("vacuum into $1").bind(name).execute(&self.readers).await?;
        Ok(())
    }
}

async fn pulse(db: &mut SqliteConnection) -> Result<()> {
    sqlx::query("update counters set value = value + 1 where name = 'pulse'").execute(db).await?;
    Ok(())
}

/// A backup is there, whole and on disk, or it is not there.
async fn name_for_good(half: &Path, to: &Path) -> std::io::Result<()> {
    fs::File::open(half).await?.sync_all().await?;
    fs::rename(half, to).await?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder).await?.sync_all().await
}
