//! Drafts: written, moved, thrown away.

use domain::{EntryId, Timestamp};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::{
    failure::unreadable,
    values::{from_json, micros, moment, named, to_json},
};
use crate::{Draft, DraftStage, NewDraft, Page, Result};

/// Rows in one statement: far below the limit of 32,766 values.
const ROWS: usize = 500;
/// Drafts as they are read: with the version of the latest change of their entry.
pub(super) const SELECT: &str = "select d.*, coalesce(
       (select max(version) from knowledge_changes where entry = d.entry), 0) as stands from drafts d";

#[derive(FromRow)]
pub(super) struct DraftRecord {
    entry: String,
    body: Option<String>,
    base: i64,
    stands: i64,
    stage: String,
    author: String,
    agent: String,
    why: String,
    note: String,
    revision: i64,
    at: i64,
}

impl DraftRecord {
    pub(super) fn read(self) -> Result<Draft> {
        let cursor = to_json("cursor", &(self.at, &self.entry))?;
        let new = NewDraft {
            id: self.entry.into(),
            becomes: self.body.map(|body| from_json("entry", &body)).transpose()?,
            stage: named("stage", &self.stage, DraftStage::from_name)?,
            by: self.author,
            agent: (!self.agent.is_empty()).then(|| self.agent.into()),
            why: self.why,
        };
        let (base, stands, note, revision) = (self.base, self.stands, self.note, self.revision);
        Ok(Draft { new, base, stands, note, revision, at: moment(self.at)?, cursor })
    }
}

/// A number that no draft has had.
async fn next_revision(db: &mut SqliteConnection) -> Result<i64> {
    let sql = "update counters set value = value + 1 where name = 'drafts' returning value";
    Ok(sqlx::query_scalar(sql).fetch_one(db).await?)
}

pub(super) async fn put(db: &mut SqliteConnection, (drafts, now): &(Vec<NewDraft>, Timestamp)) -> Result<()> {
    let revision = next_revision(db).await?;
    for drafts in drafts.chunks(ROWS) {
        let mut bodies = Vec::with_capacity(drafts.len());
        for draft in drafts {
            bodies.push(draft.becomes.as_ref().map(|entry| to_json("entry", entry)).transpose()?);
        }
        let mut sql = QueryBuilder::<Sqlite>::new(
            "insert into drafts (entry, body, base, stage, author, agent, why, note, revision, at) ",
        );
        sql.push_values(drafts.iter().zip(bodies), |mut row, (draft, body)| {
            row.push_bind(draft.id.as_str())
                .push_bind(body)
                .push("coalesce((select max(version) from knowledge_changes where entry = ")
                .push_bind_unseparated(draft.id.as_str())
                .push_unseparated("), 0)")
                .push_bind(draft.stage.name())
                .push_bind(draft.by.as_str())
                .push_bind(draft.agent.as_ref().map_or("", |agent| agent.as_str()))
                .push_bind(draft.why.as_str())
                .push("''")
                .push_bind(revision)
                .push_bind(micros(*now));
        });
        sql.push(
            " on conflict (entry) do update set body = excluded.body, base = excluded.base,
                stage = excluded.stage, author = excluded.author, agent = excluded.agent, why = excluded.why,
                note = excluded.note, revision = excluded.revision, at = excluded.at",
        );
        sql.build().execute(&mut *db).await?;
    }
    Ok(())
}

pub(super) async fn one(db: &SqlitePool, id: &EntryId) -> Result<Option<Draft>> {
    let mut sql = QueryBuilder::<Sqlite>::new(SELECT);
    sql.push(" where d.entry = ").push_bind(id.as_str());
    let found: Option<DraftRecord> = sql.build_query_as().fetch_optional(db).await?;
    found.map(DraftRecord::read).transpose()
}

pub(super) async fn list(db: &SqlitePool, stage: Option<DraftStage>, page: &Page) -> Result<Vec<Draft>> {
    let mut sql = QueryBuilder::<Sqlite>::new(SELECT);
    sql.push(" where 1 = 1");
    if let Some(stage) = stage {
        sql.push(" and d.stage = ").push_bind(stage.name());
    }
    if let Some(cursor) = &page.after {
        let (at, entry): (i64, String) =
            serde_json::from_str(cursor).map_err(|error| unreadable("cursor", error))?;
        sql.push(" and (d.at, d.entry) > (").push_bind(at).push(", ").push_bind(entry).push(")");
    }
    sql.push(" order by d.at, d.entry limit ").push_bind(i64::from(page.limit));
    let found: Vec<DraftRecord> = sql.build_query_as().fetch_all(db).await?;
    found.into_iter().map(DraftRecord::read).collect()
}

pub(super) async fn count(db: &SqlitePool, stage: Option<DraftStage>) -> Result<u64> {
    let mut sql = QueryBuilder::<Sqlite>::new("select count(*) from drafts");
    if let Some(stage) = stage {
        sql.push(" where stage = ").push_bind(stage.name());
    }
    let count: i64 = sql.build_query_scalar().fetch_one(db).await?;
    Ok(count.unsigned_abs())
}

/// To which stage a draft in which state is moved.
pub(super) struct Move {
    pub(super) id: EntryId,
    pub(super) revision: i64,
    pub(super) stage: DraftStage,
    pub(super) note: String,
    pub(super) now: Timestamp,
}

pub(super) async fn shift(db: &mut SqliteConnection, to: &Move) -> Result<bool> {
    let next = next_revision(db).await?;
    let moved = sqlx::query(
        "update drafts set stage = $3, note = $4, revision = $5, at = $6 where entry = $1 and revision = $2",
    )
    .bind(to.id.as_str())
    .bind(to.revision)
    .bind(to.stage.name())
    .bind(to.note.as_str())
    .bind(next)
    .bind(micros(to.now))
    .execute(db)
    .await?;
    Ok(moved.rows_affected() > 0)
}

pub(super) async fn drop_one(db: &mut SqliteConnection, id: &EntryId) -> Result<bool> {
    let gone = sqlx::query("delete from drafts where entry = $1").bind(id.as_str()).execute(db).await?;
    Ok(gone.rows_affected() > 0)
}
