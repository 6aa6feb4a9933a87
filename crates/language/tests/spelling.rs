//! What customers really type is read as they meant it, and what is right stays as it is.

use language::{
    normal::normalise,
    spelling::{Speller, words},
};
use proptest::prelude::*;
use serde::Deserialize;

/// A message with what was meant by it.
#[derive(Deserialize)]
struct Row {
    typed: String,
    meant: String,
    kind: String,
}

/// A speller for a shop with these words of its own.
fn shop() -> Speller {
    let own = "退货运费包邮发货订单优惠券自提 refund delivery order";
    let words = words(&normalise(own));
    Speller::with(words.iter().map(|word| &**word))
}

fn read(text: &str) -> String {
    shop().correct(text).text
}

#[test]
fn pinyin_is_read_as_characters() {
    for (typed, meant) in [
        ("zenme tuikuan", "怎么退款"),
        ("zenmetuikuan", "怎么退款"),
        ("Zenme tuikuan?", "怎么退款?"),
        ("wo yao tui huo", "我要退货"),
        ("fapiao zenme kai", "发票怎么开"),
        ("怎么tuikuan", "怎么退款"),
        ("怎么 tuikuan 啊", "怎么退款啊"),
        ("zhao rengong kefu", "找人工客服"),
    ] {
        assert_eq!(read(typed), meant);
    }
}

#[test]
fn english_is_no_pinyin() {
    for text in [
        "he can sing",
        "women",
        "men long can you",
        "can you",
        "the women are long gone",
        "Li Lei",
        "my taobao order is late",
        "do you ship to Beijing",
        "SIM",
        "panda",
        "怎么change",
    ] {
        assert_eq!(read(text), text);
    }
}

#[test]
fn slips_of_sound_and_finger_are_set_right() {
    for (typed, meant) in [
        ("推款多久到", "退款多久到"),
        ("云费谁出", "运费谁出"),
        ("请问在么退货", "请问怎么退货"),
        ("怎么退或", "怎么退货"),
        ("我的refnd呢", "我的refund呢"),
        ("where is my delivrey", "where is my delivery"),
    ] {
        assert_eq!(read(typed), meant);
    }
}

/// Names, codes, addresses and links are nobody's slips.
#[test]
fn what_is_right_stays_byte_for_byte() {
    for text in [
        "怎么退货？",
        "在么",
        "請問退貨運費誰出",
        "Where is my order SF12345678?",
        "see https://shop.example/refnd or mail li.lei@exmaple.com",
        "The ADRES lamp from Kopenhagn, model delivrey2",
        "I can't find e-mial",
        "😀 퇴 か où est ma commande",
        "",
    ] {
        let read = shop().correct(text);
        assert_eq!(read.text, text);
        assert!(!read.is_changed());
    }
}

/// A company's word is right where it is written, and is what others meant.
#[test]
fn a_companys_own_words_are_known() {
    let mut speller = Speller::default();
    let own = words("云费 kilnware");
    assert_ne!(speller.correct("kilnwrae").text, "kilnware");
    speller.learn(own.iter().map(|word| &**word));
    assert_eq!(speller.correct("kilnwrae").text, "kilnware");
    speller.forget(own.iter().map(|word| &**word));
    assert_eq!(speller.correct("kilnwrae").text, "kilnwrae");
}

/// How many of the slips that we wrote down, as customers type them, are set right. Half of them chose the numbers
/// in the code, so the line is drawn for all.
#[test]
fn most_slips_are_recovered() {
    let rows: Vec<Row> = include_str!("data/slips.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row of slips"))
        .collect();
    let tight = |text: &str| normalise(text).replace(' ', "");
    for (kind, least) in [("pinyin", 0.8), ("sound", 0.65), ("typo", 0.75)] {
        let of_kind: Vec<&Row> = rows.iter().filter(|row| row.kind == kind).collect();
        let right = of_kind.iter().filter(|row| tight(&read(&row.typed)) == tight(&row.meant)).count();
        assert!(right as f64 >= least * of_kind.len() as f64, "{kind}: {right} of {}", of_kind.len());
    }
}

proptest! {
    /// Whatever the bytes, there is an answer, and what says nothing of a change has none.
    #[test]
    fn any_text_can_be_read(text in r"(?s).*") {
        let read = shop().correct(&text);
        prop_assert_eq!(read.is_changed(), read.text != text);
    }

    /// The same for texts made of what is looked at: syllables, Chinese, letters, spaces.
    #[test]
    fn any_row_of_syllables_can_be_read(text in "(zen|me|tui|kuan|wo|hang|xi|an|退|推|款|在|么|運| |a|,|refnd){0,60}") {
        let read = shop().correct(&text);
        prop_assert_eq!(read.is_changed(), read.text != text);
    }
}

/// Far beyond what anybody types: the work is bounded by the head that is read.
#[test]
fn long_texts_are_read_in_part() {
    for piece in ["a", "退", "tui", "refnd ", "wo yao ", "推款", "😀"] {
        let text = piece.repeat(50_000);
        let read = shop().correct(&text).text;
        assert_eq!(read[read.len() - piece.len()..], *piece);
    }
}
