//! The server as widgets, platforms and strangers meet it.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod acts;
mod advice;
mod approval;
mod bad_frames;
mod bad_input;
mod completions;
mod dialogue;
mod headers;
mod help;
mod intents;
mod limits;
mod pictures;
mod publishing;
mod quality;
mod replay;
mod resume;
mod roads;
mod service;
mod sources;
mod take_over;
mod webhooks;

use serde_json::Value;
use testkit::{DeskBuilder, TestDesk};

/// A desk that knows something.
fn shop() -> DeskBuilder {
    TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").knows("How do I pay?", "By card.")
}

/// The messages among events: place, author, words.
fn said(events: &[Value]) -> Vec<(i64, &str, &str)> {
    let messages = events.iter().filter(|event| event["type"] == "message");
    messages
        .map(|said| {
            let text = |field: &str| said[field].as_str().unwrap_or_default();
            (said["seq"].as_i64().unwrap_or_default(), text("author"), text("text"))
        })
        .collect()
}

/// Whether an event is a message of this author.
fn by(author: &'static str) -> impl Fn(&Value) -> bool {
    move |event| event["type"] == "message" && event["author"] == author
}

/// Whether an event tells this stage.
fn stage(stage: &'static str) -> impl Fn(&Value) -> bool {
    move |event| event["type"] == "stage" && event["stage"] == stage
}

fn is(kind: &'static str) -> impl Fn(&Value) -> bool {
    move |event| event["type"] == kind
}
