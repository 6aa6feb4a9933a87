//! Where knowledge comes from by itself: one `[[sources]]` section each.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A website that is read again and again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name at the desk; its documents are known by it, so it stays.
    pub name: String,
    /// A sitemap, the front page of a site that has one, or a single document.
    pub url: String,
    /// How often: `24h`, `30m`, `7d`.
    #[serde(default)]
    pub every: Interval,
    /// Between two requests; the site's robots.txt may ask for more.
    #[serde(default = "pause")]
    pub pause: Interval,
    /// How many documents at most.
    #[serde(default = "pages")]
    pub pages: usize,
}

fn pause() -> Interval {
    Interval(SignedDuration::from_secs(1))
}

const fn pages() -> usize {
    2_000
}

/// A length of time as people write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Interval(SignedDuration);

impl Default for Interval {
    /// A day.
    fn default() -> Self {
        Self(SignedDuration::from_hours(24))
    }
}

impl Interval {
    /// Its length.
    pub const fn length(self) -> SignedDuration {
        self.0
    }

    pub(crate) fn to_std(self) -> Duration {
        self.0.unsigned_abs()
    }
}

impl TryFrom<String> for Interval {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no length of time; write 30m, 24h or 7d");
        let (number, unit) = text.trim().split_at(text.trim().find(char::is_alphabetic).ok_or_else(wrong)?);
        let number: i64 =
            number.trim().parse().ok().filter(|number| (0..=100_000).contains(number)).ok_or_else(wrong)?;
        Ok(Self(match unit {
            "ms" => SignedDuration::from_millis(number),
            "s" => SignedDuration::from_secs(number),
            "m" | "min" => SignedDuration::from_mins(number),
            "h" => SignedDuration::from_hours(number),
            "d" => SignedDuration::from_hours(number * 24),
            _ => return Err(wrong()),
        }))
    }
}

impl From<Interval> for String {
    fn from(Interval(length): Interval) -> Self {
        let (ms, seconds) = (length.as_millis(), length.as_secs());
        match seconds {
            _ if ms % 1_000 != 0 => format!("{ms}ms"),
            0 => "0s".to_owned(),
            _ if seconds % 86_400 == 0 => format!("{}d", seconds / 86_400),
            _ if seconds % 3_600 == 0 => format!("{}h", seconds / 3_600),
            _ if seconds % 60 == 0 => format!("{}m", seconds / 60),
            _ => format!("{seconds}s"),
        }
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl Source {
    /// A source read once, by hand.
    pub fn once(url: &str) -> Self {
        Self {
            name: url.to_owned(),
            url: url.to_owned(),
            every: Interval::default(),
            pause: pause(),
            pages: pages(),
        }
    }

    /// What is wrong with these sources, in words.
    pub fn check(sources: &[Self]) -> Result<(), String> {
        let mut names = std::collections::HashSet::new();
        for source in sources {
            let name = &source.name;
            if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
                return Err(format!("[[sources]] name = {name:?}: give it a name of 1 to 80 characters"));
            }
            if !names.insert(name.as_str()) {
                return Err(format!("[[sources]] name = {name:?} is there twice; give each its own"));
            }
            if egress::join(&source.url, "").is_none() {
                return Err(format!(
                    "[[sources]] {name}: url = {:?} is no http or https address",
                    source.url
                ));
            }
            if source.every.length() < SignedDuration::from_mins(1) {
                return Err(format!(
                    "[[sources]] {name}: every = \"{}\" is less than a minute",
                    source.every
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_written_as_people_do() {
        for (text, seconds) in [("24h", 86_400), ("30m", 1_800), ("7d", 604_800), ("90 s", 90), ("0s", 0)] {
            assert_eq!(Interval::try_from(text.to_owned()).unwrap().length().as_secs(), seconds, "{text}");
        }
        for wrong in ["", "h", "24", "-1h", "1y", "9999999999h", "1.5h"] {
            assert!(Interval::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        for text in ["7d", "36h", "30m", "250ms", "5s"] {
            assert_eq!(Interval::try_from(text.to_owned()).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_source_that_cannot_work_is_named() {
        let good = Source { name: "help".to_owned(), ..Source::once("https://shop.example/sitemap.xml") };
        assert_eq!(Source::check(std::slice::from_ref(&good)), Ok(()));
        assert!(Source::check(&[good.clone(), good.clone()]).unwrap_err().contains("twice"));
        let file = Source { url: "file:///etc/passwd".to_owned(), ..good };
        assert!(Source::check(&[file]).unwrap_err().contains("http"));
    }
}
