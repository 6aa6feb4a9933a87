//! Whatever an import has to say, it says in Chinese and in English.

use std::collections::BTreeSet;

use domain::{Lang, Said};
use knowledge::import::{self, Remark, WebPage, product, purchase, sitemap::sitemap};

use crate::{
    documents::{png, word, zipped},
    now,
    pdfs::Pdf,
    read, read_bytes,
};

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// A message without what it quotes, and without the names that columns may have.
fn own_words(en: &str) -> String {
    let mut open = None;
    let mut words = String::new();
    for c in en
        .split(" (编号")
        .next()
        .unwrap()
        .split(" (订单号")
        .next()
        .unwrap()
        .split(" (问题")
        .next()
        .unwrap()
        .chars()
    {
        match (open, c) {
            (None, '“') => open = Some('”'),
            (None, '`') => open = Some('`'),
            (None, c) => words.push(c),
            (Some(end), c) if c == end => open = None,
            (Some(_), _) => {}
        }
    }
    words
}

fn speaks_both(said: &Said) {
    assert!(said.zh.chars().any(is_han), "no Chinese: {said:?}");
    assert!(!own_words(&said.en).chars().any(is_han), "Chinese in English: {said:?}");
    assert!(!said.en.trim().is_empty() && said.en != said.zh, "{said:?}");
}

/// Files that are broken in every way we know.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let plain: [(&str, &[u8]); 23] = [
        ("cut.jsonl.gz", b"\x1f\x8b\x08\x00"),
        ("none.csv", b"how,seven\n"),
        ("time.csv", b"question,answer,valid_until\nq,a,yesterday\n"),
        ("x.xlsx", b"no workbook"),
        ("old.docx", b"\xd0\xcf\x11\xe0"),
        ("x.docx", b"no archive"),
        ("x.pdf", b"nothing"),
        ("y.pdf", b"%PDF-1.4 nothing"),
        ("locked.pdf", b"%PDF-1.4 trailer << /Encrypt 3 0 R >>"),
        (
            "empty.pdf",
            b"%PDF-1.4 1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /Kids [] >> endobj trailer << /Root 1 0 R >>",
        ),
        ("x.zip", b"no archive"),
        ("x.txt", b"a\0b"),
        ("y.txt", b"abc \xff\xff"),
        ("x.html", b"<nav></nav>"),
        ("x.md", b"# only a title"),
        ("y.md", b"abc \xff\xff"),
        ("z.md", b"---\nlocale: fr\n---\ntext"),
        ("front.md", b"---\n- a\n---\ntext"),
        ("yaml.md", b"---\ntitle: \"x\n---\ntext"),
        ("date.md", b"---\nupdated_at: soon\n---\ntext"),
        ("quote.csv", b"question,answer\nq,\"never closed\n"),
        ("wide.csv", b"question,answer\nq,a,b,c\n"),
        ("list.jsonl", b"[1]\nno json\n"),
    ];
    let made = [
        ("rows.jsonl", ROWS.join("\n").into_bytes()),
        ("long.csv", format!("question,answer\n{},a\n", "x".repeat(200_001)).into_bytes()),
        ("tags.csv", format!("question,answer,tags\nq,a,{}\n", "t|".repeat(501)).into_bytes()),
        ("y.xlsx", zipped(&[("x", b"y")])),
        ("y.docx", zipped(&[("x", b"y")])),
        ("z.docx", zipped(&[("word/document.xml", b"\xff\xff")])),
        ("empty.docx", word("<w:p/>")),
        ("pages.pdf", pages()),
        ("members.zip", members()),
    ];
    plain.map(|(name, bytes)| (name, bytes.to_vec())).into_iter().chain(made).collect()
}

const ROWS: [&str; 18] = [
    r#"{"picture": "x.png", "base64": "?"}"#,
    r#"{"picture": "x.png", "base64": ""}"#,
    r#"{"picture": "x.png", "base64": 3}"#,
    r#"{"text": "hello", "intent": ""}"#,
    r#"{"text": "", "intent": "greeting"}"#,
    r#"{"text": 3, "intent": "greeting"}"#,
    r#"{"test": ""}"#,
    r#"{"test": 3}"#,
    r#"{"test": "x", "region": 3}"#,
    r#"{"question": "q", "answer": "a", "lang": "fr"}"#,
    r#"{"question": "q", "answer": "a", "id": true}"#,
    r#"{"texts": 3}"#,
    r#"{"texts": {}}"#,
    r#"{"texts": {"zh": 3}}"#,
    r#"{"texts": {"zh": {"title": "q", "phrasings": "x", "answer": "a"}}}"#,
    r#"{"id": "one", "kind": "article", "texts": {"en": {"title": "q", "answer": "a"}}}"#,
    r#"{"id": "one", "texts": {"en": {"title": "q", "answer": "a"}}}"#,
    r#"{"valid": 3, "texts": {"en": {"title": "q", "answer": "a"}}}"#,
];

