//! For whom an entry is and when it holds, and who asks.
//!
//! This is about answering fittingly, not about secrets: what a page says of its visitor is taken at its word.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// For whom an entry is. What is not narrowed is for everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Audience {
    /// Only customers on one of these plans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<String>,
    /// Only customers in one of these regions; `CN` holds `CN-GD`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// Only on these channels, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
}

/// When an entry holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// From this moment; `None` for always before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until just before this moment; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a page or platform tells of its customer; empty for unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attributes {
    /// What they have booked, in the shop's own terms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    /// Where they are: `CN`, `CN-GD`, or the shop's own terms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
}

/// Who asks, as far as it matters for what they are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Asker {
    /// The channel, by its name; empty for unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// What is known of them.
    #[serde(flatten)]
    pub attributes: Attributes,
}

impl Audience {
    /// Characters of a plan, a region or a channel, at most.
    pub const LONGEST: usize = 100;

    /// Whether nobody is left out.
    pub fn is_everyone(&self) -> bool {
        self.plans.is_empty() && self.regions.is_empty() && self.channels.is_empty()
    }

    /// Whether this customer belongs to it. Who is unknown belongs to no narrowed audience.
    pub fn includes(&self, asker: &Asker) -> bool {
        let one_of = |names: &[String], name: &str| names.is_empty() || names.iter().any(|n| same(n, name));
        one_of(&self.plans, &asker.attributes.plan)
            && one_of(&self.channels, &asker.channel)
            && (self.regions.is_empty() || self.regions.iter().any(|r| holds(r, &asker.attributes.region)))
    }
}

impl Validity {
    /// Whether there is no limit.
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Whether it holds at this moment.
    pub fn includes(&self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

impl Attributes {
    /// As it may be kept: trimmed, and nothing longer than a name.
    #[must_use]
    pub fn checked(self) -> Self {
        Self { plan: name(&self.plan), region: name(&self.region) }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.region.is_empty()
    }
}

/// What is longer than any name is no name of ours.
fn name(text: &str) -> String {
    let text = text.trim();
    let is_name = text.chars().nth(Audience::LONGEST).is_none() && !text.contains(char::is_control);
    if is_name { text.to_owned() } else { String::new() }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn holds(region: &str, place: &str) -> bool {
    let (region, place) = (region.trim().to_lowercase(), place.trim().to_lowercase());
    place.strip_prefix(region.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(channel: &str, plan: &str, region: &str) -> Asker {
        let attributes = Attributes { plan: plan.to_owned(), region: region.to_owned() };
        Asker { channel: channel.to_owned(), attributes }
    }

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_audience_that_is_not_narrowed_is_everyone() {
        assert!(Audience::default().includes(&Asker::default()));
        assert!(Audience::default().includes(&asker("widget", "pro", "CN")));
    }

    #[test]
    fn who_is_not_in_the_audience_or_is_unknown_is_left_out() {
        let pro = Audience { plans: list(&["Pro", "企业版"]), ..Audience::default() };
        assert!(pro.includes(&asker("", "pro", "")) && pro.includes(&asker("", " 企业版 ", "")));
        assert!(!pro.includes(&asker("", "basic", "")) && !pro.includes(&Asker::default()));
        let here = Audience { channels: list(&["widget"]), regions: list(&["CN"]), ..Audience::default() };
        assert!(here.includes(&asker("widget", "", "cn-GD")) && here.includes(&asker("widget", "", "CN")));
        assert!(!here.includes(&asker("widget", "", "CNX")) && !here.includes(&asker("wechat", "", "CN")));
    }

    #[test]
    fn an_entry_holds_from_its_first_moment_until_just_before_its_last() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let week = Validity { from: Some(at(10)), until: Some(at(20)) };
        let holds: Vec<bool> = [9, 10, 19, 20].map(|second| week.includes(at(second))).into();
        assert_eq!(holds, [false, true, true, false]);
        assert!(Validity::default().includes(at(0)));
    }

    #[test]
    fn what_is_no_name_is_not_kept() {
        let told = Attributes { plan: " pro ".to_owned(), region: "长".repeat(101) };
        assert_eq!(told.checked(), Attributes { plan: "pro".to_owned(), region: String::new() });
    }
}
