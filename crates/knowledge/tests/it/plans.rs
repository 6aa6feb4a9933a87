//! What an import would change, before it does.

use std::collections::HashMap;

use domain::{Entry, EntryId, Lang};
use knowledge::import::plan;

use crate::{read, read_bytes};

fn stored(entries: Vec<Entry>) -> HashMap<EntryId, Entry> {
    entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect()
}

#[test]
fn the_same_file_again_changes_nothing() {
    let first = read(&["faq_gb18030.csv", "maxkb.xlsx", "help", "duplicates.jsonl"]);
    let known = stored(first.entries.clone());
    let total = first.entries.len();

    let counts = plan(first, |id| known.get(id).cloned()).counts();

    assert_eq!((counts.new, counts.changed, counts.unchanged), (0, 0, total));
    // Three in the last file, and two questions that table and workbook share.
    assert_eq!(counts.duplicates, 5);
}

#[test]
fn a_changed_answer_shows_old_and_new() {
    let known = stored(read_bytes("x.csv", "问题,答案\n怎么退货,七天\n".as_bytes()).entries);
    let known = known
        .into_iter()
        .map(|(id, mut entry)| {
            entry.source = "desk:李雷".to_owned();
            (id, entry)
        })
        .collect::<HashMap<_, _>>();

    let next = read_bytes("x.csv", "问题,答案\n怎么退货？,十五天\n多久发货,两天\n".as_bytes());
    let plan = plan(next, |id| known.get(id).cloned());

    assert_eq!((plan.counts().new, plan.counts().changed), (1, 1));
    assert_eq!(plan.changed[0].old.texts[&Lang::Zh].answer, "七天");
    assert_eq!(plan.changed[0].new.texts[&Lang::Zh].answer, "十五天");
    assert!(plan.changed[0].is_edited_at_desk());
    let printed = plan.to_string();
    assert!(printed.starts_with("1 new, 1 changed, 0 unchanged, 0 rejected"), "{printed}");
    assert!(printed.contains("edited at the desk"), "{printed}");
}

#[test]
fn importing_one_language_leaves_the_other() {
    let zh =
        read_bytes("zh.jsonl", "{\"id\":\"pay\",\"question\":\"怎么付款\",\"answer\":\"微信\"}".as_bytes());
    let known = stored(zh.entries);
    let en = read_bytes("en.jsonl", b"{\"id\":\"pay\",\"question\":\"How to pay\",\"answer\":\"WeChat\"}");

    let plan = plan(en, |id| known.get(id).cloned());

    assert_eq!(plan.changed[0].new.texts.len(), 2);
}

#[test]
fn the_json_of_a_plan_counts_and_names_every_line() {
    let plan = plan(read(&["broken.csv"]), |_| None);
    let json = serde_json::to_value(plan.summary()).expect("serialises");
    assert_eq!((&json["new"], &json["rejected"]), (&2.into(), &5.into()));
    assert_eq!(json["rejections"][1]["line"], 4);
}
