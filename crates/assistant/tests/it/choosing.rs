//! What would answer is told without the words, and is what answers.

use std::sync::{Arc, LazyLock};

use assistant::{Assistant, Phrases, Policy, Turn};
use domain::{Asker, Entry, EntryText, Kind, Lang, Past, Record, Shopper, Timestamp};
use knowledge::Library;

fn entry(id: &str, lang: Lang, title: &str, answer: &str) -> Entry {
    let text = EntryText { title: title.to_owned(), phrasings: Vec::new(), answer: answer.to_owned() };
    Entry::new(id, if answer.contains("## ") { Kind::Article } else { Kind::Answer }, [(lang, text)])
}

static PAST: Past = Past { exchanges: Vec::new() };
static RECORD: LazyLock<Record> = LazyLock::new(Record::default);
static SHOPPER: LazyLock<Shopper> = LazyLock::new(Shopper::default);

/// The first message of somebody of whom nothing is known.
fn turn(text: &str) -> Turn<'_> {
    Turn {
        id: "a".into(),
        conversation: "c".into(),
        text,
        lang: Lang::Zh,
        asker: Asker::default(),
        now: Timestamp::UNIX_EPOCH,
        past: &PAST,
        record: &RECORD,
        shopper: &SHOPPER,
    }
}

/// An assistant that knows these entries.
fn knowing(entries: &[Entry]) -> Assistant {
    let library = Library::new();
    library.change(entries, &[], 5);
    let phrases = Phrases { shop: ("小店".to_owned(), "the shop".to_owned()) };
    Assistant::new(Arc::new(library), Policy::shipped(), phrases)
}

#[test]
fn choosing_is_answering_without_the_words() {
    let entries = [
        entry("return", Lang::Zh, "怎么退货", "七天内可以退货。"),
        entry("pay", Lang::En, "How do I pay?", "By card."),
        entry("care", Lang::Zh, "保养指南", "先读这里。\n\n## 砧板怎么洗\n用清水冲洗，不要浸泡。"),
        entry("again", Lang::Zh, "运费多少", "十元。"),
        entry("twice", Lang::Zh, "运费多少", "满九十九元包邮。"),
    ];
    let assistant = knowing(&entries);
    let texts = [
        "怎么退货",
        "zenme tuihuo",
        "怎么退或？",
        "how can i pay",
        "砧板怎么洗",
        "运费多少",
        "你好",
        "",
        "找个活人",
        "气死我了，怎么退货！！",
        "明天天气怎么样",
        "你是机器人吗",
    ];
    let mut rungs = std::collections::HashSet::new();
    for text in texts {
        let trace = assistant.answer(&turn(text), &mut |_| ()).trace;
        assert_eq!(assistant.choose(&turn(text)), (trace.rung, trace.used), "{text}");
        rungs.insert(trace.rung);
    }
    assert!(rungs.len() >= 5, "{rungs:?}");
}

#[test]
fn who_names_a_category_and_no_more_chooses_within_it() {
    let of = |id: &str, title: &str, category: &str| Entry {
        category: category.to_owned(),
        ..entry(id, Lang::Zh, title, "七点到二十点。")
    };
    let hidden = of("staff", "员工几点换班", "营业时间");
    let hidden =
        Entry { audience: domain::Audience { plans: vec!["staff".to_owned()], ..hidden.audience }, ..hidden };
    let entries = [of("hours", "你们几点开门", "门店/营业时间"), of("cake", "蛋糕能写字吗", "蛋糕"), hidden];
    let assistant = knowing(&entries);
    let said = assistant.answer(&turn("营业时间"), &mut |_| ());
    assert_eq!((said.trace.rung, said.trace.reason.as_str()), (domain::Rung::Suggest, "names_category"));
    assert_eq!(said.trace.used, ["hours".into()], "what is for others is not offered");
}

#[test]
fn who_gets_no_answer_hears_what_fits_what_they_said() {
    let assistant = knowing(&[entry("return", Lang::Zh, "怎么退货", "七天内可以退货。")]);
    let cases = [
        ("我穿170的睡衣，喜欢蓝色", domain::Rung::Smalltalk, "我记下了"),
        ("I wear size 8", domain::Rung::Smalltalk, "noted"),
        ("QH20261001", domain::Rung::Refuse, "这笔订单的情况我这里看不到"),
        ("订单2024011500123456，到哪了", domain::Rung::Refuse, "这笔订单的情况我这里看不到"),
        ("垃圾，再也不买了", domain::Rung::Refuse, "抱歉"),
        ("垃圾，再也不买了", domain::Rung::Refuse, "不想随便应付您"),
        ("明天天气怎么样", domain::Rung::Refuse, "没有可靠的答案"),
    ];
    for (text, rung, words) in cases {
        let said = assistant.answer(&turn(text), &mut |_| ());
        assert_eq!(said.trace.rung, rung, "{text}");
        assert!(said.content.text.contains(words), "{text}: {}", said.content.text);
    }
}
