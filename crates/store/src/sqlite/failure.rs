//! What SQLite's refusals mean to those who asked.

use sqlx::{error::DatabaseError, migrate::MigrateError};

use crate::StoreError;

const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOT_A_DATABASE: i32 = 26;
/// `fsync` failed, on the file or on its folder.
const FLUSH: [i32; 2] = [1034, 1290];
/// The shared-memory file could not grow: seen when the disk is full.
const NO_SHARED_MEMORY: i32 = 4874;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(refusal) => refused(code(&*refusal), refusal.message()),
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Closed,
            sqlx::Error::Decode(cause) => unreadable("value", cause),
            sqlx::Error::ColumnDecode { index, source } => {
                Self::Unreadable { what: "value", reason: format!("column {index}: {source}") }
            }
            other => Self::Database(other.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Self::Newer(format!("it knows migration {version}"))
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Database(other.to_string()),
        }
    }
}

/// Whether the disk failed to flush: what it holds now, nobody knows.
pub(super) fn is_lost_flush(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|refusal| FLUSH.contains(&code(refusal)))
}

fn code(refusal: &dyn DatabaseError) -> i32 {
    refusal.code().and_then(|code| code.parse().ok()).unwrap_or_default()
}

fn refused(code: i32, message: &str) -> StoreError {
    match (code, code & 0xff) {
        (NO_SHARED_MEMORY, _) | (_, FULL) => StoreError::Full,
        (_, BUSY | LOCKED) => StoreError::Locked,
        (_, CORRUPT | NOT_A_DATABASE) => StoreError::Damaged(message.to_owned()),
        _ => StoreError::Database(message.to_owned()),
    }
}

/// A value of this kind is there but cannot be understood.
pub(super) fn unreadable(what: &'static str, reason: impl ToString) -> StoreError {
    StoreError::Unreadable { what, reason: reason.to_string() }
}
