//! Commands, their results, and how they fail.

use crate::shop::Shop;

#[test]
fn wrong_usage_is_2_and_a_failed_job_is_1() {
    let shop = Shop::new();
    shop.run(&[]).failed(2, &["Usage: frontdesk <COMMAND>"]);
    shop.run(&["dance"]).failed(2, &["dance"]);
    shop.run(&["import"]).failed(2, &["<PATHS>"]);
    shop.run(&["export", "everything", "--out", "x"]).failed(2, &["everything", "knowledge"]);
    shop.run(&["demo", "--port", "99999"]).failed(2, &["99999"]);
    shop.run(&["import", "nobody.csv", "--data", "data"]).failed(1, &["nobody.csv", "No such file"]);
    shop.run(&["doctor", "--config", "nobody.toml"]).failed(1, &["nobody.toml"]);
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let shop = Shop::new();
    let commands = shop.run(&["--help"]).well();
    for name in [
        "demo", "serve", "import", "export", "check", "publish", "versions", "rollback", "ask", "eval",
        "train", "sign-in", "backup", "restore", "doctor",
    ] {
        assert!(commands.contains(name));
        let help = shop.run(&[name, "--help"]).well();
        assert!(help.contains(&format!("frontdesk {name}")) && help.contains("Example:"), "{help}");
    }
}

#[test]
fn a_setting_that_does_not_exist_is_named() {
    let shop = Shop::new();
    shop.write("frontdesk.toml", "[limits]\nmesage_chars = 5\n");
    shop.run(&["doctor", "--data", "data"]).failed(1, &["mesage_chars", "frontdesk.toml"]);
    shop.write("frontdesk.toml", "[limits\n");
    shop.run(&["doctor", "--data", "data"]).failed(1, &["frontdesk.toml"]);
    shop.write(
        "frontdesk.toml",
        "[channels.shop]\nkind = \"echo\"\nsecret = \"guess\"\ncallback = \"http://x/\"\n",
    );
    shop.run(&["doctor", "--data", "data"]).failed(1, &["[channels.shop]", "openssl rand"]);
}

#[test]
fn what_was_learnt_lies_beside_the_database_and_may_be_deleted_or_damaged() {
    let shop = Shop::that_knows();
    let ask = || shop.run(&["ask", "怎么退货", "--data", "data", "--json"]).json()["text"].clone();
    let first = ask();
    let kept = shop.path("data/learnt/meanings");
    assert!(kept.metadata().expect("it was kept").len() > 16);
    for damaged in [b"rubbish".to_vec(), vec![0; 7], Vec::new()] {
        std::fs::write(&kept, &damaged).unwrap();
        assert_eq!(ask(), first);
        assert_ne!(std::fs::read(&kept).unwrap(), damaged, "it was learnt and kept again");
    }
    std::fs::remove_dir_all(shop.path("data/learnt")).unwrap();
    assert_eq!(ask(), first);
}

#[test]
fn importing_is_a_diff_and_safe_to_run_again() {
    let shop = Shop::new();
    shop.write("faq.csv", "question,answer\n怎么退货,签收后 7 天内可以退。\n怎么退货,另一个回答\n,没有问题\n运费多少,满 99 元包邮。\n");
    let import = |extra: &[&str]| shop.run(&[&["import", "faq.csv", "--data", "data"], extra].concat());
    let counts = |told: &serde_json::Value| {
        ["new", "changed", "unchanged", "rejected", "duplicates"].map(|name| told[name].as_i64().unwrap())
    };

    let planned = import(&["--dry-run", "--json"]).json();
    assert_eq!((counts(&planned), &planned["dry_run"]), ([2, 0, 0, 1, 1], &true.into()));
    assert_eq!(counts(&import(&["--json"]).json()), [2, 0, 0, 1, 1], "the dry run changed nothing");
    let again = import(&["--json"]).json();
    assert_eq!(counts(&again), [0, 0, 2, 1, 1]);
    assert_eq!(
        (&again["rejections"][0]["file"], &again["rejections"][0]["line"]),
        (&"faq.csv".into(), &4.into())
    );

    shop.write("faq.csv", "question,answer\n怎么退货,签收后 30 天内可以退。\n运费多少,满 99 元包邮。\n");
    assert_eq!(counts(&import(&["--json"]).json()), [0, 1, 1, 0, 0]);
    let told = import(&[]).well();
    assert!(told.contains("0 new, 0 changed, 2 unchanged"), "{told}");
    assert_eq!(
        shop.run(&["ask", "怎么退货", "--data", "data"]).well().lines().next(),
        Some("签收后 30 天内可以退。")
    );
}

