//! One turn of the assistant: load, read, answer, commit; again if something newer came.

use std::sync::{Arc, atomic::Ordering};

use assistant::{Answer, Products, Turn, asks_for_person, goes_back, read, smalltalk};
use domain::{Author, Conversation, ConversationId, HandoverReason, Inputs, Message, Rung, Stage};
use store::{Applied, Change, Claimed, Settled, StoreError};

use crate::{
    Answers, Reception, events::Event, feelings, hand_over, hear, past::Before, slot::Slot, turn::Context,
    write::Thought,
};

/// So short a message says nothing of a better mood, in characters.
const CALM: usize = 12;
/// So many messages are looked at in one turn: the latest.
const TURN_MESSAGES: u32 = 50;
/// So often may other acts come first before the turn is left to a later try.
const CONFLICTS: usize = 8;

impl Reception {
    /// Works on a conversation until nothing waits. Safe to run twice: what was answered is left alone,
    /// and a worker that lost its lease cannot commit.
    pub(crate) async fn answer(&self, id: &ConversationId, claimed: Claimed) -> Result<(), StoreError> {
        let mut slot = Slot::take(&self.inner.turns).await;
        self.inner.begun.fetch_add(1, Ordering::Relaxed);
        let mut wanted = claimed.seq;
        let mut conflicts = 0;
        while conflicts < CONFLICTS {
            let Some(conversation) = self.store().conversation(id).await? else { return Ok(()) };
            self.inner.hurried.begin(id);
            let messages = self.unanswered(&conversation).await?;
            let reached = messages.last().map_or(wanted, |last| last.seq);
            let settled = Settled { fence: claimed.fence, seq: reached };
            match self.turn(conversation, &messages, settled, &mut slot).await? {
                Applied::Done { more: Some(next), .. } => wanted = next,
                Applied::Done { more: None, .. } => return Ok(()),
                Applied::Conflict => conflicts += 1,
            }
        }
        let now = self.now();
        self.store()
            .retry(store::JobKind::Answer, id.as_str(), claimed.fence, now, "too many changes at once")
            .await?;
        Ok(())
    }

    /// What was said since the last answer. Where an agent has spoken since, what came before is theirs.
    async fn unanswered(&self, conversation: &Conversation) -> Result<Vec<Message>, StoreError> {
        let mut after = conversation.answered_seq;
        loop {
            let page = self.store().messages(&conversation.id, after, TURN_MESSAGES).await?;
            match page.iter().rfind(|message| matches!(message.author, Author::Agent { .. })) {
                Some(spoken) => after = spoken.seq,
                None => return Ok(page),
            }
        }
    }

    async fn turn(
        &self,
        conversation: Conversation,
        messages: &[Message],
        settled: Settled,
        slot: &mut Slot,
    ) -> Result<Applied, StoreError> {
        let mut said = customer_words(messages);
        if conversation.stage == Stage::WithAssistant && came_back(messages) {
            said.splice(0..0, self.asked_while_waiting(&conversation.id).await?);
        }
        let free = matches!(conversation.stage, Stage::WithAssistant | Stage::Waiting { .. });
        if free && let Some(change) = self.taken_back(&conversation, &words_of(&said)).await? {
            return self.commit(Change { settles: Some(settled), ..change }).await;
        }
        let change = match &conversation.stage {
            Stage::WithAssistant if !said.is_empty() => {
                return self.assist(conversation, &said, settled, slot).await;
            }
            Stage::Waiting { .. } if goes_back(&words_of(&said)) => {
                return Box::pin(self.go_back(conversation, settled, slot)).await;
            }
            Stage::Waiting { .. } if !said.is_empty() => {
                self.keep_waiting(conversation, &words_of(&said)).await?
            }
            _ => Change::of(conversation, self.now()),
        };
        self.commit(Change { settles: Some(settled), ..change }).await
    }

    /// The customer says that they want the assistant back: what they asked meanwhile is answered at once. First they
    /// are back, then it speaks: it never does while a person is awaited.
    async fn go_back(
        &self,
        mut conversation: Conversation,
        settled: Settled,
        slot: &mut Slot,
    ) -> Result<Applied, StoreError> {
        let asked = self.asked_while_waiting(&conversation.id).await?;
        conversation.back_to_assistant(self.now());
        let lang = conversation.lang;
        let mut change = Change::of(conversation, self.now());
        change.messages.push(self.notice(lang, hand_over::back(lang)));
        change.settles = asked.is_empty().then_some(settled);
        match self.commit(change).await? {
            Applied::Done { conversation, .. } if !asked.is_empty() => {
                self.assist(conversation, &asked, settled, slot).await
            }
            done => Ok(done),
        }
    }

