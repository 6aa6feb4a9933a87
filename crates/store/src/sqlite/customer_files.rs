//! Customers of another desk come in.

use domain::{ChannelId, CustomerFile, ProfileFact};
use sqlx::SqliteConnection;

use super::{
    profiles,
    values::{micros, to_json},
};
use crate::{Result, TakenIn};

/// All of them, in the transaction of the caller.
pub(super) async fn put(db: &mut SqliteConnection, files: &Vec<CustomerFile>) -> Result<TakenIn> {
    let mut taken = TakenIn::default();
    for file in files {
        if is_forgotten(db, file).await? {
            taken.left_out += 1;
            continue;
        }
        let known = profiles::is_there(db, &file.customer.id).await?;
        *(if known { &mut taken.known } else { &mut taken.new }) += 1;
        write(db, file).await?;
    }
    Ok(taken)
}

async fn is_forgotten(db: &mut SqliteConnection, file: &CustomerFile) -> Result<bool> {
    let sql = "select exists (select 1 from profile_events where customer = $1 and what like 'forgotten%')";
    Ok(sqlx::query_scalar(sql).bind(file.customer.id.as_str()).fetch_one(db).await?)
}

async fn write(db: &mut SqliteConnection, file: &CustomerFile) -> Result<()> {
    let customer = &file.customer;
    sqlx::query(
        "insert into customers (id, name, contact, lang, since) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set name = coalesce(customers.name, excluded.name),
           contact = coalesce(customers.contact, excluded.contact)",
    )
    .bind(customer.id.as_str())
    .bind(customer.name.as_deref())
    .bind(customer.contact.as_deref())
    .bind(customer.lang.code())
    .bind(micros(customer.since))
    .execute(&mut *db)
    .await?;
    for (channel, sender) in &file.senders {
        sqlx::query(
            "insert into known_senders (channel, sender, customer) values ($1, $2, $3)
             on conflict (channel, sender) do nothing",
        )
        .bind(channel.as_str())
        .bind(sender)
        .bind(customer.id.as_str())
        .execute(&mut *db)
        .await?;
    }
    put_identity(db, file).await?;
    for fact in &file.profile.facts {
        put_fact(db, file, fact).await?;
    }
    for order in &file.profile.orders {
        profiles::see_order(db, &customer.id, order).await?;
    }
    Ok(())
}

/// What the shop itself said here last is not written over.
async fn put_identity(db: &mut SqliteConnection, file: &CustomerFile) -> Result<()> {
    let widget = file.senders.iter().find(|(channel, _)| channel.as_str() == ChannelId::WIDGET);
    let (Some((_, sender)), Some(identity)) = (widget, &file.profile.identity) else { return Ok(()) };
    sqlx::query(
        "insert into identities (sender, user_id, claims, at) values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(sender)
    .bind(&identity.user_id)
    .bind(to_json("identity", &identity.claims)?)
    .bind(micros(identity.at))
    .execute(db)
    .await?;
    Ok(())
}

/// The surer origin is believed, of equals the later.
async fn put_fact(db: &mut SqliteConnection, file: &CustomerFile, fact: &ProfileFact) -> Result<()> {
    sqlx::query(
        "insert into profile_facts (customer, name, value, origin, author, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (customer, name) do update
           set value = excluded.value, origin = excluded.origin, author = excluded.author, at = excluded.at
           where profile_facts.origin = 'learnt' and excluded.origin <> 'learnt'
             or profile_facts.origin = 'agent' and excluded.origin = 'signed'
             or profile_facts.origin = excluded.origin and profile_facts.at < excluded.at",
    )
    .bind(file.customer.id.as_str())
    .bind(&fact.name)
    .bind(&fact.value)
    .bind(fact.origin.name())
    .bind(fact.by.as_deref())
    .bind(micros(fact.at))
    .execute(db)
    .await?;
    Ok(())
}
