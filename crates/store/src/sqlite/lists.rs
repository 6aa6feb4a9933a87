//! Conversations as a desk lists them, page by page.
//!
//! A cursor is the last row's place in the order (`microseconds:id`, and `urgency:` before it for those who
//! wait), so pages stay true while rows come and go.

use std::collections::HashMap;

use domain::{Conversation, Message, Stage};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqlitePool};

use super::{
    failure::unreadable,
    rows::{ConversationRecord, MessageRecord, staged_at},
    values::{micros, moment},
};
use crate::{ConversationFilter, ConversationRow, Page, Result};

#[derive(FromRow)]
struct ListRecord {
    #[sqlx(flatten)]
    conversation: ConversationRecord,
    customer_name: Option<String>,
    undecided: Option<String>,
    undecided_at: Option<i64>,
    drafted: bool,
}

/// Who is angry is seen first, then who presses: 0 before 1 before 2.
const URGENCY: &str = "case when c.mood = 'angry' then 0 when c.pressing then 1 else 2 end";

/// Since when somebody waits; in a conversation that waits for nobody, since what must be decided was asked for.
const SINCE: &str = "case when c.stage = 'waiting' then c.staged_at else coalesce(x.at, c.updated_at) end";

/// Each is found by its own index.
const NEEDS_PERSON: &str = " and c.id in (
    select id from conversations where stage = 'waiting'
    union select x.conversation from calls x join conversations k on k.id = x.conversation
      where x.state in ('proposed', 'in_doubt') and k.stage <> 'agent'
    union select p.conversation from proposals p join conversations k on k.id = p.conversation
      where p.state = 'open' and k.stage = 'assistant')";

/// A page of conversations: of those that wait the angry first, then those that press, then by the length of the wait; else by the
/// last change.
pub(super) async fn list(
    db: &SqlitePool,
    filter: &ConversationFilter,
    page: &Page,
) -> Result<Vec<ConversationRow>> {
    let waiting = filter.needs_person || filter.stage.as_deref() == Some("waiting");
    let mut sql = QueryBuilder::new(
        "select c.*, k.name as customer_name, x.action as undecided, x.at as undecided_at,
           exists (select 1 from proposals p where p.conversation = c.id and p.state = 'open') as drafted
         from conversations c join customers k on k.id = c.customer
         left join calls x on x.id = (select id from calls where conversation = c.id
           and state in ('proposed', 'in_doubt') order by at, id limit 1)",
    );
    narrow(&mut sql, filter);
    match &page.after {
        Some(cursor) if waiting => {
            let (urgency, rest) = parse(cursor)?;
            let (at, id) = parse(rest)?;
            sql.push(format!(" and ({URGENCY}, {SINCE}, c.id) > ("));
            sql.push_bind(urgency).push(", ").push_bind(at).push(", ").push_bind(id).push(")");
        }
        Some(cursor) => {
            let (at, id) = parse(cursor)?;
            sql.push(" and (c.updated_at, c.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        None => {}
    }
    if waiting {
        sql.push(format!(" order by {URGENCY}, {SINCE}, c.id limit "));
    } else {
        sql.push(" order by c.updated_at desc, c.id desc limit ");
    }
    sql.push_bind(i64::from(page.limit));
    let found: Vec<ListRecord> = sql.build_query_as().fetch_all(db).await?;

    let mut rows = Vec::with_capacity(found.len());
    for ListRecord { conversation, customer_name, undecided, undecided_at, drafted } in found {
        let undecided = undecided.zip(undecided_at.map(moment).transpose()?);
        let conversation = conversation.read()?;
        let cursor = if waiting { place_in_wait(&conversation, undecided_at) } else { place(&conversation) };
        rows.push(ConversationRow { conversation, customer_name, last: None, undecided, drafted, cursor });
    }
    let mut last = last_messages(db, &rows).await?;
    for row in &mut rows {
        row.last = last.remove(row.conversation.id.as_str());
    }
    Ok(rows)
}

fn place(conversation: &Conversation) -> String {
    format!("{}:{}", micros(conversation.updated_at), conversation.id)
}

fn place_in_wait(conversation: &Conversation, undecided_at: Option<i64>) -> String {
    let urgency = match (conversation.mood.as_str(), conversation.pressing) {
        ("angry", _) => 0,
        (_, true) => 1,
        (_, false) => 2,
    };
    let since = match &conversation.stage {
        stage @ Stage::Waiting { .. } => staged_at(stage).unwrap_or_default(),
        _ => undecided_at.unwrap_or_else(|| micros(conversation.updated_at)),
    };
    format!("{urgency}:{since}:{}", conversation.id)
}

/// How many conversations a list would show.
pub(super) async fn count(db: &SqlitePool, filter: &ConversationFilter) -> Result<u64> {
    let mut sql = QueryBuilder::new("select count(*) from conversations c");
    narrow(&mut sql, filter);
    let count: i64 = sql.build_query_scalar().fetch_one(db).await?;
    Ok(count.unsigned_abs())
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, filter: &ConversationFilter) {
    sql.push(" where 1 = 1");
    match filter.stage.as_deref() {
        // Written out, so that the index of those who wait is used.
        Some("waiting") => sql.push(" and c.stage = 'waiting'"),
        Some("agent") => sql.push(" and c.stage = 'agent'"),
        Some(stage) => sql.push(" and c.stage = ").push_bind(stage),
        None => sql,
    };
    if let Some(agent) = &filter.agent {
        sql.push(" and c.stage = 'agent' and c.agent = ").push_bind(agent.as_str());
    }
    if filter.needs_person {
        sql.push(NEEDS_PERSON);
    }
    if filter.open {
        sql.push(" and c.stage <> 'closed'");
    }
    if let Some(moment) = filter.quiet_since {
        sql.push(" and c.updated_at < ").push_bind(micros(moment));
    }
    if let Some(channel) = &filter.without_channel {
        sql.push(" and c.channel <> ").push_bind(channel.as_str());
    }
}

fn parse(cursor: &str) -> Result<(i64, &str)> {
    let parts = cursor.split_once(':').and_then(|(at, id)| Some((at.parse().ok()?, id)));
    parts.ok_or_else(|| unreadable("cursor", format!("{cursor:?} was not given by a list")))
}

/// The latest message of each conversation that is not a notice.
async fn last_messages(db: &SqlitePool, rows: &[ConversationRow]) -> Result<HashMap<String, Message>> {
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = QueryBuilder::<Sqlite>::new("with listed (id) as (");
    sql.push_values(rows, |mut tuple, row| {
        tuple.push_bind(row.conversation.id.as_str());
    });
    sql.push(
        ") select m.* from listed join messages m on m.id = (
             select id from messages where conversation = listed.id and author <> 'notice'
             order by seq desc limit 1)",
    );
    let found: Vec<MessageRecord> = sql.build_query_as().fetch_all(db).await?;
    let pair = |record: MessageRecord| {
        let message = record.read()?;
        Ok((message.conversation.as_str().to_owned(), message))
    };
    found.into_iter().map(pair).collect()
}