#[test]
fn an_import_reports_in_the_language_of_the_terminal_and_to_programs_by_codes() {
    let shop = Shop::new();
    shop.write(
        "faq.csv",
        "question,answer\n怎么退货,签收后 7 天内可以退。\n怎么退货,另一个回答\n运费多少,\n",
    );
    let import = ["import", "faq.csv", "--data", "data", "--dry-run"];
    let told = shop.run_in_chinese(&import).well();
    assert_eq!(
        told.lines().collect::<Vec<_>>()[..2],
        [
            "新增 1 条，改动 0 条，不变 0 条，没有导入 1 条，重复放在一边 1 条",
            "没有导入：faq.csv:4（答案）：没有填：顾客问到了也得不到回答",
        ]
    );
    assert!(told.lines().nth(2).is_some_and(|line| line.starts_with("放在一边：faq.csv:3：“怎么退货”")));
    let told = shop.run(&import).well();
    let rejected = "rejected: faq.csv:4 (answer): is empty: a customer who asks this would get nothing";
    assert!(told.contains(rejected), "{told}");
    let json = shop.run_in_chinese(&[&import[..], &["--json"]].concat()).json();
    assert_eq!(json["rejections"][0]["code"], "empty");
    assert_eq!(json["set_aside"][0]["code"], "set_aside");
    shop.write("notes.xyz", "?");
    let unknown = shop.run_in_chinese(&["import", "notes.xyz", "--data", "data"]);
    unknown.failed(1, &["不认识 notes.xyz 这种文件"]);
}

#[test]
fn knowledge_that_is_exported_and_imported_is_the_same() {
    let shop = Shop::that_knows();
    shop.write(
        "policy.md",
        "---\nid: warranty\n---\n# 保修政策\n\n## 范围\n\n一年，<b>不含</b>人为损坏。\n\n- 碗\n- 杯\n",
    );
    shop.run(&["import", "policy.md", "--data", "data"]).well();
    shop.run(&["export", "knowledge", "--out", "first.jsonl", "--data", "data"]).well();
    shop.run(&["import", "first.jsonl", "--data", "other"]).well();
    shop.run(&["export", "knowledge", "--out", "second.jsonl", "--data", "other"]).well();

    let entries = |name: &str| {
        let entry = |line: &str| {
            let mut entry: serde_json::Value = serde_json::from_str(line).unwrap();
            // Where and when it came in differs; what it says does not.
            entry.as_object_mut().unwrap().retain(|name, _| name != "source" && name != "updated_at");
            entry
        };
        shop.read(name).lines().map(entry).collect::<Vec<_>>()
    };
    assert_eq!(entries("first.jsonl").len(), 3);
    assert_eq!(entries("first.jsonl"), entries("second.jsonl"));
    let again = shop.run(&["import", "first.jsonl", "--data", "data", "--json"]).json();
    assert_eq!((&again["unchanged"], &again["changed"]), (&3.into(), &0.into()));

    shop.run(&["export", "all", "--out", "everything", "--data", "data"]).well();
    assert!(
        shop.path("everything/knowledge.jsonl").exists()
            && shop.path("everything/conversations.jsonl").exists()
    );
    shop.run(&["export", "knowledge", "--out", "no/such/folder.jsonl", "--data", "data"])
        .failed(1, &["no/such/folder.jsonl"]);
}

