//! What a program asks, as much of it as concerns us; the rest is left alone.

use domain::{Exchange, Past};
use reception::Completion;
use serde::Deserialize;
use serde_json::Value;

use super::invalid;
use crate::problem::Problem;

/// So many exchanges before the question are looked at.
const EXCHANGES: usize = 20;

#[derive(Deserialize)]
pub(crate) struct Asked {
    pub(super) model: String,
    messages: Vec<Said>,
    #[serde(default)]
    pub(super) stream: bool,
    #[serde(default)]
    pub(super) stream_options: Options,
    user: Option<String>,
    #[serde(alias = "chatId", alias = "chat_id")]
    conversation_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Options {
    pub(super) include_usage: bool,
}

#[derive(Deserialize)]
struct Said {
    role: String,
    #[serde(default)]
    content: Value,
}

/// The question, and what was said before it.
pub(super) struct Question {
    pub(super) text: String,
    past: Past,
}

impl Asked {
    /// The name of the conversation that it goes on in, if it has one.
    pub(super) fn conversation(&self) -> Option<String> {
        let named = self.conversation_id.as_ref().or(self.user.as_ref());
        named.filter(|name| !name.is_empty()).cloned()
    }

    /// The last message, which must be the user's. What a program says as system or developer is left out: how we
    /// answer is the owner's to say.
    pub(super) fn question(&self, longest: usize) -> Result<Question, Problem> {
        let last = self.messages.last().filter(|said| said.role == "user");
        let last =
            last.ok_or_else(|| invalid("the last of the messages must be the user's", Some("messages")))?;
        let text = text(&last.content);
        if text.trim().is_empty() {
            return Err(invalid("the last message holds no text", Some("messages")));
        }
        if text.chars().count() > longest {
            let told = format!("the last message is too long: at most {longest} characters");
            return Err(invalid(&told, Some("messages")));
        }
        Ok(Question { text, past: past(&self.messages[..self.messages.len() - 1], longest) })
    }
}

impl Question {
    pub(super) fn completion(self) -> Completion {
        Completion { question: self.text, past: self.past }
    }
}

/// Who says several things in a row says one.
fn past(messages: &[Said], longest: usize) -> Past {
    let mut past = Past::default();
    for said in messages {
        let words: String = text(&said.content).chars().take(longest).collect();
        match (said.role.as_str(), past.exchanges.last_mut()) {
            ("user", Some(open)) if open.said.is_empty() => add(&mut open.asked, &words),
            ("user", _) => past.exchanges.push(Exchange { asked: words, ..Exchange::default() }),
            ("assistant", Some(open)) => add(&mut open.said, &words),
            _ => {}
        }
    }
    let old = past.exchanges.len().saturating_sub(EXCHANGES);
    past.exchanges.drain(..old);
    past
}

fn add(to: &mut String, words: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(words);
}

/// Text as a string or in parts; pictures are not looked at.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            texts.join("\n")
        }
        _ => String::new(),
    }
}
