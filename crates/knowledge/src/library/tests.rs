//! Stories of the library.

use domain::{Attributes, EntryText, Timestamp, Validity};
use proptest::prelude::*;

use super::*;

mod learning;

fn entry(id: &str, texts: &[(Lang, &str, &[&str], &str)]) -> Entry {
    let texts: domain::texts::Texts = texts
        .iter()
        .map(|&(lang, title, phrasings, answer)| {
            let phrasings = phrasings.iter().map(|&phrasing| phrasing.to_owned()).collect();
            (lang, EntryText { title: title.to_owned(), phrasings, answer: answer.to_owned() })
        })
        .collect();
    Entry { category: "shop".to_owned(), ..Entry::new(id, Kind::Answer, texts) }
}

fn shop() -> Vec<Entry> {
    let mut policy = entry(
        "policy",
        &[(
            Lang::Zh,
            "保修政策",
            &[],
            "先读这里。\n\n## 灯具保修多久\n灯具保修两年。\n\n## 谁付维修运费\n我们付。",
        )],
    );
    policy.kind = Kind::Article;
    vec![
        entry(
            "return",
            &[
                (Lang::Zh, "怎么退货？", &["想退掉这单", "不想要了能退吗"], "签收后七天内可以退货。"),
                (Lang::En, "How do I return an item?", &["send it back"], "Return it within 7 days."),
            ],
        ),
        entry("invoice", &[(Lang::Zh, "如何开发票", &["要一张电子发票"], "在订单详情里申请。")]),
        entry("track", &[(Lang::En, "Where is my parcel?", &["track my order"], "See the tracking page.")]),
        policy,
    ]
}

fn library() -> Library {
    let library = Library::new();
    library.change(&shop(), &[], 7);
    library
}

fn ask(library: &Library, text: &str, lang: Lang) -> Vec<Hit> {
    library.search(&Query { text, lang, limit: 5 })
}

#[test]
fn a_question_finds_its_entry_in_either_language() {
    let library = library();
    assert_eq!((library.version(), library.len()), (7, 4));
    for (text, lang, id) in [
        ("请问怎么退货呀", Lang::Zh, "return"),
        ("i want to return something", Lang::En, "return"),
        ("发票怎么开", Lang::Zh, "invoice"),
        ("wheres my parcel", Lang::En, "track"),
    ] {
        assert_eq!(ask(&library, text, lang)[0].entry.as_str(), id, "{text}");
    }
}

#[test]
fn politeness_and_punctuation_do_not_make_another_question() {
    let library = library();
    let hit = ask(&library, "你好，请问怎么退货？？", Lang::Zh).remove(0);
    assert!(hit.near_exact);
    assert_eq!(hit.closest, "怎么退货？");
    assert!(hit.probability > ask(&library, "退货的地址", Lang::Zh)[0].probability);
}

#[test]
fn an_article_answers_with_its_section() {
    let hit = ask(&library(), "灯具保修几年", Lang::Zh).remove(0);
    assert_eq!((hit.entry.as_str(), hit.section, hit.title.as_str()), ("policy", Some(1), "灯具保修多久"));
}

#[test]
fn a_section_that_matches_in_another_language_is_given_in_the_askers_own() {
    let zh = "先读这里。\n\n## 灯具保修多久\n灯具保修两年。\n\n## 谁付维修运费\n我们付。";
    let en = "Read this first.\n\n## Lamps\nTwo years.\n\n## Zigbee dimmers\nPaid by us.";
    let mut policy = entry("policy", &[(Lang::Zh, "保修政策", &[], zh), (Lang::En, "Warranty", &[], en)]);
    policy.kind = Kind::Article;
    let library = Library::new();
    library.change(std::slice::from_ref(&policy), &[], 1);
    let found = ask(&library, "zigbee dimmers 呢", Lang::Zh);
    assert_eq!(
        (found[0].lang, found[0].section, found[0].title.as_str()),
        (Lang::Zh, Some(2), "谁付维修运费")
    );
    policy.texts.insert(
        Lang::Zh,
        EntryText { answer: "灯具保修两年。".to_owned(), ..policy.texts[&Lang::Zh].clone() },
    );
    library.change(&[policy], &[], 2);
    assert_eq!(
        ask(&library, "zigbee dimmers 呢", Lang::Zh)[0].lang,
        Lang::En,
        "cut otherwise, nobody knows which it is"
    );
}

#[test]
fn what_nobody_wrote_about_is_improbable() {
    let library = library();
    for text in ["世界杯哪个队会赢", "what is the capital of australia", "", "😀", "\0 \" NEAR/"] {
        assert!(ask(&library, text, Lang::Zh).iter().all(|hit| hit.probability < 0.4), "{text}");
    }
}

