//! `frontdesk versions` and `frontdesk rollback`

use anyhow::Context;
use domain::Timestamp;
use serde_json::Value;

use super::Place;
use crate::{desk::Desk, say};

/// List what was published when, by whom and why, latest first
///
/// Example:  frontdesk versions
/// Example:  frontdesk versions order-cancel
#[derive(clap::Args)]
pub(crate) struct Versions {
    /// The versions of one entry
    entry: Option<String>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    place: Place,
}

impl Versions {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let desk = Desk::open(&self.place.load()?).await?;
        let found = desk.versions(self.entry.as_deref(), self.limit).await;
        desk.close().await;
        for version in found? {
            if self.json {
                say::line(&version)?;
            } else {
                say::line(in_words(&version))?;
            }
        }
        Ok(())
    }
}

fn in_words(version: &Value) -> String {
    let text = |field: &str| version[field].as_str().unwrap_or_default();
    let mut line = format!("{}  {}  {}", version["version"], text("at"), text("by"));
    for field in ["act", "why"] {
        if !text(field).is_empty() {
            line = format!("{line}  {}", text(field));
        }
    }
    if !text("overridden").is_empty() {
        line = format!("{line}  (red tests overridden: {})", text("overridden"));
    }
    line
}

/// Make the knowledge, or one entry, what it was at a version or a moment
///
/// Example:  frontdesk rollback 218 --why "wrong prices"
/// Example:  frontdesk rollback 2026-05-01T09:00:00Z --entry order-cancel
#[derive(clap::Args)]
pub(crate) struct Rollback {
    /// A version, or a moment in RFC 3339
    to: String,
    /// One entry alone
    #[arg(long)]
    entry: Option<String>,
    /// Why; it stays on the record
    #[arg(long, default_value = "")]
    why: String,
    #[command(flatten)]
    place: Place,
}

/// Where to go back to.
pub(crate) enum Target {
    Version(i64),
    Moment(Timestamp),
}

impl Rollback {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let target = target(&self.to)?;
        let desk = Desk::open(&self.place.load()?).await?;
        let done = desk.roll_back(target, self.entry.as_deref(), &self.why).await;
        desk.close().await;
        say::line(format_args!("the knowledge is at version {}", done.context("nothing was changed")?))
    }
}

fn target(text: &str) -> anyhow::Result<Target> {
    if let Ok(version) = text.parse() {
        return Ok(Target::Version(version));
    }
    let wrong = || {
        say::WrongUsage(format!("`{text}` is no version and no moment; write 218 or 2026-05-01T09:00:00Z"))
    };
    Ok(Target::Moment(text.parse().map_err(|_| wrong())?))
}
