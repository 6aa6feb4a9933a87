//! What the editor sends, and the entry that it becomes.

use domain::{Audience, Entry, EntryId, EntryText, Lang, Timestamp, Validity, Zone};
use jiff::{SignedDuration, civil::Date};
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
        self.written(id, stands, Days::of(view), now)
    }

    fn written(self, id: EntryId, stands: Option<&Entry>, days: Days<'_>, now: Timestamp) -> Entry {
        let valid = self.validity(stands.map(|stands| stands.valid).unwrap_or_default(), days);
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

    fn validity(&self, stands: Validity, days: Days<'_>) -> Validity {
        // A day that stands as it was shown keeps its hour.
        let moment = |written: &str, stood: Option<(Timestamp, String)>, later| {
            let untouched = stood.filter(|(_, shown)| shown == written).map(|(stood, _)| stood);
            untouched.or_else(|| days.beginning(written, later))
        };
        let from = stands.from.map(|from| (from, days.day(from)));
        let until = stands.until.map(|until| (until, days.last_day(until)));
        Validity { from: moment(self.from.trim(), from, 0), until: moment(self.until.trim(), until, 1) }
    }
}

/// Names between commas of either script.
fn names(text: &str) -> Vec<String> {
    let names = text.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| name.chars().take(Audience::LONGEST).collect()).collect()
}

/// Days as the desk counts them: by the shop's zone, or else by who looks.
#[derive(Clone, Copy)]
pub(super) struct Days<'a> {
    zone: &'a Zone,
    lang: Lang,
}

impl<'a> Days<'a> {
    pub(super) fn of(view: &'a AgentView) -> Self {
        Self { zone: view.zone(), lang: view.agent().lang }
    }

    /// The day of a moment, as a form has it.
    pub(super) fn day(self, at: Timestamp) -> String {
        self.zone.day(self.lang, at).to_string()
    }

    /// The last day before a moment.
    pub(super) fn last_day(self, until: Timestamp) -> String {
        self.day(until.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(until))
    }

    /// The beginning of a day, or of one so many days later.
    fn beginning(self, day: &str, later: i64) -> Option<Timestamp> {
        let date: Date = day.parse().ok()?;
        self.zone.beginning(self.lang, date.checked_add(jiff::Span::new().days(later)).ok()?)
    }
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

    const IN_BEIJING: Days<'_> = Days { zone: &Zone::UNKNOWN, lang: Lang::Zh };

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
        let entry = edited.written("x".into(), None, IN_BEIJING, Timestamp::UNIX_EPOCH);
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
        let valid = edited.validity(Validity::default(), IN_BEIJING);
        let told = [valid.from, valid.until].map(|at| at.unwrap().to_string());
        assert_eq!(told, ["2026-10-31T16:00:00Z", "2026-11-11T16:00:00Z"]);
        assert_eq!(IN_BEIJING.last_day(valid.until.unwrap()), "2026-11-11");

        let noon = Validity { from: Some("2026-11-01T04:30:00Z".parse().unwrap()), until: None };
        assert_eq!(edited.validity(noon, IN_BEIJING).from, noon.from);
        let berlin = Zone::try_from("Europe/Berlin".to_owned()).unwrap();
        let summer = Edited { from: "2026-07-01".into(), ..Edited::default() };
        let from = summer.validity(Validity::default(), Days { zone: &berlin, lang: Lang::Zh }).from;
        assert_eq!(
            from.unwrap().to_string(),
            "2026-06-30T22:00:00Z",
            "the shop's own zone, with summer time"
        );
        let unclear = Edited { from: "soon".into(), ..Edited::default() };
        assert_eq!(unclear.validity(noon, IN_BEIJING), Validity::default());
    }
}
