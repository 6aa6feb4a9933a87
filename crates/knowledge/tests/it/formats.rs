//! Every kind of file, as people's programs write it.

use domain::{EntryId, Kind, Lang};
use knowledge::import::{self, ImportError};

use crate::{fixture, now, read, read_bytes, titled};

#[test]
fn a_table_from_chinese_excel_is_read() {
    let harvest = read(&["faq_gb18030.csv"]);

    assert_eq!(harvest.rejected, []);
    assert_eq!(harvest.entries.len(), 3);
    let (entry, lang, text) = titled(&harvest, "怎么退货？");
    assert_eq!(lang, Lang::Zh);
    assert_eq!(entry.category, "售后");
    assert_eq!(text.answer, "收到商品七天内可以退货。\n请先在订单页申请，再寄回商品。");
    assert_eq!(text.phrasings, ["如何退货", "我要退货", "退货流程"]);
    assert!(entry.id.as_str().starts_with("q-") && entry.id.as_str().len() == 14);
    let (rare, _, text) = titled(&harvest, "支持鎏金刻字服务吗？");
    assert!(text.answer.contains('𠮷'));
    assert!(rare.source.ends_with("faq_gb18030.csv:5"), "{}", rare.source);
}

#[test]
fn a_mark_and_semicolons_do_not_matter() {
    let harvest = read(&["faq_bom_semicolon.csv"]);

    let (entry, lang, text) = titled(&harvest, "How do I return an item?");
    assert_eq!(lang, Lang::En);
    assert_eq!(text.answer, "Within 7 days; start it on the order page.");
    assert_eq!(entry.tags, ["returns", "refunds"]);
    assert!(titled(&harvest, "When do you ship?").0.source.ends_with(":4"));
}

#[test]
fn unicode_text_from_excel_is_read() {
    let harvest = read(&["faq_utf16.tsv"]);
    assert_eq!(titled(&harvest, "能开发票吗？").2.answer, "可以，下单时填写抬头。");
}

#[test]
fn a_maxkb_workbook_is_read() {
    let harvest = read(&["maxkb.xlsx"]);

    let (entry, _, text) = titled(&harvest, "退货");
    assert_eq!(text.phrasings, ["怎么退货", "如何退货"]);
    assert_eq!(text.answer, "收到商品七天内可以退货。\n请先申请。");
    assert!(entry.source.ends_with("maxkb.xlsx/问答:3"), "{}", entry.source);
    // Without a title the first way to ask is the question.
    assert_eq!(titled(&harvest, "多久发货").2.phrasings, ["什么时候发货", "发货时间"]);
    assert_eq!(titled(&harvest, "客服电话").2.answer, "4006");
    let (note, rows) = harvest.rejected.split_first().unwrap();
    assert!(note.problem.en.starts_with("sheet `说明`: nothing read"), "{note}");
    let rejected: Vec<_> = rows.iter().map(|remark| (remark.line, remark.problem.en.as_str())).collect();
    assert_eq!(
        rejected,
        [
            (5, "a cell shows the error #DIV/0!; mend its formula"),
            (6, "is empty: a customer who asks this would get nothing"),
        ]
    );
}

#[test]
fn a_folder_of_articles_is_read_in_order() {
    let harvest = read(&["help"]);

    let ids: Vec<_> = harvest.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["returns", "会员-等级"]);
    let returns = &harvest.entries[0];
    assert_eq!(returns.kind, Kind::Article);
    assert_eq!(returns.category, "after-sales");
    assert_eq!(returns.tags, ["returns", "refunds"]);
    assert_eq!(returns.updated_at.to_string(), "2026-03-01T08:00:00Z");
    assert_eq!(returns.texts[&Lang::En].title, "Returns: how they work");
    assert_eq!(returns.texts[&Lang::Zh].answer, "## 期限\n\n签收后七天内。");
    let levels = &harvest.entries[1].texts[&Lang::Zh];
    assert_eq!((levels.title.as_str(), levels.answer.lines().next()), ("会员等级", Some("积分满一千升级。")));
    assert_eq!(harvest.rejected.len(), 1);
    assert_eq!(harvest.rejected[0].line, 2);
    assert!(harvest.rejected[0].file.ends_with("坏的.md"));
}

