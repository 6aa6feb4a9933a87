//! Where a thing is that somebody bought: 「我买的砧板到哪了」. No phrasing can name every thing, and which order it is in
//! is known only where they are listed.

/// What stands before the thing, and what is asked after it.
const MINE_ZH: [&str; 7] = ["我买的", "我订的", "我下单的", "我拍的", "我昨天买的", "我昨天下的", "我那个"];
const WHERE_ZH: [&str; 9] =
    ["到哪", "到没", "发货了吗", "发货没", "发了吗", "寄出了吗", "签收了吗", "什么时候到", "什么时候发"];
const MINE_EN: [&str; 4] = ["where is my ", "wheres my ", "has my ", "have my "];
/// What is bought, and no thing of the account.
const NO_THING: [&str; 11] = [
    "order", "number", "invoice", "refund", "coupon", "points", "card", "account", "code", "password",
    "money",
];
const ARRIVED: [&str; 6] = ["shipped", "sent", "delivered", "arrived", "dispatched", "come"];
/// A longer message is a story, in characters.
const LONGEST: usize = 40;

/// How it is asked without the thing: first of all orders, then of one.
pub(super) fn asked_of_mine(text: &str) -> Option<&'static [&'static str]> {
    let low = text.to_lowercase().replace(['\'', '’'], "");
    if low.chars().nth(LONGEST).is_some() {
        return None;
    }
    let zh = MINE_ZH.iter().find_map(|mine| low.split_once(mine)).map(|(_, rest)| rest);
    if zh.is_some_and(|rest| WHERE_ZH.iter().any(|asks| rest.contains(asks))) {
        return Some(&["列出我的订单", "我的订单到哪了"]);
    }
    let (mine, rest) = MINE_EN.iter().find_map(|mine| Some((mine, low.trim().strip_prefix(mine)?)))?;
    let whether = mine.starts_with("has") || mine.starts_with("have");
    let last = rest.trim_end_matches(['?', '!', '.', ' ']).rsplit(' ').next().unwrap_or_default();
    let asks = (!whether || ARRIVED.contains(&last)) && !NO_THING.iter().any(|word| rest.contains(word));
    let own: &[&str] = &["list my orders", "where is my order"];
    (asks && rest.split_whitespace().count() <= 6).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_where_a_thing_is_asks_of_orders() {
        for said in [
            "我买的砧板到哪了",
            "我昨天下的单什么时候发货",
            "where is my chopping board",
            "where's my lamp?",
            "has my lamp been delivered",
        ] {
            assert!(asked_of_mine(said).is_some(), "{said}");
        }
        for said in [
            "我买的砧板裂了",
            "where is your showroom",
            "where's my order no.",
            "has my refund arrived",
            "到哪了",
        ] {
            assert_eq!(asked_of_mine(said), None, "{said}");
        }
    }
}
