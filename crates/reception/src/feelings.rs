//! How a conversation goes: how satisfied the customer seems, and whether people should look at it before others.

use assistant::satisfaction::{Role, Turn, course, satisfaction};
use domain::{Author, Conversation, Label, Message, Trace};
use store::StoreError;

use crate::Reception;

/// So many messages say how a conversation goes: the latest.
const LOOKED_AT: u32 = 12;
/// So sure must it be that a customer is dissatisfied before people are sent to look.
const SURELY: f32 = 0.6;

/// So many of the customer's latest messages make the course.
const COURSE: usize = 16;

/// How a conversation goes, read from its words: nobody was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Going {
    /// How satisfied the customer seems: `positive`, `neutral` or `negative`.
    pub satisfaction: Label,
    /// How good each of their latest messages sounds, from -1 to 1, the oldest first.
    pub course: Vec<f32>,
}

impl Reception {
    /// How a conversation goes, by its messages; `None` while the customer has said nothing.
    pub(crate) async fn going(&self, messages: &[Message]) -> Option<Going> {
        let customer = |message: &&Message| matches!(message.author, Author::Customer);
        let mut theirs: Vec<Message> = messages.iter().rev().filter(customer).take(COURSE).cloned().collect();
        if theirs.is_empty() {
            return None;
        }
        theirs.reverse();
        let latest = messages[messages.len().saturating_sub(LOOKED_AT as usize)..].to_vec();
        let going = move || Going { satisfaction: judge(&latest), course: course(&turns(&theirs)) };
        let going = tokio::task::spawn_blocking(going).await;
        going.inspect_err(|error| tracing::error!(%error, "how a conversation goes could not be told")).ok()
    }

    /// How satisfied the customer seems with the conversation so far.
    pub(crate) async fn satisfaction(&self, conversation: &Conversation) -> Result<Label, StoreError> {
        let after = (conversation.last_seq - i64::from(LOOKED_AT)).max(0);
        let messages = self.store().messages(&conversation.id, after, LOOKED_AT).await?;
        // Reading a whole conversation takes a while: on a thread of its own it holds nobody up.
        let judged = tokio::task::spawn_blocking(move || judge(&messages)).await;
        Ok(judged.unwrap_or_else(|error| {
            tracing::error!(%error, "satisfaction could not be told; it counts as neutral");
            Label { name: "neutral".to_owned(), confidence: 0.0 }
        }))
    }
}

fn judge(messages: &[Message]) -> Label {
    let (name, confidence) = satisfaction(&turns(messages)).label();
    Label { name: name.to_owned(), confidence }
}

fn turns(messages: &[Message]) -> Vec<Turn<'_>> {
    let turn = |message: &'_ Message| match message.author {
        Author::Customer => Some(Role::Customer),
        Author::Assistant | Author::Agent { .. } => Some(Role::Desk),
        Author::Notice => None,
    };
    let said = messages.iter().filter_map(|message| Some((turn(message)?, message)));
    said.map(|(role, message)| Turn { role, text: &message.content.text }).collect()
}

/// Whether people should look before others: it presses, complains or goes badly, or it did so and has not turned to the good.
pub(crate) fn presses(before: bool, trace: &Trace, satisfied: &Label) -> bool {
    let marked = trace.marks.iter().any(|mark| mark.name == "urgent" || mark.name == "complaint");
    // Of a first message alone, only feeling can tell: many open with what went wrong.
    let unhappy = trace.sentiment.name == "negative" || trace.sentiment.name == "angry";
    let badly = satisfied.name == "negative" && satisfied.confidence >= SURELY && unhappy;
    marked || badly || (before && satisfied.name != "positive")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(mark: Option<&str>, mood: &str) -> Trace {
        let label = |name: &str| Label { name: name.to_owned(), confidence: 0.9 };
        Trace {
            id: "a".into(),
            conversation: "c".into(),
            at: domain::Timestamp::UNIX_EPOCH,
            question: String::new(),
            read_as: None,
            context: None,
            language: "zh".to_owned(),
            intent: None,
            also: vec![],
            sentiment: label(mood),
            marks: mark.map(label).into_iter().collect(),
            satisfaction: None,
            entities: vec![],
            knowledge_version: 0,
            meanings_version: 0,
            policy_version: String::new(),
            candidates: vec![],
            thresholds: vec![],
            rung: domain::Rung::Refuse,
            reason: String::new(),
            confidence: 0.0,
            used: vec![],
            acted: None,
            duty: None,
            advised: vec![],
            reranked: vec![],
            model_calls: vec![],
            checks: vec![],
            inputs: None,
            timings: vec![],
        }
    }

    fn satisfied(name: &str, confidence: f32) -> Label {
        Label { name: name.to_owned(), confidence }
    }

    #[test]
    fn what_presses_stays_before_others_until_it_turns_to_the_good() {
        let calm = trace(None, "neutral");
        assert!(presses(false, &trace(Some("urgent"), "neutral"), &satisfied("neutral", 0.9)));
        assert!(presses(false, &trace(Some("complaint"), "negative"), &satisfied("neutral", 0.9)));
        assert!(presses(false, &trace(None, "negative"), &satisfied("negative", 0.8)));
        assert!(!presses(false, &calm, &satisfied("negative", 0.8)), "a calm question is no trouble");
        assert!(!presses(false, &trace(Some("attack"), "neutral"), &satisfied("neutral", 0.9)));
        assert!(presses(true, &calm, &satisfied("neutral", 0.9)));
        assert!(!presses(true, &calm, &satisfied("positive", 0.7)));
    }
}