/// A document whose pages are damaged, a picture, and blank.
fn pages() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let damaged = pdf.stream("/Filter /FlateDecode", b"never packed");
    let picture = pdf.stream("/Filter /DCTDecode", b"jpeg");
    pdf.page("BT /F1 12 Tf 72 700 Td (Press the button.) Tj ET").page_of(damaged).page_of(picture).page("");
    pdf.bytes("")
}

/// An archive of what is not taken.
fn members() -> Vec<u8> {
    zipped(&[
        ("../up.md", b"# t\n\ntext"),
        ("a.png", &png(b"a")),
        ("b.png", b"MZ"),
        ("c.png", &png(b"c")[..20]),
        ("d.svg", b"<svg/>"),
        ("bomb.txt", &vec![b'0'; 8 << 20]),
        ("inner.zip", &zipped(&[("ok.md", b"# t\n\ntext")])),
        ("setup.exe", b"MZ"),
        ("shows.md", b"# t\n\n![x](nowhere.png)"),
    ])
}

/// All that is said of them.
fn remarks() -> Vec<Remark> {
    let mut all = read(&["broken.csv", "broken.jsonl", "duplicates.jsonl", "help"]);
    all.rejected.append(&mut all.duplicates);
    for (name, bytes) in broken() {
        let harvest = read_bytes(name, &bytes);
        assert!(!harvest.rejected.is_empty(), "{name} is taken without a word");
        all.rejected.extend(harvest.rejected);
    }
    let page = WebPage { url: "https://a.example/x", content_type: "image/png", body: b"\x89PNG" };
    all.rejected.extend(import::page(&page, now()).rejected);
    all.rejected.extend(goods());
    all.rejected
}

/// The same of products and orders.
fn goods() -> Vec<Remark> {
    let long = "x".repeat(300);
    let table = format!(
        "id,name,lang,price,url,currency\n,Bowl,en,1,,\na,,en,1,,\na,Bowl,fr,1,,\nb,Bowl,en,cheap,,\nc,Bowl,en,1,ftp:x,\n\
         d,Bowl,en,1,,\nd,Bowl,en,1,,\n{long},Bowl,en,1,,\n"
    );
    let read = |name: &str, bytes: &[u8]| product::read_upload(name, bytes.to_vec(), now()).unwrap().rejected;
    let mut all = read("goods.csv", table.as_bytes());
    for broken in ["", "\u{0}", "[", "[1", "[{\"sku\":", "[{\"id\": \"a\", \"x\": {}}]", "[{\"texts\": 3}]"] {
        all.extend(read("goods.json", broken.as_bytes()));
    }
    all.extend(read("goods.json", b"abc \xff\xff"));
    all.extend(read("faq.csv", b"question,answer\nq,a\n"));
    let prices = r#"{"id": "a", "texts": {"en": {"name": "x"}}, "prices": [{"currency": "CNY", "cents": 1}, {"currency": "CNY", "cents": 1}]}
{"id": "a", "texts": {"en": {"name": "x"}}, "prices": [{"currency": "cny", "cents": 1}]}
{"id": "a", "texts": {"en": {"name": "x"}}, "prices": [{"currency": "CNY", "cents": -1}]}"#;
    all.extend(read("goods.jsonl", prices.as_bytes()));
    let orders = "order,customer,product,date\n1,,a,2026-05-01\n1,li,a,yesterday\n";
    all.extend(purchase::read_upload("orders.csv", orders.as_bytes().to_vec()).unwrap().rejected);
    all.extend(purchase::read_upload("none.csv", b"a,b\n".to_vec()).unwrap().rejected);
    all
}

#[test]
fn every_rejection_speaks_chinese_and_english_and_has_a_code() {
    let remarks = remarks();
    for remark in &remarks {
        speaks_both(&remark.problem);
        assert_ne!(remark.problem.code, domain::Code::Other, "{remark}");
    }
    let kinds: BTreeSet<String> = remarks.iter().map(|remark| own_words(&remark.problem.en)).collect();
    assert!(kinds.len() > 60, "{}: {kinds:#?}", kinds.len());
    for remark in remarks.iter().filter(|remark| remark.field.as_ref().is_some_and(|field| field != "page")) {
        let told = remark.told(Lang::Zh);
        assert!(told.contains('（') && told.contains("）："), "{told}");
    }
}

#[test]
fn what_is_no_remark_speaks_both_too() {
    for error in [
        import::read(&["nowhere.csv".into()], now()).unwrap_err(),
        import::read_upload("x.exe", vec![], now()).unwrap_err(),
        product::read_upload("x.pdf", vec![], now()).unwrap_err(),
    ] {
        speaks_both(&error.said());
        assert_eq!(error.to_string(), error.said().en);
    }
    for text in [&b"<html/>"[..], b"\x1f\x8b\x00", b"<a"] {
        speaks_both(&sitemap(text).unwrap_err());
    }
}
