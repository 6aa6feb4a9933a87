//! [`Work`] on SQLite: what [`super::jobs`] and [`super::deliveries`] do, by the writer.

use async_trait::async_trait;
use domain::{ConversationId, Delivery, DeliveryState, MessageId, Timestamp};

use super::{
    Sqlite, deliveries, jobs,
    rows::DeliveryRecord,
    values::{micros, named},
};
use crate::{Fence, Job, JobKind, Lease, NewJob, Result, Work};

#[async_trait]
impl Work for Sqlite {
    async fn claim(&self, kind: JobKind, now: Timestamp, lease: Lease, limit: u32) -> Result<Vec<Job>> {
        let any: bool = sqlx::query_scalar(jobs::ANY_DUE)
            .bind(kind.name())
            .bind(micros(now))
            .fetch_one(&self.readers)
            .await?;
        if !any {
            return Ok(Vec::new());
        }
        self.write((kind, now, lease, limit), |db, claim| Box::pin(jobs::claim(db, claim))).await
    }

    async fn finish(&self, kind: JobKind, key: &str, fence: Fence) -> Result<bool> {
        self.write((kind, key.to_owned(), fence), |db, job| Box::pin(jobs::finish(db, job))).await
    }

    async fn retry(
        &self,
        kind: JobKind,
        key: &str,
        fence: Fence,
        due: Timestamp,
        error: &str,
    ) -> Result<bool> {
        let job = (kind, key.to_owned(), fence, due, error.to_owned());
        self.write(job, |db, job| Box::pin(jobs::retry(db, job))).await
    }

    async fn release_leases(&self) -> Result<u64> {
        self.write((), |db, nothing| Box::pin(jobs::release_all(db, nothing))).await
    }

    async fn enqueue(&self, job: NewJob) -> Result<()> {
        self.write(job, |db, job| Box::pin(jobs::enqueue(db, job))).await
    }

    async fn backlog(&self) -> Result<Vec<(JobKind, u64)>> {
        let counts: Vec<(String, i64)> =
            sqlx::query_as("select kind, count(*) from jobs group by kind").fetch_all(&self.readers).await?;
        let count = |(kind, count): (String, i64)| {
            Ok((named("job", &kind, JobKind::from_name)?, count.unsigned_abs()))
        };
        counts.into_iter().map(count).collect()
    }

    async fn delivery(&self, message: &MessageId) -> Result<Option<Delivery>> {
        let found: Option<DeliveryRecord> = sqlx::query_as("select * from deliveries where message = $1")
            .bind(message.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(DeliveryRecord::read).transpose()
    }

    async fn move_delivery(
        &self,
        message: &MessageId,
        from: DeliveryState,
        to: DeliveryState,
        error: Option<&str>,
        now: Timestamp,
    ) -> Result<bool> {
        let step =
            deliveries::Move { message: message.clone(), from, to, error: error.map(str::to_owned), now };
        self.write(step, |db, step| Box::pin(deliveries::advance(db, step))).await
    }

    async fn doubt_unfinished_deliveries(&self, now: Timestamp) -> Result<u64> {
        self.write(now, |db, now| Box::pin(deliveries::doubt(db, now))).await
    }

    async fn troubled_deliveries(&self, conversation: &ConversationId) -> Result<Vec<Delivery>> {
        let found: Vec<DeliveryRecord> = sqlx::query_as(
            "select d.* from deliveries d join messages m on m.id = d.message
             where d.conversation = $1 and d.state <> 'sent' order by m.seq",
        )
        .bind(conversation.as_str())
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(DeliveryRecord::read).collect()
    }
}
