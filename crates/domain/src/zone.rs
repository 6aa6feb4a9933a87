//! Where customers live: what their clocks and calendars show.

use jiff::{
    Zoned,
    civil::Date,
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::{Lang, Timestamp};

/// The zone in which customers live: a name such as `Europe/Berlin`, which knows of summer time, or hours from Greenwich
/// such as `+08:00`; empty where that is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Option<TimeZone>);

/// What is no zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no zone: write a name such as \"Asia/Shanghai\", hours from Greenwich such as \"+08:00\", or nothing"
)]
pub struct NoZone(String);

impl Zone {
    /// Where nobody said.
    pub const UNKNOWN: Self = Self(None);

    /// Whether somebody said.
    pub const fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// Its name, such as `Europe/Berlin`; `None` of hours from Greenwich and where nobody said.
    pub fn name(&self) -> Option<&str> {
        self.0.as_ref()?.iana_name()
    }

    /// What a clock on the wall shows. Where nobody said, who speaks Chinese goes by Beijing's, others by Greenwich's.
    pub fn clock(&self, lang: Lang, at: Timestamp) -> Zoned {
        at.to_zoned(self.of(lang))
    }

    /// The day that a calendar shows.
    pub fn day(&self, lang: Lang, at: Timestamp) -> Date {
        self.clock(lang, at).date()
    }

    /// When a day begins; `None` of a day that is beyond all calendars.
    pub fn beginning(&self, lang: Lang, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.of(lang)).ok().map(|begins| begins.timestamp())
    }

    fn of(&self, lang: Lang) -> TimeZone {
        self.0.clone().unwrap_or_else(|| jiff::tz::offset(lang.pick(8, 0)).to_time_zone())
    }
}

impl TryFrom<String> for Zone {
    type Error = NoZone;

    fn try_from(text: String) -> Result<Self, NoZone> {
        let written = text.trim();
        if written.is_empty() {
            return Ok(Self::UNKNOWN);
        }
        let zone = offset(written).map(Offset::to_time_zone).or_else(|| TimeZone::get(written).ok());
        zone.map(|zone| Self(Some(zone))).ok_or(NoZone(text))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        let Some(zone) = zone.0 else { return Self::new() };
        zone.iana_name().map_or_else(
            || {
                let minutes = zone.to_fixed_offset().map_or(0, |offset| offset.seconds() / 60);
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            },
            str::to_owned,
        )
    }
}

fn offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let number = |digits: &str| (digits.len() == 2).then(|| digits.parse::<i32>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    (hours <= 14).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()).flatten()
}

/// A moment where customers live.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Where.
    pub zone: &'a Zone,
}

impl Moment<'_> {
    /// The day there, for who speaks this language.
    pub fn today(self, lang: Lang) -> Date {
        self.zone.day(lang, self.now)
    }
}

impl From<Timestamp> for Moment<'static> {
    /// Nobody said where.
    fn from(now: Timestamp) -> Self {
        Self { now, zone: &Zone::UNKNOWN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> Zone {
        Zone::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_zone_is_written_as_it_is_read_and_nonsense_is_refused() {
        for text in ["", "+08:00", "-03:30", "Asia/Shanghai", "America/New_York"] {
            assert_eq!(String::from(zone(text)), text);
        }
        for text in ["8", "+8", "+99:00", "+08:61", "Atlantis/Centre"] {
            assert!(Zone::try_from(text.to_owned()).unwrap_err().to_string().contains("+08:00"), "{text}");
        }
    }

    #[test]
    fn a_named_zone_knows_of_summer_time() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let hour = |zone: &Zone, moment| zone.clock(Lang::En, at(moment)).hour();
        let (berlin, fixed) = (zone("Europe/Berlin"), zone("+01:00"));
        assert_eq!((hour(&berlin, "2026-01-15T22:30:00Z"), hour(&fixed, "2026-01-15T22:30:00Z")), (23, 23));
        assert_eq!((hour(&berlin, "2026-07-15T22:30:00Z"), hour(&fixed, "2026-07-15T22:30:00Z")), (0, 23));
        let day = jiff::civil::date(2026, 7, 16);
        assert_eq!(berlin.day(Lang::En, at("2026-07-15T22:30:00Z")), day);
        assert_eq!(berlin.beginning(Lang::En, day), Some(at("2026-07-15T22:00:00Z")));
    }

    #[test]
    fn where_nobody_said_the_language_tells() {
        let late: Timestamp = "2026-11-22T20:00:00Z".parse().unwrap();
        let today = |lang| Moment::from(late).today(lang).to_string();
        assert_eq!((today(Lang::Zh), today(Lang::En)), ("2026-11-23".to_owned(), "2026-11-22".to_owned()));
    }
}
