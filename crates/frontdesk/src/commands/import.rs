//! `frontdesk import`

mod customers;

use std::path::PathBuf;

use domain::Clock;
use knowledge::import::Harvest;

use super::Place;
use crate::{clock::SystemClock, desk::Desk, say};

/// Read knowledge from files, folders and websites
///
/// Files: .jsonl, .jsonl.gz, .csv, .tsv, .xlsx, .md, .html, .pdf, .docx, .txt, and .zip of these. A website by its
/// sitemap: its robots.txt is kept to, and nothing on it leads into a private network. To have it read again and
/// again, name it under [[sources]] in the configuration.
///
/// Rows of `text` and `intent` are examples of what customers want, learnt from beside the knowledge.
///
/// A file of customers, as `frontdesk export customers` writes it, brings in customers with all that is known of them;
/// who was forgotten here stays forgotten.
///
/// Rows of `test` and `expect` are test questions, asked before anything is published.
///
/// Example:  frontdesk import faq.xlsx articles/ https://shop.example/sitemap.xml --dry-run
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Files, folders and addresses of sitemaps
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep what is new or changed as drafts: somebody checks and publishes them
    #[arg(long, conflicts_with = "dry_run")]
    draft: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Import {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let lang = say::lang();
        let config = self.place.load()?;
        let people = customers::read(&self.paths)?;
        let harvest = self.harvest().await?;
        let desk = Desk::open(&config).await?;
        let people = people.come_in(&desk, self.dry_run || self.draft).await?;
        let plan = match (self.dry_run, self.draft) {
            (true, _) => desk.plan(harvest).await?,
            (_, true) => desk.import_as_drafts(harvest).await?,
            _ => desk.import(harvest).await?,
        };
        desk.close().await;
        if self.json {
            let mut told = serde_json::to_value(plan.summary())?;
            told["dry_run"] = self.dry_run.into();
            told["draft"] = self.draft.into();
            told["customers"] = people.map_or(serde_json::Value::Null, |people| people.json());
            return say::line(told);
        }
        if let Some(people) = people {
            say::line(people.told(lang))?;
            if plan == knowledge::import::Plan::default() {
                return Ok(());
            }
        }
        say::line(plan.told(lang))
    }

    /// What the files hold, then what the websites hold, in the order in which they were named.
    async fn harvest(&self) -> anyhow::Result<Harvest> {
        let is_site = |path: &PathBuf| {
            path.to_str().is_some_and(|path| path.starts_with("http://") || path.starts_with("https://"))
        };
        let knowledge = self.paths.iter().filter(|path| !customers::are_in(path)).cloned();
        let (sites, files): (Vec<PathBuf>, Vec<PathBuf>) = knowledge.partition(is_site);
        let mut harvest = knowledge::import::read(&files, SystemClock.now())?;
        for site in sites.iter().filter_map(|site| site.to_str()) {
            let found = read_site(site).await?;
            harvest.entries.extend(found.entries);
            harvest.rejected.extend(found.rejected);
        }
        Ok(harvest)
    }
}

/// An address that was typed here is the owner's own: it is reached wherever it is. What stands on the site is not.
async fn read_site(url: &str) -> anyhow::Result<Harvest> {
    let gate = egress::Gate::new([url]);
    // Drawn on a terminal only.
    let bar = indicatif::ProgressBar::new(0);
    let told = |at: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(at as u64);
    };
    let found = reception::harvest_site(&gate, &reception::Source::once(url), SystemClock.now(), told).await;
    bar.finish_and_clear();
    Ok(found?)
}
