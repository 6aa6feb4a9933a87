//! [`Pictures`] on SQLite.

use std::collections::HashSet;

use async_trait::async_trait;
use domain::{Picture, Timestamp, picture::names_in};
use sqlx::SqliteConnection;

use super::{Sqlite, values::micros};
use crate::{Pictures, Result};

/// Everything that shows a picture, or once did; an entry stands among its changes.
const SHOWN: &str = "select body from knowledge_changes where body like '%](/pictures/%'
    union all select body from drafts where body like '%](/pictures/%'";

#[async_trait]
impl Pictures for Sqlite {
    async fn put_pictures(&self, pictures: Vec<Picture>, now: Timestamp) -> Result<()> {
        self.write((pictures, now), |db, kept| Box::pin(put(db, kept))).await
    }

    async fn picture(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let sql = sqlx::query_scalar("select bytes from pictures where name = $1").bind(name);
        Ok(sql.fetch_optional(&self.readers).await?)
    }

    async fn sweep_pictures(&self, before: Timestamp) -> Result<u64> {
        let before = micros(before);
        let old: Vec<String> = sqlx::query_scalar("select name from pictures where kept_at < $1")
            .bind(before)
            .fetch_all(&self.readers)
            .await?;
        if old.is_empty() {
            return Ok(0);
        }
        // A long read, therefore not the writer's.
        let bodies: Vec<String> = sqlx::query_scalar(SHOWN).fetch_all(&self.readers).await?;
        let shown: HashSet<&str> = bodies.iter().flat_map(|body| names_in(body)).collect();
        let gone: Vec<String> = old.into_iter().filter(|name| !shown.contains(name.as_str())).collect();
        self.write((gone, before), |db, gone| Box::pin(sweep(db, gone))).await
    }
}

async fn put(db: &mut SqliteConnection, (pictures, now): &(Vec<Picture>, Timestamp)) -> Result<()> {
    for picture in pictures {
        sqlx::query(
            "insert into pictures (name, bytes, kept_at) values ($1, $2, $3)
             on conflict (name) do update set kept_at = excluded.kept_at",
        )
        .bind(picture.name.as_str())
        .bind(picture.bytes.as_slice())
        .bind(micros(*now))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Not what was kept once more meanwhile: an import is about to show it.
async fn sweep(db: &mut SqliteConnection, (names, before): &(Vec<String>, i64)) -> Result<u64> {
    let mut gone = 0;
    for name in names {
        let sql = sqlx::query("delete from pictures where name = $1 and kept_at < $2");
        gone += sql.bind(name.as_str()).bind(*before).execute(&mut *db).await?.rows_affected();
    }
    Ok(gone)
}
