//! Looks after customers who wait for a person: still here, and after the limit the contact form.

use domain::{Conversation, ConversationId, Stage, Timestamp};
use store::{Change, Job, JobKind, StoreError};

use crate::{ActError, Reception};

impl Reception {
    /// Tells a waiting customer how it stands. Safe to run twice; does nothing once a person is there.
    pub(crate) async fn look_after(&self, job: &Job) -> Result<(), StoreError> {
        let id = job.key.as_str().into();
        let place = self.store().waiting_ahead(&id).await? + 1;
        let now = self.now();
        let told = self
            .change(&id, |mut conversation| {
                let Stage::Waiting { since } = conversation.stage else { return Ok(None) };
                conversation.notices += 1;
                let late = seconds(since, now) >= i64::from(self.settings().limits.wait_seconds);
                let words = if late && !conversation.form {
                    sorry(conversation.lang)
                } else {
                    patience(conversation.lang, place)
                };
                conversation.form |= late;
                let lang = conversation.lang;
                let mut change = Change::of(conversation, now);
                change.messages.push(self.notice(lang, &words));
                Ok(Some(change))
            })
            .await;
        let waits = match told {
            Ok(conversation) => matches!(conversation.stage, Stage::Waiting { .. }) && !conversation.form,
            Err(ActError::Store(error)) => return Err(error),
            Err(_) => false,
        };
        if waits {
            let next = self.notice_job(&id);
            self.store().retry(JobKind::Notice, &job.key, job.fence, next.due, "").await?;
        } else {
            self.store().finish(JobKind::Notice, &job.key, job.fence).await?;
            self.still_wanted(&id).await?;
        }
        Ok(())
    }

    /// Who began to wait while the job was being ended found it still there and queued none.
    async fn still_wanted(&self, id: &ConversationId) -> Result<(), StoreError> {
        let conversation = self.store().conversation(id).await?;
        match conversation {
            Some(Conversation { stage: Stage::Waiting { .. }, form: false, .. }) => {
                self.store().enqueue(self.notice_job(id)).await
            }
            _ => Ok(()),
        }
    }
}

fn seconds(since: Timestamp, now: Timestamp) -> i64 {
    now.as_second() - since.as_second()
}

fn patience(lang: domain::Lang, place: u64) -> String {
    lang.pick(
        format!("还在为您转接，您排在第 {place} 位，请稍候。"),
        format!("Still here: you are number {place} in the queue. Thank you for waiting."),
    )
}

fn sorry(lang: domain::Lang) -> String {
    lang.pick("抱歉让您久等，同事暂时都在忙。您可以留下联系方式，我们会尽快联系您，也可以回到 AI 助手。", "Sorry for the wait, everyone is busy. Leave your contact details and we will get back to you, or go back to the assistant.")
        .to_owned()
}
