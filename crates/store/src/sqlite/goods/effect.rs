//! The effect of recommendations: what was bought after them, by those who got them and by those who were held out.
//!
//! A customer counts once, from the first time that something was, or would have been, recommended unasked: that is
//! what chance decided. A customer who was in both arms (the share was changed) counts in neither.

use domain::Timestamp;
use sqlx::{FromRow, SqlitePool};

use super::super::values::micros;
use crate::{Arm, Arms, ProductOutcome, Result};

const DAY: i64 = 86_400_000_000;

/// Whether a purchase follows a row of advice in time, under any of the customer's names.
const FOLLOWS: &str = "exists (select 1 from purchases p where p.product = a.product and p.at >= a.at
    and p.at < a.at + $2 and (p.buyer = a.customer
      or p.buyer in (select buyer from buyers where customer = a.customer)
      or p.buyer in (select sender from conversations where id = a.conversation)))";

#[derive(FromRow)]
struct ArmRecord {
    arm: String,
    customers: i64,
    bought: i64,
}

pub(super) async fn arms(db: &SqlitePool, since: Timestamp, days: u16, now: Timestamp) -> Result<Arms> {
    let sql = format!(
        "select arm, count(*) as customers, sum(bought) as bought from (
           select a.customer, min(a.given) as arm, max(case when {FOLLOWS} then 1 else 0 end) as bought from advice a
           where a.given in ('unasked', 'held_out') and a.at >= $1
           group by a.customer having min(a.given) = max(a.given) and min(a.at) + $2 <= $3)
         group by arm"
    );
    let found: Vec<ArmRecord> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(micros(since))
        .bind(i64::from(days) * DAY)
        .bind(micros(now))
        .fetch_all(db)
        .await?;
    let mut arms = Arms::default();
    for record in found {
        let arm = Arm { customers: record.customers.unsigned_abs(), bought: record.bought.unsigned_abs() };
        *(if record.arm == "held_out" { &mut arms.held_out } else { &mut arms.advised }) = arm;
    }
    Ok(arms)
}

#[derive(FromRow)]
struct OutcomeRecord {
    product: String,
    shown: i64,
    clicked: i64,
    bought: i64,
}

pub(super) async fn outcomes(
    db: &SqlitePool,
    since: Timestamp,
    days: u16,
    limit: u32,
) -> Result<Vec<ProductOutcome>> {
    let sql = format!(
        "select a.product, count(*) as shown, count(a.clicked_at) as clicked,
           count(distinct case when {FOLLOWS} then a.customer end) as bought
         from advice a where a.given <> 'held_out' and a.at >= $1
         group by a.product order by shown desc, a.product limit $3"
    );
    let found: Vec<OutcomeRecord> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(micros(since))
        .bind(i64::from(days) * DAY)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?;
    let read = |record: OutcomeRecord| ProductOutcome {
        product: record.product.into(),
        shown: record.shown.unsigned_abs(),
        clicked: record.clicked.unsigned_abs(),
        bought: record.bought.unsigned_abs(),
    };
    Ok(found.into_iter().map(read).collect())
}
