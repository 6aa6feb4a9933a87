//! The knowledge is checked in the background, findings are settled or put right, and links outside are tried.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool, atomic::Ordering},
    time::Duration,
};

use domain::{Entry, EntryId, Lang, Timestamp, said};
use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use knowledge::lint::{self, Asked, Effort, Finding, Fix};
use serde::Serialize;
use store::{LinkCheck, SettledFinding, StoreError};

use crate::{ActError, Reception};

/// Between looks at whether something has changed.
const LOOK: Duration = Duration::from_secs(5);
/// A rest while customers are served; after so many in a row the check-up goes on all the same.
const REST: Duration = Duration::from_millis(20);
const RESTS: u32 = 50;
/// Addresses asked in one go, and at a time.
const LINKS: usize = 500;
const AT_ONCE: usize = 4;
/// Characters of a reason.
const REASON: usize = 500;

/// What the last check-up found.
#[derive(Debug, Clone, Default)]
pub struct CheckUp {
    /// The version of the knowledge that was checked; 0 before the first.
    pub version: i64,
    /// The day it was checked for.
    pub day: Option<Date>,
    /// What was found, the gravest first.
    pub findings: Vec<Arc<Finding>>,
    /// How far it looked.
    pub effort: Effort,
}

/// A finding, and whether somebody dealt with it.
#[derive(Debug, Clone, Serialize)]
pub struct Judged {
    /// The finding.
    #[serde(flatten, serialize_with = "whole")]
    pub finding: Arc<Finding>,
    /// Who settled it, when and why.
    pub settled: Option<SettledFinding>,
}

fn whole<S: serde::Serializer>(finding: &Finding, to: S) -> Result<S::Ok, S::Error> {
    finding.serialize(to)
}

/// The state of the check-up.
#[derive(Default)]
pub(crate) struct CheckUps {
    last: Mutex<Arc<CheckUp>>,
    /// What links said has changed since.
    links: AtomicBool,
    /// One at a time.
    running: tokio::sync::Mutex<()>,
}

