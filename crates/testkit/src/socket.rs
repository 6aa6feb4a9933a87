//! A widget's WebSocket.

use std::{io, net::SocketAddr};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use crate::wait::DEADLINE;

/// An open line.
#[derive(Debug)]
pub struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Opens a line and says nothing.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let line = TcpStream::connect(address).await?;
        let url = format!("ws://{address}/v1/widget/socket");
        let (socket, _) = client_async(url, line).await.map_err(io::Error::other)?;
        Ok(Self(socket))
    }

    /// Opens a line and says hello. What was missed and `ready` are still to be read.
    pub async fn hello(address: SocketAddr, visitor: &str, after: Option<(&str, i64)>) -> io::Result<Self> {
        let mut socket = Self::open(address).await?;
        let after = after.map(|(conversation, seq)| json!({ "conversation": conversation, "seq": seq }));
        socket.send(&json!({ "type": "hello", "visitor": visitor, "after": after })).await?;
        Ok(socket)
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: &Value) -> io::Result<()> {
        self.frame(Message::text(frame.to_string())).await
    }

    /// Sends a message of the customer.
    pub async fn say(&mut self, id: &str, text: &str) -> io::Result<()> {
        self.send(&json!({ "type": "send", "id": id, "text": text })).await
    }

    /// Sends any frame.
    pub async fn frame(&mut self, frame: Message) -> io::Result<()> {
        self.0.send(frame).await.map_err(io::Error::other)
    }

    /// The line below the frames, to write what is no frame.
    pub fn line(&mut self) -> &mut TcpStream {
        self.0.get_mut()
    }

    /// The next event; `None` when the server has closed the line.
    pub async fn next(&mut self) -> Option<Value> {
        timeout(DEADLINE, async {
            loop {
                match self.0.next().await? {
                    Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => {}
                }
            }
        })
        .await
        .expect("the server says something or closes the line")
    }

    /// Events up to and with the first that is wanted.
    ///
    /// # Panics
    /// If the line closes before.
    pub async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut seen = Vec::new();
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the line closed after {seen:?}"));
            let done = wanted(&event);
            seen.push(event);
            if done {
                return seen;
            }
        }
    }
}
