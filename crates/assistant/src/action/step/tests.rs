//! Stories of a way to an action.

use domain::{Duty, Label};

use super::*;
use crate::action::samples;

/// A conversation with one customer.
struct Talk {
    user: Option<Identity>,
    record: Record,
    duties: DutyTable,
    pending: Option<Pending>,
    now: Timestamp,
}

impl Talk {
    fn of(user: Option<&str>) -> Self {
        let identity =
            |id: &str| Identity { user_id: id.into(), claims: [].into(), at: Timestamp::UNIX_EPOCH };
        Self {
            user: user.map(identity),
            record: Record([("order.id".to_owned(), "QH20261101".to_owned())].into()),
            duties: DutyTable::default(),
            pending: None,
            now: "2026-11-29T10:00:00Z".parse().unwrap(),
        }
    }

    fn says(&mut self, text: &str) -> Step {
        self.says_while(text, Rung::Refuse, "nothing_found")
    }

    fn says_while(&mut self, text: &str, rung: Rung, reason: &str) -> Step {
        let actions = samples::actions();
        let trace = trace(rung, reason);
        let lang = if text.is_ascii() { Lang::En } else { Lang::Zh };
        let next = step(&Scene {
            actions: &actions,
            pending: self.pending.as_ref(),
            text,
            trace: &trace,
            lang,
            user: self.user.as_ref(),
            record: &self.record,
            duties: &self.duties,
            fresh: &"call-1".into(),
            now: self.now,
            zone: &Zone::UNKNOWN,
        });
        self.pending = if let Step::Say { pending, .. } = &next { pending.clone() } else { None };
        next
    }
}

fn trace(rung: Rung, reason: &str) -> Trace {
    let label = || Label { name: "neutral".into(), confidence: 1.0 };
    serde_json::from_value(serde_json::json!({
        "id": "a", "conversation": "c", "at": "2026-11-29T10:00:00Z", "question": "", "language": "zh",
        "intent": null, "sentiment": label(), "entities": [], "knowledge_version": 1, "policy_version": "t",
        "candidates": [], "thresholds": [], "rung": rung, "reason": reason, "confidence": 1.0,
        "model_calls": [], "checks": [], "timings": [],
    }))
    .unwrap()
}

fn words(step: &Step) -> (&str, &'static str) {
    match step {
        Step::Say { content, outcome, .. } => (&content.text, outcome),
        other => panic!("nothing is said: {other:?}"),
    }
}

fn called(step: Step) -> (String, Arguments, bool) {
    match step {
        Step::Call { action, arguments, proposed, .. } => (action, arguments, proposed),
        other => panic!("nothing is done: {other:?}"),
    }
}

#[test]
fn who_is_signed_in_asks_for_an_order_and_it_is_looked_up() {
    let mut talk = Talk::of(Some("lin"));
    let (action, arguments, proposed) = called(talk.says("我的订单到哪了"));
    assert_eq!((action.as_str(), arguments["order"].as_str(), proposed), ("find_order", "latest", false));
    let (_, arguments, _) = called(talk.says("Where is my order QH20269999?"));
    assert_eq!(arguments["order"], "QH20269999");
}

#[test]
fn who_is_not_signed_in_shows_order_and_phone_or_signs_in() {
    let mut talk = Talk::of(None);
    assert_eq!(words(&talk.says("我的订单到哪了")).1, "asking", "the record of nobody is not used");
    assert_eq!(words(&talk.says("QH20261101")).1, "asking");
    let (_, arguments, _) = called(talk.says("5678"));
    assert_eq!((arguments["order"].as_str(), arguments[LAST4].as_str()), ("QH20261101", "5678"));
    let mut talk = Talk::of(None);
    assert_eq!(words(&talk.says("我要改收货地址")).1, "not_signed_in");
    assert_eq!(talk.pending, None);
}

#[test]
fn who_could_only_be_told_to_sign_in_hears_what_the_knowledge_says() {
    let mut talk = Talk::of(None);
    assert_eq!(talk.says_while("我要改收货地址", Rung::Exact, "probably_right"), Step::Leave);
    assert_eq!(words(&talk.says_while("我的订单到哪了", Rung::Exact, "probably_right")).1, "asking");
    let mut known = Talk::of(Some("lin"));
    assert_eq!(words(&known.says_while("我要改收货地址", Rung::Exact, "probably_right")).1, "asking");
}

#[test]
fn a_change_is_made_after_a_yes_to_exactly_that() {
    let mut talk = Talk::of(Some("lin"));
    assert_eq!(words(&talk.says("我要改收货地址")).0, "要改到哪里？");
    let asked = talk.says("上海市浦东新区世纪大道100号");
    assert_eq!(words(&asked).0, "确认把订单 QH20261101 的地址改成「上海市浦东新区世纪大道100号」吗？");
    let changed = talk.says("不，改到杭州市西湖区文三路90号");
    assert!(words(&changed).0.contains("文三路90号"), "{changed:?}");
    let (action, arguments, proposed) = called(talk.says("确认"));
    assert_eq!(
        (action.as_str(), arguments["address"].as_str()),
        ("change_address", "杭州市西湖区文三路90号")
    );
    assert!(!proposed);
    assert_eq!(talk.says("确认"), Step::Leave, "a second yes is to nothing");
}

