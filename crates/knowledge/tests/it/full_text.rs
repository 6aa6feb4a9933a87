//! Somebody looks for words and finds the entries that hold them.

use std::sync::LazyLock;

use domain::{Entry, EntryId, EntryText, Kind, Lang};
use knowledge::{FullText, Sought};

fn entry(id: &str, title: &str, answer: &str) -> Entry {
    let lang = if title.is_ascii() { Lang::En } else { Lang::Zh };
    let text = EntryText { title: title.into(), phrasings: vec![], answer: answer.into() };
    Entry {
        category: "orders".into(),
        tags: vec!["热门".into()],
        ..Entry::new(id, Kind::Answer, [(lang, text)])
    }
}

fn shop() -> FullText {
    let entries = [
        entry("return", "怎么退货", "签收后七天内可以退货，运费由我们承担。"),
        entry("freight", "运费多少", "满 99 元包邮；退货的运费见退货说明。"),
        entry("Gift-Card", "礼品卡怎么用", "结算时输入卡号。"),
        entry("delivery", "How long does delivery take?", "Orders ship within two days."),
        entry("abroad", "Do you ship abroad?", "We deliver to twelve countries."),
    ];
    let index = FullText::new().unwrap();
    index.change(&entries, &[], 1).unwrap();
    index
}

fn found(index: &FullText, words: &str) -> Vec<String> {
    let (ids, count) = index.find(&Sought { words, ..Sought::default() }, 0, 10).unwrap();
    assert_eq!(ids.len(), count, "{words}");
    ids.iter().map(ToString::to_string).collect()
}

#[test]
fn who_holds_the_word_in_the_title_comes_first() {
    let index = shop();
    assert_eq!(found(&index, "退货"), ["return", "freight"]);
    assert_eq!(found(&index, "运费"), ["freight", "return"]);
    assert_eq!(found(&index, "orders deliveries"), ["delivery"], "by the stem");
}

#[test]
fn all_words_count_and_only_where_nobody_has_all_some_are_enough() {
    let index = shop();
    assert_eq!(found(&index, "退货 包邮"), ["freight"]);
    assert_eq!(found(&index, "ship countries"), ["abroad"]);
    assert_eq!(found(&index, "countries 退货"), ["return", "freight", "abroad"]);
}

#[test]
fn half_a_word_an_id_and_a_label_are_found() {
    let index = shop();
    assert_eq!(found(&index, "deliv"), ["delivery", "abroad"]);
    assert_eq!(found(&index, "品卡"), ["Gift-Card"], "no word of the dictionary");
    assert_eq!(found(&index, "gift-card"), ["Gift-Card"]);
    assert_eq!(found(&index, "热门").len(), 5);
    assert!(found(&index, "？！").is_empty());
    assert!(found(&index, "保险").is_empty());
}

#[test]
fn an_edit_is_found_at_once_and_what_was_removed_is_not() {
    let index = shop();
    index.change(&[entry("return", "怎么换货", "七天内可以换。")], &["delivery".into()], 2).unwrap();
    assert_eq!(found(&index, "换货"), ["return"]);
    assert_eq!(found(&index, "退货"), ["freight"]);
    assert_eq!(found(&index, "deliv"), ["abroad"]);
    assert_eq!(index.version(), Some(2));
}

#[test]
fn many_edits_leave_few_segments_and_pages_follow_each_other() {
    let index = shop();
    for at in 0..40 {
        index.change(&[entry(&format!("e{at:02}"), "发票抬头", "可以改。")], &[], 2 + at).unwrap();
    }
    let page = |skip| index.find(&Sought { words: "发票", ..Sought::default() }, skip, 15).unwrap();
    let (mut all, count): (Vec<EntryId>, _) = page(0);
    assert_eq!(count, 40);
    all.extend(page(15).0);
    all.extend(page(30).0);
    let names: Vec<String> = (0..40).map(|at| format!("e{at:02}")).collect();
    all.sort();
    assert_eq!(all.iter().map(ToString::to_string).collect::<Vec<_>>(), names);
}

#[test]
fn only_of_a_group_or_of_a_kind() {
    let index = shop();
    let within = |category, kind| index.find(&Sought { words: "运费", category, kind }, 0, 10).unwrap().1;
    assert_eq!(within(Some("orders"), Some(Kind::Answer)), 2);
    assert_eq!(within(Some("payment"), None), 0);
    assert_eq!(within(None, Some(Kind::Article)), 0);
}

#[test]
fn a_group_holds_those_below_it() {
    let of = |id: &str, category: &str| Entry {
        category: category.into(),
        ..entry(id, "运费多少", "看地区。")
    };
    let entries = [of("a", "订单"), of("b", "订单/退货"), of("c", "订单旧"), of("d", "")];
    let index = FullText::new().unwrap();
    index.change(&entries, &[], 1).unwrap();
    let within = |category| {
        let (ids, _) =
            index.find(&Sought { words: "运费", category: Some(category), kind: None }, 0, 9).unwrap();
        ids.iter().map(ToString::to_string).collect::<Vec<_>>().concat()
    };
    assert_eq!(["订单", "订单/退货", "", "退货"].map(within), ["ab", "b", "d", ""]);
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_is_no_error(words in "\\PC{0,200}") {
        static SHOP: LazyLock<FullText> = LazyLock::new(shop);
        SHOP.find(&Sought { words: &words, ..Sought::default() }, 0, 10).unwrap();
    }
}
