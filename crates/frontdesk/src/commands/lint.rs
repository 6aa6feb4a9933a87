//! `frontdesk lint`

use serde_json::{Value, json};

use super::Place;
use crate::{
    desk::{Desk, Findings},
    say,
};

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
                let asked =
                    say::lang().pick(format!("问过 {tried} 个地址"), format!("asked {tried} addresses"));
                say::line(asked)?;
            }
        }
        let found = desk.findings().await;
        desk.close().await;
        let Findings { items: all, crowded, unasked } = found?;
        let open = all.iter().filter(|one| one["settled"].is_null()).count();
        let errors = all.iter().filter(|one| one["settled"].is_null() && one["severity"] == "error").count();
        let shown: Vec<&Value> = all.iter().filter(|one| self.all || one["settled"].is_null()).collect();
        if self.json {
            say::line(json!({
                "findings": shown, "open": open, "settled": all.len() - open, "errors": errors,
                "crowded": crowded, "unasked": unasked,
            }))?;
        } else {
            shown.iter().try_for_each(|one| in_words(one))?;
            let settled = all.len() - open;
            say::line(say::lang().pick(
                format!("未处理 {open} 项，其中错误 {errors} 项；已处理 {settled} 项"),
                format!("{open} open, {errors} of them errors; {settled} settled"),
            ))?;
            left_out(crowded, unasked)?;
        }
        anyhow::ensure!(
            errors == 0,
            "{errors} errors in the knowledge; correct the entries, or settle the findings at the desk"
        );
        Ok(())
    }
}

/// What was not looked into is said, so that nobody takes a short list for a clean one.
fn left_out(crowded: usize, unasked: usize) -> anyhow::Result<()> {
    if crowded + unasked == 0 {
        return Ok(());
    }
    say::line(say::lang().pick(
        format!("{crowded} 条和许多条目几乎一样，只与最接近的比较过；{unasked} 对相似的条目没有细看"),
        format!("{crowded} entries are nearly like many others and were compared with the nearest only; {unasked} pairs that are alike were not looked into"),
    ))
}

fn in_words(one: &Value) -> anyhow::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (lang, reader) = (text(&one["lang"]), say::lang().code());
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
    say::line(format_args!("{:<29} {} {}", "", text(&one["problem"][reader]), text(&one["advice"][reader])))
}
