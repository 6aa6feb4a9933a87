//! [`Knowledge`] on SQLite: reading it. Writing it is [`super::learn`].

use async_trait::async_trait;
use domain::{Entry, EntryId, IntentExample, Timestamp};
use sqlx::{FromRow, QueryBuilder};

use super::{
    Sqlite, examples,
    failure::unreadable,
    learn::{self, Lesson},
    values::{from_json, moment, to_json},
    vectors,
};
use crate::{EntryChange, EntryFilter, EntryRow, Knowledge, Page, Result, VectorRow};

#[async_trait]
impl Knowledge for Sqlite {
    async fn knowledge_version(&self) -> Result<i64> {
        Ok(sqlx::query_scalar(learn::VERSION).fetch_one(&self.readers).await?)
    }

    async fn write_entries(
        &self,
        put: &[Entry],
        remove: &[EntryId],
        by: &str,
        now: Timestamp,
    ) -> Result<i64> {
        let (put, remove, by) = (put.to_vec(), remove.to_vec(), by.to_owned());
        let lesson = Lesson { put, remove, by, now, publication: learn::Publishing::default() };
        self.write(lesson, |db, lesson| Box::pin(learn::write(db, lesson))).await
    }

    async fn entry(&self, id: &EntryId) -> Result<Option<Entry>> {
        let body: Option<String> = sqlx::query_scalar("select body from entries where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        body.map(|body| from_json("entry", &body)).transpose()
    }

    async fn entries(&self, filter: &EntryFilter, page: &Page) -> Result<Vec<EntryRow>> {
        // Bodies are long: only those of the page are read.
        let mut sql = QueryBuilder::new(
            "select entries.title, entries.body from entries join (select id, title from entries",
        );
        narrow(&mut sql, filter);
        if let Some(cursor) = &page.after {
            let (title, id): (String, String) =
                serde_json::from_str(cursor).map_err(|error| unreadable("cursor", error))?;
            sql.push(" and (title, id) > (").push_bind(title).push(", ").push_bind(id).push(")");
        }
        sql.push(" order by title, id limit ").push_bind(i64::from(page.limit));
        sql.push(") as found on found.id = entries.id order by entries.title, entries.id");
        let found: Vec<(String, String)> = sql.build_query_as().fetch_all(&self.readers).await?;
        found.into_iter().map(|(title, body)| row(&title, &body)).collect()
    }

    async fn count_entries(&self, filter: &EntryFilter) -> Result<u64> {
        let mut sql = QueryBuilder::new("select count(*) from entries");
        narrow(&mut sql, filter);
        let count: i64 = sql.build_query_scalar().fetch_one(&self.readers).await?;
        Ok(count.unsigned_abs())
    }

    async fn categories(&self) -> Result<Vec<(String, u64)>> {
        let found: Vec<(String, i64)> =
            sqlx::query_as("select category, count(*) from entries group by category order by category")
                .fetch_all(&self.readers)
                .await?;
        Ok(found.into_iter().map(|(name, count)| (name, count.unsigned_abs())).collect())
    }

    async fn entries_after(&self, after: Option<&EntryId>, limit: u32) -> Result<Vec<Entry>> {
        let bodies: Vec<String> =
            sqlx::query_scalar("select body from entries where id > $1 order by id limit $2")
                .bind(after.map_or("", EntryId::as_str))
                .bind(i64::from(limit))
                .fetch_all(&self.readers)
                .await?;
        bodies.iter().map(|body| from_json("entry", body)).collect()
    }

    async fn entry_changes(&self, after: i64, limit: u32) -> Result<Vec<EntryChange>> {
        let found: Vec<ChangeRecord> =
            sqlx::query_as("select * from knowledge_changes where version > $1 order by version limit $2")
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(ChangeRecord::read).collect()
    }

    async fn examples(&self) -> Result<Vec<IntentExample>> {
        examples::all(&self.readers).await
    }

    async fn put_examples(&self, examples: &[IntentExample], by: &str, now: Timestamp) -> Result<u64> {
        let lesson = (examples.to_vec(), by.to_owned(), now);
        self.write(lesson, |db, lesson| Box::pin(examples::put(db, lesson))).await
    }

    async fn remove_example(&self, example: &IntentExample) -> Result<bool> {
        self.write(example.clone(), |db, example| Box::pin(examples::remove(db, example))).await
    }

    async fn examples_revision(&self) -> Result<i64> {
        Ok(sqlx::query_scalar(examples::REVISION).fetch_one(&self.readers).await?)
    }

    async fn vectors(&self, model: &str, texts: &[Vec<u8>]) -> Result<Vec<VectorRow>> {
        vectors::read(&self.readers, model, texts).await
    }

    async fn put_vectors(&self, model: &str, rows: Vec<VectorRow>) -> Result<()> {
        let told = vectors::Told { model: model.to_owned(), rows };
        self.write(told, |db, told| Box::pin(vectors::write(db, told))).await
    }

    async fn keep_vectors_of(&self, model: &str) -> Result<()> {
        self.write(model.to_owned(), |db, model| Box::pin(vectors::keep_only(db, model))).await
    }
}

pub(super) fn narrow(sql: &mut QueryBuilder<sqlx::Sqlite>, filter: &EntryFilter) {
    sql.push(" where 1 = 1");
    if let Some(text) = &filter.text {
        sql.push(" and searchable like ").push_bind(pattern(text)).push(" escape '\\'");
    }
    if let Some(category) = &filter.category {
        within(sql, category);
    }
    if let Some(kind) = filter.kind {
        sql.push(" and kind = ").push_bind(learn::kind(kind));
    }
}

/// In this category or below it. A range, which the index answers: "0" comes right after "/", the mark between levels.
fn within(sql: &mut QueryBuilder<sqlx::Sqlite>, category: &str) {
    sql.push(" and category >= ").push_bind(category.to_owned());
    if category.is_empty() {
        sql.push(" and category <= ''");
        return;
    }
    sql.push(" and category < ").push_bind(format!("{category}0"));
    sql.push(" and (category = ").push_bind(category.to_owned());
    sql.push(" or category > ").push_bind(format!("{category}/")).push(")");
}

/// What `like` finds these words by, wherever they stand.
pub(super) fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

pub(super) fn row(title: &str, body: &str) -> Result<EntryRow> {
    let entry: Entry = from_json("entry", body)?;
    let cursor = to_json("cursor", &(title, entry.id.as_str()))?;
    Ok(EntryRow {
        titles: entry.texts.into_iter().map(|(lang, text)| (lang, text.title)).collect(),
        id: entry.id,
        kind: entry.kind,
        category: entry.category,
        updated_at: entry.updated_at,
        cursor,
    })
}

#[derive(FromRow)]
pub(super) struct ChangeRecord {
    version: i64,
    entry: String,
    body: Option<String>,
    author: String,
    at: i64,
}

impl ChangeRecord {
    pub(super) fn read(self) -> Result<EntryChange> {
        Ok(EntryChange {
            version: self.version,
            id: self.entry.into(),
            entry: self.body.map(|body| from_json("entry", &body)).transpose()?,
            by: self.author,
            at: moment(self.at)?,
        })
    }
}
