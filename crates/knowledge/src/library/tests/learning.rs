//! Stories of a library that learns what words mean in its knowledge.

use super::*;

fn talkative() -> Vec<Entry> {
    vec![
        entry(
            "refund",
            &[(
                Lang::Zh,
                "退款多久到账",
                &["钱什么时候退回来", "退款进度", "退的钱还没收到", "几天能退款"],
                "三天内原路退回。",
            )],
        ),
        entry(
            "level",
            &[(
                Lang::Zh,
                "怎么升级会员",
                &["怎么升青禾", "青禾要花多少", "升等级要多少消费", "会员等级怎么升"],
                "一年消费满一千元。",
            )],
        ),
        entry(
            "wash",
            &[(
                Lang::Zh,
                "棉布怎么洗",
                &["毯子能机洗吗", "床单洗涤", "会不会掉色", "水温多少合适"],
                "三十度轻柔洗。",
            )],
        ),
    ]
}

#[test]
fn a_question_without_a_common_word_is_found_by_its_meaning() {
    let library = Library::new();
    library.change(&talkative(), &[], 1);
    let hits = ask(&library, "where is my money", Lang::Zh);
    assert_eq!(hits.first().map(|hit| hit.entry.as_str()), Some("refund"), "{hits:?}");
}

#[test]
fn what_was_learnt_depends_on_the_entries_alone() {
    // The last is about what only the other shop had.
    let questions = ["青禾怎么升", "钱退了没", "掉色吗", "how do I wash it", "灯具保修 电子发票"];
    let answers = |library: &Library| -> Vec<Vec<Hit>> {
        questions.iter().map(|question| ask(library, question, Lang::Zh)).collect()
    };
    let (straight, winding) = (Library::new(), Library::new());
    straight.change(&talkative(), &[], 9);
    straight.adapt();
    winding.change(&shop(), &[], 1);
    winding.adapt();
    for (version, entry) in (2..).zip(talkative().iter().rev()) {
        winding.change(std::slice::from_ref(entry), &[], version);
    }
    let gone: Vec<EntryId> = shop().into_iter().map(|entry| entry.id).collect();
    winding.change(&[], &gone, 9);
    winding.adapt();
    assert_eq!(straight.adapted_to(), 9);
    assert_eq!(answers(&straight), answers(&winding));
}

#[test]
fn what_was_learnt_is_kept_for_the_same_entries_and_for_no_others() {
    let learnt = Library::new();
    learnt.change(&talkative(), &[], 5);
    assert_eq!(learnt.learnt(), None, "nothing was learnt yet");
    learnt.adapt();
    let kept = learnt.learnt().expect("it has learnt");

    let again = Library::new();
    let backwards: Vec<Entry> = talkative().into_iter().rev().collect();
    assert!(again.load(backwards, 5, Some(&kept)));
    assert_eq!(again.adapted_to(), 5);
    for question in ["青禾怎么升", "钱退了没", "how do I wash it"] {
        assert_eq!(ask(&again, question, Lang::Zh), ask(&learnt, question, Lang::Zh));
    }

    let other = Library::new();
    assert!(!other.load(shop(), 5, Some(&kept)), "other entries");
    for damaged in [&kept[..kept.len() - 1], &kept[..3], &[]] {
        assert!(!other.load(talkative(), 6, Some(damaged)), "{} bytes", damaged.len());
    }
    assert_eq!((other.adapted_to(), other.len()), (0, talkative().len()), "and yet all is found");
}

#[test]
fn what_customers_taught_is_learnt_apart_and_kept_with_what_was_learnt() {
    let lesson = |entry: &str, question: &str| Lesson { entry: entry.into(), question: question.to_owned() };
    let lessons =
        [lesson("gone", "哪里都没有"), lesson("refund", "把毛票还我"), lesson("refund", "毛票什么时候还我")];
    let library = Library::new();
    library.change(&talkative(), &[], 5);
    library.adapt();
    let probable = |library: &Library| {
        let hits = ask(library, "毛票呢", Lang::Zh);
        hits.iter().find(|hit| hit.entry.as_str() == "refund").map_or(0.0, |hit| hit.probability)
    };
    let before = probable(&library);
    let apart = library.learn_apart(&lessons);
    assert_eq!(probable(&library).to_bits(), before.to_bits(), "nobody is answered from it yet");
    assert!(probable(apart.library()) > before + 0.2, "{} after {before}", probable(apart.library()));
    library.take(&apart);
    assert_eq!(library.lessons()[..], lessons);

    let (kept, again) = (library.learnt().unwrap(), Library::new());
    assert!(again.load(talkative(), 5, Some(&kept)));
    assert_eq!(again.lessons()[..], lessons);
    assert_eq!(probable(&again).to_bits(), probable(&library).to_bits());
    library.adapt();
    assert_eq!(probable(&library).to_bits(), before.to_bits(), "and without them it is as before");
}

#[test]
fn what_customers_taught_counts_as_a_way_to_ask_but_is_neither_the_owners_nor_quoted() {
    let lessons = [
        Lesson { entry: "refund".into(), question: "毛票啥时候给我".to_owned() },
        Lesson { entry: "wash".into(), question: "can my granny boil it".to_owned() },
    ];
    let library = Library::new();
    library.change(&talkative(), &[], 5);
    library.take(&library.learn_apart(&lessons));
    let [asked, foreign] =
        ["毛票啥时候给我", "can granny boil it"].map(|text| ask(&library, text, Lang::Zh)[0].clone());
    assert_eq!((asked.entry.as_str(), asked.near_exact, asked.phrasings), ("refund", false, 6));
    assert_eq!((asked.closest.as_str(), foreign.entry.as_str()), ("退款多久到账", "wash"));

    // The entry is written anew: what was taught of it still counts. Then it is forgotten.
    library.change(&talkative()[..1], &[], 6);
    assert_eq!(ask(&library, "毛票啥时候给我", Lang::Zh)[0], asked);
    library.change(&talkative()[..1], &[], 5);
    library.adapt();
    let never = Library::new();
    never.change(&talkative(), &[], 5);
    never.adapt();
    for text in ["毛票啥时候给我", "can granny boil it", "退款多久到账"] {
        assert_eq!(ask(&library, text, Lang::Zh), ask(&never, text, Lang::Zh));
    }
}

#[test]
fn what_changes_while_it_learns_is_not_lost() {
    let library = Library::new();
    library.change(&talkative(), &[], 1);
    std::thread::scope(|scope| {
        scope.spawn(|| library.adapt());
        library.change(&shop(), &["wash".into()], 2);
    });
    assert_eq!(library.version(), 2);
    assert_eq!(library.len(), 6);
    assert_eq!(ask(&library, "如何开发票", Lang::Zh)[0].entry.as_str(), "invoice");
    assert!(library.entry(&"wash".into()).is_none());
}