#[test]
fn links_in_a_folder_are_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), "# A\n\ntext").expect("a file");
    std::os::unix::fs::symlink(fixture("help"), folder.path().join("out")).expect("a link");
    std::os::unix::fs::symlink(fixture("broken.jsonl"), folder.path().join("b.jsonl")).expect("a link");

    let harvest = import::read(&[folder.path().to_owned()], now()).expect("readable");

    assert_eq!(harvest.entries.len(), 1);
    assert_eq!(harvest.rejected.len(), 1);
}

#[test]
fn two_languages_of_one_id_are_one_entry() {
    let rows = "{\"id\":\"pay\",\"question\":\"怎么付款\",\"answer\":\"用微信\",\"category\":\"支付\"}\n\
                {\"id\":\"pay\",\"question\":\"How do I pay?\",\"answer\":\"With WeChat.\"}\n";
    let harvest = read_bytes("both.jsonl", rows.as_bytes());

    assert_eq!(harvest.entries.len(), 1);
    assert_eq!(harvest.entries[0].id, EntryId::from("pay"));
    assert_eq!(harvest.entries[0].category, "支付");
    assert_eq!(harvest.entries[0].texts[&Lang::En].answer, "With WeChat.");
    assert_eq!(harvest.entries[0].texts[&Lang::Zh].answer, "用微信");
}

#[test]
fn fastgpt_and_numbered_columns_are_known() {
    let table = "Q,A,相似问1,相似问2\n怎么退货,七天内,如何退货,我要退货\n";
    let harvest = read_bytes("fastgpt.csv", table.as_bytes());
    assert_eq!(titled(&harvest, "怎么退货").2.phrasings, ["如何退货", "我要退货"]);
}

#[test]
fn a_file_that_nobody_knows_is_an_error() {
    let unknown = import::read(&[fixture("help/notes.rtf")], now());
    assert!(matches!(unknown, Err(ImportError::UnknownKind { .. })));
    let missing = import::read(&[fixture("missing.csv")], now());
    assert!(matches!(missing, Err(ImportError::Unreadable { .. })));
}

#[test]
fn columns_that_name_a_language_make_one_entry_of_both() {
    let table = "编号,分类,问题,答案,其他问法,question_en,answer_en,英文其他问法\n\
                 hours,门店,几点开门？,7 点。,几点营业|早上开吗,When do you open?,At 7.,opening hours\n\
                 seats,门店,能坐吗？,8 个座位。,,,,\n";
    let harvest = read_bytes("bakery.csv", table.as_bytes());

    assert_eq!(harvest.rejected, []);
    let (entry, _, text) = titled(&harvest, "几点开门？");
    assert_eq!(text.phrasings, ["几点营业", "早上开吗"]);
    assert_eq!(entry.texts[&Lang::En].answer, "At 7.");
    assert_eq!(entry.texts[&Lang::En].phrasings, ["opening hours"]);
    assert_eq!(titled(&harvest, "能坐吗？").0.texts.len(), 1, "what is not written in English is not there");

    let named = "问题（中文）,答案（中文）,问题（英文）,答案（英文）\n怎么付款,用微信,How do I pay?,\n";
    let harvest = read_bytes("named.csv", named.as_bytes());
    assert_eq!(harvest.rejected[0].field.as_deref(), Some("en.answer"), "{:?}", harvest.rejected);
}

#[test]
fn columns_that_nothing_is_read_from_are_named() {
    let table = "问题,答案,浏览量,备注\n几点开门？,7 点。,12,改过\n";
    let harvest = read_bytes("more.csv", table.as_bytes());

    assert_eq!(titled(&harvest, "几点开门？").2.answer, "7 点。");
    let [remark] = harvest.rejected.as_slice() else { panic!("{:?}", harvest.rejected) };
    assert_eq!((remark.line, remark.problem.code), (1, domain::Code::Unused));
    assert_eq!(remark.problem.zh, "没有读这些列：浏览量、备注；其余的照常读");
}
