//! HTTP and WebSocket, nothing else: take the request apart, call the reception once, word the answer.
//!
//! No rule of the business lives here, and no row is read except through the person who asks.

mod accent;
mod admission;
mod assets;
mod config;
mod demo;
mod desk;
mod gone;
mod goods;
mod headers;
mod health;
mod help;
mod pictures;
mod problem;
mod router;
mod state;
pub mod told;
mod v1;
mod webhooks;
mod widget;

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::serve::ListenerExt;

pub use config::ServerConfig;
pub use demo::{SampleCustomer, SampleShop};
pub use router::router;
pub use state::{App, install_metrics};

/// What is under way may take this long after the stop. Streams of events never end by themselves; those who
/// watch come back with their cursor.
const GRACE: Duration = Duration::from_secs(3);
/// Measured times are gathered in between.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves until `stop` is ready, then finishes what is under way.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let metrics = app.metrics.clone();
    let upkeep = async {
        loop {
            tokio::time::sleep(UPKEEP).await;
            metrics.run_upkeep();
        }
    };
    let (tell, told) = tokio::sync::oneshot::channel();
    let stop = async move {
        stop.await;
        let _ = tell.send(());
    };
    let out_of_patience = async {
        let _ = told.await;
        tokio::time::sleep(GRACE).await;
    };
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    // Events are small: none waits until the one before it has been acknowledged.
    let listener = listener.tap_io(|line| {
        let _ = line.set_nodelay(true);
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop).into_future();
    tokio::select! {
        served = serving => served,
        () = out_of_patience => Ok(()),
        () = upkeep => Ok(()),
    }
}
