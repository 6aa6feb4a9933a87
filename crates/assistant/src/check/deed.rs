//! What a model says it has done. It can do nothing: whatever is done goes through actions, which say so themselves.

use super::{Cut, Grounds, Reason};

const DONE_EN: &[&str] = &[
    "refunded",
    "cancelled",
    "canceled",
    "sent",
    "resent",
    "shipped",
    "changed",
    "updated",
    "checked",
    "contacted",
    "arranged",
    "applied",
    "registered",
    "submitted",
    "processed",
    "credited",
    "returned",
    "reissued",
    "replaced",
    "booked",
    "reserved",
    "escalated",
    "noted",
    "forwarded",
    "informed",
    "asked",
    "transferred",
    "added",
    "removed",
    "deleted",
    "placed",
    "opened",
    "filed",
    "exchanged",
    "paid",
    "issued",
    "confirmed",
    "extended",
];
const BY_US_EN: [&str; 10] =
    ["i have", "we have", "i've", "we've", "ive", "weve", "i just", "we just", "i already", "we already"];
const BY_US_ZH: [&str; 16] = [
    "我已",
    "我们已",
    "已为您",
    "已经为您",
    "已给您",
    "已经给您",
    "已帮您",
    "已经帮您",
    "已替您",
    "帮您办好",
    "给您办好",
    "为您办好",
    "我刚",
    "我们刚",
    "这边已",
    "这里已",
];
const DONE_ZH: [&str; 14] = [
    "已补寄",
    "已经补寄",
    "已补发",
    "已经补发",
    "已退款给您",
    "已经退款给您",
    "已退给您",
    "已经退给您",
    "已申请好",
    "已登记好",
    "已取消好",
    "已提交好",
    "已寄给您",
    "已经寄给您",
];

/// No deed that the passages do not tell of in the same words.
pub(super) fn check(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    let low = text.to_lowercase().replace('’', "'");
    let told = |deed: &str| grounds.low.contains(deed);
    let zh = BY_US_ZH.iter().chain(&DONE_ZH).find(|deed| low.contains(**deed) && !told(deed));
    match zh.copied().map(str::to_owned).or_else(|| in_english(&low).filter(|deed| !told(deed))) {
        Some(deed) => Err(Cut::new(Reason::Promise, deed)),
        None => Ok(()),
    }
}

/// "I have already refunded": who, and within a few words what.
fn in_english(low: &str) -> Option<String> {
    const NEAR: usize = 4;
    let near = |who: &str| if matches!(who, "i" | "we") { 1 } else { NEAR };
    BY_US_EN.iter().chain(&["i", "we"]).find_map(|who| {
        let (at, _) = low.match_indices(who).find(|(at, _)| {
            let before = low[..*at].chars().next_back();
            let after = low[at + who.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })?;
        let words =
            low[at + who.len()..].split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        let deed = words.take(near(who)).find(|word| DONE_EN.contains(word))?;
        Some(format!("{who} {deed}"))
    })
}
