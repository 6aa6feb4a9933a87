//! HTTP and WebSocket, nothing else: take the request apart, call the reception once, word the answer.
//!
//! No rule of the business lives here, and no row is read except through the person who asks.

mod admission;
mod assets;
mod config;
mod demo;
mod desk;
mod headers;
mod health;
mod help;
mod problem;
mod router;
mod state;
mod v1;
mod webhooks;
mod widget;

use std::{future::Future, net::SocketAddr};

pub use config::ServerConfig;
pub use router::router;
pub use state::{App, install_metrics};

/// Serves until `stop` is ready, then finishes what is under way.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
