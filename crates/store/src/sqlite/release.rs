//! Publishes drafts, and goes back: each one transaction that reads everything before it writes anything.

use std::collections::HashMap;

use domain::{Entry, EntryId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{
    drafts::{self, DraftRecord},
    learn::{self, Lesson, Publishing},
    values::from_json,
};
use crate::{Draft, Release, Released, Result, Return};

/// Names in one statement.
const ROWS: usize = 500;

pub(super) async fn release(db: &mut SqliteConnection, release: &Release) -> Result<Released> {
    let stands: i64 = sqlx::query_scalar(learn::VERSION).fetch_one(&mut *db).await?;
    if stands != release.since {
        return Ok(Released::Conflict);
    }
    let Some(drafts) = as_checked(db, release).await? else { return Ok(Released::Conflict) };
    let version = learn::write(db, &lesson(drafts, release)).await?;
    for ids in release.drafts.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new("delete from drafts where entry in (");
        let mut list = sql.separated(", ");
        for (id, _) in ids {
            list.push_bind(id.as_str());
        }
        sql.push(")").build().execute(&mut *db).await?;
    }
    Ok(Released::Done(version))
}

/// The drafts, if each is in the state that was checked and its entry is what it was written from.
async fn as_checked(db: &mut SqliteConnection, release: &Release) -> Result<Option<Vec<Draft>>> {
    let mut found: HashMap<String, Draft> = HashMap::with_capacity(release.drafts.len());
    for ids in release.drafts.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new(drafts::SELECT);
        sql.push(" where d.entry in (");
        let mut list = sql.separated(", ");
        for (id, _) in ids {
            list.push_bind(id.as_str());
        }
        let records: Vec<DraftRecord> = sql.push(")").build_query_as().fetch_all(&mut *db).await?;
        for record in records {
            let draft = record.read()?;
            found.insert(draft.new.id.to_string(), draft);
        }
    }
    let checked = |(id, revision): &(EntryId, i64)| {
        found.remove(id.as_str()).filter(|draft| draft.revision == *revision && !draft.is_outdated())
    };
    Ok(release.drafts.iter().map(checked).collect())
}

fn lesson(drafts: Vec<Draft>, release: &Release) -> Lesson {
    let authors = drafts.iter().map(|draft| (draft.new.id.clone(), draft.new.by.clone())).collect();
    let (mut put, mut remove) = (Vec::new(), Vec::new());
    for draft in drafts {
        match draft.new.becomes {
            Some(entry) => put.push(Entry { updated_at: release.at, ..entry }),
            None => remove.push(draft.new.id),
        }
    }
    let publication = Publishing {
        act: Some("publish"),
        why: release.why.clone(),
        overridden: release.overridden.clone(),
        result: release.result.clone(),
        authors,
    };
    Lesson { put, remove, by: release.by.clone(), now: release.at, publication }
}

pub(super) async fn go_back(db: &mut SqliteConnection, back: &Return) -> Result<i64> {
    let changed: Vec<String> = sqlx::query_scalar(
        "select distinct entry from knowledge_changes
         where version > $1 and (cast($2 as text) is null or entry = $2) order by entry",
    )
    .bind(back.to)
    .bind(back.only.as_ref().map(EntryId::as_str))
    .fetch_all(&mut *db)
    .await?;
    let (mut put, mut remove) = (Vec::new(), Vec::new());
    for id in changed {
        match at(db, &id, back.to).await? {
            Some(entry) => put.push(Entry { updated_at: back.at, ..entry }),
            None => remove.push(EntryId::from(id)),
        }
    }
    let publication = Publishing { act: Some("rollback"), why: back.why.clone(), ..Publishing::default() };
    let lesson = Lesson { put, remove, by: back.by.clone(), now: back.at, publication };
    learn::write(db, &lesson).await
}

/// What an entry was at a version.
async fn at(db: &mut SqliteConnection, id: &str, version: i64) -> Result<Option<Entry>> {
    let body: Option<Option<String>> = sqlx::query_scalar(
        "select body from knowledge_changes where entry = $1 and version <= $2
         order by version desc limit 1",
    )
    .bind(id)
    .bind(version)
    .fetch_optional(db)
    .await?;
    body.flatten().map(|body| from_json("entry", &body)).transpose()
}
