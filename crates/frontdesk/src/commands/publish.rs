//! `frontdesk publish`

use anyhow::Context;

use super::{Place, check};
use crate::{desk::Desk, say};

/// Publish drafts, all together or not at all, unless a test question would be red
///
/// Example:  frontdesk publish --why "spring prices"
#[derive(clap::Args)]
pub(crate) struct Publish {
    /// Only the drafts of these entries
    #[arg(value_name = "ENTRY")]
    entries: Vec<String>,
    /// Why; it stays on the record
    #[arg(long, default_value = "")]
    why: String,
    /// Publish although test questions are red; the reason stays on the record
    #[arg(long = "override", value_name = "REASON")]
    overriding: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Publish {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        desk.plug(&config.models.embedding).await?;
        let done = desk.publish(&self.entries, &self.why, self.overriding.as_deref()).await;
        desk.close().await;
        let (version, report) =
            done.context("nothing was published (`frontdesk check --draft` shows what would change)")?;
        if self.json {
            return say::line(serde_json::json!({ "version": version, "report": report }));
        }
        say::line(check::in_words(&report).trim_end())?;
        say::line(format_args!("published: the knowledge is at version {version}"))
    }
}
