//! The customer asks for a person, or no longer wants to wait for one.

use domain::{ConversationId, HandoverReason, Lang, Stage};
use store::{Change, JobKind, NewJob};

use crate::{ActError, Reception};

impl Reception {
    /// Brings in a person. Always acknowledged in words; asking again is answered with the place in
    /// the queue.
    pub(crate) async fn ask_for_person(
        &self,
        id: &ConversationId,
        reason: HandoverReason,
    ) -> Result<(), ActError> {
        let (in_all, ahead) = (self.store().count(&waiting()).await?, self.store().waiting_ahead(id).await?);
        let now = self.now();
        self.change(id, |mut conversation| {
            let lang = conversation.lang;
            let words = match &conversation.stage {
                Stage::Closed { .. } => return Err(ActError::Closed),
                Stage::WithAgent { .. } => return Ok(None),
                Stage::Waiting { .. } => still_waiting(lang, ahead + 1),
                Stage::WithAssistant => bringing(lang, in_all + 1),
            };
            if conversation.ask_for_person(reason, now) {
                metrics::counter!("handoffs_total", "reason" => reason.name()).increment(1);
            }
            let mut change = Change::of(conversation, now);
            change.messages.push(self.notice(lang, &words));
            change.jobs.push(self.notice_job(id));
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }

    /// The customer goes back to the assistant while still waiting. What they asked meanwhile is answered now.
    pub(crate) async fn back_to_assistant(&self, id: &ConversationId) -> Result<(), ActError> {
        let now = self.now();
        self.change(id, |mut conversation| {
            if !conversation.back_to_assistant(now) {
                return Ok(None);
            }
            let words = back(conversation.lang);
            let mut change = Change::of(conversation.clone(), now);
            change.messages.push(self.notice(conversation.lang, words));
            change.jobs.push(NewJob { kind: JobKind::Answer, key: id.to_string(), due: now });
            Ok(Some(change))
        })
        .await?;
        self.inner.answers.notify_one();
        Ok(())
    }
}

pub(crate) fn waiting() -> store::ConversationFilter {
    store::ConversationFilter { stage: Some("waiting".to_owned()), ..Default::default() }
}

/// Said to who goes back to the assistant.
pub(crate) fn back(lang: Lang) -> &'static str {
    lang.pick("您已回到 AI 助手，可以继续提问。", "You are back with the AI assistant. Go ahead.")
}

/// Said when a person is asked for.
pub(crate) fn bringing(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("正在为您转接人工，您排在第 {place} 位。等待时可以继续留言，也可以回到 AI 助手。"),
        format!("Bringing in a person: you are number {place} in the queue. You can keep writing, or go back to the assistant."),
    )
}

/// Said when a person is awaited already.
pub(crate) fn still_waiting(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("消息已收到，同事接手后会看到。您排在第 {place} 位。"),
        format!("Got it; a colleague will see this. You are number {place} in the queue."),
    )
}
