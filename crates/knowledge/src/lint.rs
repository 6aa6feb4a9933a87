//! What is wrong with the knowledge, and what to do about it.
//!
//! A check-up reads the entries and asks the library, and nothing else: the day and what links outside said are
//! arguments. Candidates come from indexes, so it takes seconds at ten thousand entries.

mod case;
mod claims;
mod clauses;
mod counts;
mod dated;
mod finding;
mod fix;
mod links;
mod near;
mod personal;
mod reach;
mod same;
mod shop;
mod slots;
mod stance;
mod translation;

use std::collections::{BTreeSet, HashSet};

use domain::EntryId;
use jiff::civil::Date;

pub(crate) use self::same::says_the_same;
use self::shop::Shop;
pub use self::{
    finding::{Finding, Fix, Kind, Other, Place, Said, Severity},
    fix::{merged, unlinked},
    links::Asked,
};
use crate::Library;

/// Everything that is wrong, the gravest first; the same knowledge on the same day gives the same list. `rest` is
/// called again and again: whoever has something better to do with the processor waits in it.
pub fn check_up(library: &Library, today: Date, asked: &Asked, rest: &dyn Fn()) -> Vec<Finding> {
    let shop = Shop::read(library, rest);
    let mut findings = same::check(&shop, today);
    let same = pairs(&findings);
    let reach = reach::check(&shop, &same);
    findings.retain(|finding| !is_told_by(finding, &reach));
    findings.extend(reach);
    findings.extend(translation::check(&shop, today));
    findings.extend(dated::check(&shop, today));
    findings.extend(links::check(&shop, asked));
    findings.extend(personal::check(&shop));
    findings.extend(slots::check(&shop));
    findings.sort_by(|a, b| (a.kind, &a.entry, a.lang, &a.key).cmp(&(b.kind, &b.entry, b.lang, &b.key)));
    findings.dedup_by(|a, b| a.key == b.key);
    findings
}

/// The addresses outside that the knowledge links to: whoever may go out can ask them.
pub fn outside_links(library: &Library) -> BTreeSet<String> {
    links::outside(&Shop::read(library, &|| ()))
}

/// An entry whose every question is another's is told so once, and not as a duplicate that answers something else.
fn is_told_by(finding: &Finding, reach: &[Finding]) -> bool {
    let lost = |other: &&Finding| other.kind == Kind::Unreachable && other.entry == finding.entry;
    finding.kind == Kind::Duplicate && finding.fix.is_none() && reach.iter().any(|other| lost(&other))
}

/// Entries of which a finding says that they answer the same question.
fn pairs(findings: &[Finding]) -> HashSet<(EntryId, EntryId)> {
    let pair = |finding: &Finding| Some((finding.entry.clone(), finding.other.as_ref()?.entry.clone()));
    let alike = |finding: &&Finding| finding.kind != Kind::Duplicate || finding.fix.is_some();
    findings.iter().filter(alike).filter_map(pair).collect()
}
