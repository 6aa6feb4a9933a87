//! Vectors of texts by model: many rows at a time.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use crate::{Result, VectorRow};

/// Rows in one statement: far below the limit of 32,766 values.
const ROWS: usize = 500;

/// Rows of one model to be written.
pub(super) struct Told {
    pub(super) model: String,
    pub(super) rows: Vec<VectorRow>,
}

pub(super) async fn read(db: &SqlitePool, model: &str, texts: &[Vec<u8>]) -> Result<Vec<VectorRow>> {
    let mut rows = Vec::with_capacity(texts.len());
    for texts in texts.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new("select text, vector from vectors where model = ");
        sql.push_bind(model).push(" and text in (");
        let mut list = sql.separated(", ");
        for text in texts {
            list.push_bind(text.as_slice());
        }
        sql.push(")");
        let found: Vec<(Vec<u8>, Vec<u8>)> = sql.build_query_as().fetch_all(db).await?;
        rows.extend(found.into_iter().map(|(text, vector)| VectorRow { text, vector }));
    }
    Ok(rows)
}

pub(super) async fn write(db: &mut SqliteConnection, told: &Told) -> Result<()> {
    for rows in told.rows.chunks(ROWS) {
        let mut sql = QueryBuilder::<Sqlite>::new("insert into vectors (model, text, vector) ");
        sql.push_values(rows, |mut row, told_of| {
            row.push_bind(told.model.as_str())
                .push_bind(told_of.text.as_slice())
                .push_bind(told_of.vector.as_slice());
        });
        sql.push(" on conflict (model, text) do update set vector = excluded.vector");
        sql.build().execute(&mut *db).await?;
    }
    Ok(())
}

pub(super) async fn keep_only(db: &mut SqliteConnection, model: &str) -> Result<()> {
    sqlx::query("delete from vectors where model <> $1").bind(model).execute(db).await?;
    Ok(())
}
