//! What entries are worth: sums that follow every answer and every judgement in its own transaction.
//!
//! An answer is judged by its thumb, and without one by whether a person was brought in right after. Whoever changes
//! one of these takes the old verdict out of the sums and puts the new one in, so that doing it twice changes nothing.

use std::collections::HashMap;

use domain::{Conversation, EntryId, Rung, Stage, Thumb, Timestamp, Trace};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::values::{from_json, micros, moment};
use crate::{EntryValue, PERIOD, Result, Tally};

const DAY: i64 = 86_400_000_000;
/// A person who comes later than this was not brought in by the answer, in microseconds.
const RIGHT_AFTER: i64 = 15 * 60 * 1_000_000;
/// The best candidate of a question that got no answer was asked for if it was at least so probable.
const ALMOST: f32 = 0.3;
/// Ids in one statement.
const IDS: usize = 500;

/// What is added to sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Step {
    asked: i64,
    answered: i64,
    helped: i64,
    harmed: i64,
}

/// The entries that an answer speaks for: those that it used, else the one that it almost gave.
fn entries(trace: &Trace) -> Vec<&EntryId> {
    let almost = trace.candidates.first().filter(|best| trace.used.is_empty() && best.score >= ALMOST);
    let mut all: Vec<&EntryId> = trace.used.iter().chain(almost.map(|best| &best.entry)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Counts an answer.
pub(super) async fn answered(db: &mut SqliteConnection, trace: &Trace) -> Result<()> {
    let answers = trace.rung.answers();
    let step = Step { asked: 1, answered: i64::from(answers), ..Step::default() };
    for entry in entries(trace) {
        add(db, entry, micros(trace.at), step, answers.then_some(trace.at)).await?;
    }
    Ok(())
}

async fn add(
    db: &mut SqliteConnection,
    entry: &EntryId,
    at: i64,
    step: Step,
    used: Option<Timestamp>,
) -> Result<()> {
    sqlx::query(
        "insert into entry_days (entry, day, asked, answered, helped, harmed) values ($1, $2, $3, $4, $5, $6)
         on conflict (entry, day) do update set asked = entry_days.asked + excluded.asked,
           answered = entry_days.answered + excluded.answered, helped = entry_days.helped + excluded.helped,
           harmed = entry_days.harmed + excluded.harmed",
    )
    .bind(entry.as_str())
    .bind(at.div_euclid(DAY))
    .bind(step.asked)
    .bind(step.answered)
    .bind(step.helped)
    .bind(step.harmed)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "insert into entry_values (entry, asked, answered, helped, harmed, used_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (entry) do update set asked = entry_values.asked + excluded.asked,
           answered = entry_values.answered + excluded.answered, helped = entry_values.helped + excluded.helped,
           harmed = entry_values.harmed + excluded.harmed,
           used_at = case when entry_values.used_at is null or excluded.used_at > entry_values.used_at
             then coalesce(excluded.used_at, entry_values.used_at) else entry_values.used_at end",
    )
    .bind(entry.as_str())
    .bind(step.asked)
    .bind(step.answered)
    .bind(step.helped)
    .bind(step.harmed)
    .bind(used.map(micros))
    .execute(db)
    .await?;
    Ok(())
}

/// Helped, harmed or neither.
fn verdict(thumb: Option<Thumb>, handed_over: bool) -> Step {
    match thumb {
        Some(Thumb::Up) => Step { helped: 1, ..Step::default() },
        Some(Thumb::Down) => Step { harmed: 1, ..Step::default() },
        None => Step { harmed: i64::from(handed_over), ..Step::default() },
    }
}

/// Moves an answer from one verdict to another.
async fn rejudge(db: &mut SqliteConnection, answer: &str, before: Step, after: Step) -> Result<()> {
    let step = Step {
        helped: after.helped - before.helped,
        harmed: after.harmed - before.harmed,
        ..Step::default()
    };
    if step == Step::default() {
        return Ok(());
    }
    let body: Option<String> = sqlx::query_scalar("select body from traces where id = $1")
        .bind(answer)
        .fetch_optional(&mut *db)
        .await?;
    let Some(trace) = body.map(|body| from_json::<Trace>("trace", &body)).transpose()? else { return Ok(()) };
    if trace.rung.answers() {
        for entry in entries(&trace) {
            add(db, entry, micros(trace.at), step, None).await?;
        }
    }
    Ok(())
}

async fn thumb(db: &mut SqliteConnection, answer: &str) -> Result<Option<Thumb>> {
    let kept: Option<Option<String>> = sqlx::query_scalar("select thumb from feedback where answer = $1")
        .bind(answer)
        .fetch_optional(db)
        .await?;
    Ok(match kept.flatten().as_deref() {
        Some("up") => Some(Thumb::Up),
        Some("down") => Some(Thumb::Down),
        _ => None,
    })
}

async fn was_handed_over(db: &mut SqliteConnection, answer: &str) -> Result<bool> {
    let kept: Option<i64> = sqlx::query_scalar("select at from handed_over where answer = $1")
        .bind(answer)
        .fetch_optional(db)
        .await?;
    Ok(kept.is_some())
}

/// A thumb is about to replace what is kept.
pub(super) async fn judged(db: &mut SqliteConnection, answer: &str, new: Option<Thumb>) -> Result<()> {
    let handed = was_handed_over(db, answer).await?;
    let before = verdict(thumb(db, answer).await?, handed);
    rejudge(db, answer, before, verdict(new, handed)).await
}

/// A conversation has moved: if a person was brought in right after an answer, the answer is to blame.
pub(super) async fn moved(
    db: &mut SqliteConnection,
    before: &Stage,
    after: &Conversation,
    at: Timestamp,
) -> Result<()> {
    let brought_in = *before == Stage::WithAssistant
        && matches!(after.stage, Stage::Waiting { .. } | Stage::WithAgent { .. });
    if !brought_in {
        return Ok(());
    }
    let Some(answer) = last_answer(db, after, at).await? else { return Ok(()) };
    let new =
        sqlx::query("insert into handed_over (answer, at) values ($1, $2) on conflict (answer) do nothing")
            .bind(answer.as_str())
            .bind(micros(at))
            .execute(&mut *db)
            .await?
            .rows_affected();
    if new == 0 {
        return Ok(());
    }
    let thumb = thumb(db, &answer).await?;
    rejudge(db, &answer, verdict(thumb, false), verdict(thumb, true)).await
}

/// What was answered just before a person was asked for; that itself is no answer.
async fn last_answer(db: &mut SqliteConnection, of: &Conversation, at: Timestamp) -> Result<Option<String>> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "select body from traces where conversation = $1 and at >= $2 and at <= $3 order by at desc, id desc limit 3",
    )
    .bind(of.id.as_str())
    .bind(micros(at) - RIGHT_AFTER)
    .bind(micros(at))
    .fetch_all(db)
    .await?;
    let traces = bodies.iter().map(|body| from_json::<Trace>("trace", body)).collect::<Result<Vec<_>>>()?;
    let last = traces.into_iter().find(|trace| trace.rung != Rung::Handover);
    Ok(last.map(|trace| trace.id.as_str().to_owned()))
}

