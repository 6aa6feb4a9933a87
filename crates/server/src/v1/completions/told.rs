//! What a program is told: the shapes of OpenAI's, our own beside them.

use domain::{Content, Rung, SourceLink, Trace};
use reception::{Asked, Completed};
use serde_json::{Value, json};

/// An answer, from wherever it comes.
pub(super) struct Told {
    id: String,
    pub(super) text: String,
    sources: Vec<SourceLink>,
    tokens: (u64, u64),
    ours: Value,
}

/// What all parts of one reply have in common.
pub(super) struct Shape {
    /// Names a stream before its answer has a name.
    pub(super) id: String,
    pub(super) created: i64,
    pub(super) model: String,
    /// The address that sources on this server begin with.
    pub(super) base: String,
    pub(super) with_usage: bool,
}

impl From<Completed> for Told {
    fn from(completed: Completed) -> Self {
        Self::new(completed.content, Some(&completed.trace), None)
    }
}

impl Told {
    pub(super) fn kept(asked: Asked, conversation: &str) -> Self {
        Self::new(asked.message.content, asked.trace.as_ref(), Some(conversation))
    }

    /// A person has the conversation and has not answered yet.
    pub(super) fn silence(conversation: &str) -> Self {
        Self::new(Content::default(), None, Some(conversation))
    }

    fn new(content: Content, trace: Option<&Trace>, conversation: Option<&str>) -> Self {
        let calls = trace.map(|trace| trace.model_calls.as_slice()).unwrap_or_default();
        let tokens = calls.iter().map(|call| call.tokens);
        let tokens =
            tokens.fold((0, 0), |sum, (read, wrote)| (sum.0 + u64::from(read), sum.1 + u64::from(wrote)));
        let answer = content.answer.as_ref().map(ToString::to_string);
        let ours = json!({
            "answer_id": answer,
            "conversation_id": conversation,
            "rung": content.rung,
            "confidence": trace.map(|trace| trace.confidence),
            "entry_ids": trace.map(|trace| trace.used.clone()).unwrap_or_default(),
            "suggestions": content.suggestions,
        });
        Self { id: answer.unwrap_or_default(), text: words(&content), sources: content.sources, tokens, ours }
    }
}

/// Choices are buttons elsewhere; here they are lines.
fn words(content: &Content) -> String {
    let mut text = content.text.clone();
    if content.rung == Some(Rung::Suggest) {
        for choice in &content.suggestions {
            text.push_str("\n- ");
            text.push_str(choice);
        }
    }
    text
}

impl Shape {
    /// The whole reply at once.
    pub(super) fn whole(&self, told: &Told) -> Value {
        let citations = self.citations(told);
        let annotations = annotations(&told.text, &citations);
        let message = json!({
            "role": "assistant", "content": told.text, "refusal": null, "annotations": annotations,
        });
        json!({
            "id": format!("chatcmpl-{}", told.id),
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": [{ "index": 0, "message": message, "finish_reason": "stop", "logprobs": null }],
            "usage": usage(told),
            "x_citations": citations,
            "x_frontdesk": told.ours,
        })
    }

    /// The first line of a stream.
    pub(super) fn begin(&self) -> Value {
        self.chunk(&json!({ "role": "assistant", "content": "" }), None)
    }

    /// Some words.
    pub(super) fn words(&self, words: &str) -> Value {
        self.chunk(&json!({ "content": words }), None)
    }

    /// The last lines. A reply whose words turned out to be void ends as filtered.
    pub(super) fn end(&self, told: &Told, holds: bool) -> Vec<Value> {
        let citations = self.citations(told);
        let delta = json!({ "annotations": annotations(&told.text, &citations) });
        let mut last = self.chunk(&delta, Some(if holds { "stop" } else { "content_filter" }));
        last["x_citations"] = citations.into();
        last["x_frontdesk"] = told.ours.clone();
        let mut lines = vec![last];
        if self.with_usage {
            let mut counted = self.chunk(&json!({}), None);
            counted["choices"] = json!([]);
            counted["usage"] = usage(told);
            lines.push(counted);
        }
        lines
    }

    fn chunk(&self, delta: &Value, finish: Option<&str>) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": [{ "index": 0, "delta": delta, "finish_reason": finish }],
        })
    }

    /// Sources with addresses that other programs can open.
    fn citations(&self, told: &Told) -> Vec<Value> {
        let address =
            |url: &str| if url.starts_with('/') { format!("{}{url}", self.base) } else { url.to_owned() };
        told.sources
            .iter()
            .map(|source| json!({ "title": source.title, "url": address(&source.url) }))
            .collect()
    }
}

/// They stand for the whole text.
fn annotations(text: &str, citations: &[Value]) -> Vec<Value> {
    let end = text.chars().count();
    let of = |citation: &Value| {
        json!({ "type": "url_citation", "url_citation": {
            "title": citation["title"], "url": citation["url"], "start_index": 0, "end_index": end,
        }})
    };
    citations.iter().map(of).collect()
}

/// What models were asked; nothing where none was.
fn usage(told: &Told) -> Value {
    let (read, wrote) = told.tokens;
    json!({ "prompt_tokens": read, "completion_tokens": wrote, "total_tokens": read + wrote })
}
