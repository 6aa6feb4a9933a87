//! Broken files: what can be read is read, the rest is named with its line.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use crate::{lines, read, read_bytes, titled};

#[test]
fn a_broken_table_loses_only_its_broken_rows() {
    let harvest = read(&["broken.csv"]);

    let titles: Vec<_> = harvest
        .entries
        .iter()
        .flat_map(|entry| entry.texts.values().map(|text| text.title.as_str()))
        .collect();
    assert_eq!(titles, ["如何换货", "最后一行"]);
    assert_eq!(
        lines(&harvest.rejected),
        [
            (2, "", "3 cells, but the header has 2: put quotes around a cell that contains a separator"),
            (4, "", "not UTF-8: a character in cell 1 is broken"),
            (5, "answer", "is empty: a customer who asks this would get nothing"),
            (6, "question", "is empty: nobody could ask for this answer"),
            (9, "", "the quote opened on line 9 is never closed: nothing read from here on"),
        ]
    );
}

#[test]
fn broken_lines_of_json_fall_alone() {
    let harvest = read(&["broken.jsonl"]);

    assert_eq!(harvest.entries.len(), 2);
    assert_eq!(titled(&harvest, "最后一行").2.answer, "好的\n再见");
    let rejected: Vec<_> =
        lines(&harvest.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(
        rejected,
        [
            (2, ""),
            (4, "question"),
            (5, "answer"),
            (6, "phrasings"),
            (7, "lang"),
            (8, ""),
            (9, "question"),
            (10, ""),
            (11, "kind"),
            (12, "texts.zh.title"),
            (13, "texts.fr"),
            (14, "updated_at"),
            (15, ""),
        ]
    );
    assert_eq!(harvest.rejected[1].problem.en, "is a list; a text is wanted");
    assert!(harvest.rejected[12].problem.en.starts_with("not UTF-8"));
}

#[test]
fn the_marked_row_answers_and_the_others_are_kept_in_the_report() {
    let harvest = read(&["duplicates.jsonl"]);

    assert_eq!(harvest.entries.len(), 4);
    let (entry, _, text) = titled(&harvest, "怎么退货？");
    assert_eq!(text.answer, "最好的回答");
    assert!(entry.source.ends_with("duplicates.jsonl:2"));
    assert_eq!(titled(&harvest, "Where is my order?").2.answer, "In the app.");
    let aside = lines(&harvest.duplicates);
    assert_eq!(aside.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [1, 3, 5]);
    assert!(
        aside[0].2.contains("“第一个回答”") && aside[0].2.contains("duplicates.jsonl:2"),
        "{}",
        aside[0].2
    );
    assert!(aside[1].2.contains("“第三个回答”, asked as “退货”"), "{}", aside[1].2);
}

#[test]
fn a_row_without_id_repeats_one_with_an_id() {
    let rows = "{\"id\":\"r\",\"question\":\"怎么退货\",\"answer\":\"一\"}\n{\"question\":\"怎么退货？\",\"answer\":\"二\"}";
    let harvest = read_bytes("x.jsonl", rows.as_bytes());
    assert_eq!(harvest.entries.len(), 1);
    assert_eq!(harvest.duplicates[0].line, 2);
}

#[test]
fn sizes_are_limited_by_name() {
    let row = |question: &str, answer: &str, phrasings: Vec<String>| {
        serde_json::json!({"question": question, "answer": answer, "phrasings": phrasings}).to_string()
    };
    let rows = [
        row("长", &"长".repeat(200_001), vec![]),
        row("好", &"长".repeat(200_000), vec!["好".repeat(2_000)]),
        row("问法太长", "答", vec!["好".repeat(2_001)]),
        row("问法太多", "答", (0..501).map(|n| format!("问法{n}")).collect()),
    ];
    let harvest = read_bytes("x.jsonl", rows.join("\n").as_bytes());
    assert_eq!(harvest.entries.len(), 1);
    let rejected: Vec<_> =
        lines(&harvest.rejected).into_iter().map(|(line, field, _)| (line, field)).collect();
    assert_eq!(rejected, [(1, "answer"), (3, "phrasings"), (4, "phrasings")]);
}

#[test]
fn a_bomb_is_defused() {
    let pack = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).expect("packs");
        packed.finish().expect("packs")
    };
    let row = pack(b"{\"question\":\"q one\",\"answer\":\"a\"}\n");
    let zeros = pack(&vec![b'0'; 4 << 20]).repeat(80);
    let harvest = read_bytes("bomb.jsonl.gz", &[row, zeros].concat());

    assert_eq!(harvest.entries.len(), 1);
    assert_eq!(
        lines(&harvest.rejected),
        [(2, "", "not read from here on: more than 256 MiB unpacked; split the file")]
    );
}

#[test]
fn a_cut_archive_says_where_it_ends() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    for n in 0..100 {
        writeln!(packed, "{{\"question\":\"question {n}\",\"answer\":\"a\"}}").expect("packs");
    }
    let bytes = packed.finish().expect("packs");
    let harvest = read_bytes("cut.jsonl.gz", &bytes[..bytes.len() / 2]);
    assert!(harvest.entries.len() > 10);
    assert_eq!(harvest.rejected.len(), 1);
    assert!(harvest.rejected[0].problem.en.contains("damaged from here on"), "{}", harvest.rejected[0]);
}

#[test]
fn a_table_without_header_says_what_is_wanted() {
    let harvest = read_bytes("x.csv", "怎么退货,七天\n多久发货,两天\n".as_bytes());
    assert_eq!(harvest.entries, []);
    assert!(harvest.rejected[0].problem.en.contains("name the columns"), "{}", harvest.rejected[0]);
}

#[test]
fn a_crafted_header_costs_nothing() {
    let laughs = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\ntitle: 好\n";
    let harvest = read_bytes("laughs.md", format!("---\n{laughs}---\n正文").as_bytes());
    assert_eq!(titled(&harvest, "好").2.answer, "正文");
    let deep = format!("---\ntitle: {}\n---\n正文", "[".repeat(60_000));
    assert_eq!(read_bytes("deep.md", deep.as_bytes()).rejected.len(), 1);
    let deep = format!("---\n{}x\n---\n正文", "- ".repeat(30_000));
    assert_eq!(read_bytes("deep.md", deep.as_bytes()).rejected.len(), 1);
}
