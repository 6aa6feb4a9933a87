//! The catalogue as it was: each change is kept with the revision that it made, so that an answer can be made again
//! from the prices and the stock of its day.

use domain::{Product, ProductId, Timestamp};
use sqlx::{SqliteConnection, SqlitePool};

use crate::{
    Result,
    goods::HISTORY_DAYS,
    sqlite::values::{from_json, micros},
};

/// Microseconds.
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// Keeps how a product stands at the present revision; `None` once it is removed. A shop may tell its stock every hour:
/// of what is older than the history only the last state stays.
pub(super) async fn keep(
    db: &mut SqliteConnection,
    id: &ProductId,
    body: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into product_changes (product, revision, body, at)
         select $1, value, $2, $3 from counters where name = 'products'
         on conflict (product, revision) do update set body = excluded.body, at = excluded.at",
    )
    .bind(id.as_str())
    .bind(body)
    .bind(micros(now))
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "delete from product_changes where product = $1 and revision < (
           select max(revision) from product_changes where product = $1 and at < $2)",
    )
    .bind(id.as_str())
    .bind(micros(now) - HISTORY_DAYS * DAY)
    .execute(&mut *db)
    .await?;
    Ok(())
}

pub(super) async fn products_at(db: &SqlitePool, revision: i64) -> Result<Vec<Product>> {
    let found: Vec<String> = sqlx::query_scalar(
        "select body from product_changes c where revision <= $1 and body is not null and not exists (
           select 1 from product_changes later
           where later.product = c.product and later.revision > c.revision and later.revision <= $1)
         order by product",
    )
    .bind(revision)
    .fetch_all(db)
    .await?;
    found.iter().map(|body| from_json("product", body)).collect()
}
