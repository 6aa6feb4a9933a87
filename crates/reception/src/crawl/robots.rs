//! robots.txt: what a site does not want to have read, and how slowly it wants to be read.

use std::time::Duration;

/// The name under which we are known there.
const OUR_NAME: &str = "frontdesk";
/// More than this is not a pace but a refusal to be read.
const SLOWEST: Duration = Duration::from_secs(30);
/// Bytes that are read: what the standard asks for.
const MOST: usize = 500 * 1024;

/// What applies to us.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<(bool, String)>,
    pub(super) delay: Duration,
    pub(super) sitemaps: Vec<String>,
}

impl Robots {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]).into_owned();
        let (mut ours, mut all, mut sitemaps) = (None, None, Vec::new());
        let (mut for_us, mut for_all, mut in_names) = (false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "sitemap" {
                sitemaps.push(value.to_owned());
                continue;
            }
            if key == "user-agent" {
                if !in_names {
                    (for_us, for_all) = (false, false);
                }
                in_names = true;
                for_us |= value.eq_ignore_ascii_case(OUR_NAME);
                for_all |= value == "*";
                // A group without rules still is one: it allows everything.
                ours = if for_us { ours.or_else(|| Some(Self::default())) } else { ours };
                all = if for_all { all.or_else(|| Some(Self::default())) } else { all };
                continue;
            }
            in_names = false;
            for group in
                [ours.as_mut().filter(|_| for_us), all.as_mut().filter(|_| for_all)].into_iter().flatten()
            {
                group.take(&key, value);
            }
        }
        Self { sitemaps, ..ours.or(all).unwrap_or_default() }
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() && self.rules.len() < 10_000 => {
                self.rules.push((key == "allow", value.to_owned()));
            }
            "crawl-delay" => {
                let seconds =
                    value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                let seconds = seconds.unwrap_or_default().min(SLOWEST.as_secs_f64());
                self.delay = Duration::from_secs_f64(seconds);
            }
            _ => {}
        }
    }

    /// Whether an address may be read: the longest rule that fits decides, and of two as long the kinder.
    pub(super) fn allows(&self, url: &str) -> bool {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = path.find('/').map_or("/", |at| &path[at..]);
        let fitting = self.rules.iter().filter(|(_, rule)| fits(rule, path));
        fitting.max_by_key(|(allow, rule)| (rule.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// Whether a rule fits the beginning of a path; `*` stands for anything, `$` for the end.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, to_end) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut last_open = false;
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        if to_end && at + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(found) = rest.find(part) else { return false };
        rest = &rest[found + part.len()..];
        last_open = part.is_empty();
    }
    !to_end || rest.is_empty() || last_open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::read(robots.as_bytes()).allows(&format!("https://shop.example{path}"))
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: *\nDisallow: /intern\nAllow: /intern/hilfe\nDisallow: /*.pdf$ # none\n";
        let seen = ["/", "/intern", "/intern/x", "/intern/hilfe/1", "/a.pdf", "/a.pdf?x=1"]
            .map(|path| allows(robots, path));
        assert_eq!(seen, [true, false, false, true, false, true]);
    }

    #[test]
    fn a_group_of_our_own_replaces_that_for_all() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-Agent: FrontDesk\nUser-agent: other\nDisallow: /x\nCrawl-delay: 2\n";
        assert!(allows(robots, "/help") && !allows(robots, "/x/y"));
        assert_eq!(Robots::read(robots.as_bytes()).delay, Duration::from_secs(2));
        assert!(!allows("User-agent: *\nDisallow: /", "/help"));
        assert!(allows("User-agent: *\nDisallow:", "/help") && allows("<html>", "/help"));
    }

    #[test]
    fn sitemaps_are_listed_wherever_they_stand() {
        let robots = Robots::read(b"Sitemap: https://shop.example/s.xml\nUser-agent: *\nDisallow: /x");
        assert_eq!(robots.sitemaps, ["https://shop.example/s.xml"]);
        assert!(!robots.allows("https://shop.example/x"));
    }
}
