//! The second and third road: server-sent events, and asking again.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::Query,
    response::sse::{self, KeepAlive, Sse},
};
use domain::ConversationId;
use futures_util::{Stream, StreamExt, stream};
use reception::{Cursor, Event};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Visitor, feed::Feed};
use crate::problem::Problem;

#[derive(Deserialize)]
pub(crate) struct After {
    conversation: Option<ConversationId>,
    seq: Option<i64>,
    wait: Option<u64>,
}

impl After {
    fn cursor(&self) -> Option<Cursor> {
        Some(Cursor { conversation: self.conversation.clone()?, seq: self.seq? })
    }
}

/// The longest wait, in seconds: shorter than the patience of common proxies.
const WAIT: u64 = 25;

/// `GET /v1/widget/events`
pub(crate) async fn events(
    Visitor(visitor): Visitor,
    Query(after): Query<After>,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>, Problem> {
    let mut feed = Feed::open(visitor, after.cursor()).await?;
    let mut missed: Vec<Arc<Event>> = feed.take_ready().into();
    missed.push(Arc::new(Event::Ready));
    let live =
        stream::unfold(feed, |mut feed| async move { feed.next().await.ok().map(|event| (event, feed)) });
    let all = stream::iter(missed).chain(live).map(|event| Ok(line(&event)));
    let heartbeat = KeepAlive::new().interval(Duration::from_secs(20)).event(line(&Event::Ping));
    Ok(Sse::new(all).keep_alive(heartbeat))
}

fn line(event: &Event) -> sse::Event {
    // Events are made of strings and numbers; they always serialise.
    sse::Event::default().data(serde_json::to_string(event).unwrap_or_default())
}

/// `GET /v1/widget/messages`
pub(crate) async fn messages(
    Visitor(visitor): Visitor,
    Query(after): Query<After>,
) -> Result<Json<Value>, Problem> {
    let mut feed = Feed::open(visitor, after.cursor()).await?;
    let mut events = feed.take_ready();
    let told = events.iter().any(|event| matches!(**event, Event::Message(_)));
    let wait = Duration::from_secs(after.wait.unwrap_or_default().min(WAIT));
    if !told
        && !wait.is_zero()
        && let Ok(event) = tokio::time::timeout(wait, feed.next()).await
    {
        events.push_back(event?);
        events.extend(feed.take_ready());
    }
    Ok(Json(json!({ "events": events.iter().map(|event| &**event).collect::<Vec<_>>() })))
}
