//! Writes entries and the history of what was written, many rows at a time.

use std::collections::{HashMap, HashSet};

use domain::{Entry, EntryId, Kind, Timestamp};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::values::{from_json, micros, to_json};
use crate::Result;

/// Rows in one statement: far below the limit of 32,766 values.
const ROWS: usize = 500;
/// The number of the latest change.
pub(super) const VERSION: &str = "select coalesce(max(version), 0) from knowledge_changes";

/// What shall be written and removed.
pub(super) struct Lesson {
    pub(super) put: Vec<Entry>,
    pub(super) remove: Vec<EntryId>,
    pub(super) by: String,
    pub(super) now: Timestamp,
    /// What is written of it in the list of publications.
    pub(super) publication: Publishing,
}

/// What stands beside the name of who publishes.
#[derive(Default)]
pub(super) struct Publishing {
    /// `write` where nothing else is said.
    pub(super) act: Option<&'static str>,
    pub(super) why: String,
    pub(super) overridden: Option<String>,
    pub(super) result: Option<String>,
    /// Who wrote an entry, where that is not who publishes it.
    pub(super) authors: HashMap<EntryId, String>,
}

/// One entry's step: what it becomes, as it is stored; `None` if it goes.
struct Step<'a> {
    id: &'a str,
    becomes: Option<(&'a Entry, String)>,
}

/// The name of a kind in the store.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Answer => "answer",
        Kind::Article => "article",
    }
}

/// Writes and removes; returns the version that this makes.
pub(super) async fn write(db: &mut SqliteConnection, lesson: &Lesson) -> Result<i64> {
    let stored = stored(db, lesson).await?;
    let steps = steps(lesson, &stored)?;
    let since: i64 = sqlx::query_scalar(VERSION).fetch_one(&mut *db).await?;
    let mut version = since;
    for steps in steps.chunks(ROWS) {
        let history = record(steps, version, lesson);
        for mut sql in [put(steps), remove(steps), Some(history)].into_iter().flatten() {
            sql.build().execute(&mut *db).await?;
        }
        version += i64::try_from(steps.len()).unwrap_or_default();
    }
    if version > since {
        publish(db, lesson, since, version).await?;
    }
    Ok(version)
}

async fn publish(db: &mut SqliteConnection, lesson: &Lesson, since: i64, version: i64) -> Result<()> {
    let Publishing { act, why, overridden, result, .. } = &lesson.publication;
    sqlx::query(
        "insert into publications (version, since, act, author, why, overridden, result, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(version)
    .bind(since)
    .bind(act.unwrap_or("write"))
    .bind(lesson.by.as_str())
    .bind(why.as_str())
    .bind(overridden.as_deref())
    .bind(result.as_deref())
    .bind(micros(lesson.now))
    .execute(db)
    .await?;
    Ok(())
}

/// The entries that the lesson touches, as they are.
async fn stored(db: &mut SqliteConnection, lesson: &Lesson) -> Result<HashMap<String, Entry>> {
    let ids: Vec<&str> =
        lesson.put.iter().map(|e| &e.id).chain(&lesson.remove).map(EntryId::as_str).collect();
    let mut stored = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new("select id, body from entries where id in (");
        let mut list = sql.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        sql.push(")");
        let found: Vec<(String, String)> = sql.build_query_as().fetch_all(&mut *db).await?;
        for (id, body) in found {
            stored.insert(id, from_json("entry", &body)?);
        }
    }
    Ok(stored)
}

/// What really changes: an entry that says the same from the same source is left alone. Of an entry
/// that is named twice the last word counts, and removal is the last of all.
fn steps<'a>(lesson: &'a Lesson, stored: &HashMap<String, Entry>) -> Result<Vec<Step<'a>>> {
    let gone: HashSet<&str> = lesson.remove.iter().map(EntryId::as_str).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut steps = Vec::new();
    for entry in lesson.put.iter().rev() {
        let id = entry.id.as_str();
        let same = stored.get(id).is_some_and(|old| old.same_as(entry) && old.source == entry.source);
        if !gone.contains(id) && seen.insert(id) && !same {
            steps.push(Step { id, becomes: Some((entry, to_json("entry", entry)?)) });
        }
    }
    steps.reverse();
    for id in lesson.remove.iter().map(EntryId::as_str) {
        if stored.contains_key(id) && seen.insert(id) {
            steps.push(Step { id, becomes: None });
        }
    }
    Ok(steps)
}

fn put(steps: &[Step<'_>]) -> Option<QueryBuilder<Sqlite>> {
    let mut entries = steps.iter().filter_map(|step| step.becomes.as_ref()).peekable();
    entries.peek()?;
    let mut sql = QueryBuilder::<Sqlite>::new(
        "insert into entries (id, kind, category, title, searchable, updated_at, body) ",
    );
    sql.push_values(entries, |mut row, (entry, body)| {
        let titles: Vec<String> = entry.texts.values().map(|text| text.title.to_lowercase()).collect();
        row.push_bind(entry.id.as_str())
            .push_bind(kind(entry.kind))
            .push_bind(entry.category.as_str())
            .push_bind(titles.first().cloned().unwrap_or_default())
            .push_bind(format!("{}\n{}", titles.join("\n"), entry.id.as_str().to_lowercase()))
            .push_bind(micros(entry.updated_at))
            .push_bind(body.as_str());
    });
    sql.push(
        " on conflict (id) do update set kind = excluded.kind, category = excluded.category,
            title = excluded.title, searchable = excluded.searchable, updated_at = excluded.updated_at,
            body = excluded.body",
    );
    Some(sql)
}

fn remove(steps: &[Step<'_>]) -> Option<QueryBuilder<Sqlite>> {
    let mut gone = steps.iter().filter(|step| step.becomes.is_none()).map(|step| step.id).peekable();
    gone.peek()?;
    let mut sql = QueryBuilder::<Sqlite>::new("delete from entries where id in (");
    let mut list = sql.separated(", ");
    for id in gone {
        list.push_bind(id);
    }
    sql.push(")");
    Some(sql)
}

/// The history of these steps, numbered on from `before`.
fn record(steps: &[Step<'_>], before: i64, lesson: &Lesson) -> QueryBuilder<Sqlite> {
    let mut sql =
        QueryBuilder::<Sqlite>::new("insert into knowledge_changes (version, entry, body, author, at) ");
    sql.push_values(steps.iter().zip(before + 1..), |mut row, (step, version)| {
        let author = lesson.publication.authors.get(&EntryId::from(step.id));
        row.push_bind(version)
            .push_bind(step.id)
            .push_bind(step.becomes.as_ref().map(|(_, body)| body.as_str()))
            .push_bind(author.unwrap_or(&lesson.by).as_str())
            .push_bind(micros(lesson.now));
    });
    sql
}
