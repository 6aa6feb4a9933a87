//! What open desks are told: which conversations changed and how many wait. The page then fetches itself
//! again, so nothing is drawn in two ways.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use reception::{DeskEvent, Listing};
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    refusal::Refusal,
    session::{self, SignedIn},
};
use crate::state::App;

/// What happens within this time is told together.
const GATHER: Duration = Duration::from_millis(120);
/// So often at least it is looked whether the session still holds.
const STILL_THERE: Duration = Duration::from_secs(10);

/// `GET /desk/events`: ends when the session ends or the agent is let go.
pub(super) async fn events(
    State(app): State<App>,
    SignedIn(_): SignedIn,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let secret = session::secret(&headers).unwrap_or_default().to_owned();
    let watch = Watch { receiver: app.reception.events().watch_desk(), app, secret, over: false };
    let events = stream::unfold(watch, |mut watch| async move {
        let event = watch.next().await?;
        Some((Ok(event), watch))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

struct Watch {
    app: App,
    receiver: Receiver<DeskEvent>,
    secret: String,
    over: bool,
}

impl Watch {
    async fn next(&mut self) -> Option<Event> {
        if self.over {
            return None;
        }
        loop {
            let first = tokio::time::timeout(STILL_THERE, self.receiver.recv()).await;
            let Ok(Some(view)) = self.app.reception.agent_of(&self.secret).await else {
                self.over = true;
                return Some(Event::default().event("over").data("{}"));
            };
            let Ok(first) = first else { continue };
            let mut changed = Changed::default();
            if !changed.add(first) {
                return None;
            }
            let deadline = tokio::time::Instant::now() + GATHER;
            while let Ok(more) = tokio::time::timeout_at(deadline, self.receiver.recv()).await {
                if !changed.add(more) {
                    return None;
                }
            }
            let waiting = view.count(Listing::Waiting).await.unwrap_or_default();
            return Some(changed.event(waiting));
        }
    }
}

#[derive(Default)]
struct Changed {
    conversations: Vec<String>,
    knowledge: bool,
    /// Too much happened to say what.
    all: bool,
}

impl Changed {
    /// `false` when nothing will come any more.
    fn add(&mut self, event: Result<DeskEvent, RecvError>) -> bool {
        match event {
            Ok(DeskEvent { conversation: Some(id), .. }) => {
                let id = id.to_string();
                if !self.conversations.contains(&id) {
                    self.conversations.push(id);
                }
            }
            Ok(DeskEvent { conversation: None, .. }) => self.knowledge = true,
            Err(RecvError::Lagged(_)) => self.all = true,
            Err(RecvError::Closed) => return false,
        }
        true
    }

    fn event(&self, waiting: u64) -> Event {
        let data = json!({
            "conversations": self.conversations, "knowledge": self.knowledge, "all": self.all, "waiting": waiting,
        });
        Event::default().event("changed").data(data.to_string())
    }
}