    /// Whoever comes will see it. The mood may have turned meanwhile: the desk lists the angry first.
    async fn keep_waiting(&self, mut conversation: Conversation, said: &str) -> Result<Change, StoreError> {
        let place = self.store().waiting_ahead(&conversation.id).await? + 1;
        let lang = conversation.lang;
        // Only the mood is asked for here.
        let reading = read(said, lang, self.now(), &Products::default());
        if reading.is_upset() && conversation.mood != "angry" {
            conversation.mood.clone_from(&reading.mood.name);
        }
        conversation.pressing |= reading.presses();
        let mut change = Change::of(conversation, self.now());
        change.messages.push(self.notice(lang, &hand_over::still_waiting(lang, place)));
        Ok(change)
    }

    /// What was asked while a person was awaited and only put off.
    async fn asked_while_waiting(&self, id: &ConversationId) -> Result<Vec<Message>, StoreError> {
        let mut said = self.store().said_while_waiting(id, TURN_MESSAGES).await?;
        said.retain(|message| is_question(&message.content.text));
        Ok(said)
    }

    async fn assist(
        &self,
        conversation: Conversation,
        said: &[Message],
        settled: Settled,
        slot: &mut Slot,
    ) -> Result<Applied, StoreError> {
        let begun = std::time::Instant::now();
        let id = self.answer_id();
        let before = self.before(&conversation).await?;
        let context = Arc::new(self.context(&conversation).await?);
        let thought = self.think(&conversation, id.clone(), said, before, Arc::clone(&context)).await;
        let mut change = match thought {
            Some(thought) => {
                let answer = self.written(&conversation, thought, slot).await;
                self.answered(conversation.clone(), answer, &words_of(said), &context).await?
            }
            None => self.failed(conversation.clone()).await?,
        };
        change.settles = Some(settled);
        let told = change.traces.first().or(change.service.calls.first().map(|call| &call.trace));
        let rung = told.map_or("failure", |trace| trace.rung.name());
        let applied = self.commit(change).await?;
        if applied == Applied::Conflict {
            self.inner.events.passing(&conversation, Event::Retract { answer_id: id.to_string() });
        } else {
            metrics::counter!("answers_total", "rung" => rung).increment(1);
            metrics::histogram!("answer_duration_seconds", "rung" => rung).record(begun.elapsed());
        }
        Ok(applied)
    }

    /// The answer as it is, or with what a model wrote in its place; while the model is awaited, no turn is held.
    async fn written(&self, conversation: &Conversation, thought: Thought, slot: &mut Slot) -> Answer {
        if thought.brief.is_none() {
            return thought.answer;
        }
        slot.give_up();
        let answer = self.write(conversation, thought).await;
        slot.retake().await;
        answer
    }

    /// The assistant's answer, or `None` if it broke. It thinks on a thread of its own, so that it
    /// neither holds up others nor takes the desk down.
    async fn think(
        &self,
        conversation: &Conversation,
        id: domain::AnswerId,
        said: &[Message],
        before: Before,
        context: Arc<Context>,
    ) -> Option<Thought> {
        let text = words_of(said);
        let numbers: Vec<i64> = said.iter().map(|message| message.seq).collect();
        let reception = self.clone();
        let conversation = conversation.clone();
        let now = self.now();
        let shopper = self.shopper(&conversation).await;
        // Who cannot be told apart gets their answer all the same, and no recommendation.
        let shopper = shopper
            .inspect_err(|error| tracing::warn!(%error, "what a customer bought could not be read"))
            .unwrap_or_default();
        let thought = tokio::task::spawn_blocking(move || {
            let turn = Turn {
                id: id.clone(),
                conversation: conversation.id.clone(),
                text: &text,
                lang: conversation.lang,
                asker: conversation.asker(),
                now,
                past: &before.into_past(),
                record: &context.record,
                shopper: &shopper,
            };
            let actions = &reception.settings().actions;
            let is_errand = context.may_be_errand(actions, &text, conversation.lang, now);
            let aloud = context.duties.may_stream() && !is_errand;
            let tell = |words: &str| {
                if !aloud {
                    return;
                }
                let event = Event::Delta { answer_id: id.to_string(), text: words.to_owned() };
                reception.inner.events.passing(&conversation, event);
            };
            // With a model, it is not known yet whether these words will be said.
            let waits = reception.writers().is_some() && !is_errand;
            let mut unsaid = Vec::new();
            let mut say = |words: &str| if waits { unsaid.push(words.to_owned()) } else { tell(words) };
            let mut answer = reception.parts().assistant.answer(&turn, &mut say);
            answer.trace.inputs = Some(inputs(&turn, &numbers, &*reception.parts().assistant));
            hear::measure(&answer.trace.reranked);
            let known = (turn.past, turn.record);
            let brief =
                if waits { reception.brief_within_duty(&answer, known, &context.duties) } else { None };
            if brief.is_none() {
                for words in &unsaid {
                    tell(words);
                }
            }
            Thought { answer, brief, aloud }
        });
        thought
            .await
            .inspect_err(|error| tracing::error!(%error, "the assistant failed; people are asked"))
            .ok()
    }

