//! [`Spending`] on SQLite. One writer books, so nobody overdraws by being fast.

use async_trait::async_trait;
use domain::Timestamp;
use sqlx::SqliteConnection;

use super::{Sqlite, values::micros};
use crate::{Purse, Result, Spending, Spent};

/// A sum to be booked.
struct Booking {
    purses: Vec<Purse>,
    sum: Spent,
    now: Timestamp,
}

/// What shall take the place of what was booked.
struct Settling {
    purses: Vec<Purse>,
    tokens: i64,
    micros: i64,
}

const READ: &str = "select tokens, micros from purses where name = $1";

#[async_trait]
impl Spending for Sqlite {
    async fn book(&self, purses: &[Purse], sum: Spent, now: Timestamp) -> Result<Option<usize>> {
        let booking = Booking { purses: purses.to_vec(), sum, now };
        self.write(booking, |db, booking| Box::pin(book(db, booking))).await
    }

    async fn settle(&self, purses: &[Purse], booked: Spent, spent: Spent) -> Result<()> {
        let tokens = whole(spent.tokens).saturating_sub(whole(booked.tokens));
        let micros = whole(spent.micros).saturating_sub(whole(booked.micros));
        let settling = Settling { purses: purses.to_vec(), tokens, micros };
        self.write(settling, |db, settling| Box::pin(settle(db, settling))).await
    }

    async fn spent(&self, names: &[String]) -> Result<Vec<Spent>> {
        let mut all = Vec::with_capacity(names.len());
        for name in names {
            let found: Option<(i64, i64)> =
                sqlx::query_as(READ).bind(name).fetch_optional(&self.readers).await?;
            all.push(found.map(sum).unwrap_or_default());
        }
        Ok(all)
    }

    async fn forget_purses(&self, before: Timestamp) -> Result<u64> {
        self.write(before, |db, before| {
            Box::pin(async {
                let gone = sqlx::query("delete from purses where touched < $1").bind(micros(*before));
                Ok(gone.execute(db).await?.rows_affected())
            })
        })
        .await
    }
}

async fn book(db: &mut SqliteConnection, booking: &Booking) -> Result<Option<usize>> {
    for (place, purse) in booking.purses.iter().enumerate() {
        let found: Option<(i64, i64)> =
            sqlx::query_as(READ).bind(&purse.name).fetch_optional(&mut *db).await?;
        let spent = found.map(sum).unwrap_or_default();
        let over = |most: Option<u64>, spent: u64, more: u64| {
            most.is_some_and(|most| spent.saturating_add(more) > most)
        };
        if over(purse.most_tokens, spent.tokens, booking.sum.tokens)
            || over(purse.most_micros, spent.micros, booking.sum.micros)
        {
            return Ok(Some(place));
        }
    }
    for purse in &booking.purses {
        sqlx::query(
            "insert into purses (name, tokens, micros, touched) values ($1, $2, $3, $4)
             on conflict (name) do update set tokens = purses.tokens + excluded.tokens,
               micros = purses.micros + excluded.micros, touched = excluded.touched",
        )
        .bind(&purse.name)
        .bind(whole(booking.sum.tokens))
        .bind(whole(booking.sum.micros))
        .bind(micros(booking.now))
        .execute(&mut *db)
        .await?;
    }
    Ok(None)
}

async fn settle(db: &mut SqliteConnection, settling: &Settling) -> Result<()> {
    for purse in &settling.purses {
        sqlx::query(
            "update purses set tokens = case when tokens + $2 < 0 then 0 else tokens + $2 end,
               micros = case when micros + $3 < 0 then 0 else micros + $3 end where name = $1",
        )
        .bind(&purse.name)
        .bind(settling.tokens)
        .bind(settling.micros)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

fn sum((tokens, micros): (i64, i64)) -> Spent {
    Spent { tokens: tokens.unsigned_abs(), micros: micros.unsigned_abs() }
}

/// A number as it is stored; one that is larger than any budget is as large as that.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX / 4)
}
