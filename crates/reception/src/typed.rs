//! A person typed the answer that the assistant did not have: where an entry says the same, the question belongs to it.

use domain::{Author, Conversation, Rung, Trace};
use knowledge::replies::said_in;
use store::{Replied, StoreError};

use crate::Reception;

/// Answers and messages looked back at.
const BACK: u32 = 8;

impl Reception {
    /// The refused question that these words answer, with the entry that says the same. Only the first reply after a
    /// refusal counts, and only if the customer has asked for nothing else since but a person.
    pub(crate) async fn typed_answer(
        &self,
        conversation: &Conversation,
        words: &str,
    ) -> Result<Option<Replied>, StoreError> {
        let traces = self.store().last_traces(&conversation.id, BACK).await?;
        let Some(refused) = refused(&traces) else { return Ok(None) };
        let after = (conversation.last_seq - i64::from(BACK)).max(0);
        let since = self.store().messages(&conversation.id, after, BACK).await?;
        let since = || since.iter().filter(|message| message.at > refused.at);
        let asked_since = traces.iter().filter(|trace| trace.at > refused.at).count();
        let customers = since().filter(|message| message.author == Author::Customer).count();
        if customers > asked_since || since().any(|message| matches!(message.author, Author::Agent { .. })) {
            return Ok(None);
        }
        let library = self.parts().assistant.library().clone();
        let today = self.settings().shop.zone.day(conversation.lang, self.now());
        let (asked, words, lang) = (refused.question.clone(), words.to_owned(), conversation.lang);
        let work = tokio::task::spawn_blocking(move || said_in(&library, &asked, &words, lang, today));
        let entry = work.await.ok().flatten();
        Ok(entry.map(|entry| Replied { answer: refused.id.clone(), entry }))
    }
}

/// The last question that was refused, if nothing was answered since; asking for a person is no question.
fn refused(traces: &[Trace]) -> Option<&Trace> {
    let last = traces.iter().rev().find(|trace| !matches!(trace.rung, Rung::Handover | Rung::Smalltalk))?;
    (last.rung == Rung::Refuse).then_some(last)
}
