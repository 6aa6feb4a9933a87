//! [`Sources`] on SQLite: what sources of knowledge did, and how their documents stand.

use async_trait::async_trait;
use domain::{EntryId, Said};
use sqlx::{FromRow, SqliteConnection};

use super::{
    Sqlite,
    values::{from_json, micros, moment, to_json},
};
use crate::{Document, DocumentRow, Page, Result, SourceOutcome, SourceRun, Sources};

#[async_trait]
impl Sources for Sqlite {
    async fn source_run(&self, source: &str) -> Result<Option<SourceRun>> {
        let found: Option<RunRecord> =
            sqlx::query_as("select began_at, ended_at, problem, counts from source_runs where source = $1")
                .bind(source)
                .fetch_optional(&self.readers)
                .await?;
        found.map(RunRecord::read).transpose()
    }

    async fn documents(&self, source: &str) -> Result<Vec<Document>> {
        let found: Vec<DocumentRecord> =
            sqlx::query_as("select * from source_documents where source = $1 order by address")
                .bind(source)
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(DocumentRecord::read).collect()
    }

    async fn document_rows(&self, source: &str, page: &Page) -> Result<Vec<DocumentRow>> {
        let after: i64 = page.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or_default();
        let found: Vec<RowRecord> = sqlx::query_as(
            "select address, status, detail, entries, checked_at, changed_at from source_documents
             where source = $1
             order by case when status = 'read' and detail = '' then 1 else 0 end, address limit $2 offset $3",
        )
        .bind(source)
        .bind(i64::from(page.limit))
        .bind(after.max(0))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(RowRecord::read).collect()
    }

    async fn count_documents(&self, source: &str) -> Result<Vec<(String, u64)>> {
        let found: Vec<(String, i64)> = sqlx::query_as(
            "select status, count(*) from source_documents where source = $1 group by status order by status",
        )
        .bind(source)
        .fetch_all(&self.readers)
        .await?;
        Ok(found.into_iter().map(|(status, count)| (status, count.unsigned_abs())).collect())
    }

    async fn put_source_outcome(&self, source: &str, outcome: SourceOutcome) -> Result<()> {
        self.write((source.to_owned(), outcome), |db, outcome| Box::pin(write(db, outcome))).await
    }
}

async fn write(db: &mut SqliteConnection, (source, outcome): &(String, SourceOutcome)) -> Result<()> {
    for document in &outcome.put {
        put(db, source, document).await?;
    }
    for address in &outcome.gone {
        sqlx::query("delete from source_documents where source = $1 and address = $2")
            .bind(source)
            .bind(address)
            .execute(&mut *db)
            .await?;
    }
    let run = &outcome.run;
    sqlx::query(
        "insert into source_runs (source, began_at, ended_at, problem, counts) values ($1, $2, $3, $4, $5)
         on conflict (source) do update set began_at = excluded.began_at, ended_at = excluded.ended_at,
           problem = excluded.problem, counts = excluded.counts",
    )
    .bind(source)
    .bind(micros(run.began_at))
    .bind(micros(run.ended_at))
    .bind(run.problem.as_ref().map(kept).transpose()?)
    .bind(to_json("counts", &run.counts)?)
    .execute(db)
    .await?;
    Ok(())
}

async fn put(db: &mut SqliteConnection, source: &str, document: &Document) -> Result<()> {
    let row = &document.row;
    sqlx::query(
        "insert into source_documents (source, address, status, detail, entries, base, etag, last_modified, hash,
           checked_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (source, address) do update set status = excluded.status, detail = excluded.detail,
           entries = excluded.entries, base = excluded.base, etag = excluded.etag,
           last_modified = excluded.last_modified, hash = excluded.hash, checked_at = excluded.checked_at,
           changed_at = excluded.changed_at",
    )
    .bind(source)
    .bind(&row.address)
    .bind(&row.status)
    .bind(kept(&row.detail)?)
    .bind(to_json("entries", &row.entries)?)
    .bind(to_json("base", &document.base)?)
    .bind(document.etag.as_deref())
    .bind(document.last_modified.as_deref())
    .bind(&document.hash)
    .bind(micros(row.checked_at))
    .bind(row.changed_at.map(micros))
    .execute(db)
    .await?;
    Ok(())
}

/// Both languages in a column of text; what is the same in both, as it is.
fn kept(said: &Said) -> Result<String> {
    if said.zh == said.en { Ok(said.en.clone()) } else { to_json("said", said) }
}

/// What [`kept`] wrote, or a version that knew English only.
fn told(text: String) -> Said {
    serde_json::from_str(&text).unwrap_or_else(|_| Said::verbatim(text))
}

#[derive(FromRow)]
struct RunRecord {
    began_at: i64,
    ended_at: i64,
    problem: Option<String>,
    counts: String,
}

impl RunRecord {
    fn read(self) -> Result<SourceRun> {
        Ok(SourceRun {
            began_at: moment(self.began_at)?,
            ended_at: moment(self.ended_at)?,
            problem: self.problem.map(told),
            counts: from_json("counts", &self.counts)?,
        })
    }
}

#[derive(FromRow)]
struct RowRecord {
    address: String,
    status: String,
    detail: String,
    entries: String,
    checked_at: i64,
    changed_at: Option<i64>,
}

impl RowRecord {
    fn read(self) -> Result<DocumentRow> {
        let entries: Vec<EntryId> = from_json("entries", &self.entries)?;
        Ok(DocumentRow {
            address: self.address,
            status: self.status,
            detail: told(self.detail),
            entries,
            checked_at: moment(self.checked_at)?,
            changed_at: self.changed_at.map(moment).transpose()?,
        })
    }
}

#[derive(FromRow)]
struct DocumentRecord {
    #[sqlx(flatten)]
    row: RowRecord,
    base: String,
    etag: Option<String>,
    last_modified: Option<String>,
    hash: String,
}

impl DocumentRecord {
    fn read(self) -> Result<Document> {
        Ok(Document {
            row: self.row.read()?,
            base: from_json("base", &self.base)?,
            etag: self.etag,
            last_modified: self.last_modified,
            hash: self.hash,
        })
    }
}
