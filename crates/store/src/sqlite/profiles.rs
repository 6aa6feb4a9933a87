//! What is known of customers.

use domain::{CustomerId, Identity, Origin, Profile, ProfileEvent, ProfileFact, SeenOrder, Timestamp};
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::values::{from_json, micros, moment, named, to_json};
use crate::{
    Result,
    service::{Facts, may_replace},
};

/// Facts of one customer, and orders that are remembered: more would be a story.
const MOST: i64 = 50;

/// What a person writes of a customer.
pub(super) struct Note {
    pub(super) customer: CustomerId,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) by: String,
    pub(super) now: Timestamp,
}

#[derive(FromRow)]
struct IdentityRecord {
    user_id: String,
    claims: String,
    at: i64,
}

impl IdentityRecord {
    fn read(self) -> Result<Identity> {
        let claims = from_json("identity", &self.claims)?;
        Ok(Identity { user_id: self.user_id, claims, at: moment(self.at)? })
    }
}

pub(super) async fn put_identity(
    db: &mut SqliteConnection,
    (sender, identity): &(String, Identity),
) -> Result<()> {
    sqlx::query(
        "insert into identities (sender, user_id, claims, at) values ($1, $2, $3, $4)
         on conflict (sender) do update set claims = excluded.claims, at = excluded.at",
    )
    .bind(sender)
    .bind(&identity.user_id)
    .bind(to_json("identity", &identity.claims)?)
    .bind(micros(identity.at))
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn identity(readers: &SqlitePool, sender: &str) -> Result<Option<Identity>> {
    let found: Option<IdentityRecord> =
        sqlx::query_as("select user_id, claims, at from identities where sender = $1")
            .bind(sender)
            .fetch_optional(readers)
            .await?;
    found.map(IdentityRecord::read).transpose()
}

#[derive(FromRow)]
struct FactRecord {
    name: String,
    value: String,
    origin: String,
    author: Option<String>,
    at: i64,
}

impl FactRecord {
    fn read(self) -> Result<ProfileFact> {
        Ok(ProfileFact {
            name: self.name,
            value: self.value,
            origin: named("origin", &self.origin, Origin::from_name)?,
            by: self.author,
            at: moment(self.at)?,
        })
    }
}

pub(super) async fn profile(readers: &SqlitePool, customer: &CustomerId) -> Result<Profile> {
    let identity: Option<IdentityRecord> = sqlx::query_as(
        "select user_id, claims, at from identities where sender in (
           select sender from conversations where customer = $1 and channel = 'widget'
           union select sender from known_senders where customer = $1 and channel = 'widget') limit 1",
    )
    .bind(customer.as_str())
    .fetch_optional(readers)
    .await?;
    let facts: Vec<FactRecord> = sqlx::query_as(
        "select name, value, origin, author, at from profile_facts where customer = $1 order by name",
    )
    .bind(customer.as_str())
    .fetch_all(readers)
    .await?;
    let orders: Vec<(String, String, i64)> = sqlx::query_as(
        "select id, facts, at from profile_orders where customer = $1 order by at desc, id limit $2",
    )
    .bind(customer.as_str())
    .bind(MOST)
    .fetch_all(readers)
    .await?;
    let order = |(id, facts, at): (String, String, i64)| {
        Ok(SeenOrder { id, facts: from_json::<Facts>("order", &facts)?, at: moment(at)? })
    };
    Ok(Profile {
        customer: customer.clone(),
        identity: identity.map(IdentityRecord::read).transpose()?,
        facts: facts.into_iter().map(FactRecord::read).collect::<Result<_>>()?,
        orders: orders.into_iter().map(order).collect::<Result<_>>()?,
    })
}

