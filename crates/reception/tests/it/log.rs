//! What a conversation's log must look like, read as the customer reads it.

use domain::{Author, Message};

/// Who has the word, as the notices tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    Assistant,
    Waiting,
    Agent(String),
    Closed,
}

impl Word {
    pub(crate) fn stage(&self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Waiting => "waiting",
            Self::Agent(_) => "agent",
            Self::Closed => "closed",
        }
    }
}

/// Walks through a log and says who has the word in the end, or what was against the rules.
pub(crate) fn walk(log: &[Message]) -> Result<Word, String> {
    let mut word = Word::Assistant;
    for (message, seq) in log.iter().zip(1..) {
        let text = &message.content.text;
        let may = match &message.author {
            _ if message.seq != seq => return Err(format!("message {seq} is missing")),
            Author::Customer => word != Word::Closed,
            Author::Assistant => word == Word::Assistant,
            Author::Agent { name, .. } => word == Word::Agent(name.clone()),
            Author::Notice => {
                let (may, next) = noticed(&word, text).ok_or_else(|| format!("an unknown notice: {text}"))?;
                word = next;
                may
            }
        };
        if !may {
            return Err(format!("{:?} may not say {text:?} at {seq}", message.author));
        }
    }
    Ok(word)
}

/// Whether a notice fits, and who has the word after it.
fn noticed(word: &Word, text: &str) -> Option<(bool, Word)> {
    let says = |words: &str| text.contains(words);
    let free = matches!(word, Word::Assistant | Word::Waiting);
    if says("正在为您转接人工") || says("我这边出了点问题") {
        Some((*word == Word::Assistant, Word::Waiting))
    } else if let Some((name, _)) = text.split_once(" 已接手") {
        Some((free, Word::Agent(name.to_owned())))
    } else if says("人工服务已结束") {
        Some((matches!(word, Word::Agent(_)), Word::Assistant))
    } else if says("您已回到 AI 助手") {
        Some((*word == Word::Waiting, Word::Assistant))
    } else if says("会话已结束") {
        Some((*word != Word::Closed, Word::Closed))
    } else if says("还在为您转接") || says("抱歉让您久等") || says("消息已收到，同事接手")
    {
        Some((*word == Word::Waiting, word.clone()))
    } else if says("留言已收到") {
        Some((*word != Word::Closed, word.clone()))
    } else {
        None
    }
}

/// Whether the last thing a customer said was followed by something.
pub(crate) fn was_heard(log: &[Message]) -> bool {
    log.last().is_none_or(|last| last.author != Author::Customer)
}
