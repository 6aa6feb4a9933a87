//! How the assistant speaks: the shop's tone, how Chinese customers are addressed, and the time of day.

use domain::{Lang, Timestamp, Zone};
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

/// How the assistant speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
        if lang == Lang::En && !self.zone.is_known() {
            return "Hello";
        }
        match (lang, self.zone.clock(lang, now).hour()) {
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
        let new_york = Manner { zone: Zone::try_from("America/New_York".to_owned()).unwrap(), ..unknown };
        assert_eq!(new_york.greeting(Lang::En, at("13:00")), "Good morning");
        assert_eq!(new_york.greeting(Lang::En, at("23:30")), "Good evening");
    }
}
