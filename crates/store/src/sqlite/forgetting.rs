//! Forgets a customer. What is counted (conversations, rungs, thumbs) stays; what was known or said goes.

use domain::{Shopper, Trace};
use sqlx::{SqliteConnection, query, query_as};

use super::{
    profiles,
    values::{from_json, to_json},
};
use crate::{Result, service::Forgetting};

/// What stands where words were.
const GONE: &str = r#"{"text":"（已按要求删除 · erased on request）"}"#;

/// What is known.
const PROFILE: &[&str] = &[
    "delete from profile_facts where customer = $1",
    "delete from profile_orders where customer = $1",
    "delete from pendings where conversation in (select id from conversations where customer = $1)",
    "delete from proposals where conversation in (select id from conversations where customer = $1)",
    "update calls set arguments = '{}', user_id = null, error = null where customer = $1",
    "update calls set state = 'discarded' where customer = $1 and state in ('proposed', 'queued')",
    "update customers set name = null, contact = null where id = $1",
    "delete from purchases where buyer = $1 or buyer in (select buyer from buyers where customer = $1)",
    "delete from buyers where customer = $1",
    "delete from advice where customer = $1",
    "delete from identities where sender in (select sender from conversations where customer = $1)",
    "delete from identities where sender in (select sender from known_senders where customer = $1)",
    "delete from known_senders where customer = $1",
];

pub(super) async fn forget(db: &mut SqliteConnection, forgetting: &Forgetting) -> Result<bool> {
    let customer = &forgetting.customer;
    if !profiles::is_there(db, customer).await? {
        return Ok(false);
    }
    // What is deleted is written over, not only let go.
    query("pragma secure_delete = on").execute(&mut *db).await?;
    let forgotten = forget_all(db, forgetting).await;
    query("pragma secure_delete = off").execute(&mut *db).await?;
    forgotten?;
    let what = if forgetting.words { "forgotten_with_words" } else { "forgotten" };
    profiles::record(db, (customer, what, "", &forgetting.by, forgetting.at)).await?;
    Ok(true)
}

async fn forget_all(db: &mut SqliteConnection, forgetting: &Forgetting) -> Result<()> {
    let customer = forgetting.customer.as_str();
    for sql in PROFILE {
        query(*sql).bind(customer).execute(&mut *db).await?;
    }
    rewrite_traces(db, customer, without_profile).await?;
    if forgetting.words {
        forget_words(db, customer).await?;
    }
    Ok(())
}

async fn forget_words(db: &mut SqliteConnection, customer: &str) -> Result<()> {
    query(
        "update messages set content = $2
         where conversation in (select id from conversations where customer = $1)",
    )
    .bind(customer)
    .bind(GONE)
    .execute(&mut *db)
    .await?;
    query(
        "update feedback set comment = null where answer in (
           select t.id from traces t join conversations c on c.id = t.conversation where c.customer = $1)",
    )
    .bind(customer)
    .execute(&mut *db)
    .await?;
    query(
        "update lessons set state = 'forgotten', question = '' where customer = $1 and state <> 'forgotten'",
    )
    .bind(customer)
    .execute(&mut *db)
    .await?;
    query("update counters set value = value + 1 where name = 'lessons'").execute(&mut *db).await?;
    rewrite_traces(db, customer, without_words).await
}

/// The stories of answers keep how they were decided.
async fn rewrite_traces(
    db: &mut SqliteConnection,
    customer: &str,
    rewrite: fn(Trace) -> Trace,
) -> Result<()> {
    let rewritten = |body: &str| to_json("trace", &rewrite(from_json("trace", body)?));
    let told: Vec<(String, String)> = query_as(
        "select t.id, t.body from traces t join conversations c on c.id = t.conversation where c.customer = $1",
    )
    .bind(customer)
    .fetch_all(&mut *db)
    .await?;
    for (id, body) in told {
        let sql = query("update traces set body = $2 where id = $1");
        sql.bind(id).bind(rewritten(&body)?).execute(&mut *db).await?;
    }
    let to_tell: Vec<(String, String)> = query_as("select id, trace from calls where customer = $1")
        .bind(customer)
        .fetch_all(&mut *db)
        .await?;
    for (id, body) in to_tell {
        let sql = query("update calls set trace = $2 where id = $1");
        sql.bind(id).bind(rewritten(&body)?).execute(&mut *db).await?;
    }
    Ok(())
}

fn without_profile(mut trace: Trace) -> Trace {
    if let Some(inputs) = &mut trace.inputs {
        inputs.record = None;
        inputs.shopper = Shopper::default();
    }
    trace
}

/// Without what was said it cannot be made again.
fn without_words(mut trace: Trace) -> Trace {
    trace.question.clear();
    trace.read_as = None;
    trace.inputs = None;
    trace.entities.clear();
    trace.model_calls.clear();
    if let Some(acted) = &mut trace.acted {
        acted.arguments.clear();
    }
    trace
}