    async fn answered(
        &self,
        mut conversation: Conversation,
        answer: Answer,
        text: &str,
        context: &Context,
    ) -> Result<Change, StoreError> {
        let Answer { content, mut trace } = answer;
        let satisfied = self.satisfaction(&conversation).await?;
        conversation.pressing = feelings::presses(conversation.pressing, &trace, &satisfied);
        trace.satisfaction = Some(satisfied);
        conversation.lang = content.lang;
        // "找个活人" or "yes, do it" after an outburst is said calmly; the desk should still see the outburst.
        let says_nothing = trace.rung == Rung::Handover || text.chars().count() <= CALM;
        if !says_nothing || trace.sentiment.name != "neutral" {
            conversation.mood.clone_from(&trace.sentiment.name);
        }
        conversation.intent = trace.intent.as_ref().map(|intent| intent.name.clone()).or(conversation.intent);
        let mut change = self.errand(conversation, content, trace, text, context).await?;
        change.service.learnt = assistant::memory::learn(text, change.conversation.lang, change.at);
        Ok(change)
    }

    /// The machine failed: the conversation opens to people, and the customer is told.
    async fn failed(&self, mut conversation: Conversation) -> Result<Change, StoreError> {
        let now = self.now();
        conversation.ask_for_person(HandoverReason::Failure, now);
        metrics::counter!("handoffs_total", "reason" => "failure").increment(1);
        let place = self.store().count(&hand_over::waiting()).await? + 1;
        let lang = conversation.lang;
        let words = lang.pick(
            format!("我这边出了点问题，已请同事来处理。您排在第 {place} 位。"),
            format!("Something went wrong on my side; a colleague has been asked. You are number {place} in the queue."),
        );
        let job = self.notice_job(&conversation.id);
        let mut change = Change::of(conversation, now);
        change.messages.push(self.notice(lang, &words));
        change.jobs.push(job);
        Ok(change)
    }
}

/// What the customer said since somebody else last spoke. What was said to an agent, or before a change of
/// hands, is not for the assistant.
fn customer_words(messages: &[Message]) -> Vec<Message> {
    let since =
        messages.iter().rposition(|message| matches!(message.author, Author::Agent { .. } | Author::Notice));
    let fresh = &messages[since.map_or(0, |at| at + 1)..];
    fresh.iter().filter(|message| message.author == Author::Customer).cloned().collect()
}

/// The words of a turn: what is answered.
pub(crate) fn words_of(said: &[Message]) -> String {
    let texts: Vec<&str> = said.iter().map(|message| message.content.text.as_str()).collect();
    texts.join("\n")
}

fn inputs(turn: &Turn<'_>, messages: &[i64], assistant: &dyn Answers) -> Inputs {
    Inputs {
        messages: messages.to_vec(),
        lang: turn.lang,
        asker: turn.asker.clone(),
        shopper: turn.shopper.clone(),
        record: Some(turn.record.clone()),
        goods: assistant.shelf().map(|shelf| shelf.stock().state),
        lessons: assistant.library().lessons_name(),
    }
}

/// Whether the assistant may have got the word just now: every change of hands is told in a notice.
fn came_back(messages: &[Message]) -> bool {
    messages.iter().any(|message| message.author == Author::Notice)
}

/// Whether words hold something to be answered. Who goes back to the assistant no longer wants a person.
fn is_question(text: &str) -> bool {
    smalltalk(text).is_none() && !asks_for_person(text) && !goes_back(text)
}
