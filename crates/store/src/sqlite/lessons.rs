//! [`Lessons`] on SQLite. What customers say is not to be trusted: nobody teaches much, no entry is taught much, and
//! who attacks teaches nothing.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{AnswerId, EntryId, Feedback, Lesson, ProposalState, Reason, Rung, Thumb, Timestamp, Trace};
use sqlx::{FromRow, SqliteConnection};

use super::{
    Sqlite,
    values::{from_json, micros},
};
use crate::{Decided, LessonCounts, Lessons, Replied, Result};

/// Lessons that are learnt, and those that are looked at for them.
const MOST: usize = 3_000;
const LOOKED_AT: i64 = 12_000;
/// Lessons of one entry.
const OF_ENTRY: usize = 50;
/// Lessons of one customer.
const OF_CUSTOMER: usize = 20;
/// A longer question is a story, in characters.
const LONGEST: usize = 300;

/// A shorter question is a topic, in characters.
const VAGUE: usize = 3;

/// A mark in the text of a trace. In what people wrote, quotes are escaped.
const ATTACK: &str = "%\"name\":\"attack\"%";

#[async_trait]
impl Lessons for Sqlite {
    async fn lessons(&self) -> Result<Vec<Lesson>> {
        let found: Vec<Record> = sqlx::query_as(
            "select customer, entry, question from lessons where state = 'taught'
             order by at desc, answer desc limit $1",
        )
        .bind(LOOKED_AT)
        .fetch_all(&self.readers)
        .await?;
        Ok(few_of_each(found))
    }

    async fn lessons_revision(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("select value from counters where name = 'lessons'")
            .fetch_one(&self.readers)
            .await?)
    }

    async fn count_lessons(&self) -> Result<LessonCounts> {
        let found: Vec<(String, String, i64)> =
            sqlx::query_as("select state, origin, count(*) from lessons group by state, origin")
                .fetch_all(&self.readers)
                .await?;
        let mut counts = LessonCounts::default();
        for (state, origin, count) in found {
            let sum = match (state.as_str(), origin.as_str()) {
                ("taught", "picked") => &mut counts.picked,
                ("taught", "sent") => &mut counts.sent,
                ("taught", "typed") => &mut counts.typed,
                ("taught", _) => &mut counts.helped,
                ("withdrawn", _) => &mut counts.withdrawn,
                _ => &mut counts.forgotten,
            };
            *sum += count.unsigned_abs();
        }
        Ok(counts)
    }

    async fn forget_lessons(&self, since: Option<Timestamp>) -> Result<u64> {
        self.write(since.map_or(i64::MIN, micros), |db, since| Box::pin(forget(db, *since))).await
    }
}

#[derive(FromRow)]
struct Record {
    customer: String,
    entry: String,
    question: String,
}

/// The latest first.
fn few_of_each(found: Vec<Record>) -> Vec<Lesson> {
    let (mut of_entry, mut of_customer) = (HashMap::<String, usize>::new(), HashMap::<String, usize>::new());
    let mut lessons = BTreeSet::new();
    for Record { customer, entry, question } in found {
        let lesson = Lesson { entry: entry.clone().into(), question };
        if lessons.len() == MOST || lessons.contains(&lesson) {
            continue;
        }
        let (entry, customer) =
            (of_entry.entry(entry).or_default(), of_customer.entry(customer).or_default());
        if *entry < OF_ENTRY && *customer < OF_CUSTOMER {
            *entry += 1;
            *customer += 1;
            lessons.insert(lesson);
        }
    }
    lessons.into_iter().collect()
}

async fn forget(db: &mut SqliteConnection, since: i64) -> Result<u64> {
    let sql = sqlx::query(
        "update lessons set state = 'forgotten', question = '' where at >= $1 and state <> 'forgotten'",
    );
    let gone = sql.bind(since).execute(&mut *db).await?.rows_affected();
    count_up(db, gone).await?;
    Ok(gone)
}

/// Who attacks is not listened to, neither later nor in what was said before. A customer who takes a suggestion says
/// what the question before it meant.
pub(super) async fn answered(db: &mut SqliteConnection, trace: &Trace) -> Result<()> {
    if trace.marks.iter().any(|mark| mark.name == "attack") {
        let sql = sqlx::query(
            "update lessons set state = 'withdrawn' where conversation = $1 and state = 'taught'",
        );
        let gone = sql.bind(trace.conversation.as_str()).execute(&mut *db).await?.rows_affected();
        return count_up(db, gone).await;
    }
    let Some(picked) = trace.used.first().filter(|_| trace.rung.answers()) else { return Ok(()) };
    let Some(asked) = asked_before(db, trace).await? else { return Ok(()) };
    // A word alone means something else to the next customer: they shall choose, too.
    if !is_vague(understood(&asked))
        && matches!(asked.rung, Rung::Suggest | Rung::Clarify)
        && is_offered(&asked, picked, understood(trace))
    {
        teach(db, &asked, picked, "picked", trace.at).await?;
    }
    Ok(())
}

fn is_vague(question: &str) -> bool {
    let question = question.trim();
    question.chars().count() <= VAGUE || question.is_ascii() && question.split_whitespace().count() == 1
}

/// What was asked, with what it leaned on: half a question teaches nothing.
fn understood(trace: &Trace) -> &str {
    trace.context.as_deref().unwrap_or(&trace.question)
}

