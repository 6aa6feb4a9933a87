//! `frontdesk sign-in`

use super::Place;
use crate::{desk::Desk, say};

/// Print a one-time link that signs the owner in
///
/// Example:  frontdesk sign-in --data data
#[derive(clap::Args)]
pub(crate) struct SignIn {
    #[command(flatten)]
    place: Place,
}

impl SignIn {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        let path = desk.sign_in().await?;
        let base = match &desk {
            Desk::There(remote) => remote.base().to_owned(),
            Desk::Here(..) => format!("http://{}", config.server.listen),
        };
        desk.close().await;
        say::line(format_args!("{base}{path}"))
    }
}
