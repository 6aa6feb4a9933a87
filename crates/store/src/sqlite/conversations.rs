//! [`Conversations`] on SQLite.

use async_trait::async_trait;
use domain::{
    AnswerId, ChannelId, Conversation, ConversationId, Customer, CustomerId, Feedback, Inbound, Message,
    MessageId, Rating, Timestamp, Trace,
};
use sqlx::SqliteConnection;

use super::{
    Sqlite, change,
    inbox::Arrival,
    lists, opinions,
    rows::{ConversationRecord, CustomerRecord, MessageRecord},
    values::micros,
};
use crate::{
    Applied, Change, ConversationFilter, ConversationRow, Conversations, Lease, Page, Received, Result,
};

#[async_trait]
impl Conversations for Sqlite {
    async fn receive(
        &self,
        inbound: Inbound,
        fresh: (CustomerId, ConversationId, MessageId),
        now: Timestamp,
        lease: Option<Lease>,
    ) -> Result<Received> {
        self.accept(Arrival { inbound, fresh, now, lease }).await
    }

    async fn apply(&self, change: Change) -> Result<Applied> {
        self.write(change, |db, change| Box::pin(change::apply(db, change))).await
    }

    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        let found: Option<ConversationRecord> = sqlx::query_as("select * from conversations where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(ConversationRecord::read).transpose()
    }

    async fn thread(&self, channel: &ChannelId, sender: &str, limit: u32) -> Result<Vec<Conversation>> {
        let found: Vec<ConversationRecord> = sqlx::query_as(
            "select * from conversations where channel = $1 and sender = $2
             order by opened_at desc, id desc limit $3",
        )
        .bind(channel.as_str())
        .bind(sender)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(ConversationRecord::read).collect()
    }

    async fn list(&self, filter: &ConversationFilter, page: &Page) -> Result<Vec<ConversationRow>> {
        lists::list(&self.readers, filter, page).await
    }

    async fn count(&self, filter: &ConversationFilter) -> Result<u64> {
        lists::count(&self.readers, filter).await
    }

    async fn messages(&self, conversation: &ConversationId, after: i64, limit: u32) -> Result<Vec<Message>> {
        let found: Vec<MessageRecord> = sqlx::query_as(
            "select * from messages where conversation = $1 and seq > $2 order by seq limit $3",
        )
        .bind(conversation.as_str())
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(MessageRecord::read).collect()
    }

    async fn said_while_waiting(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Message>> {
        // Words of the contact form are the only ones of a customer without a name of the sender's.
        let found: Vec<MessageRecord> = sqlx::query_as(
            "select * from messages
             where conversation = $1 and author = 'customer' and stage = 'waiting' and external_id is not null
               and seq > (select coalesce(max(seq), 0) from messages where conversation = $1
                 and (author in ('assistant', 'agent') or (author = 'notice' and stage <> 'waiting')))
             order by seq desc limit $2",
        )
        .bind(conversation.as_str())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().rev().map(MessageRecord::read).collect()
    }

    async fn message(&self, id: &MessageId) -> Result<Option<Message>> {
        let found: Option<MessageRecord> = sqlx::query_as("select * from messages where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(MessageRecord::read).transpose()
    }

    async fn waiting_ahead(&self, conversation: &ConversationId) -> Result<u64> {
        let ahead: i64 = sqlx::query_scalar(
            "select count(*) from conversations me join conversations other
               on other.stage = 'waiting' and (other.staged_at < me.staged_at
                 or (other.staged_at = me.staged_at and other.id < me.id))
             where me.id = $1 and me.stage = 'waiting'",
        )
        .bind(conversation.as_str())
        .fetch_one(&self.readers)
        .await?;
        Ok(ahead.unsigned_abs())
    }

    async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>> {
        let found: Option<CustomerRecord> = sqlx::query_as("select * from customers where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(CustomerRecord::read).transpose()
    }

    async fn put_customer(&self, customer: &Customer) -> Result<()> {
        self.write(customer.clone(), |db, customer| Box::pin(put_customer(db, customer))).await
    }

    async fn trace(&self, id: &AnswerId) -> Result<Option<Trace>> {
        opinions::trace(&self.readers, id).await
    }

    async fn traces(&self, conversation: &ConversationId) -> Result<Vec<Trace>> {
        opinions::traces(&self.readers, conversation).await
    }

    async fn last_traces(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Trace>> {
        opinions::last_traces(&self.readers, conversation, limit).await
    }

    async fn put_feedback(&self, feedback: &Feedback) -> Result<()> {
        self.write(feedback.clone(), |db, feedback| Box::pin(opinions::put_feedback(db, feedback))).await
    }

    async fn feedback(&self, conversation: &ConversationId) -> Result<Vec<Feedback>> {
        opinions::feedback(&self.readers, conversation).await
    }

    async fn put_rating(&self, rating: &Rating) -> Result<()> {
        self.write(rating.clone(), |db, rating| Box::pin(opinions::put_rating(db, rating))).await
    }

    async fn rating(&self, conversation: &ConversationId) -> Result<Option<Rating>> {
        opinions::rating(&self.readers, conversation).await
    }
}

async fn put_customer(db: &mut SqliteConnection, customer: &Customer) -> Result<()> {
    sqlx::query(
        "insert into customers (id, name, contact, lang, since) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set name = excluded.name, contact = excluded.contact,
           lang = excluded.lang, since = excluded.since",
    )
    .bind(customer.id.as_str())
    .bind(customer.name.as_deref())
    .bind(customer.contact.as_deref())
    .bind(customer.lang.code())
    .bind(micros(customer.since))
    .execute(db)
    .await?;
    Ok(())
}
