//! [`Publishing`] on SQLite: what was published, and the way to the parts that draft, release and test.

use async_trait::async_trait;
use domain::{EntryId, TestQuestion, Timestamp};
use sqlx::{FromRow, SqlitePool};

use super::{
    Sqlite, drafts,
    failure::unreadable,
    knowledge::ChangeRecord,
    past, questions, release,
    values::{from_json, micros, moment},
};
use crate::{
    Draft, DraftStage, EntryChange, EntryStep, NewDraft, Page, PastQuestion, Publication, Publishing,
    Release, Released, Result, Return, TestRow,
};

#[async_trait]
impl Publishing for Sqlite {
    async fn put_drafts(&self, drafts: &[NewDraft], now: Timestamp) -> Result<()> {
        self.write((drafts.to_vec(), now), |db, drafts| Box::pin(drafts::put(db, drafts))).await
    }

    async fn draft(&self, id: &EntryId) -> Result<Option<Draft>> {
        drafts::one(&self.readers, id).await
    }

    async fn drafts(&self, stage: Option<DraftStage>, page: &Page) -> Result<Vec<Draft>> {
        drafts::list(&self.readers, stage, page).await
    }

    async fn count_drafts(&self, stage: Option<DraftStage>) -> Result<u64> {
        drafts::count(&self.readers, stage).await
    }

    async fn move_draft(
        &self,
        id: &EntryId,
        revision: i64,
        stage: DraftStage,
        note: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let to = drafts::Move { id: id.clone(), revision, stage, note: note.to_owned(), now };
        self.write(to, |db, to| Box::pin(drafts::shift(db, to))).await
    }

    async fn drop_draft(&self, id: &EntryId) -> Result<bool> {
        self.write(id.clone(), |db, id| Box::pin(drafts::drop_one(db, id))).await
    }

    async fn release(&self, release: &Release) -> Result<Released> {
        self.write(release.clone(), |db, release| Box::pin(release::release(db, release))).await
    }

    async fn go_back(&self, to: &Return) -> Result<i64> {
        self.write(to.clone(), |db, to| Box::pin(release::go_back(db, to))).await
    }

    async fn publications(&self, page: &Page) -> Result<Vec<Publication>> {
        let before: i64 = match &page.after {
            Some(cursor) => cursor.parse().map_err(|error| unreadable("cursor", error))?,
            None => i64::MAX,
        };
        let found: Vec<PublicationRecord> =
            sqlx::query_as("select * from publications where version < $1 order by version desc limit $2")
                .bind(before)
                .bind(i64::from(page.limit))
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(PublicationRecord::read).collect()
    }

    async fn publication(&self, version: i64) -> Result<Option<Publication>> {
        let found: Option<PublicationRecord> =
            sqlx::query_as("select * from publications where version >= $1 order by version limit 1")
                .bind(version)
                .fetch_optional(&self.readers)
                .await?;
        found.map(PublicationRecord::read).transpose()
    }

    async fn version_at(&self, moment: Timestamp) -> Result<i64> {
        Ok(sqlx::query_scalar("select coalesce(max(version), 0) from publications where at <= $1")
            .bind(micros(moment))
            .fetch_one(&self.readers)
            .await?)
    }

    async fn steps(&self, since: i64, until: i64, page: &Page) -> Result<Vec<EntryStep>> {
        let last: Vec<(String, i64)> = sqlx::query_as(
            "select entry, max(version) from knowledge_changes
             where version > $1 and version <= $2 and entry > $3 group by entry order by entry limit $4",
        )
        .bind(since)
        .bind(until)
        .bind(page.after.as_deref().unwrap_or_default())
        .bind(i64::from(page.limit))
        .fetch_all(&self.readers)
        .await?;
        let mut steps = Vec::with_capacity(last.len());
        for (id, version) in last {
            steps.push(step(&self.readers, id, since, version).await?);
        }
        Ok(steps)
    }

    async fn history(&self, id: &EntryId, before: Option<i64>, limit: u32) -> Result<Vec<EntryChange>> {
        let found: Vec<ChangeRecord> = sqlx::query_as(
            "select * from knowledge_changes where entry = $1 and version < $2
             order by version desc limit $3",
        )
        .bind(id.as_str())
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(ChangeRecord::read).collect()
    }

    async fn tests(&self, text: Option<&str>, page: &Page) -> Result<Vec<TestRow>> {
        questions::list(&self.readers, text, page).await
    }

    async fn count_tests(&self, text: Option<&str>) -> Result<u64> {
        questions::count(&self.readers, text).await
    }

    async fn put_tests(&self, tests: &[TestQuestion], by: &str, now: Timestamp) -> Result<u64> {
        let added = (tests.to_vec(), by.to_owned(), now);
        self.write(added, |db, added| Box::pin(questions::put(db, added))).await
    }

    async fn remove_test(&self, test: &TestQuestion) -> Result<bool> {
        self.write(test.clone(), |db, test| Box::pin(questions::remove(db, test))).await
    }

    async fn tests_revision(&self) -> Result<i64> {
        Ok(sqlx::query_scalar(questions::REVISION).fetch_one(&self.readers).await?)
    }

    async fn last_questions(&self, limit: u32) -> Result<Vec<PastQuestion>> {
        past::questions(&self.readers, limit).await
    }
}

/// What an entry was at `since`, and what its change `version` made of it.
async fn step(db: &SqlitePool, id: String, since: i64, version: i64) -> Result<EntryStep> {
    let read = "select * from knowledge_changes where entry = $1 and version <= $2
         order by version desc limit 1";
    let at = async |version: i64| {
        let found: Option<ChangeRecord> =
            sqlx::query_as(read).bind(id.as_str()).bind(version).fetch_optional(db).await?;
        found.map(ChangeRecord::read).transpose()
    };
    let (before, after) = (at(since).await?, at(version).await?);
    let (after, by) = after.map_or((None, String::new()), |change| (change.entry, change.by));
    Ok(EntryStep { id: id.into(), before: before.and_then(|change| change.entry), after, by })
}

#[derive(FromRow)]
struct PublicationRecord {
    version: i64,
    since: i64,
    act: String,
    author: String,
    why: String,
    overridden: Option<String>,
    result: Option<String>,
    at: i64,
}

impl PublicationRecord {
    fn read(self) -> Result<Publication> {
        if let Some(result) = &self.result {
            from_json::<serde_json::Value>("result", result)?;
        }
        Ok(Publication {
            version: self.version,
            since: self.since,
            act: self.act,
            by: self.author,
            why: self.why,
            overridden: self.overridden,
            result: self.result,
            at: moment(self.at)?,
        })
    }
}
