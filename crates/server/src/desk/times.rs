//! Times as people say them; the exact one is on hover and in `datetime`.

use domain::{Lang, Timestamp};

/// A moment, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// RFC 3339, for `datetime`.
    pub(super) exact: String,
    /// 「3 分钟前」; the page's script puts the local clock in its place where that says more.
    pub(super) words: String,
    /// Seconds since.
    pub(super) seconds: i64,
}

impl Moment {
    pub(super) fn new(lang: Lang, at: Timestamp, now: Timestamp) -> Self {
        let seconds = (now.as_second() - at.as_second()).max(0);
        let exact = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Self { exact, words: ago(lang, at, seconds), seconds }
    }

    /// How long it has lasted: 1:20, 2:03:00.
    pub(super) fn lasted(&self) -> String {
        let (hours, minutes, seconds) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        if hours > 0 {
            format!("{hours}:{minutes:02}:{seconds:02}")
        } else {
            format!("{minutes}:{seconds:02}")
        }
    }
}

fn ago(lang: Lang, at: Timestamp, seconds: i64) -> String {
    match seconds {
        ..60 => lang.pick("刚刚", "just now").to_owned(),
        60..3600 => lang.pick(format!("{} 分钟前", seconds / 60), format!("{} min ago", seconds / 60)),
        3600..86_400 => lang.pick(format!("{} 小时前", seconds / 3600), format!("{} h ago", seconds / 3600)),
        86_400..604_800 => {
            let days = seconds / 86_400;
            lang.pick(format!("{days} 天前"), format!("{days} day{} ago", if days == 1 { "" } else { "s" }))
        }
        _ => at.strftime("%Y-%m-%d").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64) -> Moment {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        Moment::new(Lang::En, Timestamp::from_second(1_800_000_000 - seconds).unwrap(), now)
    }

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let said = [5, 70, 7300, 90_000, 200_000].map(|seconds| moment(seconds).words);
        assert_eq!(said, ["just now", "1 min ago", "2 h ago", "1 day ago", "2 days ago"]);
        assert_eq!(moment(80).lasted(), "1:20");
        assert_eq!(moment(7_380).lasted(), "2:03:00");
        assert_eq!(moment(-5).lasted(), "0:00", "a clock that ran back shows nothing odd");
    }
}
