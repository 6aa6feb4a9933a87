//! `frontdesk lint`

use serde_json::{Value, json};

use super::Place;
use crate::{desk::Desk, say};

/// Check the knowledge: contradictions, duplicates, what has expired, dead links, personal data
///
/// Exit code 1 when there are open errors. Findings are settled at the desk, under Knowledge, or over the API.
///
/// Example:  frontdesk lint --data data
#[derive(clap::Args)]
pub(crate) struct Lint {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Findings that were settled, too
    #[arg(long)]
    all: bool,
    /// Ask the addresses outside that the knowledge links to
    #[arg(long)]
    links: bool,
    #[command(flatten)]
    place: Place,
}

impl Lint {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let desk = Desk::open(&config).await?;
        if self.links {
            let tried = desk.try_links().await?;
            if !self.json {
                say::line(format_args!("asked {tried} addresses"))?;
            }
        }
        let all = desk.findings().await;
        desk.close().await;
        let all = all?;
        let open = all.iter().filter(|one| one["settled"].is_null()).count();
        let errors = all.iter().filter(|one| one["settled"].is_null() && one["severity"] == "error").count();
        let shown: Vec<&Value> = all.iter().filter(|one| self.all || one["settled"].is_null()).collect();
        if self.json {
            say::line(json!({
                "findings": shown, "open": open, "settled": all.len() - open, "errors": errors,
            }))?;
        } else {
            shown.iter().try_for_each(|one| in_words(one))?;
            say::line(format_args!("{open} open, {errors} of them errors; {} settled", all.len() - open))?;
        }
        anyhow::ensure!(
            errors == 0,
            "{errors} errors in the knowledge; correct the entries, or settle the findings at the desk"
        );
        Ok(())
    }
}

fn in_words(one: &Value) -> anyhow::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lang = text(&one["lang"]);
    say::line(format_args!(
        "{:<8} {:<20} {} [{}] {}",
        text(&one["severity"]),
        text(&one["kind"]),
        text(&one["entry"]),
        lang,
        text(&one["quote"])
    ))?;
    if let Some(other) = one["other"].as_object() {
        say::line(format_args!("{:<29} {} — {}", "", text(&other["entry"]), text(&other["quote"])))?;
    }
    say::line(format_args!("{:<29} {} {}", "", text(&one["problem"][&lang]), text(&one["advice"][&lang])))
}
