//! The assistant as a model: `/v1/chat/completions` as programs that speak to OpenAI's know it.
//!
//! Without a name for the dialogue nothing of it is kept: the program sends what was said before, as such programs do.
//! With `conversation_id` (also `chatId`, `chat_id`), else with `user`, the last message goes on in the conversation of
//! that name, which people at the desk see and may take over; then what was said before is known here.

mod asked;
mod told;

use std::{
    convert::Infallible,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{self, KeepAlive, Sse},
    },
};
use futures_util::stream;
use reception::{Completed, Heard, OperatorView};
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, UnboundedSender};

use self::{
    asked::{Asked, Question},
    told::{Shape, Told},
};
use super::Operator;
use crate::{desk::origin, problem::Problem, state::App};

/// The name of the assistant. The shop's names are understood, too.
const NAME: &str = "frontdesk";
/// How many replies were begun: two of one second have names of their own.
static STREAMS: AtomicU64 = AtomicU64::new(0);

/// `GET /v1/models`
pub(crate) async fn models(Operator(_): Operator) -> Json<Value> {
    Json(json!({
        "object": "list",
        "data": [{ "id": NAME, "object": "model", "created": 0, "owned_by": "frontdesk" }],
    }))
}

/// `POST /v1/chat/completions`
pub(crate) async fn complete(
    State(app): State<App>,
    operator: Result<Operator, Problem>,
    headers: HeaderMap,
    body: Result<Json<Asked>, JsonRejection>,
) -> Result<Response, Problem> {
    let Operator(operator) = operator.map_err(|problem| as_openai(problem, "authentication_error", None))?;
    let Json(asked) =
        body.map_err(|error| invalid(&crate::problem::in_our_words(&error.body_text()), None))?;
    knows(&app, &asked.model)?;
    let question = asked.question(app.reception.settings().limits.message_chars)?;
    let created = app.reception.now().as_second();
    let shape = Shape {
        id: format!("chatcmpl-{created}-{}", STREAMS.fetch_add(1, Ordering::Relaxed)),
        created,
        model: asked.model.clone(),
        base: origin(&app, &headers),
        with_usage: asked.stream_options.include_usage,
    };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(ToOwned::to_owned);
    let stream = asked.stream;
    match asked.conversation() {
        Some(name) => {
            let told = in_conversation(&operator, &question, &name, key).await?;
            Ok(if stream { at_once(shape, told) } else { Json(shape.whole(&told)).into_response() })
        }
        None if stream => Ok(as_written(shape, operator, question)),
        None => {
            let (heard, _nobody_listens) = mpsc::unbounded_channel();
            let told = operator.complete(question.completion(), heard).await.ok_or_else(failed)?;
            Ok(Json(shape.whole(&told.into())).into_response())
        }
    }
}

fn knows(app: &App, model: &str) -> Result<(), Problem> {
    let shop = &app.reception.settings().shop;
    if [NAME, &shop.name_zh, &shop.name_en].contains(&model) {
        return Ok(());
    }
    let detail = format!("there is no model {model:?}; the assistant is called {NAME:?}");
    let problem = Problem::new(StatusCode::NOT_FOUND, "model_not_found", detail);
    Err(as_openai(problem, "invalid_request_error", Some("model")))
}

async fn in_conversation(
    operator: &OperatorView,
    question: &Question,
    name: &str,
    key: Option<String>,
) -> Result<Told, Problem> {
    let asked = operator.ask(&question.text, Some(name), key).await;
    let asked = asked.map_err(|error| as_openai(error.into(), "invalid_request_error", None))?;
    Ok(asked.map_or_else(|| Told::silence(name), |asked| Told::kept(asked, name)))
}

/// Sentences go out as they pass their checks.
fn as_written(shape: Shape, operator: OperatorView, question: Question) -> Response {
    let (out, lines) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let (heard, mut words) = mpsc::unbounded_channel();
        let writing = operator.complete(question.completion(), heard);
        let passing = async {
            let mut passed = Passed::default();
            let _ = out.send(shape.begin());
            while let Some(word) = words.recv().await {
                if !passed.on(&shape, word, &out) {
                    // Nobody listens any more: dropping the receiver ends the writing.
                    break;
                }
            }
            drop(words);
            passed
        };
        let (completed, passed) = tokio::join!(writing, passing);
        finish(&shape, completed, passed, &out);
    });
    streaming(lines)
}

/// What went out while it was written.
#[derive(Default)]
struct Passed {
    words: String,
    /// Words went out that turned out to be void: they cannot be called back.
    void: bool,
}

impl Passed {
    fn on(&mut self, shape: &Shape, heard: Heard, out: &UnboundedSender<Value>) -> bool {
        match heard {
            Heard::Void => self.void = true,
            Heard::Words(_) if self.void => {}
            Heard::Words(words) => {
                self.words.push_str(&words);
                return out.send(shape.words(&words)).is_ok();
            }
        }
        !out.is_closed()
    }
}

fn finish(shape: &Shape, completed: Option<Completed>, passed: Passed, out: &UnboundedSender<Value>) {
    let Some(completed) = completed else {
        let _ = out.send(json!({ "error": error("the assistant failed", "server_error", "failed", None) }));
        return;
    };
    let told = Told::from(completed);
    // An answer that no model wrote comes at once.
    let rest = told.text.strip_prefix(passed.words.as_str()).filter(|_| !passed.void);
    if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
        let _ = out.send(shape.words(rest));
    }
    for line in shape.end(&told, rest.is_some()) {
        let _ = out.send(line);
    }
}

fn at_once(shape: Shape, told: Told) -> Response {
    let (out, lines) = mpsc::unbounded_channel();
    let all = [shape.begin(), shape.words(&told.text)].into_iter().chain(shape.end(&told, true));
    all.for_each(|line| {
        let _ = out.send(line);
    });
    streaming(lines)
}

fn streaming(mut lines: mpsc::UnboundedReceiver<Value>) -> Response {
    let mut done = false;
    let events = stream::poll_fn(move |context| {
        lines.poll_recv(context).map(|line| match line {
            Some(line) => Some(sse::Event::default().data(line.to_string())),
            None if done => None,
            None => {
                done = true;
                Some(sse::Event::default().data("[DONE]"))
            }
        })
    });
    let events = futures_util::StreamExt::map(events, Ok::<_, Infallible>);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

fn invalid(detail: &str, param: Option<&'static str>) -> Problem {
    as_openai(Problem::bad_request(detail), "invalid_request_error", param)
}

fn failed() -> Problem {
    let problem =
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the assistant failed; the log says why");
    as_openai(problem, "server_error", None)
}

/// A problem as all of ours, and beside it as programs made for OpenAI's read it.
fn as_openai(problem: Problem, kind: &str, param: Option<&str>) -> Problem {
    let told = error(problem.detail(), kind, problem.code(), param);
    problem.with("error", told)
}

fn error(detail: &str, kind: &str, code: &str, param: Option<&str>) -> Value {
    json!({ "message": detail, "type": kind, "param": param, "code": code })
}
