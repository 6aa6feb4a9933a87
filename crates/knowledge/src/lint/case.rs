//! Special cases: what holds abroad or for companies does not contradict what holds otherwise.

use super::shop::Text;

/// Words that narrow what is said to a case of its own, each in both languages.
const CASES: &[&[&str]] = &[
    &["海外", "境外", "国外", "港澳", "overseas", "abroad", "international", "hong kong"],
    &["企业", "公司", "对公", "批发", "compan", "corporate", "business customer", "wholesale"],
    &["加急", "特快", "rush", "express", "urgent"],
    &["展厅", "门店", "实体店", "线下", "showroom", "in store", "in-store"],
    &["儿童", "宝宝", "婴儿", "child", "kids", "baby"],
    &["学生", "student"],
    &["新用户", "首单", "新客", "new customer", "first order"],
    &["会员", "member"],
    &["定制", "刻字", "custom-made", "made-to-measure", "engrav"],
    &["预售", "pre-order"],
    &["二手", "second-hand", "refurbished"],
    &["大件", "bulky"],
    &["节假日", "春节", "周末", "holiday", "weekend", "spring festival"],
];

/// Whether what is said is limited to no case that the other text does not know.
pub(super) fn same_case(said: &str, other: &Text) -> bool {
    let low = said.to_lowercase();
    CASES.iter().all(|words| {
        let speaks = |text: &str| {
            let text = text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        !words.iter().any(|word| low.contains(word))
            || speaks(other.answer())
            || other.ways.iter().any(|way| speaks(&way.text))
    })
}
