//! What must be known to accept messages: which are new, and how it stands with their senders.

use std::collections::HashSet;

use domain::{Customer, Inbound};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};

use super::{
    inbox::{AnswerJob, Arrival, Thread},
    rows::{ConversationRecord, CustomerRecord, MessageRecord, lang, moment},
};
use crate::{Received, Result};

/// Enters messages into the inbox and returns the names of those that were not there.
pub(super) async fn register(db: &mut SqliteConnection, arrivals: &[Arrival]) -> Result<HashSet<String>> {
    let mut sql = QueryBuilder::<Sqlite>::new("insert into inbox (channel, sender, external_id, message) ");
    sql.push_values(arrivals, |mut row, Arrival { inbound, fresh, .. }| {
        row.push_bind(inbound.channel.as_str())
            .push_bind(inbound.sender.as_str())
            .push_bind(inbound.external_id.as_str())
            .push_bind(fresh.2.as_str());
    });
    sql.push(" on conflict (channel, sender, external_id) do nothing returning message");
    Ok(sql.build_query_scalar().fetch_all(db).await?.into_iter().collect())
}

#[derive(FromRow)]
struct ThreadRecord {
    place: i64,
    #[sqlx(flatten)]
    conversation: ConversationRecord,
    customer_name: Option<String>,
    customer_contact: Option<String>,
    customer_lang: String,
    customer_since: i64,
    due: Option<i64>,
    lease_until: Option<i64>,
    fence: Option<i64>,
    wanted_seq: Option<i64>,
    leased_seq: Option<i64>,
}

/// The open conversations of those who wrote these, each with its place in the list.
pub(super) async fn open_threads(
    db: &mut SqliteConnection,
    senders: &[&Arrival],
) -> Result<Vec<(usize, Thread)>> {
    let mut sql = asked(senders);
    sql.push(
        "select asked.place, c.*, k.name as customer_name, k.contact as customer_contact,
           k.lang as customer_lang, k.since as customer_since,
           j.due, j.lease_until, j.fence, j.wanted_seq, j.leased_seq
         from asked
         join conversations c
           on c.channel = asked.channel and c.sender = asked.sender and c.stage <> 'closed'
         join customers k on k.id = c.customer
         left join jobs j on j.kind = 'answer' and j.key = c.id",
    );
    let records: Vec<ThreadRecord> = sql.build_query_as().fetch_all(db).await?;
    records.into_iter().map(|record| Ok((index(record.place), record.read()?))).collect()
}

impl ThreadRecord {
    fn read(self) -> Result<Thread> {
        let conversation = self.conversation.read()?;
        let job = self.fence.map(|fence| AnswerJob {
            due: self.due.unwrap_or_default(),
            lease_until: self.lease_until,
            fence,
            wanted_seq: self.wanted_seq.unwrap_or_default(),
            leased_seq: self.leased_seq.unwrap_or_default(),
            claimed_by: None,
        });
        let customer = Customer {
            id: conversation.customer.clone(),
            name: self.customer_name,
            contact: self.customer_contact,
            lang: lang(&self.customer_lang)?,
            since: moment(self.customer_since)?,
        };
        Ok(Thread {
            customer,
            conversation,
            job,
            new_customer: false,
            new_conversation: false,
            customer_changed: false,
        })
    }
}

#[derive(FromRow)]
struct KnownRecord {
    place: i64,
    #[sqlx(flatten)]
    customer: CustomerRecord,
}

/// The customers among senders whose conversations are all closed, each with its place in the list.
pub(super) async fn known_customers(
    db: &mut SqliteConnection,
    senders: &[&Arrival],
) -> Result<Vec<(usize, Customer)>> {
    let mut sql = asked(senders);
    sql.push(
        "select asked.place, k.* from asked join customers k on k.id = (
           select c.customer from conversations c
           where c.channel = asked.channel and c.sender = asked.sender
           order by c.opened_at desc, c.id desc limit 1)",
    );
    let records: Vec<KnownRecord> = sql.build_query_as().fetch_all(db).await?;
    records.into_iter().map(|record| Ok((index(record.place), record.customer.read()?))).collect()
}

fn asked(senders: &[&Arrival]) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new("with asked (place, channel, sender) as (");
    sql.push_values(senders.iter().zip(0_i64..), |mut row, (arrival, place)| {
        let (channel, sender) = arrival.sender();
        row.push_bind(place).push_bind(channel).push_bind(sender);
    });
    sql.push(") ");
    sql
}

fn index(place: i64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// What was answered when this message came in first.
pub(super) async fn earlier(db: &mut SqliteConnection, inbound: &Inbound) -> Result<Received> {
    let message: MessageRecord = sqlx::query_as(
        "select m.* from inbox i join messages m on m.id = i.message
         where i.channel = $1 and i.sender = $2 and i.external_id = $3",
    )
    .bind(inbound.channel.as_str())
    .bind(inbound.sender.as_str())
    .bind(inbound.external_id.as_str())
    .fetch_one(&mut *db)
    .await?;
    let message = message.read()?;
    let conversation: ConversationRecord = sqlx::query_as("select * from conversations where id = $1")
        .bind(message.conversation.as_str())
        .fetch_one(db)
        .await?;
    Ok(Received { conversation: conversation.read()?, message, repeated: true, claimed: None })
}
