//! A reply as it comes: words that may be shown, one piece after the other, within its times.

use std::{collections::VecDeque, time::Duration};

use egress::Arriving;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::{
    chat::ChatError,
    sse::{Events, MOST_IN_ALL},
    thoughts::{Thoughts, Visible},
    tokens::estimate,
};

/// Words that may be shown; with `before_was_thought` all earlier ones are void.
pub type Piece = Visible;

/// When a reply is late.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// The first token.
    pub(crate) first: Instant,
    /// The next token, counted from the last.
    pub(crate) between: Duration,
    /// The end.
    pub(crate) end: Instant,
}

/// A reply that is being read. Dropped, the connection is closed.
pub struct Reply {
    arriving: Arriving,
    times: Times,
    next_by: Instant,
    /// A server that does not stream says everything at once.
    whole: Option<Vec<u8>>,
    events: Events,
    thoughts: Thoughts,
    ready: VecDeque<Piece>,
    said: String,
    unseen: u32,
    usage: Option<(u32, u32)>,
    /// It said that it is finished.
    finished: bool,
    /// Nothing more will be read.
    over: bool,
    /// Why not, where it should have gone on; told after the words before it.
    failed: Option<ChatError>,
}

#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<Usage>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Option<Words>,
    message: Option<Words>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Words {
    content: Option<Value>,
    reasoning_content: Option<Value>,
    reasoning: Option<Value>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u32,
    #[serde(default)]
    completion_tokens: u32,
}

impl Reply {
    pub(crate) fn new(arriving: Arriving, times: Times) -> Self {
        let whole = arriving.content_type.starts_with("application/json").then(Vec::new);
        Self {
            arriving,
            times,
            next_by: times.first,
            whole,
            events: Events::default(),
            thoughts: Thoughts::default(),
            ready: VecDeque::new(),
            said: String::new(),
            unseen: 0,
            usage: None,
            finished: false,
            over: false,
            failed: None,
        }
    }

    /// The next words; `None` when the reply is whole. After an error there is nothing more.
    pub async fn next(&mut self) -> Result<Option<Piece>, ChatError> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Ok(Some(piece));
            }
            if self.over {
                return self.failed.take().map_or(Ok(None), Err);
            }
            if let Err(error) = self.read().await {
                (self.over, self.failed) = (true, Some(error));
            }
        }
    }

    /// Tokens in and out as the server counted them, if it did.
    pub fn usage(&self) -> Option<(u32, u32)> {
        self.usage
    }

    /// About how many tokens came, thoughts included.
    pub fn written(&self) -> u32 {
        estimate(&self.said).saturating_add(self.unseen)
    }

    /// All that it said so far, thoughts left out.
    pub fn said(&self) -> &str {
        &self.said
    }

    async fn read(&mut self) -> Result<(), ChatError> {
        let by = self.next_by.min(self.times.end);
        match timeout_at(by, self.arriving.piece()).await {
            Err(_) if self.finished => self.finish(),
            Err(_) => Err(ChatError::Late),
            Ok(Err(error)) => Err(ChatError::Unreachable(error)),
            Ok(Ok(Some(bytes))) => self.take(&bytes),
            Ok(Ok(None)) => self.at_end(),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), ChatError> {
        if let Some(whole) = &mut self.whole {
            if whole.len() + bytes.len() > MOST_IN_ALL {
                return Err(ChatError::TooMuch);
            }
            whole.extend_from_slice(bytes);
            return Ok(());
        }
        for data in self.events.feed(bytes).map_err(|_| ChatError::TooMuch)? {
            if self.over {
                break;
            }
            self.hear(&data)?;
        }
        Ok(())
    }

    fn at_end(&mut self) -> Result<(), ChatError> {
        let last = self.whole.take().or_else(|| self.events.end());
        if let Some(last) = last {
            self.hear(&last)?;
        }
        if self.finished || self.over {
            self.finish()
        } else {
            Err(ChatError::Rubbish("it ended in the middle"))
        }
    }

    fn hear(&mut self, data: &[u8]) -> Result<(), ChatError> {
        if data == b"[DONE]" {
            return self.finish();
        }
        let chunk: Chunk =
            serde_json::from_slice(data).map_err(|_| ChatError::Rubbish("it is no JSON of a chat"))?;
        if chunk.error.is_some() {
            return Err(ChatError::Broke);
        }
        if let Some(usage) = chunk.usage {
            self.usage = Some((usage.prompt_tokens, usage.completion_tokens));
        }
        // Of several choices the first is taken; nobody asked for more.
        if let Some(choice) = chunk.choices.unwrap_or_default().into_iter().next() {
            self.finished |= choice.finish_reason.is_some();
            if let Some(words) = choice.delta.or(choice.message) {
                self.hear_words(&words);
            }
        }
        // Some servers leave the line open behind their last word.
        if self.finished && self.usage.is_some() { self.finish() } else { Ok(()) }
    }

    fn hear_words(&mut self, words: &Words) {
        let thought = [&words.reasoning_content, &words.reasoning].into_iter().flatten().map(text);
        let thought: u32 = thought.map(|text| estimate(&text)).sum();
        let content = words.content.as_ref().map(text).unwrap_or_default();
        if thought > 0 || !content.is_empty() {
            // Only what was said counts as a sign of life: a server can ping for ever.
            self.next_by = Instant::now() + self.times.between;
        }
        let shown = self.thoughts.feed(&content);
        let unseen = estimate(&content).saturating_sub(estimate(&shown.text));
        self.unseen = self.unseen.saturating_add(thought).saturating_add(unseen);
        self.show(shown);
    }

    fn show(&mut self, piece: Piece) {
        if piece.before_was_thought {
            self.unseen = self.unseen.saturating_add(estimate(&self.said));
            self.said.clear();
        }
        self.said.push_str(&piece.text);
        if piece.before_was_thought || !piece.text.is_empty() {
            self.ready.push_back(piece);
        }
    }

    #[allow(clippy::unnecessary_wraps, reason = "the last step of those that may fail")]
    fn finish(&mut self) -> Result<(), ChatError> {
        let rest = self.thoughts.end();
        self.show(rest);
        self.over = true;
        Ok(())
    }
}

/// Words as a string, or in parts as some servers send them.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        _ => String::new(),
    }
}
