//! Whether the moment is right for a recommendation that nobody asked for.

use domain::{Rules, Rung, Shopper};
use knowledge::Hit;

use super::wish::is_trouble;
use crate::{decide::Decision, read::Reading};

/// Entries of these groups answer people in trouble, in the words that shops use for them.
const TROUBLE: [&str; 18] = [
    "return",
    "refund",
    "complaint",
    "after-sales",
    "aftersales",
    "warranty",
    "repair",
    "dispute",
    "fraud",
    "退",
    "换货",
    "投诉",
    "售后",
    "维权",
    "质保",
    "保修",
    "理赔",
    "纠纷",
];

/// Whether something may be added to this answer: only where a question was answered, in peace, not twice in a row,
/// not too often; after questions about a product of the catalogue (`about`), or of a group that the owner named. No
/// time for it is a complaint, a return, anger, haste, or a wish for a person.
pub fn fits_moment(
    reading: &Reading,
    decision: &Decision,
    hits: &[Hit],
    about: bool,
    shopper: &Shopper,
    rules: &Rules,
) -> bool {
    let calm = !reading.is_upset() && !reading.presses() && reading.attack.is_none() && !reading.wants_person;
    let answered = matches!(decision.rung, Rung::Exact | Rung::Composed);
    let group = decision.picks.first().and_then(|&at| hits.get(at)).map_or("", |hit| hit.category.as_str());
    let lower = group.to_lowercase();
    let trouble = is_trouble(&reading.meant) || TROUBLE.iter().any(|word| lower.contains(word));
    let invited = about || rules.after.iter().any(|name| name == group);
    let often = shopper.volunteered >= rules.most_unasked;
    rules.on && rules.unasked && calm && answered && invited && !trouble && !often && !shopper.just_advised
}