impl Reception {
    /// What the last check-up found.
    pub(crate) fn last_check_up(&self) -> Arc<CheckUp> {
        Arc::clone(&self.inner.check_ups.last.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Follows the knowledge and the calendar.
    pub(crate) async fn check_up_when_changed(self) {
        let mut tick = tokio::time::interval(LOOK);
        let mut seen = None;
        loop {
            tick.tick().await;
            let version = self.parts().assistant.library().version();
            // Changes come in groups: the check-up waits until one look has seen none.
            if seen == Some(version)
                && !self.is_checked()
                && let Err(error) = self.check_up().await
            {
                tracing::warn!(%error, "the knowledge could not be checked; trying again");
            }
            seen = Some(version);
        }
    }

    fn today(&self) -> Date {
        self.settings().shop.zone.day(Lang::En, self.now())
    }

    fn is_checked(&self) -> bool {
        let last = self.last_check_up();
        let library = self.parts().assistant.library();
        last.version == library.version()
            && last.day == Some(self.today())
            && !self.inner.check_ups.links.load(Ordering::Relaxed)
    }

    /// Checks the knowledge unless that was done since it last changed.
    pub(crate) async fn check_up(&self) -> Result<Arc<CheckUp>, StoreError> {
        let _one = self.inner.check_ups.running.lock().await;
        if self.is_checked() {
            return Ok(self.last_check_up());
        }
        self.inner.check_ups.links.store(false, Ordering::Relaxed);
        let asked: Asked =
            self.store().link_checks().await?.into_iter().map(|check| (check.url, check.failure)).collect();
        let (reception, library, day) =
            (self.clone(), self.parts().assistant.library().clone(), self.today());
        let work = move || {
            let version = library.version();
            let lint::Report { findings, effort } =
                lint::check_up(&library, day, &asked, &|| reception.rest());
            CheckUp {
                version,
                day: Some(day),
                findings: findings.into_iter().map(Arc::new).collect(),
                effort,
            }
        };
        let begun = std::time::Instant::now();
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => {
                let ms = begun.elapsed().as_millis() as u64;
                tracing::info!(ms, findings = done.findings.len(), effort = ?done.effort, "checked the knowledge");
                *self.inner.check_ups.last.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(done);
                self.inner.events.knowledge_changed();
            }
            Err(error) => tracing::error!(%error, "the check-up failed; the last one still stands"),
        }
        Ok(self.last_check_up())
    }

    /// Those who are served go before the check-up.
    fn rest(&self) {
        for _ in 0..RESTS {
            if !self.serves() {
                return;
            }
            std::thread::sleep(REST);
        }
    }

    /// All findings of the last check-up, with what became of them.
    pub(crate) async fn findings(&self) -> Result<Vec<Judged>, StoreError> {
        let mut settled: std::collections::HashMap<String, SettledFinding> =
            self.store().settled_findings().await?.into_iter().map(|one| (one.key.clone(), one)).collect();
        let last = self.last_check_up();
        let judged = |finding: &Arc<Finding>| Judged {
            settled: settled.remove(&finding.key),
            finding: Arc::clone(finding),
        };
        Ok(last.findings.iter().map(judged).collect())
    }

    fn finding(&self, key: &str) -> Result<Arc<Finding>, ActError> {
        let last = self.last_check_up();
        last.findings.iter().find(|finding| finding.key == key).cloned().ok_or(ActError::NotFound)
    }

    /// Settles a finding: it does not come back until the text that it is about changes.
    pub(crate) async fn settle_finding(&self, key: &str, reason: &str, by: &str) -> Result<(), ActError> {
        self.finding(key)?;
        let reason = reason.trim();
        if reason.chars().nth(REASON).is_some() {
            return Err(ActError::Invalid(said!(
                "理由最多 {REASON} 个字符",
                "a reason has at most {REASON} characters"
            )));
        }
        let settled = SettledFinding {
            key: key.to_owned(),
            reason: reason.to_owned(),
            by: by.to_owned(),
            at: self.now(),
        };
        self.store().settle_finding(&settled).await?;
        self.inner.events.knowledge_changed();
        Ok(())
    }

    /// Does what a finding offers to do, and settles it.
    pub(crate) async fn fix_finding(&self, key: &str, by: &str) -> Result<(), ActError> {
        let finding = self.finding(key)?;
        let Some(fix) = finding.fix.clone() else {
            return Err(ActError::Invalid(said!(
                "这一项要人来处理：改条目，或标为已处理",
                "this takes a person: change the entry, or settle it"
            )));
        };
        let entry = self.store().entry(&finding.entry).await?.ok_or(ActError::NotFound)?;
        let (put, remove) = self.fixed(entry, &fix).await?;
        self.write_entries(&put, &remove, by).await?;
        // Until the next check-up it would still be listed.
        let (key, reason, by) = (key.to_owned(), fix.name().to_owned(), by.to_owned());
        Ok(self.store().settle_finding(&SettledFinding { key, reason, by, at: self.now() }).await?)
    }

    async fn fixed(&self, mut entry: Entry, fix: &Fix) -> Result<(Vec<Entry>, Vec<EntryId>), ActError> {
        match fix {
            Fix::RemovePhrasing { lang, phrasing } => {
                if let Some(text) = entry.texts.get_mut(lang) {
                    text.phrasings.retain(|known| known != phrasing);
                }
            }
            Fix::Unlink { lang, url } => {
                if let Some(text) = entry.texts.get_mut(lang) {
                    text.answer = lint::unlinked(&text.answer, url);
                }
            }
            Fix::MergeInto { entry: other } => {
                let other = self.store().entry(other).await?.ok_or(ActError::NotFound)?;
                let merged = Entry { updated_at: self.now(), ..lint::merged(other, &entry) };
                return Ok((vec![merged], vec![entry.id]));
            }
        }
        Ok((vec![Entry { updated_at: self.now(), ..entry }], Vec::new()))
    }

    /// Asks the addresses outside that the knowledge links to, and keeps what they say.
    pub(crate) async fn try_links(&self) -> Result<Vec<LinkCheck>, StoreError> {
        let library = self.parts().assistant.library().clone();
        let urls =
            tokio::task::spawn_blocking(move || lint::outside_links(&library)).await.unwrap_or_default();
        let now = self.now();
        let ask = |url: String| async move {
            let failure = self.try_link(&url).await;
            LinkCheck { url, failure, at: now }
        };
        let asked: Vec<LinkCheck> =
            stream::iter(urls.into_iter().take(LINKS).map(ask)).buffer_unordered(AT_ONCE).collect().await;
        let mut seen = HashSet::new();
        let mut kept = asked;
        kept.retain(|check| seen.insert(check.url.clone()));
        kept.sort_by(|a, b| a.url.cmp(&b.url));
        self.store().keep_link_checks(kept.clone()).await?;
        self.inner.check_ups.links.store(true, Ordering::Relaxed);
        Ok(kept)
    }

    /// What is wrong with an address; who wants to be asked otherwise, or less often, is there.
    async fn try_link(&self, url: &str) -> Option<String> {
        match self.parts().gate.get(url, &[]).await {
            Ok(answer) if answer.status < 400 || matches!(answer.status, 401 | 403 | 405 | 406 | 429) => None,
            Ok(answer) => Some(format!("HTTP {}", answer.status)),
            Err(error) => Some(error.to_string()),
        }
    }

    /// When links outside were last asked.
    pub(crate) async fn links_tried_at(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.store().link_checks().await?.into_iter().map(|check| check.at).max())
    }
}
