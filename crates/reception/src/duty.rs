//! The duty table: kept, changed on the record, and enforced in one place. Whatever the assistant would say or do
//! passes [`Reception::speak`]; nothing else puts its words before a customer.

use domain::{
    Author, Content, Conversation, Duty, DutyChange, DutyTable, HandoverReason, Lang, Rung, Trace, Verdict,
    duty::EVERYTHING_ELSE, said,
};
use serde::Serialize;
use store::{Change, StoreError};

use crate::{ActError, Reception, hand_over};

/// A topic and who answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyRow {
    /// A category, an intent, `action:NAME`, or `*` for everything else.
    pub topic: String,
    /// Who answers.
    pub duty: Duty,
    /// It has a row of its own, or is so because of what the action says of itself.
    pub set: bool,
}

/// A reason is a sentence, in characters.
const WHY: usize = 500;
/// And a topic a name.
const TOPIC: usize = 100;

impl Reception {
    /// The table that holds: what people set, and for actions without a row what they say of themselves.
    pub(crate) async fn duties(&self) -> Result<DutyTable, StoreError> {
        let mut table = self.store().duties().await?;
        let everything = table.default_duty();
        for action in &self.settings().actions {
            let usual = action.usual_duty().max(everything);
            table.rows.entry(domain::duty::action_topic(&action.name)).or_insert(usual);
        }
        Ok(table)
    }

    /// All topics there are, and who answers them.
    pub(crate) async fn duty_rows(&self) -> Result<Vec<DutyRow>, StoreError> {
        let table = self.duties().await?;
        let mut topics: Vec<String> = table.rows.keys().cloned().collect();
        topics.extend(self.store().categories().await?.into_iter().map(|(name, _)| name));
        topics.extend(self.intents().await?.into_iter().map(|intent| intent.name));
        topics.extend(self.settings().actions.iter().map(|action| action.topic.clone()));
        topics.retain(|topic| !topic.is_empty() && topic != EVERYTHING_ELSE);
        topics.sort();
        topics.dedup();
        topics.insert(0, EVERYTHING_ELSE.to_owned());
        let row =
            |topic: String| DutyRow { duty: table.of(&topic), set: table.rows.contains_key(&topic), topic };
        Ok(topics.into_iter().map(row).collect())
    }

    /// Changes a row, or takes it away. It holds from the next turn on; what is under way is looked at again before it
    /// is said.
    pub(crate) async fn set_duty(
        &self,
        topic: &str,
        to: Option<Duty>,
        why: &str,
        by: &str,
    ) -> Result<Option<i64>, ActError> {
        let (topic, why) = (topic.trim(), why.trim());
        if !(1..=TOPIC).contains(&topic.chars().count()) {
            return Err(ActError::Invalid(said!(
                "事项要有 1 到 {TOPIC} 个字符",
                "a topic has between 1 and {TOPIC} characters"
            )));
        }
        if !(1..=WHY).contains(&why.chars().count()) {
            return Err(ActError::Invalid(said!(
                "写上理由，最多 {WHY} 个字符",
                "say why, in at most {WHY} characters"
            )));
        }
        Ok(self.store().set_duty(topic, to, why, by, self.now()).await?)
    }

    /// The changes, latest first.
    pub(crate) async fn duty_changes(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<DutyChange>, StoreError> {
        self.store().duty_changes(before, limit).await
    }

    /// What the assistant has to say becomes words, a proposal, or a person's matter, as the table has it. `place` is the
    /// customer's place in the queue, should they get one.
    pub(crate) fn speak(
        &self,
        mut conversation: Conversation,
        content: Content,
        mut trace: Trace,
        verdict: Option<Verdict>,
        place: u64,
    ) -> Change {
        let duty = verdict.as_ref().map_or(Duty::Alone, |verdict| verdict.duty);
        if let Some(verdict) = verdict.clone().filter(|verdict| verdict.duty != Duty::Alone) {
            trace.duty = Some(verdict);
        }
        let (now, lang) = (self.now(), content.lang);
        match duty {
            Duty::Alone => {
                let said = self.message(Author::Assistant, content);
                Change { messages: vec![said], traces: vec![trace], ..Change::of(conversation, now) }
            }
            Duty::Draft => {
                let topic = verdict.map(|verdict| verdict.topic).unwrap_or_default();
                let proposal = self.proposal(&conversation, &trace, content, &topic);
                let words = being_checked(lang, place);
                let mut change = self.to_a_person(&mut conversation, trace, &words, HandoverReason::Duty);
                change.service.proposals.push(proposal);
                change
            }
            Duty::Person => {
                trace.rung = Rung::Handover;
                "person_only".clone_into(&mut trace.reason);
                let words = a_persons_matter(lang, place);
                self.to_a_person(&mut conversation, trace, &words, HandoverReason::Duty)
            }
        }
    }

    /// The conversation opens to people, and the customer is told so.
    pub(crate) fn to_a_person(
        &self,
        conversation: &mut Conversation,
        trace: Trace,
        words: &str,
        reason: HandoverReason,
    ) -> Change {
        let now = self.now();
        let lang = conversation.lang;
        if conversation.ask_for_person(reason, now) {
            metrics::counter!("handoffs_total", "reason" => reason.name()).increment(1);
        }
        let mut notice = self.notice(lang, words);
        notice.content.answer = Some(trace.id.clone());
        notice.content.rung = Some(Rung::Handover);
        Change {
            messages: vec![notice],
            jobs: vec![self.notice_job(&conversation.id)],
            traces: vec![trace],
            ..Change::of(conversation.clone(), now)
        }
    }

    /// The place that somebody gets who begins to wait now.
    pub(crate) async fn next_place(&self) -> Result<u64, StoreError> {
        Ok(self.store().count(&hand_over::waiting()).await? + 1)
    }
}

/// Said when an answer was drafted.
pub(crate) fn being_checked(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("这类问题由同事核对后答复：回复已起草，同事确认后马上发给您。您排在第 {place} 位。"),
        format!("A colleague checks answers of this kind: one has been drafted and comes to you as soon as it is confirmed. You are number {place} in the queue."),
    )
}

/// Said when something is a person's only.
pub(crate) fn a_persons_matter(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("这类问题由人工处理，正在为您转接。您排在第 {place} 位。"),
        format!("This is for a person to deal with; bringing one in. You are number {place} in the queue."),
    )
}
