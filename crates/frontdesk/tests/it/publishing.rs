//! Drafts, test questions and versions on the command line, with a server and without.

use std::fs;

use crate::shop::Shop;

const TESTS: &str = "{\"test\":\"怎么退货\",\"expect\":\"return\"}\n{\"test\":\"明天天气怎么样\",\"expect\":\"must refuse\"}\n";

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("faq.jsonl", entry("签收后 7 天内可以退。") + TESTS);
    let told = shop.run(&["import", "faq.jsonl", "--data", "data"]).well();
    assert!(told.contains("1 new") && told.contains("test questions: 2"), "{told}");
    shop
}

fn entry(answer: &str) -> String {
    format!("{{\"id\":\"return\",\"question\":\"怎么退货\",\"answer\":\"{answer}\"}}\n")
}

#[test]
fn a_check_tells_by_its_exit_code_and_in_a_junit_file() {
    let shop = shop();
    let green = shop.run(&["check", "--data", "data", "--junit", "report.xml", "--json"]).json();
    assert_eq!((&green["passes"], &green["tests"], &green["replayed"]), (&true.into(), &2.into(), &0.into()));
    let junit = fs::read_to_string(shop.path("report.xml")).unwrap();
    assert!(junit.contains("tests=\"2\" failures=\"0\"") && junit.contains("name=\"怎么退货\"/>"), "{junit}");

    shop.write("more.jsonl", "{\"test\":\"你们卖飞机吗\",\"expect\":\"return\"}\n");
    shop.run(&["import", "more.jsonl", "--data", "data"]).well();
    for serving in [false, true] {
        let _server = serving.then(|| shop.serve());
        let red = shop.run(&["check", "--data", "data", "--junit", "report.xml"]);
        assert_eq!(red.code, Some(1), "{red:?}");
        assert!(red.out.contains("red: 你们卖飞机吗 → refuse, expected return"), "{red:?}");
        let junit = fs::read_to_string(shop.path("report.xml")).unwrap();
        assert!(junit.contains("failures=\"1\"") && junit.contains("expected return"), "{junit}");
    }
}

#[test]
fn an_import_as_drafts_is_checked_published_and_undone() {
    let shop = shop();
    let ask = || shop.run(&["ask", "怎么退货", "--data", "data"]).well().lines().next().unwrap().to_owned();
    shop.write("faq.jsonl", entry("签收后 30 天内可以退。"));
    let told = shop.run(&["import", "faq.jsonl", "--draft", "--data", "data", "--json"]).json();
    assert_eq!((&told["changed"], &told["draft"]), (&1.into(), &true.into()));
    assert_eq!(ask(), "签收后 7 天内可以退。");
    assert_eq!(shop.run(&["check", "--draft", "--data", "data", "--json"]).json()["drafts"], 1);

    let published = shop.run(&["publish", "--why", "春季新规定", "--data", "data"]).well();
    assert!(published.contains("at version 2"), "{published}");
    assert_eq!(ask(), "签收后 30 天内可以退。");
    let versions = shop.run(&["versions", "--data", "data"]).well();
    let lines: Vec<&str> = versions.lines().collect();
    assert!(lines.len() == 2 && lines[0].contains("publish  春季新规定"), "{versions}");
    let mut server = shop.serve();
    assert_eq!(shop.run(&["versions", "--data", "data"]).well(), versions, "the same through a server");
    shop.run(&["rollback", "1", "--entry", "return", "--why", "写错了", "--data", "data"]).well();
    assert_eq!(ask(), "签收后 7 天内可以退。");
    assert_eq!(server.stop(), Some(0));
    shop.run(&["rollback", "yesterday", "--data", "data"]).failed(2, &["yesterday", "2026-05-01T09:00:00Z"]);
    shop.run(&["rollback", "99", "--data", "data"]).failed(1, &["no such"]);
    shop.run(&["publish", "--data", "data"]).failed(1, &["no such draft"]);
    assert_eq!(shop.run(&["versions", "return", "--data", "data", "--json"]).well().lines().count(), 3);
}

#[test]
fn test_questions_go_out_and_come_back() {
    let shop = shop();
    shop.run(&["export", "knowledge", "--out", "all.jsonl", "--data", "data"]).well();
    let out = fs::read_to_string(shop.path("all.jsonl")).unwrap();
    assert!(TESTS.lines().all(|row| out.contains(row)), "{out}");
    shop.run(&["import", "all.jsonl", "--data", "other"]).well();
    assert_eq!(shop.run(&["check", "--data", "other", "--json"]).json()["tests"], 2);
    let bad = "{\"test\":\" \",\"expect\":\"x\"}\n{\"test\":7}\n";
    shop.write("bad.jsonl", bad);
    let told = shop.run(&["import", "bad.jsonl", "--data", "other", "--json"]).json();
    assert_eq!((&told["rejected"], &told["rejections"][1]["field"]), (&2.into(), &"test".into()));
}

#[test]
fn a_red_draft_is_published_by_nobody_without_a_reason() {
    let shop = shop();
    shop.write(
        "gone.jsonl",
        "{\"id\":\"return\",\"question\":\"怎么退货\",\"answer\":\"改。\",\"for_plans\":\"pro\"}\n",
    );
    shop.run(&["import", "gone.jsonl", "--draft", "--data", "data"]).well();
    let red = shop.run(&["check", "--draft", "--data", "data"]);
    assert!(red.code == Some(1) && red.out.contains("red (was right): 怎么退货"), "{red:?}");
    shop.run(&["publish", "--data", "data"]).failed(1, &["1 test questions are red"]);
    let server = shop.serve();
    shop.run(&["publish", "--data", "data"]).failed(1, &["1 test questions are red"]);
    shop.run(&["publish", "--override", "知道", "--data", "data"]).well();
    assert!(shop.run(&["versions", "--data", "data"]).well().contains("(red tests overridden: 知道)"));
    drop(server);
}
