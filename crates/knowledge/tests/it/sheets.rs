//! Workbooks of several sheets.

use domain::{Code, Lang};
use knowledge::import::product;

use crate::{documents::zipped, lines, now, read_bytes, titled};

/// A workbook of sheets, each a name and its rows; a cell that begins with `#` shows an error.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let each = |write: &dyn Fn(usize, &str) -> String| {
        sheets.iter().enumerate().map(|(at, (name, _))| write(at + 1, name)).collect::<String>()
    };
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>"#,
        each(&|at, name| format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#))
    );
    let links = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
        each(&|at, _| format!(
            r#"<Relationship Id="rId{at}" Target="worksheets/sheet{at}.xml"
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>"#
        ))
    );
    let pages: Vec<(String, String)> = sheets
        .iter()
        .enumerate()
        .map(|(at, (_, rows))| (format!("xl/worksheets/sheet{}.xml", at + 1), page(rows)))
        .collect();
    let top = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let mut members = vec![
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
    ];
    members.extend(pages.iter().map(|(name, page)| (name.as_str(), page.as_bytes())));
    zipped(&members)
}

fn page(rows: &[&[&str]]) -> String {
    let cell = |(at, text): (usize, &&str), row: usize| {
        let place = format!("{}{row}", ["A", "B", "C", "D"][at]);
        if text.starts_with('#') {
            format!(r#"<c r="{place}" t="e"><v>{text}</v></c>"#)
        } else {
            format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
        }
    };
    let row = |(at, cells): (usize, &&[&str])| {
        let cells: String = cells.iter().enumerate().map(|each| cell(each, at + 1)).collect();
        format!(r#"<row r="{}">{cells}</row>"#, at + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

#[test]
fn every_sheet_is_read_and_what_is_not_is_named() {
    let book = workbook(&[
        ("售后", &[&["问题", "答案"], &["怎么退货", "七天内"], &["能换吗", ""]]),
        ("Shop", &[&["Our hours"], &["question", "answer"], &["When do you open?", "At 7."]]),
        ("空", &[&[" ", ""]]),
        ("销量", &[&["月份", "金额"], &["五月", "#REF!"]]),
        ("测试", &[&["test", "expect"], &["怎么退货", "return"]]),
    ]);
    let harvest = read_bytes("faq.xlsx", &book);

    assert!(titled(&harvest, "怎么退货").0.source.ends_with("faq.xlsx/售后:2"));
    assert!(titled(&harvest, "When do you open?").0.source.ends_with("faq.xlsx/Shop:3"));
    assert_eq!((harvest.entries.len(), harvest.tests.len()), (2, 1));
    let [empty, unread] = harvest.rejected.as_slice() else { panic!("{:?}", harvest.rejected) };
    assert!(empty.file.ends_with("faq.xlsx/售后") && empty.line == 3, "{empty}");
    assert!(unread.file.ends_with("faq.xlsx/销量"), "{unread}");
    assert_eq!(unread.problem.code, Code::NoHeader);
    assert!(unread.problem.text(Lang::Zh).starts_with("工作表“销量”：没有读：找不到"), "{unread:?}");
}

#[test]
fn a_workbook_with_one_filled_sheet_is_its_own_place() {
    let filled: &[&[&str]] = &[&["问题", "答案"], &["怎么退货", "七天内"]];
    let harvest = read_bytes("faq.xlsx", &workbook(&[("Sheet1", filled), ("Sheet2", &[]), ("Sheet3", &[])]));
    assert_eq!(harvest.rejected, []);
    assert!(harvest.entries[0].source.ends_with("faq.xlsx:2"));

    let harvest = read_bytes("empty.xlsx", &workbook(&[("Sheet1", &[]), ("Sheet2", &[])]));
    assert_eq!(lines(&harvest.rejected).len(), 1, "{:?}", harvest.rejected);
}

#[test]
fn products_come_from_every_sheet_too() {
    let book = workbook(&[
        ("Bowls", &[&["id", "name", "price", "currency"], &["a", "Bowl", "1", "EUR"]]),
        ("Cups", &[&["id", "name", "price", "currency"], &["b", "Cup", "2", "EUR"]]),
    ]);
    let goods = product::read_upload("goods.xlsx", book, now()).unwrap();
    assert_eq!((goods.products.len(), goods.rejected), (2, vec![]));
}
