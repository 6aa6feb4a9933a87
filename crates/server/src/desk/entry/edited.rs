//! What the editor sends, and the entry that it becomes.

use domain::{Audience, Entry, EntryId, EntryText, Lang, Timestamp, Validity};
use jiff::{
    SignedDuration,
    civil::Date,
    tz::{self, TimeZone},
};
use reception::AgentView;
use serde::Deserialize;

use super::{Then, knowledge};

/// What the editor sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::desk) struct Edited {
    pub(super) then: String,
    pub(super) why: String,
    kind: String,
    category: String,
    tags: String,
    pub(super) seen: String,
    title_zh: String,
    phrasings_zh: String,
    pub(super) answer_zh: String,
    title_en: String,
    phrasings_en: String,
    pub(super) answer_en: String,
    plans: String,
    regions: String,
    channels: String,
    from: String,
    until: String,
    owner: String,
}

impl Edited {
    /// What the button that was pressed asks for.
    pub(super) fn then(&self) -> Then {
        match self.then.as_str() {
            "draft" => Then::Draft,
            "review" => Then::Review,
            _ => Then::Publish,
        }
    }

    /// The entry that was written. Days that were not touched leave the moments of `stands` as they are.
    pub(super) fn entry(
        self,
        id: EntryId,
        stands: Option<&Entry>,
        view: &AgentView,
        now: Timestamp,
    ) -> Entry {
        self.written(id, stands, view.agent().lang, now)
    }

    fn written(self, id: EntryId, stands: Option<&Entry>, lang: Lang, now: Timestamp) -> Entry {
        let valid = self.validity(stands.map(|stands| stands.valid).unwrap_or_default(), lang);
        let sides = [
            (Lang::Zh, text(&self.title_zh, &self.phrasings_zh, &self.answer_zh)),
            (Lang::En, text(&self.title_en, &self.phrasings_en, &self.answer_en)),
        ];
        Entry {
            id,
            kind: knowledge::kind(&self.kind).unwrap_or_default(),
            category: domain::category::tidy(&self.category),
            tags: names(&self.tags),
            texts: sides.into_iter().filter(|(_, text)| *text != EntryText::default()).collect(),
            audience: Audience {
                plans: names(&self.plans),
                regions: names(&self.regions),
                channels: names(&self.channels),
            },
            valid,
            owner: self.owner.trim().chars().take(Audience::LONGEST).collect(),
            source: String::new(),
            updated_at: now,
        }
    }

    fn validity(&self, stands: Validity, lang: Lang) -> Validity {
        let moment = |written: &str, stood: Option<Timestamp>, shown: fn(Lang, Timestamp) -> String, days| {
            let untouched = stood.filter(|stood| shown(lang, *stood) == written);
            untouched.or_else(|| beginning(lang, written, days))
        };
        Validity {
            from: moment(self.from.trim(), stands.from, day, 0),
            until: moment(self.until.trim(), stands.until, last_day, 1),
        }
    }
}

/// Names between commas of either script.
fn names(text: &str) -> Vec<String> {
    let names = text.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| name.chars().take(Audience::LONGEST).collect()).collect()
}

/// No shop has a zone of its own yet: a Chinese desk counts days by Beijing's clock, others by Greenwich's.
fn zone(lang: Lang) -> TimeZone {
    tz::offset(lang.pick(8, 0)).to_time_zone()
}

/// The day of a moment, as a form has it.
pub(super) fn day(lang: Lang, at: Timestamp) -> String {
    at.to_zoned(zone(lang)).date().to_string()
}

/// The last day before a moment.
pub(super) fn last_day(lang: Lang, until: Timestamp) -> String {
    day(lang, until.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(until))
}

/// The beginning of a day, or of one so many days later.
fn beginning(lang: Lang, day: &str, later: i64) -> Option<Timestamp> {
    let date: Date = day.parse().ok()?;
    let date = date.checked_add(jiff::Span::new().days(later)).ok()?;
    Some(date.to_zoned(zone(lang)).ok()?.timestamp())
}

fn text(title: &str, phrasings: &str, answer: &str) -> EntryText {
    let phrasings = phrasings.lines().map(str::trim).filter(|line| !line.is_empty());
    EntryText {
        title: title.trim().to_owned(),
        phrasings: phrasings.map(str::to_owned).collect(),
        // Browsers send line ends as CRLF.
        answer: answer.replace("\r\n", "\n").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_an_entry_without_empty_languages_and_lines() {
        let edited = Edited {
            kind: "answer".into(),
            category: " 退货 ".into(),
            tags: "a, b，c".into(),
            seen: String::new(),
            title_zh: "怎么退货".into(),
            phrasings_zh: "退货\r\n\r\n 如何退 ".into(),
            answer_zh: "- 一\r\n- 二".into(),
            title_en: String::new(),
            phrasings_en: String::new(),
            answer_en: " ".into(),
            plans: "pro、企业版".into(),
            ..Edited::default()
        };
        let entry = edited.written("x".into(), None, Lang::Zh, Timestamp::UNIX_EPOCH);
        assert_eq!(entry.audience.plans, ["pro", "企业版"]);
        assert_eq!(entry.tags, ["a", "b", "c"]);
        assert_eq!(entry.category, "退货");
        assert_eq!(entry.texts.len(), 1);
        assert_eq!(entry.texts[&Lang::Zh].phrasings, ["退货", "如何退"]);
        assert_eq!(entry.texts[&Lang::Zh].answer, "- 一\n- 二");
    }

    #[test]
    fn the_last_day_counts_and_a_day_that_was_not_touched_keeps_its_hour() {
        let edited = Edited { from: "2026-11-01".into(), until: "2026-11-11".into(), ..Edited::default() };
        let valid = edited.validity(Validity::default(), Lang::Zh);
        let told = [valid.from, valid.until].map(|at| at.unwrap().to_string());
        assert_eq!(told, ["2026-10-31T16:00:00Z", "2026-11-11T16:00:00Z"]);
        assert_eq!(last_day(Lang::Zh, valid.until.unwrap()), "2026-11-11");

        let noon = Validity { from: Some("2026-11-01T04:30:00Z".parse().unwrap()), until: None };
        assert_eq!(edited.validity(noon, Lang::Zh).from, noon.from);
        let unclear = Edited { from: "soon".into(), ..Edited::default() };
        assert_eq!(unclear.validity(noon, Lang::Zh), Validity::default());
    }
}
