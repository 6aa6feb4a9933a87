//! `frontdesk serve`, and the running of a server for `demo` too.

use std::{net::SocketAddr, pin::Pin};

use anyhow::Context;
use reception::Reception;
use server::{App, SampleShop};
use tokio::net::TcpListener;

use super::Place;
use crate::{
    assemble,
    config::Config,
    folder::{Folder, Running},
    say, sentences, writers,
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
        reload_when_told(self.place, shop.reception.clone())?;
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
    token: String,
    stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    demo: bool,
    shop: Option<SampleShop>,
}

impl Open {
    /// Takes the folder and the port, opens the data and tells commands on this machine where it is. From
    /// here on it can be told to stop.
    pub(crate) async fn new(config: Config, demo: bool) -> anyhow::Result<Self> {
        log_to_stderr();
        let stop = Box::pin(told_to_stop()?);
        let folder = Folder::take_for_server(&config.data)?;
        let listen = config.server.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on {listen}; another program may use the port: choose another (--port for demo, listen under [server] for serve)")
        })?;
        let address = listener.local_addr()?;
        let reception = assemble::reception(&config, &folder).await?;
        sentences::plug(&reception, &config.models.embedding).await?;
        sentences::hear(&reception, config.models.rerank.as_ref());
        writers::employ(&reception, &config.models)?;
        let token = reception::operator_token();
        folder.announce(&Running { pid: std::process::id(), address, token: token.clone() })?;
        Ok(Self { config, reception, folder, listener, address, token, stop, demo, shop: None })
    }

    /// With a sample shop where one can sign in.
    pub(crate) fn with_shop(self, shop: SampleShop) -> Self {
        Self { shop: Some(shop), ..self }
    }

    /// The address for people.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the process is told to stop.
    pub(crate) async fn serve(self) -> anyhow::Result<()> {
        self.reception.start();
        let app = App::new(
            self.reception.clone(),
            self.config.server.clone(),
            &self.token,
            server::install_metrics()?,
            self.demo,
        );
        let app = match self.shop {
            Some(shop) => app.with_shop(shop),
            None => app,
        };
        let served = server::serve(self.listener, app, self.stop).await;
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

/// On a hang-up signal, reads which models are wanted again. All else waits for the next start.
#[cfg(unix)]
fn reload_when_told(place: Place, reception: Reception) -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut told = signal(SignalKind::hangup())?;
    let reload = async move || {
        let models = place.load()?.models;
        writers::employ(&reception, &models)?;
        sentences::hear(&reception, models.rerank.as_ref());
        sentences::plug(&reception, &models.embedding).await
    };
    tokio::spawn(async move {
        while told.recv().await.is_some() {
            match reload().await {
                Ok(()) => tracing::info!("[models] was read again"),
                Err(error) => tracing::error!("what served before serves on: {error:#}"),
            }
        }
    });
    Ok(())
}

/// Other systems have no such signal: there the next start reads it.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the other one may fail")]
fn reload_when_told(_place: Place, _reception: Reception) -> anyhow::Result<()> {
    Ok(())
}

/// Ready when the process is told to stop. It listens from this call on, not only when it is awaited.
#[cfg(unix)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ready when the process is told to stop.
#[cfg(not(unix))]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
