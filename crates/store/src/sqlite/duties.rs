//! The duty table: the latest change of each topic.

use domain::{Duty, DutyChange, DutyTable, Timestamp};
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::values::{micros, moment, named};
use crate::Result;

/// A row that shall be.
pub(super) struct Row {
    pub(super) topic: String,
    pub(super) to: Option<Duty>,
    pub(super) why: String,
    pub(super) by: String,
    pub(super) now: Timestamp,
}

#[derive(FromRow)]
struct ChangeRecord {
    version: i64,
    topic: String,
    was: Option<String>,
    becomes: Option<String>,
    why: String,
    author: String,
    at: i64,
}

fn duty(name: Option<String>) -> Result<Option<Duty>> {
    name.map(|name| named("duty", &name, Duty::from_name)).transpose()
}

pub(super) async fn table(readers: &SqlitePool) -> Result<DutyTable> {
    let found: Vec<(String, Option<String>, i64)> = sqlx::query_as(
        "select topic, becomes, version from duty_changes d
         where version = (select max(version) from duty_changes where topic = d.topic)",
    )
    .fetch_all(readers)
    .await?;
    let mut table = DutyTable::default();
    for (topic, becomes, version) in found {
        table.version = table.version.max(version);
        if let Some(duty) = duty(becomes)? {
            table.rows.insert(topic, duty);
        }
    }
    Ok(table)
}

pub(super) async fn set(db: &mut SqliteConnection, row: &Row) -> Result<Option<i64>> {
    let last: Option<(Option<String>,)> =
        sqlx::query_as("select becomes from duty_changes where topic = $1 order by version desc limit 1")
            .bind(&row.topic)
            .fetch_optional(&mut *db)
            .await?;
    let was = duty(last.and_then(|(becomes,)| becomes))?;
    if was == row.to {
        return Ok(None);
    }
    let version = sqlx::query_scalar(
        "insert into duty_changes (version, topic, was, becomes, why, author, at)
         values ((select coalesce(max(version), 0) + 1 from duty_changes), $1, $2, $3, $4, $5, $6)
         returning version",
    )
    .bind(&row.topic)
    .bind(was.map(Duty::name))
    .bind(row.to.map(Duty::name))
    .bind(&row.why)
    .bind(&row.by)
    .bind(micros(row.now))
    .fetch_one(db)
    .await?;
    Ok(Some(version))
}

pub(super) async fn changes(
    readers: &SqlitePool,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<DutyChange>> {
    let found: Vec<ChangeRecord> =
        sqlx::query_as("select * from duty_changes where version < $1 order by version desc limit $2")
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit))
            .fetch_all(readers)
            .await?;
    let read = |record: ChangeRecord| {
        Ok(DutyChange {
            version: record.version,
            topic: record.topic,
            from: duty(record.was)?,
            to: duty(record.becomes)?,
            why: record.why,
            by: record.author,
            at: moment(record.at)?,
        })
    };
    found.into_iter().map(read).collect()
}
