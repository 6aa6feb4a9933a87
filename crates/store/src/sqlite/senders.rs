//! What must be known to accept messages: which are new, and how it stands with their senders.

use std::collections::HashSet;

use domain::{CustomerId, Inbound};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};

use super::{
    inbox::Arrival,
    intake::insert,
    rows::{ConversationRecord, MessageRecord},
    thread::{AnswerJob, Face, News, Thread},
    values::lang,
};
use crate::{Received, Result};

/// Enters messages into the inbox and says which of them were not there. The key of the inbox decides;
/// it is asked what it decided only if it turned something away.
pub(super) async fn register(db: &mut SqliteConnection, arrivals: &[Arrival]) -> Result<Vec<bool>> {
    let mut sql = insert("inbox (channel, sender, external_id, message)");
    sql.push_values(arrivals, |mut row, Arrival { inbound, fresh, .. }| {
        row.push_bind(inbound.channel.as_str())
            .push_bind(inbound.sender.as_str())
            .push_bind(inbound.external_id.as_str())
            .push_bind(fresh.2.as_str());
    });
    sql.push(" on conflict (channel, sender, external_id) do nothing");
    let entered = sql.build().execute(&mut *db).await?.rows_affected();
    if entered == arrivals.len() as u64 {
        return Ok(vec![true; arrivals.len()]);
    }
    let mut standing = standing(db, arrivals).await?;
    // Of a repeat within the group the first one is the message.
    Ok(arrivals.iter().map(|arrival| standing.remove(arrival.fresh.2.as_str())).collect())
}

/// The names of the messages among these that are entered, but not written yet.
async fn standing(db: &mut SqliteConnection, arrivals: &[Arrival]) -> Result<HashSet<String>> {
    let mut sql = QueryBuilder::<Sqlite>::new("with asked (channel, sender, external_id) as (");
    sql.push_values(arrivals, |mut row, Arrival { inbound, .. }| {
        row.push_bind(inbound.channel.as_str())
            .push_bind(inbound.sender.as_str())
            .push_bind(inbound.external_id.as_str());
    });
    sql.push(
        ") select i.message from asked join inbox i on i.channel = asked.channel
             and i.sender = asked.sender and i.external_id = asked.external_id
           left join messages m on m.id = i.message where m.id is null",
    );
    Ok(sql.build_query_scalar().fetch_all(db).await?.into_iter().collect())
}

#[derive(FromRow)]
struct ThreadRecord {
    place: i64,
    #[sqlx(flatten)]
    conversation: ConversationRecord,
    named: bool,
    customer_lang: String,
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
        "select asked.place, c.*, k.name is not null as named, k.lang as customer_lang,
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
            news: News::None,
        });
        Ok(Thread {
            customer: Face::known(self.named, lang(&self.customer_lang)?),
            conversation,
            job,
            is_new: false,
        })
    }
}

/// The customers among senders whose conversations are all closed, each with its place in the list.
pub(super) async fn known_customers(
    db: &mut SqliteConnection,
    senders: &[&Arrival],
) -> Result<Vec<(usize, CustomerId, Face)>> {
    let mut sql = asked(senders);
    sql.push(
        "select asked.place, k.id, k.name is not null, k.lang from asked join customers k on k.id = coalesce((
           select c.customer from conversations c
           where c.channel = asked.channel and c.sender = asked.sender
           order by c.opened_at desc, c.id desc limit 1), (
           select s.customer from known_senders s where s.channel = asked.channel and s.sender = asked.sender))",
    );
    let found: Vec<(i64, String, bool, String)> = sql.build_query_as().fetch_all(db).await?;
    let read = |(place, id, named, code): (i64, String, bool, String)| {
        Ok((index(place), id.into(), Face::known(named, lang(&code)?)))
    };
    found.into_iter().map(read).collect()
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
