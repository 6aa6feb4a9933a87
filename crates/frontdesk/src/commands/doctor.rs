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
        desk.hear(config.models.rerank.as_ref()).await;
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
            if let Some(told) = reranker(&report["reranker"]) {
                say::line(format_args!("reranker       {told}"))?;
            }
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

/// How the reranker stands; without its say the built-in order stands.
fn reranker(standing: &Value) -> Option<String> {
    let model = standing["model"].as_str()?;
    let host = standing["host"].as_str().unwrap_or_default();
    let stands = match standing["stands"].as_str().unwrap_or_default() {
        "serves" => "has a say in the order of what is found",
        "rests" => "failed again and again and is left alone for a while",
        "untold" => "tells right texts from strange ones in no language; it is not heard",
        "trying" => "is being tried",
        _ => "failed at its trial and has no say",
    };
    let trouble = standing["trouble"].as_str().map(|told| format!(": {told}")).unwrap_or_default();
    Some(format!("{model} at {host} {stands}{trouble}"))
}
