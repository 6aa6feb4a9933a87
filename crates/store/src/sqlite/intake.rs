//! Writes accepted messages: a few statements, each for many rows.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{
    inbox::Sender,
    jobs,
    rows::{author, staged_at},
    thread::{AnswerJob, News, Thread},
    values::{micros, to_json},
};
use crate::{Received, Result};

/// Begins an insert of many rows. A row that is refused rolls the whole group back, which is what we
/// would do anyway; said here, it spares the statement a journal of its own.
pub(super) fn insert(into: &str) -> QueryBuilder<Sqlite> {
    QueryBuilder::new(format!("insert or rollback into {into} "))
}

/// Writes what was worked out, and numbers the leases that were given.
pub(super) async fn write(
    db: &mut SqliteConnection,
    threads: &mut BTreeMap<Sender<'_>, Thread>,
    received: &[Received],
) -> Result<()> {
    if jobs_of(threads.values()).any(|(_, job)| job.claimed_by().is_some()) {
        let fence = jobs::next_fence(db).await?;
        for thread in threads.values_mut() {
            thread.fence(fence);
        }
    }
    let all = || threads.values();
    let statements = [
        put_customers(all().filter(|thread| thread.customer.changed)),
        open_conversations(all().filter(|thread| thread.is_new)),
        raise_conversations(all().filter(|thread| !thread.is_new)),
        Some(append(received)?),
        put_jobs(all()),
        raise_jobs(all()),
    ];
    for mut sql in statements.into_iter().flatten() {
        sql.build().execute(&mut *db).await?;
    }
    Ok(())
}

fn jobs_of<'a>(threads: impl Iterator<Item = &'a Thread>) -> impl Iterator<Item = (&'a str, &'a AnswerJob)> {
    threads.filter_map(|thread| Some((thread.conversation.id.as_str(), thread.job.as_ref()?)))
}

fn put_customers<'a>(threads: impl Iterator<Item = &'a Thread>) -> Option<QueryBuilder<Sqlite>> {
    let mut threads = threads.peekable();
    threads.peek()?;
    let mut sql = insert("customers (id, name, lang, since)");
    sql.push_values(threads, |mut row, Thread { customer, conversation, .. }| {
        row.push_bind(conversation.customer.as_str())
            .push_bind(customer.name.as_deref())
            .push_bind(customer.lang.code())
            .push_bind(micros(conversation.opened_at));
    });
    sql.push(
        " on conflict (id) do update set name = coalesce(customers.name, excluded.name),
            lang = excluded.lang",
    );
    Some(sql)
}

fn open_conversations<'a>(threads: impl Iterator<Item = &'a Thread>) -> Option<QueryBuilder<Sqlite>> {
    let mut new = threads.map(|thread| &thread.conversation).peekable();
    new.peek()?;
    let mut sql = insert(
        "conversations (id, customer, channel, sender, stage, agent, staged_at, handover,
           revision, last_seq, answered_seq, lang, intent, mood, notices, form, opened_at, updated_at,
           plan, region) ",
    );
    sql.push_values(new, |mut row, c| {
        row.push_bind(c.id.as_str())
            .push_bind(c.customer.as_str())
            .push_bind(c.channel.as_str())
            .push_bind(c.sender.as_str())
            .push_bind(c.stage.name())
            .push_bind(c.stage.agent().map(domain::AgentId::as_str))
            .push_bind(staged_at(&c.stage))
            .push_bind(c.handover.map(domain::HandoverReason::name))
            .push_bind(c.revision)
            .push_bind(c.last_seq)
            .push_bind(c.answered_seq)
            .push_bind(c.lang.code())
            .push_bind(c.intent.as_deref())
            .push_bind(c.mood.as_str())
            .push_bind(i64::from(c.notices))
            .push_bind(c.form)
            .push_bind(micros(c.opened_at))
            .push_bind(micros(c.updated_at))
            .push_bind(c.attributes.plan.as_str())
            .push_bind(c.attributes.region.as_str());
    });
    Some(sql)
}

fn raise_conversations<'a>(threads: impl Iterator<Item = &'a Thread>) -> Option<QueryBuilder<Sqlite>> {
    let mut known = threads.map(|thread| &thread.conversation).peekable();
    known.peek()?;
    let mut sql =
        QueryBuilder::<Sqlite>::new("with raised (id, last_seq, lang, updated_at, plan, region) as (");
    sql.push_values(known, |mut row, c| {
        row.push_bind(c.id.as_str())
            .push_bind(c.last_seq)
            .push_bind(c.lang.code())
            .push_bind(micros(c.updated_at))
            .push_bind(c.attributes.plan.as_str())
            .push_bind(c.attributes.region.as_str());
    });
    sql.push(
        ") update or rollback conversations set last_seq = raised.last_seq, lang = raised.lang,
             updated_at = raised.updated_at, plan = raised.plan, region = raised.region
         from raised where conversations.id = raised.id",
    );
    Some(sql)
}

fn append(received: &[Received]) -> Result<QueryBuilder<Sqlite>> {
    let mut contents = Vec::with_capacity(received.len());
    for received in received {
        contents.push(to_json("message", &received.message.content)?);
    }
    let mut sql = insert("messages (id, conversation, seq, author, at, content, external_id, stage)");
    sql.push_values(received.iter().zip(contents), |mut row, (received, content)| {
        let message = &received.message;
        row.push_bind(message.id.as_str())
            .push_bind(message.conversation.as_str())
            .push_bind(message.seq)
            .push_bind(author(&message.author).0)
            .push_bind(micros(message.at))
            .push_bind(content)
            .push_bind(message.external_id.as_deref())
            .push_bind(received.conversation.stage.name());
    });
    Ok(sql)
}

/// Jobs that are new, due again, or leased.
fn put_jobs<'a>(threads: impl Iterator<Item = &'a Thread>) -> Option<QueryBuilder<Sqlite>> {
    let mut jobs =
        jobs_of(threads).filter(|(_, job)| matches!(job.news, News::Due | News::Claimed(_))).peekable();
    jobs.peek()?;
    let mut sql = insert("jobs (kind, key, due, lease_until, fence, attempts, wanted_seq, leased_seq)");
    sql.push_values(jobs, |mut row, (conversation, job)| {
        row.push("'answer'")
            .push_bind(conversation)
            .push_bind(job.due)
            .push_bind(job.lease_until)
            .push_bind(job.fence)
            .push("0")
            .push_bind(job.wanted_seq)
            .push_bind(job.leased_seq);
    });
    sql.push(
        " on conflict (kind, key) do update set due = excluded.due, lease_until = excluded.lease_until,
            fence = excluded.fence, wanted_seq = excluded.wanted_seq, leased_seq = excluded.leased_seq",
    );
    Some(sql)
}

/// Jobs that somebody works on: there is more to answer.
fn raise_jobs<'a>(threads: impl Iterator<Item = &'a Thread>) -> Option<QueryBuilder<Sqlite>> {
    let mut jobs = jobs_of(threads).filter(|(_, job)| job.news == News::More).peekable();
    jobs.peek()?;
    let mut sql = QueryBuilder::<Sqlite>::new("with raised (key, wanted_seq) as (");
    sql.push_values(jobs, |mut row, (conversation, job)| {
        row.push_bind(conversation).push_bind(job.wanted_seq);
    });
    sql.push(
        ") update or rollback jobs set wanted_seq = raised.wanted_seq
         from raised where jobs.kind = 'answer' and jobs.key = raised.key",
    );
    Some(sql)
}
