//! How far messages are on their way out.

use domain::{ConversationId, DeliveryState, MessageId, Timestamp};
use sqlx::SqliteConnection;

use super::{jobs, values::micros};
use crate::{JobKind, NewJob, Result};

/// A move that somebody asks for.
pub(super) struct Move {
    pub(super) message: MessageId,
    pub(super) from: DeliveryState,
    pub(super) to: DeliveryState,
    pub(super) error: Option<String>,
    pub(super) now: Timestamp,
}

/// Which way a delivery may go. What was sent is never sent again, though the platform may report
/// later that it failed; what failed or is in doubt moves on only because a person looked at it.
fn may_move(from: DeliveryState, to: DeliveryState) -> bool {
    use DeliveryState::{Failed, InDoubt, Queued, Sending, Sent};
    match from {
        Queued => to > Queued,
        // A try that certainly did not arrive may be tried again.
        Sending => to != Sending,
        Sent => to == Failed,
        Failed => to == Queued,
        InDoubt => matches!(to, Queued | Sent | Failed),
    }
}

/// Queues a message to be pushed, with the job that does it.
pub(super) async fn queue(
    db: &mut SqliteConnection,
    conversation: &ConversationId,
    message: &MessageId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into deliveries (message, conversation, state, attempts, at) values ($1, $2, 'queued', 0, $3)",
    )
    .bind(message.as_str())
    .bind(conversation.as_str())
    .bind(micros(now))
    .execute(&mut *db)
    .await?;
    let job = NewJob { kind: JobKind::Deliver, key: message.as_str().to_owned(), due: now };
    jobs::enqueue(db, &job).await
}

/// Moves a delivery; `false` if it is not where it was thought to be, or may not go there.
pub(super) async fn advance(db: &mut SqliteConnection, step: &Move) -> Result<bool> {
    if !may_move(step.from, step.to) {
        return Ok(false);
    }
    let moved = sqlx::query(
        "update deliveries set state = $3, error = $4, at = $5,
           attempts = attempts + case when $3 = 'sending' then 1 else 0 end
         where message = $1 and state = $2",
    )
    .bind(step.message.as_str())
    .bind(step.from.name())
    .bind(step.to.name())
    .bind(step.error.as_deref())
    .bind(micros(step.now))
    .execute(db)
    .await?;
    Ok(moved.rows_affected() > 0)
}

/// What was being handed over when the process died may or may not have arrived.
pub(super) async fn doubt(db: &mut SqliteConnection, now: &Timestamp) -> Result<u64> {
    let doubted = sqlx::query("update deliveries set state = 'in_doubt', at = $1 where state = 'sending'")
        .bind(micros(*now))
        .execute(db)
        .await?;
    Ok(doubted.rows_affected())
}
