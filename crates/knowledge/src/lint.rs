//! What is wrong with the knowledge, and what to do about it.
//!
//! A check-up reads the entries and asks the library, and nothing else: the day and what links outside said are
//! arguments. Candidates come from indexes and each entry is compared with a bounded number of the nearest others, so the
//! work grows with the knowledge; where a bound may have left something out, the report says so.

mod case;
mod claims;
mod clauses;
mod counts;
mod dated;
mod effort;
mod finding;
mod fix;
mod links;
mod near;
mod others;
mod personal;
mod reach;
mod same;
mod shop;
mod slots;
mod spans;
mod stance;
mod stated;
mod translation;

use std::collections::{BTreeSet, HashSet};

use domain::EntryId;
use jiff::civil::Date;

pub(crate) use self::same::says_the_same;
use self::shop::Shop;
pub use self::{
    effort::Effort,
    finding::{Finding, Fix, Kind, Other, Place, Said, Severity},
    fix::{merged, unlinked},
    links::Asked,
};
use crate::Library;

/// What a check-up found, and how far it looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything that is wrong, the gravest first.
    pub findings: Vec<Finding>,
    /// What was compared, and what may have been left out.
    pub effort: Effort,
}

/// Everything that is wrong; the same knowledge on the same day gives the same report. `rest` is called again and
/// again: whoever has something better to do with the processor waits in it.
pub fn check_up(library: &Library, today: Date, asked: &Asked, rest: &dyn Fn()) -> Report {
    let shop = Shop::read(library, rest);
    let mut findings = same::check(&shop, today);
    let same = pairs(&findings);
    let reach = reach::check(&shop, &same);
    let lost = reach.iter().filter(|finding| finding.kind == Kind::Unreachable);
    let lost: HashSet<&EntryId> = lost.map(|finding| &finding.entry).collect();
    findings.retain(|finding| !is_told_by(finding, &lost));
    findings.extend(reach);
    findings.extend(translation::check(&shop, today));
    findings.extend(dated::check(&shop, today));
    findings.extend(links::check(&shop, asked));
    findings.extend(personal::check(&shop));
    findings.extend(slots::check(&shop));
    findings.sort_by(|a, b| (a.kind, &a.entry, a.lang, &a.key).cmp(&(b.kind, &b.entry, b.lang, &b.key)));
    findings.dedup_by(|a, b| a.key == b.key);
    Report { findings, effort: shop.tally.sum() }
}

/// The addresses outside that the knowledge links to: whoever may go out can ask them.
pub fn outside_links(library: &Library) -> BTreeSet<String> {
    links::outside(&Shop::read(library, &|| ()))
}

/// An entry whose every question is another's is told so once, and not as a duplicate that answers something else.
fn is_told_by(finding: &Finding, lost: &HashSet<&EntryId>) -> bool {
    finding.kind == Kind::Duplicate && finding.fix.is_none() && lost.contains(&finding.entry)
}

/// Entries of which a finding says that they answer the same question.
fn pairs(findings: &[Finding]) -> HashSet<(EntryId, EntryId)> {
    let pair = |finding: &Finding| Some((finding.entry.clone(), finding.other.as_ref()?.entry.clone()));
    let alike = |finding: &&Finding| finding.kind != Kind::Duplicate || finding.fix.is_some();
    findings.iter().filter(alike).filter_map(pair).collect()
}
