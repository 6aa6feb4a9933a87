//! [`Service`] on SQLite.

use async_trait::async_trait;
use domain::{
    Call, CallId, Conversation, ConversationId, Customer, CustomerFile, CustomerId, Duty, DutyChange,
    DutyTable, Identity, Pending, Profile, ProfileEvent, Proposal, Timestamp,
};
use sqlx::SqliteConnection;

use super::{
    Sqlite, calls, customer_files, duties, forgetting, lessons, profiles,
    rows::{ConversationRecord, CustomerRecord},
    values::{from_json, to_json},
};
use crate::{
    Change, Result, Service, TakenIn,
    service::{CallMove, Forgetting},
};

#[async_trait]
impl Service for Sqlite {
    async fn put_identity(&self, sender: &str, identity: &Identity) -> Result<()> {
        let row = (sender.to_owned(), identity.clone());
        self.write(row, |db, row| Box::pin(profiles::put_identity(db, row))).await
    }

    async fn identity(&self, sender: &str) -> Result<Option<Identity>> {
        profiles::identity(&self.readers, sender).await
    }

    async fn profile(&self, customer: &CustomerId) -> Result<Profile> {
        profiles::profile(&self.readers, customer).await
    }

    async fn put_fact(
        &self,
        customer: &CustomerId,
        name: &str,
        value: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let fact = profiles::Note {
            customer: customer.clone(),
            name: name.to_owned(),
            value: value.to_owned(),
            by: by.to_owned(),
            now,
        };
        self.write(fact, |db, fact| Box::pin(profiles::note(db, fact))).await
    }

    async fn remove_fact(&self, customer: &CustomerId, name: &str, by: &str, now: Timestamp) -> Result<bool> {
        let fact = (customer.clone(), name.to_owned(), by.to_owned(), now);
        self.write(fact, |db, fact| Box::pin(profiles::remove(db, fact))).await
    }

    async fn put_customer_files(&self, files: Vec<CustomerFile>) -> Result<TakenIn> {
        self.write(files, |db, files| Box::pin(customer_files::put(db, files))).await
    }

    async fn forget_customer(&self, forgetting: &Forgetting) -> Result<bool> {
        self.write(forgetting.clone(), |db, forgetting| Box::pin(forgetting::forget(db, forgetting))).await
    }

    async fn profile_events(&self, customer: &CustomerId, limit: u32) -> Result<Vec<ProfileEvent>> {
        profiles::events(&self.readers, customer, limit).await
    }

    async fn customers_after(&self, after: Option<&CustomerId>, limit: u32) -> Result<Vec<Customer>> {
        let found: Vec<CustomerRecord> =
            sqlx::query_as("select * from customers where id > $1 order by id limit $2")
                .bind(after.map_or("", CustomerId::as_str))
                .bind(i64::from(limit))
                .fetch_all(&self.readers)
                .await?;
        found.into_iter().map(CustomerRecord::read).collect()
    }

    async fn conversations_of(&self, customer: &CustomerId, limit: u32) -> Result<Vec<Conversation>> {
        let found: Vec<ConversationRecord> = sqlx::query_as(
            "select * from conversations where customer = $1 order by opened_at desc, id desc limit $2",
        )
        .bind(customer.as_str())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(ConversationRecord::read).collect()
    }

    async fn pending(&self, conversation: &ConversationId) -> Result<Option<Pending>> {
        let found: Option<String> = sqlx::query_scalar("select body from pendings where conversation = $1")
            .bind(conversation.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(|body| from_json("pending action", &body)).transpose()
    }

    async fn call(&self, id: &CallId) -> Result<Option<Call>> {
        calls::one(&self.readers, id).await
    }

    async fn calls(&self, conversation: &ConversationId) -> Result<Vec<Call>> {
        calls::of(&self.readers, conversation).await
    }

    async fn undecided_calls(&self, customer: &CustomerId) -> Result<Vec<Call>> {
        calls::undecided(&self.readers, customer).await
    }

    async fn strangers_who_found_nothing(&self, order: &str, since: Timestamp) -> Result<u64> {
        calls::found_nothing(&self.readers, order, since).await
    }

    async fn move_call(&self, step: &CallMove) -> Result<bool> {
        self.write(step.clone(), |db, step| Box::pin(calls::advance(db, step))).await
    }

    async fn proposals(&self, conversation: &ConversationId) -> Result<Vec<Proposal>> {
        calls::proposals(&self.readers, conversation).await
    }

    async fn duties(&self) -> Result<DutyTable> {
        duties::table(&self.readers).await
    }

    async fn set_duty(
        &self,
        topic: &str,
        to: Option<Duty>,
        why: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let row = duties::Row { topic: topic.to_owned(), to, why: why.to_owned(), by: by.to_owned(), now };
        self.write(row, |db, row| Box::pin(duties::set(db, row))).await
    }

    async fn duty_changes(&self, before: Option<i64>, limit: u32) -> Result<Vec<DutyChange>> {
        duties::changes(&self.readers, before, limit).await
    }
}

/// Whether all that a change depends on is as it was read. Nothing is written.
pub(super) async fn is_possible(db: &mut SqliteConnection, change: &Change) -> Result<bool> {
    for call in &change.service.calls {
        if calls::is_there(db, &call.id).await? {
            return Ok(false);
        }
    }
    if let Some(step) = &change.service.moves
        && !calls::stands(db, step).await?
    {
        return Ok(false);
    }
    match &change.service.decided {
        Some(decided) => calls::is_open(db, &decided.answer).await,
        None => Ok(true),
    }
}

/// Writes what a change does beside words.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> Result<()> {
    let (service, conversation) = (&change.service, &change.conversation);
    match &service.pending {
        Some(Some(pending)) => put_pending(db, &conversation.id, pending).await?,
        Some(None) => {
            sqlx::query("delete from pendings where conversation = $1")
                .bind(conversation.id.as_str())
                .execute(&mut *db)
                .await?;
        }
        None => {}
    }
    for call in &service.calls {
        calls::put(db, call).await?;
    }
    if let Some(step) = &service.moves {
        calls::advance(db, step).await?;
    }
    for proposal in &service.proposals {
        calls::propose(db, proposal).await?;
    }
    if let Some(decided) = &service.decided {
        calls::decide(db, decided).await?;
        lessons::sent(db, decided, change.at).await?;
    }
    if let Some(replied) = &service.replied {
        lessons::typed(db, replied, change.at).await?;
    }
    for (name, value) in &service.learnt {
        profiles::learn(db, (&conversation.customer, name, value, change.at)).await?;
    }
    match &service.order {
        Some(order) => profiles::see_order(db, &conversation.customer, order).await,
        None => Ok(()),
    }
}

async fn put_pending(db: &mut SqliteConnection, id: &ConversationId, pending: &Pending) -> Result<()> {
    sqlx::query(
        "insert into pendings (conversation, body) values ($1, $2)
         on conflict (conversation) do update set body = excluded.body",
    )
    .bind(id.as_str())
    .bind(to_json("pending action", pending)?)
    .execute(db)
    .await?;
    Ok(())
}