#[test]
fn who_says_that_it_is_not_right_is_asked_what_is() {
    let mut talk = Talk::of(Some("lin"));
    talk.says("把地址改成上海市浦东新区世纪大道100号");
    let asked = talk.says("等一下，不对，是101号");
    assert!(words(&asked).0.contains("世纪大道101号") && words(&asked).1 == "confirming", "{asked:?}");
    for wrong in ["等一下，不对，门牌错了", "wait, that's wrong"] {
        let mut talk = Talk::of(Some("lin"));
        talk.says("把地址改成上海市浦东新区世纪大道100号");
        assert_eq!(words(&talk.says(wrong)).1, "asking", "{wrong}");
        let asked = talk.says("上海市浦东新区世纪大道101号");
        assert!(words(&asked).0.contains("世纪大道101号"), "{asked:?}");
        assert_eq!(called(talk.says("确认")).1["address"], "上海市浦东新区世纪大道101号");
    }
}

#[test]
fn the_number_of_an_order_on_the_way_is_no_other_matter() {
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要退款");
    assert_eq!(words(&talk.says("QH20261109")).1, "asking", "the reason is still missing");
    assert_eq!(words(&talk.says("颜色不喜欢")).1, "confirming");
    assert_eq!(called(talk.says("确认")).1["order"], "QH20261109");
}

#[test]
fn without_a_yes_nothing_is_done() {
    for ending in ["取消", "Never mind"] {
        let mut talk = Talk::of(Some("lin"));
        talk.says("把地址改成上海市浦东新区世纪大道100号");
        assert_eq!(words(&talk.says(ending)).1, "cancelled");
    }
    let mut talk = Talk::of(Some("lin"));
    talk.says("把地址改成上海市浦东新区世纪大道100号");
    assert_eq!(words(&talk.says("嗯……我想想再说")).1, "confirming");
    assert_eq!(words(&talk.says("那个谁来着")).1, "not_confirmed");
    let mut talk = Talk::of(Some("lin"));
    talk.says("把地址改成上海市浦东新区世纪大道100号");
    talk.now = "2026-11-29T11:00:00Z".parse().unwrap();
    assert_eq!(talk.says("确认"), Step::Leave, "too late");
}

#[test]
fn twice_not_understood_is_a_person_and_another_matter_is_another_matter() {
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要改收货地址");
    assert_eq!(words(&talk.says("哦")).1, "asking");
    let end = talk.says("哦哦");
    assert!(matches!(end, Step::HandOver { outcome: "not_understood", .. }), "{end:?}");
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要改收货地址");
    assert_eq!(talk.says_while("怎么退货", Rung::Exact, "probably_right"), Step::Leave);
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要改收货地址");
    assert_eq!(called(talk.says("我的订单到哪了")).0, "find_order");
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要改收货地址");
    assert_eq!(talk.says_while("转人工", Rung::Handover, "asked_for_person"), Step::Leave);
}

#[test]
fn any_words_are_a_reason_unless_they_are_a_question() {
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要退款");
    let asked = talk.says_while("颜色不喜欢", Rung::Exact, "probably_right");
    assert_eq!(words(&asked).1, "confirming");
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要退款");
    assert_eq!(talk.says_while("退款多久到账？", Rung::Exact, "probably_right"), Step::Leave);
}

#[test]
fn where_a_thing_is_that_was_bought_is_asked_of_orders() {
    for text in ["我买的砧板到哪了", "where is my chopping board"] {
        assert_eq!(called(Talk::of(Some("lin")).says(text)).0, "find_order", "{text}");
        let asked = Talk::of(None).says_while(text, Rung::Refuse, "nothing_fits");
        assert_eq!(words(&asked).1, "asking", "{text}");
    }
}

#[test]
fn who_wants_another_thing_gives_no_reason_by_saying_so() {
    for other in ["no i mean a replacement", "等等 我想换货"] {
        let mut talk = Talk::of(Some("lin"));
        talk.says("我要退款");
        assert_eq!(talk.says(other), Step::Leave, "{other}");
    }
    for no in ["actually forget it", "leave it as it is"] {
        let mut talk = Talk::of(Some("lin"));
        talk.says("把地址改成上海市浦东新区世纪大道100号1201室");
        let asked = talk.says("门牌是1202");
        assert!(words(&asked).0.contains("100号1202室"), "{asked:?}");
        assert_eq!(words(&talk.says(no)).1, "cancelled", "{no}");
    }
}

#[test]
fn the_duty_table_holds_on_the_way() {
    let rows = |topic: &str, duty| DutyTable { version: 1, rows: [(topic.to_owned(), duty)].into() };
    let mut talk = Talk::of(Some("lin"));
    talk.duties = rows("refunds", Duty::Draft);
    talk.says("我要退款");
    talk.says("颜色不喜欢");
    assert!(called(talk.says("确认")).2, "a person agrees first");
    for topic in ["refunds", "action:ask_refund", "*"] {
        let mut talk = Talk::of(Some("lin"));
        talk.duties = rows(topic, Duty::Person);
        assert!(matches!(talk.says("我要退款"), Step::HandOver { outcome: "person_only", .. }), "{topic}");
    }
    let mut talk = Talk::of(Some("lin"));
    talk.says("我要退款");
    talk.duties = rows("refunds", Duty::Person);
    assert!(matches!(talk.says("颜色不喜欢"), Step::HandOver { .. }), "also in the middle");
}
