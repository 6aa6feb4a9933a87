//! The questions that customers asked last.

use std::collections::HashSet;

use domain::{AnswerId, Asker, Attributes, ChannelId, EntryId, Rung};
use serde::Deserialize;
use sqlx::{FromRow, SqlitePool};

use super::values::{from_json, lang};
use crate::{PastQuestion, Result};

/// For each question that is wanted, so many answers are looked at: some repeat another, some are small talk.
const LOOKED_AT: i64 = 4;

#[derive(FromRow)]
struct PastRecord {
    body: String,
    channel: String,
    lang: String,
    plan: String,
    region: String,
    thumb: Option<String>,
}

/// What is needed of a trace.
#[derive(Deserialize)]
struct Story {
    id: AnswerId,
    question: String,
    #[serde(default)]
    context: Option<String>,
    rung: Rung,
    #[serde(default)]
    used: Vec<EntryId>,
}

pub(super) async fn questions(db: &SqlitePool, limit: u32) -> Result<Vec<PastQuestion>> {
    let found: Vec<PastRecord> = sqlx::query_as(
        "select t.body, c.channel, c.lang, c.plan, c.region, f.thumb from traces t
         join conversations c on c.id = t.conversation left join feedback f on f.answer = t.id
         where c.channel <> $1 order by t.at desc, t.id desc limit $2",
    )
    .bind(ChannelId::CLI)
    .bind(i64::from(limit) * LOOKED_AT)
    .fetch_all(db)
    .await?;
    let (mut seen, mut past) = (HashSet::new(), Vec::new());
    for record in found {
        if let Some(question) = record.read()?
            && past.len() < limit as usize
            && seen.insert((question.text.clone(), question.asker.clone()))
        {
            past.push(question);
        }
    }
    Ok(past)
}

impl PastRecord {
    /// `None` if no knowledge was asked.
    fn read(self) -> Result<Option<PastQuestion>> {
        let story: Story = from_json("trace", &self.body)?;
        if matches!(story.rung, Rung::Smalltalk | Rung::Handover) {
            return Ok(None);
        }
        let helped = self.thumb.is_some_and(|thumb| thumb == "up") && story.rung.answers();
        let attributes = Attributes { plan: self.plan, region: self.region };
        Ok(Some(PastQuestion {
            answer: story.id,
            // Half a question means nothing without what it leaned on.
            text: story.context.unwrap_or(story.question),
            lang: lang(&self.lang)?,
            asker: Asker { channel: self.channel, attributes },
            helped: story.used.into_iter().next().filter(|_| helped),
        }))
    }
}
