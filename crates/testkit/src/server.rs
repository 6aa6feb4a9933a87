//! A server around a desk, on a port of its own.

use std::net::SocketAddr;

use serde_json::{Value, json};
use server::{App, ServerConfig};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{Answer, DeskBuilder, Http, Lines, Socket, TestDesk, eventually};

/// The token of the commands.
const OPERATOR: &str = "the operator's token";

/// A running server.
pub struct TestServer {
    /// The desk behind it; its workers run.
    pub desk: TestDesk,
    /// Where it listens.
    pub address: SocketAddr,
    serving: JoinHandle<()>,
}

impl TestServer {
    /// A server whose desk knows nothing.
    pub async fn new() -> Self {
        Self::around(TestDesk::with()).await
    }

    /// A server around a desk.
    pub async fn around(desk: DeskBuilder) -> Self {
        Self::configured(desk, ServerConfig::default()).await
    }

    /// A server around a desk, with settings of its own.
    pub async fn configured(desk: DeskBuilder, config: ServerConfig) -> Self {
        let desk = desk.open().await;
        desk.start();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let metrics = server::install_metrics().expect("metrics are kept");
        let app = App::new(desk.reception.clone(), config, OPERATOR, metrics, true);
        let serving = tokio::spawn(async move {
            server::serve(listener, app, std::future::pending()).await.expect("the server serves");
        });
        Self { desk, address, serving }
    }

    /// A client.
    pub fn http(&self) -> Http {
        Http(self.address)
    }

    /// Fetches a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.http().request("GET", path, &[], b"").await.expect("an answer")
    }

    /// Sends bytes to a path.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.http().request("POST", path, headers, body).await.expect("an answer")
    }

    /// Fetches a path as a command on this machine does.
    pub async fn operator_get(&self, path: &str) -> Answer {
        let token = format!("Bearer {OPERATOR}");
        self.http().request("GET", path, &[("authorization", &token)], b"").await.expect("an answer")
    }

    /// Sends JSON to a path as a command on this machine does.
    pub async fn operator_sends(&self, method: &str, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {OPERATOR}");
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        self.http().request(method, path, &headers, body.to_string().as_bytes()).await.expect("an answer")
    }

    /// Somebody whom the shop has signed in opens the widget.
    pub async fn signed_in(&self, user: &str) -> TestVisitor {
        self.visitor_with(&json!({ "visitor": null, "locale": "zh", "identity": self.desk.identity(user) }))
            .await
    }

    /// Somebody new opens the widget.
    pub async fn visitor(&self) -> TestVisitor {
        self.visitor_with(&json!({ "visitor": null, "locale": "zh" })).await
    }

    async fn visitor_with(&self, hello: &Value) -> TestVisitor {
        let body = hello.to_string();
        let json = ("content-type", "application/json");
        let answer = self.post("/v1/widget/session", &[json], body.as_bytes()).await;
        let token = answer.json()["visitor"].as_str().expect("a visitor gets a token").to_owned();
        TestVisitor { token, http: self.http() }
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A widget in somebody's browser.
#[derive(Debug, Clone)]
pub struct TestVisitor {
    /// The token in the page's storage.
    pub token: String,
    http: Http,
}

impl TestVisitor {
    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Sends JSON to a path below `/v1/widget/`.
    pub async fn post(&self, act: &str, body: &Value) -> Answer {
        let (token, path) = (self.bearer(), format!("/v1/widget/{act}"));
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        self.http.request("POST", &path, &headers, body.to_string().as_bytes()).await.expect("an answer")
    }

    /// Sends a message.
    pub async fn say(&self, id: &str, text: &str) -> Answer {
        self.post("messages", &json!({ "id": id, "text": text })).await
    }

    /// Asks for events after a cursor by the third road.
    pub async fn poll(&self, after: Option<(&str, i64)>, wait: u32) -> Answer {
        let (token, path) = (self.bearer(), format!("/v1/widget/messages?wait={wait}{}", cursor(after)));
        self.http.request("GET", &path, &[("authorization", &token)], b"").await.expect("an answer")
    }

    /// Watches by the second road.
    pub async fn stream(&self, after: Option<(&str, i64)>) -> Lines {
        let (token, path) = (self.bearer(), format!("/v1/widget/events?road=2{}", cursor(after)));
        self.http.stream(&path, &[("authorization", &token)]).await.expect("a stream")
    }

    /// Watches by the first road.
    pub async fn socket(&self, after: Option<(&str, i64)>) -> Socket {
        Socket::hello(self.http.0, &self.token, after).await.expect("a line")
    }

    /// The messages in this visitor's log, once there are enough.
    pub async fn messages(&self, enough: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        eventually("the visitor's log holds what is expected", async || {
            let events = self.poll(None, 0).await.json()["events"].as_array().cloned().unwrap_or_default();
            let said: Vec<Value> = events.into_iter().filter(|event| event["type"] == "message").collect();
            enough(&said).then_some(said)
        })
        .await
    }
}

fn cursor(after: Option<(&str, i64)>) -> String {
    after.map_or_else(String::new, |(conversation, seq)| format!("&conversation={conversation}&seq={seq}"))
}
