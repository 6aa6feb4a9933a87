//! What a model does with a request, as bytes on the line.

use std::time::Duration;

use serde_json::{Value, json};

use super::obedient;

/// Letters in one piece of a stream.
const LETTERS: usize = 3;
/// Bytes of an answer without end; whoever reads all of it has no bounds.
const FLOOD: usize = 16 * 1024 * 1024;

/// What a model does.
#[derive(Debug, Clone)]
pub enum Talk {
    /// Streams these words, a few letters at a time, and tells what they cost: 100 tokens in, 20 out.
    Says(String),
    /// The same without telling what they cost.
    Uncounted(String),
    /// The same in one piece, as a server that does not stream.
    Whole(String),
    /// Thinks in a field of its own, then speaks.
    Thinks(String, String),
    /// The same words after a while.
    After(Duration, String),
    /// Says this and then nothing, for as long as the other side bears it. Empty: nothing at all, not even a head.
    Stalls(String),
    /// Pings for ever and says nothing.
    Pings,
    /// Says this, and then something that is no event.
    BrokenJson(String),
    /// Says this, and then bytes that are no letters.
    HalfLetters(String),
    /// A page that is no answer.
    Rubbish,
    /// Says this and hangs up.
    HangsUp(String),
    /// Says this, and then that it failed.
    Breaks(String),
    /// One line without end.
    Floods,
    /// Words without end.
    Babbles(String),
    /// Answers with a status.
    Status(u16),
    /// Asks to be left alone for so many seconds.
    Busy(u64),
    /// Does what anything in the prompt tells it to, and says everything that it knows.
    Obeys,
}

impl Talk {
    /// Streams these words.
    pub fn says(words: &str) -> Self {
        Self::Says(words.to_owned())
    }

    /// Whether it says nothing more and does not hang up either.
    pub(super) fn goes_silent(&self) -> bool {
        matches!(self, Self::Stalls(_) | Self::Pings)
    }

    /// Everything that it sends.
    pub(super) fn pieces(&self, asked: &Value) -> Vec<Vec<u8>> {
        match self {
            Self::Says(words) | Self::After(_, words) => stream(words, [usage(), done()]),
            Self::Uncounted(words) => stream(words, [done()]),
            Self::Whole(words) => vec![whole(words)],
            Self::Thinks(thought, words) => thinks(thought, words),
            Self::Stalls(words) if words.is_empty() => Vec::new(),
            Self::Pings => {
                [head(200, "")].into_iter().chain((0..2_000).map(|_| b": ping\n\n".to_vec())).collect()
            }
            Self::BrokenJson(words) => begun(words, [b"data: {\"choices\": [{\n\n".to_vec()]),
            Self::HalfLetters(words) => {
                begun(words, [b"data: {\"choices\":[{\"delta\":{\"content\":\"\xe9\x80\"}}]}\n\n".to_vec()])
            }
            Self::Rubbish => vec![head(200, ""), b"<html>\xff\xfe welcome</html>\r\n".to_vec()],
            Self::Stalls(words) | Self::HangsUp(words) => begun(words, []),
            Self::Breaks(words) => begun(words, [event(&json!({ "error": { "message": "out of memory" } }))]),
            Self::Floods => vec![head(200, ""), vec![b'x'; FLOOD]],
            Self::Babbles(words) => begun(&words.repeat(FLOOD / 1024 / words.len().max(1)), []),
            Self::Status(status) => vec![head(*status, "")],
            Self::Busy(seconds) => vec![head(429, &format!("retry-after: {seconds}\r\n"))],
            Self::Obeys => stream(&obedient::reply(asked), [usage(), done()]),
        }
    }
}

fn head(status: u16, more: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Said\r\ncontent-type: text/event-stream\r\n{more}connection: close\r\n\r\n")
        .into_bytes()
}

fn begun(words: &str, then: impl IntoIterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
    let letters: Vec<char> = words.chars().collect();
    let role = event(&chunk(&json!({ "role": "assistant", "content": "" }), None));
    let said = letters.chunks(LETTERS).map(|few| {
        let content: String = few.iter().collect();
        event(&chunk(&json!({ "content": content }), None))
    });
    [head(200, ""), b": ping\n\n".to_vec(), role].into_iter().chain(said).chain(then).collect()
}

fn stream(words: &str, then: impl IntoIterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
    let stop = event(&chunk(&json!({}), Some("stop")));
    begun(words, [stop].into_iter().chain(then))
}

fn thinks(thought: &str, words: &str) -> Vec<Vec<u8>> {
    let mut pieces = stream(words, [usage(), done()]);
    pieces.insert(1, event(&chunk(&json!({ "reasoning_content": thought, "content": null }), None)));
    pieces.insert(2, event(&chunk(&json!({ "reasoning": thought }), None)));
    pieces
}

fn chunk(delta: &Value, finish: Option<&str>) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "",
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish }],
    })
}

fn usage() -> Vec<u8> {
    let counted = json!({ "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120 });
    event(&json!({ "object": "chat.completion.chunk", "choices": [], "usage": counted }))
}

fn done() -> Vec<u8> {
    b"data: [DONE]\n\n".to_vec()
}

fn event(data: &Value) -> Vec<u8> {
    format!("data: {data}\n\n").into_bytes()
}

fn whole(words: &str) -> Vec<u8> {
    let body = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "m",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": words }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120 },
    });
    let body = body.to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
