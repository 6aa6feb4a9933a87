//! The owner's examples of what customers want.

use domain::{IntentExample, Timestamp};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::{failure::unreadable, values::micros};
use crate::Result;

/// Rows in one statement: far below the limit of 32,766 values.
const ROWS: usize = 500;
/// How often the examples were changed.
pub(super) const REVISION: &str = "select value from counters where name = 'examples'";

/// All of them, by intent, then by text.
pub(super) async fn all(db: &SqlitePool) -> Result<Vec<IntentExample>> {
    let found: Vec<(String, String)> =
        sqlx::query_as("select intent, text from intent_examples order by intent, text")
            .fetch_all(db)
            .await?;
    let read = |(intent, text): (String, String)| {
        IntentExample::new(&intent, &text).map_err(|error| unreadable("example", error))
    };
    found.into_iter().map(read).collect()
}

/// Adds examples; returns how many are new.
pub(super) async fn put(
    db: &mut SqliteConnection,
    (examples, by, now): &(Vec<IntentExample>, String, Timestamp),
) -> Result<u64> {
    let mut added = 0;
    for examples in examples.chunks(ROWS) {
        let mut sql =
            QueryBuilder::<Sqlite>::new("insert into intent_examples (intent, text, added_by, added_at) ");
        sql.push_values(examples, |mut row, example| {
            row.push_bind(example.intent())
                .push_bind(example.text())
                .push_bind(by.as_str())
                .push_bind(micros(*now));
        });
        sql.push(" on conflict (intent, text) do nothing");
        added += sql.build().execute(&mut *db).await?.rows_affected();
    }
    if added > 0 {
        changed(db).await?;
    }
    Ok(added)
}

/// Removes one; `false` if it was not there.
pub(super) async fn remove(db: &mut SqliteConnection, example: &IntentExample) -> Result<bool> {
    let removed = sqlx::query("delete from intent_examples where intent = $1 and text = $2")
        .bind(example.intent())
        .bind(example.text())
        .execute(&mut *db)
        .await?
        .rows_affected();
    if removed > 0 {
        changed(db).await?;
    }
    Ok(removed > 0)
}

async fn changed(db: &mut SqliteConnection) -> Result<()> {
    sqlx::query("update counters set value = value + 1 where name = 'examples'").execute(db).await?;
    Ok(())
}
