//! The questions that must be answered by an entry, or by none.

use std::collections::HashMap;

use domain::{Asker, Attributes, EntryId, TestQuestion, Timestamp};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::{
    failure::unreadable,
    knowledge::pattern,
    values::{micros, to_json},
};
use crate::{Page, Result, TestRow};

/// Rows in one statement: far below the limit of 32,766 values.
const ROWS: usize = 500;
/// How often the test questions were changed.
pub(super) const REVISION: &str = "select value from counters where name = 'tests'";

#[derive(FromRow)]
struct TestRecord {
    text: String,
    channel: String,
    plan: String,
    region: String,
    expect: String,
    added_by: String,
}

impl TestRecord {
    fn read(self) -> Result<TestRow> {
        let cursor = to_json("cursor", &(&self.text, &self.channel, &self.plan, &self.region))?;
        let attributes = Attributes { plan: self.plan, region: self.region };
        let asker = Asker { channel: self.channel, attributes };
        let test = TestQuestion::new(&self.text, &self.expect, asker)
            .map_err(|error| unreadable("test question", error))?;
        Ok(TestRow { test, by: self.added_by, cursor })
    }
}

fn expected(test: &TestQuestion) -> &str {
    test.expect().map_or("", EntryId::as_str)
}

pub(super) async fn list(db: &SqlitePool, text: Option<&str>, page: &Page) -> Result<Vec<TestRow>> {
    let mut sql = QueryBuilder::<Sqlite>::new("select * from test_questions where 1 = 1");
    narrow(&mut sql, text);
    if let Some(cursor) = &page.after {
        let (text, channel, plan, region): (String, String, String, String) =
            serde_json::from_str(cursor).map_err(|error| unreadable("cursor", error))?;
        sql.push(" and (text, channel, plan, region) > (").push_bind(text).push(", ").push_bind(channel);
        sql.push(", ").push_bind(plan).push(", ").push_bind(region).push(")");
    }
    sql.push(" order by text, channel, plan, region limit ").push_bind(i64::from(page.limit));
    let found: Vec<TestRecord> = sql.build_query_as().fetch_all(db).await?;
    found.into_iter().map(TestRecord::read).collect()
}

pub(super) async fn count(db: &SqlitePool, text: Option<&str>) -> Result<u64> {
    let mut sql = QueryBuilder::<Sqlite>::new("select count(*) from test_questions where 1 = 1");
    narrow(&mut sql, text);
    let count: i64 = sql.build_query_scalar().fetch_one(db).await?;
    Ok(count.unsigned_abs())
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, text: Option<&str>) {
    if let Some(text) = text {
        let pattern = pattern(text);
        sql.push(" and (lower(text) like ").push_bind(pattern.clone()).push(" escape '\\'");
        sql.push(" or lower(expect) like ").push_bind(pattern).push(" escape '\\')");
    }
}

/// Adds test questions; returns how many are new or expect something else now.
pub(super) async fn put(
    db: &mut SqliteConnection,
    (tests, by, now): &(Vec<TestQuestion>, String, Timestamp),
) -> Result<u64> {
    // One statement may name a row once: of repeats the last word counts.
    let mut last: HashMap<(&str, &Asker), &TestQuestion> = HashMap::with_capacity(tests.len());
    for test in tests {
        last.insert((test.text(), test.asker()), test);
    }
    let mut tests: Vec<&TestQuestion> = last.into_values().collect();
    tests.sort();
    let mut changed = 0;
    for tests in tests.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "insert into test_questions (text, channel, plan, region, expect, added_by, added_at) ",
        );
        sql.push_values(tests, |mut row, test| {
            row.push_bind(test.text())
                .push_bind(test.asker().channel.as_str())
                .push_bind(test.asker().attributes.plan.as_str())
                .push_bind(test.asker().attributes.region.as_str())
                .push_bind(expected(test))
                .push_bind(by.as_str())
                .push_bind(micros(*now));
        });
        sql.push(
            " on conflict (text, channel, plan, region) do update set expect = excluded.expect,
                added_by = excluded.added_by, added_at = excluded.added_at
              where test_questions.expect <> excluded.expect",
        );
        changed += sql.build().execute(&mut *db).await?.rows_affected();
    }
    if changed > 0 {
        count_up(db).await?;
    }
    Ok(changed)
}

/// Removes one, whatever it expects; `false` if it was not there.
pub(super) async fn remove(db: &mut SqliteConnection, test: &TestQuestion) -> Result<bool> {
    let gone = sqlx::query(
        "delete from test_questions where text = $1 and channel = $2 and plan = $3 and region = $4",
    )
    .bind(test.text())
    .bind(test.asker().channel.as_str())
    .bind(test.asker().attributes.plan.as_str())
    .bind(test.asker().attributes.region.as_str())
    .execute(&mut *db)
    .await?
    .rows_affected();
    if gone > 0 {
        count_up(db).await?;
    }
    Ok(gone > 0)
}

async fn count_up(db: &mut SqliteConnection) -> Result<()> {
    sqlx::query("update counters set value = value + 1 where name = 'tests'").execute(db).await?;
    Ok(())
}
