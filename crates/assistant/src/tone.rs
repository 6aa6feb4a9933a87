//! How the assistant speaks: the shop's tone, how Chinese customers are addressed, and the time of day.

use domain::{Lang, Timestamp};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// How many words are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// A friendly word more.
    Warm,
    /// Polite and to the point.
    #[default]
    Plain,
    /// As few words as politeness allows.
    Brief,
}

/// How customers are addressed in Chinese.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// 您
    #[default]
    #[serde(rename = "您")]
    Formal,
    /// 你
    #[serde(rename = "你")]
    Familiar,
}

/// The zone in which customers live, as `+08:00`; empty where that is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Option<Offset>);

/// What is no zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no zone: write hours and minutes from Greenwich, such as \"+08:00\", or nothing")]
pub struct NoZone(String);

impl TryFrom<String> for Zone {
    type Error = NoZone;

    fn try_from(text: String) -> Result<Self, NoZone> {
        if text.trim().is_empty() {
            return Ok(Self(None));
        }
        offset(text.trim()).map(|offset| Self(Some(offset))).ok_or(NoZone(text))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0.map_or_else(Self::new, |offset| {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        })
    }
}

fn offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let number = |digits: &str| (digits.len() == 2).then(|| digits.parse::<i32>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    (hours <= 14).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()).flatten()
}

/// How the assistant speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// How many words are made.
    pub tone: Tone,
    /// How customers are addressed in Chinese.
    pub address: Address,
    /// Where they live.
    pub zone: Zone,
}

impl Manner {
    /// A greeting by the time of day. Where the zone is not known, Chinese goes by Beijing's clock and English by none.
    pub(crate) fn greeting(&self, lang: Lang, now: Timestamp) -> &'static str {
        let zone = self.zone.0.or_else(|| lang.pick(Offset::from_seconds(8 * 3_600).ok(), None));
        let Some(zone) = zone else { return "Hello" };
        let hour = now.to_zoned(zone.to_time_zone()).hour();
        match (lang, hour) {
            (Lang::Zh, 5..9) => "早上好",
            (Lang::Zh, 9..12) => "上午好",
            (Lang::Zh, 12..14) => "中午好",
            (Lang::Zh, 14..18) => "下午好",
            (Lang::Zh, _) => "晚上好",
            (Lang::En, 5..12) => "Good morning",
            (Lang::En, 12..18) => "Good afternoon",
            (Lang::En, _) => "Good evening",
        }
    }

    /// Our own words, as customers are addressed.
    pub(crate) fn address(&self, words: String) -> String {
        match self.address {
            Address::Formal => words,
            Address::Familiar => words.replace('您', "你"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_goes_by_the_clock_on_the_customers_wall() {
        let at = |time: &str| -> Timestamp { format!("2026-11-23T{time}:00Z").parse().unwrap() };
        let unknown = Manner::default();
        for (time, words) in [
            ("22:30", "早上好"),
            ("02:00", "上午好"),
            ("05:00", "中午好"),
            ("09:00", "下午好"),
            ("13:00", "晚上好"),
        ] {
            assert_eq!(unknown.greeting(Lang::Zh, at(time)), words, "{time}");
        }
        assert_eq!(unknown.greeting(Lang::En, at("09:00")), "Hello");
        let new_york = Manner { zone: Zone::try_from("-05:00".to_owned()).unwrap(), ..unknown };
        assert_eq!(new_york.greeting(Lang::En, at("13:00")), "Good morning");
        assert_eq!(new_york.greeting(Lang::En, at("23:30")), "Good evening");
    }

    #[test]
    fn a_zone_is_written_as_it_is_read_and_nonsense_is_refused() {
        for text in ["", "+08:00", "-03:30"] {
            assert_eq!(String::from(Zone::try_from(text.to_owned()).unwrap()), text);
        }
        for text in ["8", "+8", "+99:00", "+08:61", "Asia/Shanghai"] {
            assert!(Zone::try_from(text.to_owned()).unwrap_err().to_string().contains("+08:00"), "{text}");
        }
    }
}