#[test]
fn examples_of_intents_come_in_and_go_out_with_the_knowledge() {
    let shop = Shop::that_knows();
    shop.write(
        "intents.jsonl",
        "{\"text\":\"怎么开发票\",\"intent\":\"发票\"}\n{\"text\":\"I need an invoice\",\"intent\":\"发票\"}\n{\"text\":\"\",\"intent\":\"发票\"}\n",
    );
    let import = |file: &str, data: &str, extra: &[&str]| {
        shop.run(&[&["import", file, "--data", data, "--json"], extra].concat()).json()
    };
    let counts = |told: &serde_json::Value| {
        (told["examples"]["new"].as_i64().unwrap(), told["examples"]["unchanged"].as_i64().unwrap())
    };
    let planned = import("intents.jsonl", "data", &["--dry-run"]);
    assert_eq!((counts(&planned), &planned["rejections"][0]["line"]), ((2, 0), &3.into()));
    assert_eq!(counts(&import("intents.jsonl", "data", &[])), (2, 0), "the dry run changed nothing");
    assert_eq!(counts(&import("intents.jsonl", "data", &[])), (0, 2));
    let told = shop.run(&["import", "intents.jsonl", "--data", "data"]).well();
    assert!(
        told.contains("examples of intents: 0 new, 2 unchanged") && told.contains("intents.jsonl:3"),
        "{told}"
    );

    let server = shop.serve();
    shop.run(&["export", "knowledge", "--out", "through.jsonl", "--data", "data"]).well();
    assert_eq!(counts(&import("through.jsonl", "data", &[])), (0, 2), "also through a server");
    drop(server);
    shop.run(&["export", "knowledge", "--out", "first.jsonl", "--data", "data"]).well();
    assert_eq!(shop.read("first.jsonl"), shop.read("through.jsonl"));
    let back = import("first.jsonl", "other", &[]);
    assert_eq!((counts(&back), &back["new"], &back["rejected"]), ((2, 0), &2.into(), &0.into()));
    shop.run(&["export", "all", "--out", "everything", "--data", "other"]).well();
    assert!(shop.read("everything/knowledge.jsonl").contains("I need an invoice"));
}

#[test]
fn conversations_are_exported_without_personal_data_unless_the_owner_asks() {
    let shop = Shop::that_knows();
    let said = "我叫李雷，电话13812345678，住杭州市西湖区文三路100号，订单2024011500123456怎么退货";
    shop.run(&["ask", said, "--data", "data"]).well();
    let exported = |extra: &[&str]| {
        let export = ["export", "conversations", "--out", "talks.jsonl", "--data", "data"];
        shop.run(&[&export, extra].concat()).well();
        shop.read("talks.jsonl")
    };
    let masked = exported(&[]);
    assert!(
        masked.contains("我叫<NAME>，电话<PHONE>，住<ADDRESS>，订单2024011500123456怎么退货"),
        "{masked}"
    );
    assert!(!masked.contains("13812345678"), "{masked}");
    assert!(exported(&["--with-personal-data"]).contains(said));
    assert!(shop.run(&["export", "--help"]).well().contains("--with-personal-data"));
}

#[test]
fn a_question_is_asked_without_a_server() {
    let shop = Shop::that_knows();
    let told = shop.run(&["ask", "怎么退货", "--data", "data"]).well();
    assert_eq!(told, "签收后 7 天内可以退。\n  ← 怎么退货\n");
    let answer = shop.run(&["ask", "怎么退货", "--data", "data", "--json"]).json();
    for field in [
        "rung",
        "text",
        "entry_ids",
        "sources",
        "suggestions",
        "confidence",
        "intent",
        "language",
        "sentiment",
        "trace_id",
        "latency_us",
    ] {
        assert!(answer.get(field).is_some(), "{field} is missing in {answer}");
    }
    assert_eq!((&answer["rung"], &answer["entry_ids"]), (&"exact".into(), &serde_json::json!(["returns"])));
    let unknown = shop.run(&["ask", "量子纠缠是什么", "--data", "data", "--json"]).json();
    assert_eq!(unknown["rung"], "refuse");

    let go_on =
        |question| shop.run(&["ask", question, "--conversation", "c-1", "--data", "data", "--json"]).json();
    let (first, second) = (go_on("怎么退货"), go_on("How do I pay?"));
    assert_eq!(first["conversation"], second["conversation"]);
    assert_eq!(go_on("转人工")["rung"], "handover");
}

#[test]
fn a_sign_in_link_is_printed_without_a_server() {
    let shop = Shop::new();
    let link = shop.run(&["sign-in", "--data", "data"]).well();
    assert!(link.starts_with("http://127.0.0.1:") && link.contains("/desk/sign-in?token="), "{link}");
}
