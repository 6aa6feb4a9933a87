//! `frontdesk serve`, and the running of a server for `demo` too.

use std::net::SocketAddr;

use anyhow::Context;
use reception::Reception;
use server::App;
use tokio::net::TcpListener;

use super::Place;
use crate::{
    assemble,
    config::Config,
    folder::{Folder, Running},
    say,
};

/// Run the server
///
/// Example:  frontdesk serve --config frontdesk.toml
#[derive(clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
}

impl Serve {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let shop = Open::new(config, false).await?;
        say::line(format_args!("frontdesk is ready: {}", shop.base()))?;
        say::line(format_args!("sign in:  frontdesk sign-in --data {}", shop.config.data.display()))?;
        shop.serve().await
    }
}

/// A server that is about to run.
pub(crate) struct Open {
    pub(crate) config: Config,
    pub(crate) reception: Reception,
    folder: Folder,
    listener: TcpListener,
    address: SocketAddr,
    demo: bool,
}

impl Open {
    /// Takes the folder and the port, and opens the data.
    pub(crate) async fn new(config: Config, demo: bool) -> anyhow::Result<Self> {
        log_to_stderr();
        let folder = Folder::take_for_server(&config.data)?;
        let listen = config.server.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on {listen}; another program may use the port: choose another with --port or [server] listen")
        })?;
        let address = listener.local_addr()?;
        let reception = assemble::reception(&config, &folder).await?;
        Ok(Self { config, reception, folder, listener, address, demo })
    }

    /// The address for people.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the process is told to stop.
    pub(crate) async fn serve(self) -> anyhow::Result<()> {
        let token = reception::operator_token();
        let running = Running { pid: std::process::id(), address: self.address, token: token.clone() };
        self.reception.start();
        let app = App::new(
            self.reception.clone(),
            self.config.server.clone(),
            &token,
            server::install_metrics()?,
            self.demo,
        );
        self.folder.announce(&running)?;
        let served = server::serve(self.listener, app, told_to_stop()).await;
        self.folder.retire();
        self.reception.stop().await;
        served.context("the server stopped")
    }
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FRONTDESK_LOG")
        .unwrap_or_else(|_| "warn,frontdesk=info".into());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = interrupted => {}
        _ = terminated => {}
    }
}
