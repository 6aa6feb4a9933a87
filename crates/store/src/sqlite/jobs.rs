//! Jobs, their leases and their fences.

use domain::Timestamp;
use sqlx::{FromRow, SqliteConnection};

use super::values::{micros, named};
use crate::{Fence, Job, JobKind, Lease, NewJob, Result, Settled};

/// The number of the next lease, greater than all before, of whichever job.
pub(super) async fn next_fence(db: &mut SqliteConnection) -> Result<i64> {
    let sql = "update counters set value = value + 1 where name = 'fence' returning value";
    Ok(sqlx::query_scalar(sql).fetch_one(db).await?)
}

#[derive(FromRow)]
struct JobRecord {
    kind: String,
    key: String,
    fence: i64,
    attempts: i64,
    wanted_seq: i64,
    due: i64,
}

impl JobRecord {
    fn read(self) -> Result<Job> {
        Ok(Job {
            kind: named("job", &self.kind, JobKind::from_name)?,
            key: self.key,
            fence: Fence(self.fence),
            attempts: u32::try_from(self.attempts).unwrap_or_default(),
            seq: self.wanted_seq,
        })
    }
}

/// Leases due jobs. Nothing is written if nothing is due.
pub(super) async fn claim(
    db: &mut SqliteConnection,
    (kind, now, lease, limit): &(JobKind, Timestamp, Lease, u32),
) -> Result<Vec<Job>> {
    let fence = next_fence(db).await?;
    let mut claimed: Vec<JobRecord> = sqlx::query_as(
        "update jobs set lease_until = $1, fence = $2, leased_seq = wanted_seq
         where kind = $3 and key in (
           select key from jobs
           where kind = $3 and due <= $4 and (lease_until is null or lease_until <= $4)
           order by due, key limit $5)
         returning kind, key, fence, attempts, wanted_seq, due",
    )
    .bind(micros(lease.until))
    .bind(fence)
    .bind(kind.name())
    .bind(micros(*now))
    .bind(i64::from(*limit))
    .fetch_all(db)
    .await?;
    claimed.sort_by(|a, b| (a.due, &a.key).cmp(&(b.due, &b.key)));
    claimed.into_iter().map(JobRecord::read).collect()
}

/// Whether a claim would find something.
pub(super) const ANY_DUE: &str = "select exists (select 1 from jobs
    where kind = $1 and due <= $2 and (lease_until is null or lease_until <= $2))";

/// Removes a job. If the holder was never told of a message that came in, or it was wanted again meanwhile, the job stays
/// and is free.
pub(super) async fn finish(
    db: &mut SqliteConnection,
    (kind, key, fence): &(JobKind, String, Fence),
) -> Result<bool> {
    let removed = sqlx::query(
        "delete from jobs where kind = $1 and key = $2 and fence = $3 and lease_until is not null
           and wanted_seq <= leased_seq",
    )
    .bind(kind.name())
    .bind(key)
    .bind(fence.0)
    .execute(&mut *db)
    .await?;
    if removed.rows_affected() > 0 {
        return Ok(true);
    }
    let freed = sqlx::query(
        "update jobs set lease_until = null, attempts = 0
         where kind = $1 and key = $2 and fence = $3 and lease_until is not null",
    )
    .bind(kind.name())
    .bind(key)
    .bind(fence.0)
    .execute(db)
    .await?;
    Ok(freed.rows_affected() > 0)
}

/// Gives a job back for a later try.
pub(super) async fn retry(
    db: &mut SqliteConnection,
    (kind, key, fence, due, error): &(JobKind, String, Fence, Timestamp, String),
) -> Result<bool> {
    let freed = sqlx::query(
        "update jobs set lease_until = null, due = $4, attempts = attempts + 1, last_error = $5
         where kind = $1 and key = $2 and fence = $3 and lease_until is not null",
    )
    .bind(kind.name())
    .bind(key)
    .bind(fence.0)
    .bind(micros(*due))
    .bind(error)
    .execute(db)
    .await?;
    Ok(freed.rows_affected() > 0)
}

/// Ends all leases.
pub(super) async fn release_all(db: &mut SqliteConnection, (): &()) -> Result<u64> {
    let freed = sqlx::query("update jobs set lease_until = null where lease_until is not null");
    Ok(freed.execute(db).await?.rows_affected())
}

/// Queues a job. An `Answer` that is queued by hand wants all that was said so far. Any other that is wanted again while
/// it is worked on is wanted once more: who works on it may have looked already.
pub(super) async fn enqueue(db: &mut SqliteConnection, job: &NewJob) -> Result<()> {
    sqlx::query(
        "insert into jobs (kind, key, due, fence, attempts, wanted_seq, leased_seq)
         values ($1, $2, $3, 0, 0, case when $1 = 'answer'
           then coalesce((select last_seq from conversations where id = $2), 0) else 0 end, 0)
         on conflict (kind, key) do update
           set due = case when excluded.due < jobs.due then excluded.due else jobs.due end,
             wanted_seq = jobs.wanted_seq
               + case when jobs.kind <> 'answer' and jobs.lease_until is not null then 1 else 0 end",
    )
    .bind(job.kind.name())
    .bind(&job.key)
    .bind(micros(job.due))
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a turn: the job goes, or stays leased up to the place returned.
pub(super) async fn settle(
    db: &mut SqliteConnection,
    conversation: &str,
    settled: Settled,
) -> Result<Option<i64>> {
    let removed = sqlx::query(
        "delete from jobs where kind = 'answer' and key = $1 and fence = $2 and wanted_seq <= $3",
    )
    .bind(conversation)
    .bind(settled.fence.0)
    .bind(settled.seq)
    .execute(&mut *db)
    .await?;
    if removed.rows_affected() > 0 {
        return Ok(None);
    }
    let more = sqlx::query_scalar(
        "update jobs set leased_seq = wanted_seq, attempts = 0, last_error = null
         where kind = 'answer' and key = $1 and fence = $2 returning wanted_seq",
    )
    .bind(conversation)
    .bind(settled.fence.0)
    .fetch_optional(db)
    .await?;
    Ok(more)
}
