//! What was said before in a conversation, as far as the next answer may depend on it: the latest exchanges, masked.

use assistant::masked;
use domain::{AnswerId, Author, Conversation, Exchange, Message, Past, Trace};
use store::StoreError;

use crate::Reception;

/// So many exchanges, the latest.
const EXCHANGES: u32 = 6;
/// They lie in so many messages.
const MESSAGES: u32 = 40;

/// What was kept of the latest exchanges, as it stands in the store.
#[derive(Debug, Clone, Default)]
pub(crate) struct Before {
    traces: Vec<Trace>,
    messages: Vec<Message>,
}

impl Reception {
    /// What was said before the messages that wait for an answer. Two bounded reads, none at the first turn.
    pub(crate) async fn before(&self, conversation: &Conversation) -> Result<Before, StoreError> {
        if conversation.answered_seq == 0 {
            return Ok(Before::default());
        }
        let after = (conversation.last_seq - i64::from(MESSAGES)).max(0);
        let messages = self.store().messages(&conversation.id, after, MESSAGES).await?;
        let traces = self.store().last_traces(&conversation.id, EXCHANGES).await?;
        Ok(Before { traces, messages })
    }
}

impl Reception {
    /// The same as it was when the message of this number was the latest and this answer was not given yet.
    pub(crate) async fn before_then(&self, answer: &Trace, last: i64) -> Result<Before, StoreError> {
        let after = (last - i64::from(MESSAGES)).max(0);
        let mut messages = self.store().messages(&answer.conversation, after, MESSAGES).await?;
        messages.retain(|message| message.seq <= last);
        let mut traces = self.store().traces(&answer.conversation).await?;
        traces.retain(|trace| (trace.at, &trace.id) < (answer.at, &answer.id));
        let more = traces.len().saturating_sub(EXCHANGES as usize);
        Ok(Before { traces: traces.split_off(more), messages })
    }
}

impl Before {
    /// The exchanges, oldest first: what the assistant answered, and what people did.
    pub(crate) fn into_past(self) -> Past {
        let mut exchanges = Vec::new();
        let mut asked: Vec<&str> = Vec::new();
        for message in &self.messages {
            match (&message.author, &message.content.answer) {
                (Author::Customer, _) => asked.push(&message.content.text),
                (Author::Agent { .. }, _) => {
                    exchanges.extend(with_person(&std::mem::take(&mut asked), message));
                }
                (_, Some(answer)) => {
                    asked.clear();
                    exchanges.extend(self.trace(answer).map(|trace| with_assistant(trace, message)));
                }
                _ => {}
            }
        }
        let more = exchanges.len().saturating_sub(EXCHANGES as usize);
        Past { exchanges: exchanges.split_off(more) }
    }

    fn trace(&self, id: &AnswerId) -> Option<&Trace> {
        self.traces.iter().find(|trace| trace.id == *id)
    }
}

fn with_assistant(trace: &Trace, message: &Message) -> Exchange {
    let exchange = Exchange::of(trace, &message.content);
    Exchange { said: masked(&exchange.said), ..exchange }
}

/// What an agent says without being asked anew goes on with the exchange before.
fn with_person(asked: &[&str], message: &Message) -> Option<Exchange> {
    let said = masked(&message.content.text);
    (!asked.is_empty()).then(|| Exchange { asked: masked(&asked.join("\n")), said, ..Exchange::default() })
}

#[cfg(test)]
mod tests {
    use domain::{Content, Lang, Timestamp};

    use super::*;

    fn message(seq: i64, author: Author, text: &str) -> Message {
        Message {
            id: seq.to_string().as_str().into(),
            conversation: "c".into(),
            seq,
            author,
            at: Timestamp::UNIX_EPOCH,
            content: Content::plain(Lang::Zh, text),
            external_id: None,
        }
    }

    #[test]
    fn what_people_said_is_part_of_the_past_and_personal_data_is_not() {
        let agent = || Author::Agent { id: "a".into(), name: "王".to_owned() };
        let messages = vec![
            message(1, Author::Customer, "我的手机是13812345678"),
            message(2, agent(), "好的，13812345678 已记下"),
            message(3, agent(), "稍等"),
            message(4, Author::Customer, "运费多少"),
        ];
        let past = Before { traces: vec![], messages }.into_past();
        assert_eq!(past.exchanges.len(), 1);
        assert_eq!(past.exchanges[0].rung, None);
        let told = format!("{past:?}");
        assert!(!told.contains("13812345678") && told.contains("<PHONE>"), "{told}");
    }
}
