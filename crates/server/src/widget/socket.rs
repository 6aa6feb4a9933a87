//! `GET /v1/widget/socket`: the first road, a WebSocket.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{
    extract::{
        ConnectInfo, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::HeaderMap,
    response::Response,
};
use domain::{Attributes, Lang};
use reception::{Cursor, Event, VisitorView};
use serde::Deserialize;
use tokio::time::{Instant, timeout};

use super::feed::Feed;
use crate::{admission::origin, help::preferred, problem::Problem, state::App};

/// A frame is never larger than a message may be, with room for escapes.
const FRAME: usize = 64 * 1024;
/// Buffers are small because most sockets are idle; they grow while a frame is read.
const READ_BUFFER: usize = 2 * 1024;
/// One must say hello within this time.
const HELLO: Duration = Duration::from_secs(10);
/// A reader who takes nothing for this long is let go; it resumes where it stopped.
const SLOW: Duration = Duration::from_secs(10);
/// Something is sent at least this often, so that both sides notice a dead line.
const HEARTBEAT: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Frame {
    Hello {
        visitor: String,
        after: Option<Cursor>,
    },
    Send {
        id: String,
        text: String,
        lang: Option<Lang>,
        #[serde(flatten)]
        attributes: Attributes,
    },
    Typing,
    #[serde(other)]
    Unknown,
}

/// Upgrades. The token comes in the first frame, so it never stands in an address or a log.
pub(crate) async fn socket(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let address = origin(peer, &headers, &app.config.trusted_proxies);
    let lang = preferred(&headers);
    upgrade
        .max_message_size(FRAME)
        .max_frame_size(FRAME)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * FRAME)
        .on_upgrade(move |socket| async move {
            // An error means that the line is gone; the widget comes back with its cursor.
            let _ = Line { app, socket, address, lang }.talk().await;
        })
}

struct Line {
    app: App,
    socket: WebSocket,
    address: IpAddr,
    lang: Lang,
}

struct Gone;

impl Line {
    async fn talk(mut self) -> Result<(), Gone> {
        let (visitor, after) = self.hello().await?;
        let mut feed = Feed::open(visitor.clone(), after).await.map_err(|_| Gone)?;
        for event in feed.take_ready() {
            self.send(&event).await?;
        }
        self.send(&Event::Ready).await?;
        let mut beat = Instant::now() + HEARTBEAT;
        loop {
            tokio::select! {
                event = feed.next() => {
                    let event = event.map_err(|_| Gone)?;
                    self.send(&event).await?;
                    beat = Instant::now() + HEARTBEAT;
                }
                frame = self.socket.recv() => self.heard(&visitor, frame).await?,
                () = tokio::time::sleep_until(beat) => {
                    self.send(&Event::Ping).await?;
                    beat = Instant::now() + HEARTBEAT;
                }
            }
        }
    }

    async fn hello(&mut self) -> Result<(VisitorView, Option<Cursor>), Gone> {
        let first = timeout(HELLO, self.socket.recv()).await.map_err(|_| Gone)?;
        let Some(Ok(Message::Text(text))) = first else { return Err(Gone) };
        let Ok(Frame::Hello { visitor, after }) = serde_json::from_str(&text) else {
            return self.refuse().await;
        };
        match self.app.reception.known_visitor(&visitor) {
            Some(visitor) => Ok((visitor, after)),
            None => self.refuse().await,
        }
    }

    async fn refuse<T>(&mut self) -> Result<T, Gone> {
        let event = Event::Refused {
            id: String::new(),
            code: "unauthorised",
            message: Problem::unauthorised().detail().to_owned(),
            retry_after: None,
        };
        self.send(&event).await?;
        Err(Gone)
    }

    async fn heard(
        &mut self,
        visitor: &VisitorView,
        frame: Option<Result<Message, axum::Error>>,
    ) -> Result<(), Gone> {
        match frame {
            Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                Ok(Frame::Send { id, text, lang, attributes }) => {
                    self.said(visitor, id, text, (lang, attributes)).await
                }
                _ => Ok(()),
            },
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_))) => Ok(()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Gone),
        }
    }

    async fn said(
        &mut self,
        visitor: &VisitorView,
        id: String,
        text: String,
        (lang, attributes): (Option<Lang>, Attributes),
    ) -> Result<(), Gone> {
        let admitted = self.app.admission.admit(visitor.name(), self.address).map_err(Problem::from);
        let accepted = match admitted {
            Ok(()) => {
                let lang = lang.unwrap_or(self.lang);
                visitor.say(id.clone(), text, lang, attributes).await.map_err(Problem::from)
            }
            Err(problem) => Err(problem),
        };
        let event = match accepted {
            Ok(accepted) => Event::Accepted { id, conversation: accepted.conversation, seq: accepted.seq },
            Err(problem) => Event::Refused {
                id,
                code: problem.code(),
                message: problem.detail().to_owned(),
                retry_after: problem.retry_after(),
            },
        };
        self.send(&event).await
    }

    async fn send(&mut self, event: &Event) -> Result<(), Gone> {
        let text = serde_json::to_string(event).map_err(|_| Gone)?;
        timeout(SLOW, self.socket.send(Message::Text(text.into()))).await.map_err(|_| Gone)?.map_err(|_| Gone)
    }
}