#[test]
fn a_question_with_the_name_of_another_company_is_less_probable() {
    let library = library();
    let probability = |text: &str| ask(&library, text, Lang::En)[0].probability;
    let (ours, theirs) = (probability("where is my parcel now"), probability("where is my ikea parcel now"));
    assert!(theirs < 0.5 * ours, "{theirs} beside {ours}");
    library.change(&[entry("ikea", &[(Lang::En, "Do you sell IKEA?", &[], "Some of it.")])], &[], 8);
    let known = ask(&library, "where is my ikea parcel now", Lang::En);
    assert_eq!(known[0].entry.as_str(), "track", "the other entry that names it is not what is asked for");
}

#[test]
fn a_change_is_found_at_once_and_what_is_removed_is_gone() {
    let library = library();
    library.change(
        &[entry("track", &[(Lang::En, "Do you sell teapots?", &[], "Yes.")])],
        &["return".into()],
        8,
    );
    assert_eq!(ask(&library, "do you sell teapots", Lang::En)[0].entry.as_str(), "track");
    assert!(ask(&library, "where is my parcel", Lang::En).iter().all(|hit| hit.probability < 0.4));
    assert!(ask(&library, "怎么退货", Lang::Zh).iter().all(|hit| hit.entry.as_str() != "return"));
    assert!(library.entry(&"return".into()).is_none());
    assert_eq!((library.version(), library.len()), (8, 3));
}

#[test]
fn the_way_to_the_same_entries_changes_no_number() {
    let straight = library();
    let winding = Library::new();
    for (version, entry) in (1..).zip(shop().iter().rev()) {
        winding.change(&[self::entry("gone", &[(Lang::Zh, "发票退货", &[], "x")])], &[], version);
        winding.change(std::slice::from_ref(entry), &["gone".into()], version);
    }
    for text in ["怎么退货", "where is the parcel", "保修 发票"] {
        assert_eq!(ask(&straight, text, Lang::Zh), ask(&winding, text, Lang::Zh), "{text}");
    }
}

#[test]
fn a_megabyte_is_a_question_too() {
    let text = "退货 refund ".repeat(80_000);
    assert!(!ask(&library(), &text, Lang::Zh).is_empty());
}

#[test]
fn every_weight_has_a_feature() {
    let weights = model::read(include_str!("../../models/rank.json")).expect("the shipped model");
    assert!(
        weights.rank.values().flat_map(BTreeMap::keys).all(|name| features::NAMES.contains(&name.as_str()))
    );
    assert!(!weights.probability.trees.is_empty());
}

#[test]
fn weights_for_other_values_are_refused() {
    let told = r#"{"rank":{},"probability":{"values":["luck"],"trees":[]}}"#;
    let refused = Library::with_weights(told).err().expect("it would weigh the wrong things");
    assert!(refused.to_string().contains("frontdesk train rank"), "{refused}");
}

proptest! {
    /// Whatever is asked, the list is sorted but for a likely answer in front, names each entry once and gives
    /// probabilities.
    #[test]
    fn any_question_gets_an_orderly_list(text in r"(?s)(退货|发票|parcel|return|.){0,20}") {
        let hits = ask(&library(), &text, Lang::Zh);
        for pair in hits.windows(2) {
            prop_assert!(pair[0].rank >= pair[1].rank || pair[0].entry == hits[0].entry);
            prop_assert!(pair[0].entry != pair[1].entry);
        }
        let best = hits.iter().map(|hit| hit.probability).fold(0.0, f32::max);
        prop_assert!(best < 0.5 || hits[0].probability >= best || hits[0].near_exact);
        prop_assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.probability)));
    }
}

/// A shop in which much is said in many ways, so that there is something to learn.
#[test]
fn the_owners_examples_stand_beside_those_of_the_knowledge() {
    let own = |intent: &str, text: &str| IntentExample::new(intent, text).unwrap();
    let examples = library().examples(&[own("gift", "礼品怎么包装"), own("oos", "明天会下雨吗")]);
    let of = |intent: &str| examples.iter().filter(|example| example.intent == intent).count();
    assert_eq!((of("gift"), of("shop")), (1, 13));
    assert!(of("oos") > 1, "and what only others are asked");
    assert_eq!(library().intents(), BTreeMap::from([("shop".to_owned(), 13)]));
}

