//! What an entry is worth, as people read it.

use std::cmp::Ordering;

use domain::{EntryId, Lang, Timestamp};
use reception::{AgentView, EntryValue};

use super::{
    refusal::Refusal,
    times::Moment,
    words::{Words, fill},
};

/// An entry's worth.
pub(super) async fn of(view: &AgentView, id: &EntryId, now: Timestamp) -> Result<Worth, Refusal> {
    let values = view.entry_values(std::slice::from_ref(id)).await?;
    Ok(Worth::new(view.agent().lang, &values.into_iter().next().unwrap_or_default(), now))
}

/// An entry's worth, ready to be shown.
pub(super) struct Worth {
    /// Asked, answered, helped and harmed, with their names.
    pub(super) sums: [(&'static str, u64); 4],
    /// When it last answered.
    pub(super) used: Option<Moment>,
    /// Whether it is wanted more or less than in the period before.
    pub(super) trend: Option<String>,
}

impl Worth {
    pub(super) fn new(lang: Lang, value: &EntryValue, now: Timestamp) -> Self {
        let (w, total) = (Words::of(lang), value.total);
        Self {
            sums: [
                (w.asked, total.asked),
                (w.answered, total.answered),
                (w.helped, total.helped),
                (w.harmed, total.harmed),
            ],
            used: value.used_at.map(|at| Moment::new(lang, at, now)),
            trend: trend(w, value),
        }
    }

    /// In one line; nothing where nobody asked.
    pub(super) fn line(&self) -> Option<String> {
        let sums = self.sums.iter().filter(|(_, count)| *count > 0);
        let mut parts: Vec<String> = sums.map(|(name, count)| format!("{name} {count}")).collect();
        parts.extend(self.trend.clone());
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

fn trend(w: &Words, value: &EntryValue) -> Option<String> {
    let (now, before) = (value.recent.asked, value.before.asked);
    match (now, before) {
        (0, 0) => None,
        (now, 0) => Some(fill(w.trend_new, &[&now.to_string()])),
        (now, before) => {
            let change = (now as f64 - before as f64) / before as f64 * 100.0;
            let arrow = match now.cmp(&before) {
                Ordering::Greater => "↑",
                Ordering::Less => "↓",
                Ordering::Equal => "→",
            };
            Some(fill(w.trend, &[&format!("{arrow} {:.0} %", change.abs())]))
        }
    }
}

#[cfg(test)]
mod tests {
    use reception::Tally;

    use super::*;

    fn said(recent: u64, before: u64) -> Option<String> {
        let tally = |asked| Tally { asked, ..Tally::default() };
        let value = EntryValue { recent: tally(recent), before: tally(before), ..EntryValue::default() };
        trend(Words::of(Lang::En), &value)
    }

    #[test]
    fn a_period_is_compared_with_the_one_before() {
        assert_eq!(said(0, 0), None);
        assert_eq!(said(3, 0).as_deref(), Some("3 new in 28 days"));
        assert_eq!(said(15, 10).as_deref(), Some("↑ 50 % in 28 days"));
        assert_eq!(said(5, 10).as_deref(), Some("↓ 50 % in 28 days"));
        assert_eq!(said(10, 10).as_deref(), Some("→ 0 % in 28 days"));
    }
}
