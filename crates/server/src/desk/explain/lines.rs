//! What was found, and which line it passed or missed.

use domain::{Lang, Rung, Trace};

use super::percent;

/// 考虑了 8 条知识，最接近的「怎么退货」有 83% 的可能答得对。
pub(super) fn what_found(lang: Lang, trace: &Trace) -> Option<String> {
    let best = trace.candidates.first()?;
    let (count, title, sure) = (trace.candidates.len(), &best.title, percent(best.score));
    Some(lang.pick(
        format!("考虑了 {count} 条知识，最接近的「{title}」有 {sure} 的可能答得对。"),
        format!("Considered {count} entries; the closest, “{title}”, is right with a probability of {sure}."),
    ))
}

/// Reasons for which no line was asked: the words were the entry's own, or what was said before decided.
const NO_LINE: [&str; 11] = [
    "same_words",
    "same_words_twice",
    "picked",
    "said_there",
    "another_way",
    "asked_already",
    "recommended",
    "nothing_to_recommend",
    "told_by_catalogue",
    "catalogue_is_silent",
    "another_material",
];

/// 直接回答的线是 72%，过线。
pub(super) fn which_line(lang: Lang, trace: &Trace) -> Option<String> {
    if trace.acted.is_some() || NO_LINE.contains(&trace.reason.as_str()) {
        return None;
    }
    let line = |name: &str| trace.thresholds.iter().find(|(known, _)| known == name).map(|(_, line)| *line);
    let answer = line("answer_line")?;
    let suggest = line("offer_above")?;
    let (wanted, offered) = (percent(answer), percent(suggest));
    Some(match trace.rung {
        Rung::Suggest | Rung::Clarify => lang.pick(
            format!("直接回答要 {wanted}，没有过线；给选项要 {offered}，过线。"),
            format!("Answering takes {wanted}, which it missed; offering takes {offered}, which it passed."),
        ),
        Rung::Refuse => lang.pick(
            format!("直接回答要 {wanted}，给选项要 {offered}，都没有过线。"),
            format!("Answering takes {wanted} and offering {offered}; it missed both."),
        ),
        Rung::Generated if trace.confidence < answer => lang.pick(
            format!("直接回答要 {wanted}，没有过线。"),
            format!("Answering takes {wanted}, which it missed."),
        ),
        _ => lang.pick(
            format!("直接回答要 {wanted}，过线。"),
            format!("Answering takes {wanted}, which it passed."),
        ),
    })
}
