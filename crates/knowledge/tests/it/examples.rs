//! Rows of a text and its intent.

use domain::IntentExample;
use knowledge::{
    export,
    import::{ExampleCounts, plan},
};

use crate::{lines, read_bytes};

fn example(intent: &str, text: &str) -> IntentExample {
    IntentExample::new(intent, text).unwrap()
}

#[test]
fn examples_stand_beside_entries_in_one_file() {
    let harvest = read_bytes(
        "both.jsonl",
        "{\"text\":\"怎么开发票\",\"intent\":\"invoice\",\"split\":\"train\"}\n\
         {\"question\":\"怎么退货\",\"answer\":\"七天\",\"intent\":\"x\",\"text\":\"y\"}\n\
         {\"text\":\" 怎么开发票\",\"intent\":\"invoice\"}\n\
         {\"text\":\"where is it\",\"intent\":\"delivery\"}\n"
            .as_bytes(),
    );

    assert_eq!(harvest.rejected, []);
    assert_eq!(harvest.entries.len(), 1, "what answers a question is an entry");
    assert_eq!(harvest.examples, [example("delivery", "where is it"), example("invoice", "怎么开发票")]);
}

#[test]
fn a_table_of_examples_is_read_whatever_its_separator() {
    for (name, table) in [
        ("a.csv", "text,intent\n怎么开发票,invoice\n\"one, two\",other\n"),
        ("b.csv", "意图;例句\ninvoice;怎么开发票\nother;one, two\n"),
        ("c.tsv", "Intent\tText\ninvoice\t怎么开发票\nother\tone, two\n"),
    ] {
        let harvest = read_bytes(name, table.as_bytes());
        assert_eq!((harvest.rejected, harvest.entries.len()), (vec![], 0), "{name}");
        assert_eq!(
            harvest.examples,
            [example("invoice", "怎么开发票"), example("other", "one, two")],
            "{name}"
        );
    }
}

#[test]
fn what_is_no_example_is_named_with_its_line() {
    let table = format!("text,intent\n,invoice\nfine,\n{},invoice\n", "长".repeat(501));
    let harvest = read_bytes("x.csv", table.as_bytes());
    let told: Vec<_> = lines(&harvest.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!((told, harvest.examples), (vec![(2, "text"), (3, "intent"), (4, "text")], vec![]));

    let rows = b"{\"text\":7,\"intent\":\"a\"}\n{\"text\":\"a\",\"intent\":null}\n";
    let harvest = read_bytes("x.jsonl", rows);
    let told: Vec<_> = lines(&harvest.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(told, [(1, "text"), (2, "intent")]);
}

#[test]
fn examples_go_out_and_come_in_again() {
    let all = [example("a", "\"quoted\", and 中文"), example("发票", "=1+1")];
    let mut file = Vec::new();
    export::examples(&all, &mut file).unwrap();
    let harvest = read_bytes("out.jsonl", &file);
    assert_eq!((harvest.rejected.as_slice(), harvest.examples.as_slice()), (&[][..], &all[..]));

    let plan = plan(harvest, |_| None).knowing(&all[..1]);
    assert_eq!(plan.counts().examples, ExampleCounts { new: 1, unchanged: 1 });
    assert!(plan.to_string().contains("examples of intents: 1 new, 1 unchanged"), "{plan}");
    assert_eq!(plan.examples.new, all[1..]);
}
