//! `frontdesk doctor`

use serde_json::Value;

use super::Place;
use crate::{desk::Desk, say};

/// Look for trouble in configuration and data, and say what to do
///
/// Example:  frontdesk doctor --data data
#[derive(clap::Args)]
pub(crate) struct Doctor {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Doctor {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        let report = desk.check().await?;
        let served = matches!(desk, Desk::There(_));
        desk.close().await;
        let findings: Vec<&str> =
            report["findings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if self.json {
            say::line(&report)?;
        } else {
            say::line(format_args!("configuration  valid; data in {}", config.data.display()))?;
            say::line(format_args!("server         {}", if served { "running" } else { "not running" }))?;
            say::line(format_args!(
                "knowledge      {} entries, version {}",
                report["entries"], report["knowledge_version"]
            ))?;
            say::line(format_args!(
                "data           {}",
                if findings.is_empty() { "sound" } else { "damaged" }
            ))?;
            for finding in &findings {
                say::line(format_args!("  - {finding}"))?;
            }
        }
        anyhow::ensure!(
            findings.is_empty(),
            "the data is damaged; restore the latest backup with `frontdesk restore`"
        );
        Ok(())
    }
}
