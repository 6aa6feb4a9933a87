//! [`Quality`] on SQLite.

use async_trait::async_trait;
use domain::{EntryId, Timestamp};
use sqlx::{QueryBuilder, SqliteConnection};

use super::{
    Sqlite,
    failure::unreadable,
    knowledge::{narrow, row},
    value,
    values::{micros, moment, to_json},
};
use crate::{ByValue, EntryFilter, EntryRow, EntryValue, LinkCheck, Page, Quality, Result, SettledFinding};

/// Rows in one statement.
const ROWS: usize = 500;

#[async_trait]
impl Quality for Sqlite {
    async fn settled_findings(&self) -> Result<Vec<SettledFinding>> {
        let found: Vec<(String, String, String, i64)> =
            sqlx::query_as("select key, reason, settled_by, settled_at from settled_findings order by key")
                .fetch_all(&self.readers)
                .await?;
        found
            .into_iter()
            .map(|(key, reason, by, at)| Ok(SettledFinding { key, reason, by, at: moment(at)? }))
            .collect()
    }

    async fn settle_finding(&self, settled: &SettledFinding) -> Result<()> {
        self.write(settled.clone(), |db, settled| Box::pin(settle(db, settled))).await
    }

    async fn reopen_finding(&self, key: &str) -> Result<bool> {
        self.write(key.to_owned(), |db, key| {
            Box::pin(async {
                let sql = sqlx::query("delete from settled_findings where key = $1").bind(key.as_str());
                Ok(sql.execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }

    async fn link_checks(&self) -> Result<Vec<LinkCheck>> {
        let found: Vec<(String, Option<String>, i64)> =
            sqlx::query_as("select url, failure, checked_at from link_checks order by url")
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(|(url, failure, at)| Ok(LinkCheck { url, failure, at: moment(at)? })).collect()
    }

    async fn keep_link_checks(&self, checks: Vec<LinkCheck>) -> Result<()> {
        self.write(checks, |db, checks| Box::pin(keep(db, checks))).await
    }

    async fn entry_values(&self, ids: &[EntryId], now: Timestamp) -> Result<Vec<EntryValue>> {
        value::of(&self.readers, ids, now).await
    }

    async fn entries_by_value(
        &self,
        filter: &EntryFilter,
        by: ByValue,
        page: &Page,
    ) -> Result<Vec<EntryRow>> {
        let column = match by {
            ByValue::Asked => "asked",
            ByValue::Answered => "answered",
            ByValue::Helped => "helped",
            ByValue::Harmed => "harmed",
            ByValue::Used => "used_at",
        };
        // Bodies are long: only those of the page are read.
        let mut sql = QueryBuilder::new(format!(
            "select entries.title, entries.body, best.worth from entries join (
             select id, coalesce({column}, 0) as worth from entries left join entry_values on entry = id"
        ));
        narrow(&mut sql, filter);
        if let Some(cursor) = &page.after {
            let (worth, id): (i64, String) =
                serde_json::from_str(cursor).map_err(|error| unreadable("cursor", error))?;
            sql.push(format!(" and (coalesce({column}, 0) < ")).push_bind(worth);
            sql.push(format!(" or (coalesce({column}, 0) = ")).push_bind(worth);
            sql.push(" and id > ").push_bind(id).push("))");
        }
        sql.push(" order by worth desc, id limit ").push_bind(i64::from(page.limit));
        sql.push(") as best on best.id = entries.id order by best.worth desc, entries.id");
        let found: Vec<(String, String, i64)> = sql.build_query_as().fetch_all(&self.readers).await?;
        let read = |(title, body, worth): (String, String, i64)| {
            let row = row(&title, &body)?;
            Ok(EntryRow { cursor: to_json("cursor", &(worth, row.id.as_str()))?, ..row })
        };
        found.into_iter().map(read).collect()
    }
}

async fn settle(db: &mut SqliteConnection, settled: &SettledFinding) -> Result<()> {
    sqlx::query(
        "insert into settled_findings (key, reason, settled_by, settled_at) values ($1, $2, $3, $4)
         on conflict (key) do update set reason = excluded.reason, settled_by = excluded.settled_by,
           settled_at = excluded.settled_at",
    )
    .bind(settled.key.as_str())
    .bind(settled.reason.as_str())
    .bind(settled.by.as_str())
    .bind(micros(settled.at))
    .execute(db)
    .await?;
    Ok(())
}

async fn keep(db: &mut SqliteConnection, checks: &[LinkCheck]) -> Result<()> {
    sqlx::query("delete from link_checks").execute(&mut *db).await?;
    for checks in checks.chunks(ROWS) {
        let mut sql =
            QueryBuilder::<sqlx::Sqlite>::new("insert into link_checks (url, failure, checked_at) ");
        sql.push_values(checks, |mut row, check| {
            row.push_bind(check.url.as_str()).push_bind(check.failure.as_deref()).push_bind(micros(check.at));
        });
        sql.push(
            " on conflict (url) do update set failure = excluded.failure, checked_at = excluded.checked_at",
        );
        sql.build().execute(&mut *db).await?;
    }
    Ok(())
}