/// What somebody said of themselves. It neither corrects a person nor grows without end.
pub(super) async fn learn(
    db: &mut SqliteConnection,
    (customer, name, value, now): (&CustomerId, &str, &str, Timestamp),
) -> Result<()> {
    let there: Option<String> =
        sqlx::query_scalar("select origin from profile_facts where customer = $1 and name = $2")
            .bind(customer.as_str())
            .bind(name)
            .fetch_optional(&mut *db)
            .await?;
    let there = there.map(|name| named("origin", &name, Origin::from_name)).transpose()?;
    if there.is_some_and(|there| !may_replace(there, Origin::Learnt)) {
        return Ok(());
    }
    sqlx::query(
        "insert into profile_facts (customer, name, value, origin, at)
         select $1, $2, $3, 'learnt', $4
         where (select count(*) from profile_facts where customer = $1 and name <> $2) < $5
         on conflict (customer, name) do update
           set value = excluded.value, origin = excluded.origin, author = null, at = excluded.at",
    )
    .bind(customer.as_str())
    .bind(name)
    .bind(value)
    .bind(micros(now))
    .bind(MOST)
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn see_order(
    db: &mut SqliteConnection,
    customer: &CustomerId,
    order: &SeenOrder,
) -> Result<()> {
    sqlx::query(
        "insert into profile_orders (customer, id, facts, at) values ($1, $2, $3, $4)
         on conflict (customer, id) do update set facts = excluded.facts, at = excluded.at",
    )
    .bind(customer.as_str())
    .bind(&order.id)
    .bind(to_json("order", &order.facts)?)
    .bind(micros(order.at))
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "delete from profile_orders where customer = $1 and id not in (
           select id from profile_orders where customer = $1 order by at desc, id limit $2)",
    )
    .bind(customer.as_str())
    .bind(MOST)
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn note(db: &mut SqliteConnection, note: &Note) -> Result<bool> {
    if !is_there(db, &note.customer).await? {
        return Ok(false);
    }
    sqlx::query(
        "insert into profile_facts (customer, name, value, origin, author, at)
         values ($1, $2, $3, 'agent', $4, $5)
         on conflict (customer, name) do update
           set value = excluded.value, origin = excluded.origin, author = excluded.author, at = excluded.at",
    )
    .bind(note.customer.as_str())
    .bind(&note.name)
    .bind(&note.value)
    .bind(&note.by)
    .bind(micros(note.now))
    .execute(&mut *db)
    .await?;
    record(db, (&note.customer, "corrected", &note.name, &note.by, note.now)).await?;
    Ok(true)
}

pub(super) async fn is_there(db: &mut SqliteConnection, customer: &CustomerId) -> Result<bool> {
    let sql = "select exists (select 1 from customers where id = $1)";
    Ok(sqlx::query_scalar(sql).bind(customer.as_str()).fetch_one(db).await?)
}

pub(super) async fn remove(
    db: &mut SqliteConnection,
    (customer, name, by, now): &(CustomerId, String, String, Timestamp),
) -> Result<bool> {
    let gone = sqlx::query("delete from profile_facts where customer = $1 and name = $2")
        .bind(customer.as_str())
        .bind(name)
        .execute(&mut *db)
        .await?;
    if gone.rows_affected() == 0 {
        return Ok(false);
    }
    record(db, (customer, "erased", name, by, *now)).await?;
    Ok(true)
}

/// Puts on the record what was done, and by whom.
pub(super) async fn record(
    db: &mut SqliteConnection,
    (customer, what, name, by, now): (&CustomerId, &str, &str, &str, Timestamp),
) -> Result<()> {
    sqlx::query(
        "insert into profile_events (number, customer, what, name, author, at)
         values ((select coalesce(max(number), 0) + 1 from profile_events), $1, $2, $3, $4, $5)",
    )
    .bind(customer.as_str())
    .bind(what)
    .bind(name)
    .bind(by)
    .bind(micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn events(
    readers: &SqlitePool,
    customer: &CustomerId,
    limit: u32,
) -> Result<Vec<ProfileEvent>> {
    let found: Vec<(String, String, String, i64)> = sqlx::query_as(
        "select what, name, author, at from profile_events where customer = $1 order by number desc limit $2",
    )
    .bind(customer.as_str())
    .bind(i64::from(limit))
    .fetch_all(readers)
    .await?;
    let read = |(what, name, by, at): (String, String, String, i64)| {
        Ok(ProfileEvent { what, name, by, at: moment(at)? })
    };
    found.into_iter().map(read).collect()
}