#[derive(FromRow)]
struct Sums {
    entry: String,
    asked: i64,
    answered: i64,
    helped: i64,
    harmed: i64,
    used_at: Option<i64>,
    recent: bool,
}

impl Sums {
    fn tally(&self) -> Tally {
        Tally {
            asked: self.asked.unsigned_abs(),
            answered: self.answered.unsigned_abs(),
            helped: self.helped.unsigned_abs(),
            harmed: self.harmed.unsigned_abs(),
        }
    }
}

/// What these entries are worth, in their order.
pub(super) async fn of(db: &SqlitePool, ids: &[EntryId], now: Timestamp) -> Result<Vec<EntryValue>> {
    let today = micros(now).div_euclid(DAY);
    let mut known: HashMap<String, EntryValue> = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "select entry, asked, answered, helped, harmed, used_at, false as recent from entry_values where entry in (",
        );
        list(&mut sql, ids);
        for sums in sql.build_query_as::<Sums>().fetch_all(db).await? {
            let value = known.entry(sums.entry.clone()).or_default();
            value.total = sums.tally();
            value.used_at = sums.used_at.map(moment).transpose()?;
        }
        let mut sql = QueryBuilder::<Sqlite>::new(
            "select entry, sum(asked) as asked, sum(answered) as answered, sum(helped) as helped, sum(harmed) as harmed, null as used_at, day > ",
        );
        sql.push_bind(today - PERIOD)
            .push(" as recent from entry_days where day > ")
            .push_bind(today - 2 * PERIOD);
        sql.push(" and day <= ").push_bind(today).push(" and entry in (");
        list(&mut sql, ids);
        sql.push(" group by entry, recent");
        for sums in sql.build_query_as::<Sums>().fetch_all(db).await? {
            let value = known.entry(sums.entry.clone()).or_default();
            *(if sums.recent { &mut value.recent } else { &mut value.before }) = sums.tally();
        }
    }
    Ok(ids.iter().map(|id| known.get(id.as_str()).copied().unwrap_or_default()).collect())
}

fn list(sql: &mut QueryBuilder<Sqlite>, ids: &[EntryId]) {
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id.as_str().to_owned());
    }
    sql.push(")");
}