/// The answer just before this one.
async fn asked_before(db: &mut SqliteConnection, trace: &Trace) -> Result<Option<Trace>> {
    let body: Option<String> = sqlx::query_scalar(
        "select body from traces where conversation = $1 and id <> $2 and at <= $3 order by at desc, id desc limit 1",
    )
    .bind(trace.conversation.as_str())
    .bind(trace.id.as_str())
    .bind(micros(trace.at))
    .fetch_optional(db)
    .await?;
    body.map(|body| from_json("trace", &body)).transpose()
}

/// Whether these words are those of the choice, not the same question in other words.
fn is_offered(asked: &Trace, picked: &EntryId, words: &str) -> bool {
    let mut offered = asked.candidates.iter().filter(|choice| choice.entry == *picked);
    asked.used.contains(picked) && offered.any(|choice| choice.title.trim() == words.trim())
}

/// A person sent what was drafted, as it was or in better words: it was about the right entry.
pub(super) async fn sent(db: &mut SqliteConnection, decided: &Decided, at: Timestamp) -> Result<()> {
    if !matches!(decided.state, ProposalState::Sent | ProposalState::Edited) {
        return Ok(());
    }
    let Some(trace) = told(db, &decided.answer).await? else { return Ok(()) };
    // Of several entries nobody knows which one was meant.
    let [entry] = &trace.used[..] else { return Ok(()) };
    teach(db, &trace, entry, "sent", at).await
}

/// A person typed what an entry says, right after a question was refused: the question belongs to the entry.
pub(super) async fn typed(db: &mut SqliteConnection, replied: &Replied, at: Timestamp) -> Result<()> {
    match told(db, &replied.answer).await? {
        Some(trace) if trace.rung == Rung::Refuse => teach(db, &trace, &replied.entry, "typed", at).await,
        _ => Ok(()),
    }
}

async fn told(db: &mut SqliteConnection, answer: &AnswerId) -> Result<Option<Trace>> {
    let body: Option<String> = sqlx::query_scalar("select body from traces where id = $1")
        .bind(answer.as_str())
        .fetch_optional(db)
        .await?;
    body.map(|body| from_json("trace", &body)).transpose()
}

/// An answer is about to be judged: a thumb up teaches, any other word takes that back; and what is called wrong or
/// beside the point is not taught by others either.
pub(super) async fn judged(db: &mut SqliteConnection, feedback: &Feedback) -> Result<()> {
    if feedback.thumb != Some(Thumb::Up) {
        withdraw(db, &feedback.answer, "helped").await?;
    }
    let beside = feedback.thumb == Some(Thumb::Down)
        && matches!(feedback.reason, Some(Reason::Wrong | Reason::OffTopic));
    if feedback.thumb != Some(Thumb::Up) && !beside {
        return Ok(());
    }
    let Some(trace) = told(db, &feedback.answer).await? else { return Ok(()) };
    // Of several entries nobody knows which one was meant.
    let [entry] = &trace.used[..] else { return Ok(()) };
    if !trace.rung.answers() {
        return Ok(());
    }
    if beside {
        unlearn(db, &trace, entry).await
    } else {
        teach(db, &trace, entry, "helped", feedback.at).await
    }
}

async fn teach(
    db: &mut SqliteConnection,
    asked: &Trace,
    entry: &EntryId,
    origin: &str,
    at: Timestamp,
) -> Result<()> {
    let question = understood(asked).trim();
    if question.is_empty() || question.chars().count() > LONGEST {
        return Ok(());
    }
    let new = sqlx::query(
        "insert into lessons (answer, conversation, customer, entry, question, origin, state, at)
         select $1, id, customer, $3, $4, $5, 'taught', $6 from conversations
         where id = $2 and not exists (select 1 from traces where conversation = $2 and body like $7)
         on conflict (answer) do update set state = 'taught', at = excluded.at where lessons.state = 'withdrawn'",
    )
    .bind(asked.id.as_str())
    .bind(asked.conversation.as_str())
    .bind(entry.as_str())
    .bind(question)
    .bind(origin)
    .bind(micros(at))
    .bind(ATTACK)
    .execute(&mut *db)
    .await?
    .rows_affected();
    count_up(db, new).await
}

async fn withdraw(db: &mut SqliteConnection, answer: &AnswerId, origin: &str) -> Result<()> {
    let gone = sqlx::query(
        "update lessons set state = 'withdrawn' where answer = $1 and origin = $2 and state = 'taught'",
    )
    .bind(answer.as_str())
    .bind(origin)
    .execute(&mut *db)
    .await?
    .rows_affected();
    count_up(db, gone).await
}

async fn unlearn(db: &mut SqliteConnection, asked: &Trace, entry: &EntryId) -> Result<()> {
    let gone = sqlx::query(
        "update lessons set state = 'withdrawn'
         where entry = $2 and (question = $1 or conversation = $3) and state = 'taught'",
    )
    .bind(asked.question.trim())
    .bind(entry.as_str())
    .bind(asked.conversation.as_str())
    .execute(&mut *db)
    .await?
    .rows_affected();
    count_up(db, gone).await
}

async fn count_up(db: &mut SqliteConnection, rows: u64) -> Result<()> {
    if rows > 0 {
        sqlx::query("update counters set value = value + 1 where name = 'lessons'").execute(db).await?;
    }
    Ok(())
}