#[test]
fn more_examples_than_can_be_learnt_are_thinned_and_no_intent_is_lost() {
    let own = |n: usize| IntentExample::new(&format!("intent {:05}", n / 10), &format!("text {n}")).unwrap();
    let many: Vec<IntentExample> = (0..30_000).map(own).collect();
    let kept = Library::new().examples(&many);
    let names: HashSet<&str> = kept.iter().map(|example| example.intent.as_str()).collect();
    assert!(kept.len() < 14_000, "{}", kept.len());
    assert!((3_000..=3_001).contains(&names.len()), "{}", names.len());
}

#[test]
fn pinyin_and_slips_find_what_was_meant() {
    let library = library();
    for text in ["zenme tuihuo", "怎么退或", "怎麼退貨", "怎么tuihuo"] {
        assert_eq!(ask(&library, text, Lang::Zh)[0].entry.as_str(), "return", "{text}");
    }
    assert_eq!(ask(&library, "where is my pracel", Lang::En)[0].entry.as_str(), "track");
}

/// What a company writes is right, from the change that brings it to the change that takes it away.
#[test]
fn the_words_of_entries_are_known_as_long_as_they_stand() {
    let library = library();
    let lamp = entry("lamp", &[(Lang::En, "What is a kilnware lamp?", &[], "A lamp of ours.")]);
    assert_eq!(library.correct("my kilnwrae").text, "my kilnwrae");
    library.change(std::slice::from_ref(&lamp), &[], 8);
    assert_eq!(library.correct("my kilnwrae").text, "my kilnware");
    library.change(std::slice::from_ref(&lamp), &[], 9);
    library.change(&[], &[lamp.id], 10);
    assert_eq!(library.correct("my kilnwrae").text, "my kilnwrae");
}

#[test]
fn who_an_entry_is_not_for_does_not_find_it() {
    let mut pro = entry("return-pro", &[(Lang::Zh, "怎么退货", &["如何退货"], "专属客服上门取件。")]);
    pro.audience.plans = vec!["pro".to_owned()];
    let library = library();
    library.change(std::slice::from_ref(&pro), &[], 8);
    let found = |plan: &str| {
        let attributes = Attributes { plan: plan.to_owned(), region: String::new() };
        let asker = Asker { channel: "widget".to_owned(), attributes };
        let query = Query { text: "怎么退货", lang: Lang::Zh, limit: 5 };
        let hits = library.search_for(&query, query.text, &asker, Timestamp::UNIX_EPOCH);
        hits.iter().map(|hit| hit.entry.to_string()).collect::<Vec<_>>()
    };
    assert!(found("pro").contains(&"return-pro".to_owned()));
    assert_eq!(found("basic")[0], "return");
    for other in ["basic", ""] {
        assert!(!found(other).contains(&"return-pro".to_owned()), "{other}");
    }
    library.change(&[], &[pro.id], 9);
    assert!(!found("pro").contains(&"return-pro".to_owned()));
}

#[test]
fn an_entry_is_found_while_it_holds() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut sale = entry("sale", &[(Lang::Zh, "双十一什么时候开始", &[], "十一月十一日零点。")]);
    sale.valid = Validity { from: Some(at(100)), until: Some(at(200)) };
    let library = library();
    library.change(&[sale], &[], 8);
    let is_found = |now| {
        let query = Query { text: "双十一什么时候开始", lang: Lang::Zh, limit: 5 };
        let hits = library.search_for(&query, query.text, &Asker::default(), now);
        hits.iter().any(|hit| hit.entry.as_str() == "sale")
    };
    assert_eq!([99, 100, 199, 200].map(|now| is_found(at(now))), [false, true, true, false]);
}

/// Else many entries for others would leave nothing to those who ask.
#[test]
fn entries_for_others_take_no_place_away() {
    let library = library();
    let others: Vec<Entry> = (0..200)
        .map(|n| {
            let mut other = entry(&format!("other-{n}"), &[(Lang::Zh, "怎么退货", &[], "请联系您的经理。")]);
            other.audience.channels = vec!["partners".to_owned()];
            other
        })
        .collect();
    let query = Query { text: "东西怎么退", lang: Lang::Zh, limit: 5 };
    let ids = |library: &Library| {
        let hits = library.search_for(&query, query.text, &Asker::default(), Timestamp::UNIX_EPOCH);
        hits.into_iter().map(|hit| hit.entry).collect::<Vec<_>>()
    };
    let before = ids(&library);
    library.change(&others, &[], 8);
    assert_eq!(ids(&library)[0], before[0]);
}

#[test]
fn a_fork_goes_its_own_way() {
    let library = library();
    let fork = library.fork();
    fork.change(&[], &["return".into()], 99);
    assert!(fork.entry(&"return".into()).is_none() && library.entry(&"return".into()).is_some());
    assert_eq!((fork.version(), library.version()), (99, 7));
}
