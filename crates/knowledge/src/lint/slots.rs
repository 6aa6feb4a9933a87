//! Places for a customer's own facts that no record ever fills: the sentence would be left out for everybody.

use domain::{Record, slot};

use super::{
    finding::{Finding, Kind, Place, Said},
    shop::{Shop, Text},
};

/// Misspelt places in all answers.
pub(super) fn check(shop: &Shop<'_>) -> Vec<Finding> {
    shop.texts.iter().flat_map(|text| slot::unknown(text.answer()).map(|name| finding(text, name))).collect()
}

fn finding(text: &Text, name: &str) -> Finding {
    let known = Record::NAMES.map(|(name, _)| name).join(", ");
    let known_zh = Record::NAMES.map(|(_, zh)| zh).join("、");
    let problem = Said::new(
        format!("没有叫“{name}”的顾客资料，这句话谁也看不到。"),
        format!("No record of a customer holds “{name}”: nobody ever sees this sentence."),
    );
    let advice =
        Said::new(format!("改成这些名称之一：{known_zh}。"), format!("Write one of these names: {known}."));
    text.finding(Kind::UnknownSlot, Place::Answer, &format!("{{{name}}}"), &[name], [problem, advice])
}
