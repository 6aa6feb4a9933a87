//! Tables as shops keep them: what a row says in two languages, test questions, days.

use domain::{Code, Lang, TestQuestion};

use crate::{lines, read_bytes, titled};

#[test]
fn a_row_that_lacks_one_answer_keeps_its_other_language() {
    let table = "问题（中文）,问题（英文）,答案（中文）,答案（英文）\n\
                 有企业培训吗,Do you train companies,有，10人起。,\n\
                 能试听吗,,可以。,Yes.\n\
                 ,How do I pay?,,\n";
    let harvest = read_bytes("courses.csv", table.as_bytes());

    assert_eq!(harvest.entries.len(), 2);
    for (title, answer) in [("有企业培训吗", "有，10人起。"), ("能试听吗", "可以。")] {
        let (entry, lang, text) = titled(&harvest, title);
        assert_eq!((lang, text.answer.as_str(), entry.texts.len()), (Lang::Zh, answer, 1));
    }
    let half =
        "is empty: the English half of this row is left out, the other is taken; fill it in and import again";
    let whole = "is empty: a customer who asks this would get nothing";
    let told = [(2, "en.answer", half), (3, "en.question", half), (4, "en.answer", whole)];
    assert_eq!(lines(&harvest.rejected), told);
    assert!(harvest.rejected[0].told(Lang::Zh).contains("（英文 · 答案）：没有填：这一行的英文没有收下"));
}

#[test]
fn test_questions_stand_in_tables_too() {
    let all = |rows: &str| {
        let rows = rows.lines().map(|row| serde_json::from_str::<TestQuestion>(row).unwrap());
        rows.collect::<Vec<_>>()
    };
    let tests = all(
        "{\"test\":\"天气怎么样\",\"expect\":\"must refuse\"}\n{\"test\":\"怎么退货\",\"expect\":\"return\"}",
    );
    for (name, table) in [
        ("a.csv", "test,expect\n怎么退货,return\n天气怎么样,must refuse\n"),
        ("b.tsv", "测试题\t应答条目\n怎么退货\treturn\n天气怎么样\t拒答\n"),
    ] {
        let harvest = read_bytes(name, table.as_bytes());
        assert_eq!((harvest.rejected, harvest.tests.as_slice()), (vec![], tests.as_slice()), "{name}");
    }

    let of_someone = read_bytes("c.csv", b"expect;plan;test\nshipping;pro;delivery\nx;;\n");
    assert_eq!(of_someone.tests, all(r#"{"test":"delivery","expect":"shipping","plan":"pro"}"#));
    let [remark] = of_someone.rejected.as_slice() else { panic!("{:?}", of_someone.rejected) };
    assert_eq!((remark.line, remark.field.as_deref(), remark.problem.code), (3, Some("test"), Code::TooLong));
}

#[test]
fn phrasings_are_parted_by_semicolons_of_either_script() {
    let table = "问题,答案,相似问法\n几点开门,7 点,几点营业;早上开吗；营业时间\n";
    let harvest = read_bytes("hours.csv", table.as_bytes());
    assert_eq!(titled(&harvest, "几点开门").2.phrasings, ["几点营业", "早上开吗", "营业时间"]);
}

#[test]
fn an_answer_holds_to_the_end_of_its_last_day() {
    let valid = |day: &str| {
        let table = format!("question,answer,valid_from,valid_until\nSale?,Half price.,{day},{day}\n");
        let valid = titled(&read_bytes("sale.csv", table.as_bytes()), "Sale?").0.valid;
        [valid.from, valid.until].map(|at| at.unwrap().to_string())
    };
    for day in ["2026-12-01", "2026/12/1", "2026年12月1日", "2026年12月1号"] {
        assert_eq!(valid(day), ["2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"], "{day}");
    }
    // What names the hour ends at that hour.
    assert_eq!(valid("2026-12-01T09:00:00Z"), ["2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z"]);
}

#[test]
fn two_columns_of_one_meaning_in_two_languages_are_both_read() {
    for header in [
        "问题,Question,回答,Answer",
        "标准问题,Q,标准答案,Reply",
        "标题,Title,内容,Content",
        "问题,Question,中文答案,英文答案",
        "问题,question_en,中文答案,answer_en",
        "question,英文问题,答案（中文）,答案（英文）",
    ] {
        let table = format!("{header}\n几点开门？,When do you open?,7 点。,At 7.\n只有中文,,就这样。,\n");
        let harvest = read_bytes("bakery.csv", table.as_bytes());

        assert_eq!(harvest.rejected, [], "{header}");
        let (entry, lang, text) = titled(&harvest, "几点开门？");
        assert_eq!((lang, text.answer.as_str()), (Lang::Zh, "7 点。"), "{header}");
        let english = &entry.texts[&Lang::En];
        assert_eq!(
            (english.title.as_str(), english.answer.as_str()),
            ("When do you open?", "At 7."),
            "{header}"
        );
        assert_eq!(titled(&harvest, "只有中文").0.texts.len(), 1, "{header}");
    }
}

#[test]
fn phrasings_go_with_the_language_of_their_column() {
    let table = "问题,Question,回答,Answer,相似问法,Phrasings,英文其他问法\n\
                 几点开门,When do you open,7 点。,At 7.,几点营业;早上开吗,opening hours,hours\n";
    let texts = &read_bytes("bakery.csv", table.as_bytes()).entries[0].texts;
    assert_eq!(texts[&Lang::Zh].phrasings, ["几点营业", "早上开吗"]);
    assert_eq!(texts[&Lang::En].phrasings, ["hours", "opening hours"]);
}

#[test]
fn a_title_beside_a_question_is_no_other_language() {
    let table = "title,content,问题,答案\n门店,长长的正文,几点开门,7 点。\n";
    let harvest = read_bytes("help.csv", table.as_bytes());
    assert_eq!((harvest.entries.len(), harvest.entries[0].texts.len()), (1, 1));
    assert_eq!(harvest.rejected[0].problem.zh, "没有读这些列：title、content；其余的照常读");

    let beside = "标题,中文问题,中文答案\n门店,几点开门,7 点。\n";
    let harvest = read_bytes("help.csv", beside.as_bytes());
    assert_eq!(titled(&harvest, "几点开门").2.answer, "7 点。");
    assert_eq!(harvest.rejected[0].problem.zh, "没有读这些列：标题；其余的照常读");
}

#[test]
fn the_same_names_mean_the_same_in_json() {
    let row = r#"{"问题":"几点开门","Question":"When do you open","回答":"7 点。","Answer":"At 7."}"#;
    let harvest = read_bytes("bakery.jsonl", row.as_bytes());
    assert_eq!((harvest.rejected, harvest.entries[0].texts.len()), (vec![], 2));
}
