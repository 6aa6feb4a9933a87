//! What must hold for any text. `PROPTEST_CASES` makes the search as long as wanted.

use jiff::civil::date;
use language::{
    facts::{Catalogue, Fact, facts},
    mask::mask,
};
use proptest::{prelude::*, sample::select};

/// What facts are made of, and what stands between them.
const PIECES: &[&str] = &[
    "138",
    "13812345678",
    "1234",
    "12",
    "0",
    "5",
    "110105194912310021",
    "11010519491231002X",
    "4111 1111 1111 1111",
    "6222",
    "010",
    "86",
    "+",
    "-",
    " ",
    ".",
    "(",
    ")",
    ":",
    "：",
    "/",
    "@",
    "＠",
    "_",
    "x",
    "转",
    ",",
    "，",
    "。",
    "\n",
    "\n\n",
    "¥",
    "$",
    "元",
    "块",
    "万",
    "三百",
    "十",
    "两",
    "一三八",
    "零",
    "订单号",
    "订单",
    "电话",
    "手机",
    "卡号",
    "order",
    "phone",
    "card",
    "SSN",
    "license number",
    "ip",
    "192.168.1.1",
    "::1",
    "2001:db8::1",
    "GB82 WEST 1234 5698 7654 32",
    "DE89",
    "SF",
    "YT",
    "1Z",
    "京A",
    "粤B",
    "D12345",
    "学",
    "浙江省",
    "杭州",
    "市",
    "西湖区",
    "文三路",
    "100号",
    "3幢",
    "201室",
    "单元",
    "小区",
    "号",
    "路",
    "我叫",
    "收件人：",
    "李雷",
    "欧阳",
    "先生",
    "my name is ",
    "Jane",
    "Doe",
    "Mr. ",
    "Baker",
    "Street",
    "St.",
    "Rue",
    "Apt. ",
    "Suite ",
    "Box ",
    "P.O. ",
    "the corner of ",
    "and ",
    "address is ",
    "lives at ",
    "London",
    "APO",
    "AP",
    "明天",
    "下周",
    "三",
    "下午",
    "8点",
    "半",
    "上个月",
    "15号",
    "3月",
    "2026年",
    "2026",
    "next ",
    "Wed ",
    "pm",
    "Jan ",
    "3rd",
    "days ago",
    "tomorrow ",
    "at ",
    "20240115",
    "01/15/2026",
    "a",
    "é",
    "Ω",
    "😀",
    "\u{0}",
    "\u{202e}",
    "<PHONE>",
    "<",
    ">",
    "<ADDRESS>",
    "name",
    "example.com",
    "云雾砂锅",
    "Cloud Kettle",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(PIECES).prop_map(ToOwned::to_owned), 1 => r"(?s).{0,3}"];
    prop_oneof![4 => prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat()), 1 => r"(?s).{0,60}"]
}

fn read(text: &str) -> Vec<Fact> {
    let catalogue = Catalogue::new(["云雾砂锅", "Cloud Kettle", "İ"]);
    facts(text, date(2026, 11, 23), Some(&catalogue))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

    /// Facts stand in the text, in order, each apart from the next.
    #[test]
    fn facts_stand_in_order_and_never_overlap(text in texts()) {
        let found = read(&text);
        for fact in &found {
            prop_assert!(text.get(fact.span.clone()).is_some_and(|said| !said.is_empty()), "{fact:?}");
            prop_assert!(!fact.value.to_string().is_empty());
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
        }
    }

    /// Where facts stand does not depend on today.
    #[test]
    fn another_day_moves_no_fact(text in texts()) {
        let spans = |day| facts(&text, day, None).into_iter().map(|fact| (fact.kind, fact.span)).collect::<Vec<_>>();
        prop_assert_eq!(spans(date(2026, 11, 23)), spans(date(2024, 2, 29)));
        prop_assert_eq!(spans(date(2026, 11, 23)), spans(date(-9999, 1, 1)));
    }

    /// Masking what is masked changes nothing.
    #[test]
    fn masking_twice_is_masking_once(text in texts()) {
        let once = mask(&text).text;
        prop_assert_eq!(&mask(&once).text, &once);
    }
}
