//! The sample shop's actions: found when they are asked for, and never when the knowledge is asked.

use std::{fs, path::Path};

use assistant::{Action, action::may_be_wish};
use domain::{Lang, Timestamp};

fn shop(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn actions() -> Vec<Action> {
    let actions: Vec<Action> = serde_json::from_str(&shop("actions.json")).unwrap();
    for action in &actions {
        assert_eq!(action.check(), Ok(()));
    }
    actions
}

fn is_wish(actions: &[Action], text: &str) -> bool {
    let lang = if text.is_ascii() { Lang::En } else { Lang::Zh };
    may_be_wish(actions, text, lang, Timestamp::UNIX_EPOCH)
}

#[test]
fn a_question_of_the_knowledge_is_none_of_the_actions() {
    let actions = actions();
    let mut asked = 0;
    let mut taken = Vec::new();
    for file in [
        "questions.zh.jsonl",
        "questions.en.jsonl",
        "article-questions.zh.jsonl",
        "article-questions.en.jsonl",
        "unanswerable.jsonl",
        "handoff.jsonl",
        "smalltalk.jsonl",
    ] {
        for line in shop(file).lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let Some(text) = row["text"].as_str().or_else(|| row["query"].as_str()) else { continue };
            asked += 1;
            if is_wish(&actions, text) {
                taken.push(text.to_owned());
            }
        }
    }
    assert!(asked > 1000, "{asked}");
    // Those are about an order of one's own: 「我东西走到哪了」, "where's my stuff".
    assert!(taken.len() <= 7, "{} of {asked}: {taken:#?}", taken.len());
}

/// Ways of asking that are none of the phrasings, written without looking at them.
const ASKED: [&str; 24] = [
    "请帮我查下订单",
    "麻烦查一下我的快递",
    "我昨天买的东西到哪了",
    "订单QH26110017到哪了",
    "帮我看下订单发货没有",
    "我的包裹现在到哪里了",
    "能帮我改一下收货地址吗",
    "我想换个收货地址",
    "收货地址改成北京市海淀区中关村大街1号",
    "麻烦把地址改到公司",
    "我要申请退款，订单QH26110031",
    "请给我退款",
    "hi, where's my order",
    "Where is my order QH26110012?",
    "could you check my order please",
    "can you track my package",
    "what's the status of order QH26110012",
    "I want to change the delivery address",
    "please change my address to 5 Elm Street, Springfield",
    "can you update my shipping address",
    "I'd like a refund please",
    "I want a refund for order QH26110035",
    "please refund my order",
    "track my parcel",
];

#[test]
fn most_ways_of_asking_are_understood() {
    let actions = actions();
    let missed: Vec<&str> = ASKED.into_iter().filter(|text| !is_wish(&actions, text)).collect();
    assert!(missed.len() <= 5, "{missed:#?}");
}
