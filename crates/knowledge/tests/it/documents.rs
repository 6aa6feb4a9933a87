//! Documents without Markdown: pages, Word, PDF, plain text, and archives of them.

use std::io::{Cursor, Write};

use domain::{Kind, Lang};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{lines, now, read_bytes, titled};

/// An archive of these members.
pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub(crate) fn word(body: &str) -> Vec<u8> {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="a"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="x"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"#;
    let document =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    zipped(&[("word/styles.xml", styles.as_bytes()), ("word/document.xml", document.as_bytes())])
}

#[test]
fn a_page_is_read_without_what_surrounds_it() {
    let page = r#"<!doctype html><html lang="zh-CN"><head><title>退换货 - 小店</title><script>alert(1)</script></head><body>
        <header><a href="/">小店</a></header><nav><ul><li>首页<li>帮助</ul></nav>
        <main><h1>退换货</h1><p>签收后<b>七天</b>内&nbsp;可以退。</p><h2 id="fee">谁付运费？</h2><p>质量问题我们付。
        <ul><li>衣服<li>鞋子<ul><li>靴子</ul></ul>
        <h2><a name="how"></a>怎么退</h2><ol><li><p>申请</p><li><p>寄回</p></ol>
        <table><tr><th>尺码<th>身高</tr><tr><td>S<td>155</table><pre>a
  b</pre></main><aside>广告</aside><footer>© 小店</footer></body></html>"#;
    let harvest = read_bytes("returns.html", page.as_bytes());

    assert_eq!(harvest.rejected, []);
    let (entry, lang, text) = titled(&harvest, "退换货");
    assert_eq!((entry.id.as_str(), entry.kind, lang), ("returns", Kind::Article, Lang::Zh));
    assert_eq!(
        text.answer,
        "签收后七天内 可以退。\n\n## 谁付运费？ {#fee}\n\n质量问题我们付。\n\n- 衣服\n- 鞋子\n  - 靴子\n\n\
         ## 怎么退 {#how}\n\n- 申请\n- 寄回\n\n- 尺码：S；身高：155\n\n```\na\n  b\n```"
    );
}

#[test]
fn a_page_without_a_main_part_or_an_end_is_read_too() {
    let harvest =
        read_bytes("x.html", b"<title>Shipping</title><body><nav>Home</nav><h2>When</h2>Two days<p>or three");
    assert_eq!(titled(&harvest, "Shipping").2.answer, "## When\n\nTwo days\n\nor three");
    let all_menu = read_bytes("y.html", b"<nav><h1>Only</h1><p>what stands in the menu");
    assert_eq!(titled(&all_menu, "Only").2.answer, "what stands in the menu");
}

#[test]
fn a_page_in_gbk_is_read() {
    let (page, ..) = encoding_rs::GBK
        .encode("<html><head><meta charset=gbk></head><body><h1>保修</h1><p>一年。</p></body>");
    assert_eq!(titled(&read_bytes("x.html", &page), "保修").2.answer, "一年。");
}

#[test]
fn a_word_document_keeps_headings_lists_and_tables_and_drops_what_was_deleted() {
    let p = |style: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [
        p("a", "保修政策"),
        p("1", "期限"),
        r#"<w:p><w:r><w:t>整机一年</w:t></w:r><w:del><w:r><w:delText>两年</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">&amp; 电池半年。</w:t></w:r></w:p>"#.to_owned(),
        p("x", "不保的情况"),
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>进水</w:t></w:r></w:p>"#.to_owned(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>部件</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>期限</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>费用</w:t></w:r></w:p></w:tc></w:tr>
         <w:tr><w:tc><w:p><w:r><w:t>屏幕</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>一年</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>免费</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
    ];
    let harvest = read_bytes("保修.docx", &word(&body.concat()));
    assert_eq!(harvest.rejected, []);
    let (entry, _, text) = titled(&harvest, "保修政策");
    assert_eq!(entry.id.as_str(), "保修");
    assert_eq!(
        text.answer,
        "## 期限\n\n整机一年& 电池半年。\n\n### 不保的情况\n\n- 进水\n\n- 部件：屏幕；期限：一年；费用：免费"
    );
}

#[test]
fn an_old_or_encrypted_word_document_says_what_to_do() {
    let harvest = read_bytes("x.docx", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    assert!(harvest.rejected[0].problem.en.contains("without a password"), "{}", harvest.rejected[0]);
    let harvest = read_bytes("x.docx", &zipped(&[("a.txt", b"x")]));
    assert_eq!(lines(&harvest.rejected), [(1, "", "not a Word document")]);
}

#[test]
fn a_plain_text_is_cut_at_its_headings() {
    let text =
        "会员手册\r\n========\r\n欢迎。\r\n\r\n第一章 积分\r\n一元一分。\r\n\r\n第二章 等级\r\n满一千升级。";
    let harvest = read_bytes("members.txt", text.as_bytes());
    assert_eq!(
        titled(&harvest, "会员手册").2.answer,
        "欢迎。\n\n## 第一章 积分\n\n一元一分。\n\n## 第二章 等级\n\n满一千升级。"
    );
    assert!(read_bytes("x.txt", b"\x00\x01\x02binary").rejected[0].problem.en.contains("binary"));
}

#[test]
fn an_archive_is_read_member_by_member() {
    let table = "问题,答案\n怎么付款,用微信\n";
    let archive = zipped(&[
        ("help/returns.md", "# 退货\n\n![步骤](img/step.png)\n\n七天。".as_bytes()),
        ("help/returns.en.md", b"# Returns\n\nSeven days."),
        ("help/img/step.png", b"\x89PNG"),
        ("faq.csv", table.as_bytes()),
        ("__MACOSX/._faq.csv", b"x"),
        ("notes.psd", b"x"),
        ("broken.pdf", b"%PDF-1.4 nothing"),
    ]);
    let harvest = read_bytes("docs.zip", &archive);

    assert_eq!(harvest.entries.len(), 2);
    let (returns, ..) = titled(&harvest, "退货");
    assert_eq!(returns.texts[&Lang::En].title, "Returns");
    assert!(
        returns.source.ends_with("docs.zip/help/returns.en.md:1")
            || returns.source.ends_with("docs.zip/help/returns.md:1"),
        "{}",
        returns.source
    );
    assert_eq!(titled(&harvest, "怎么付款").2.answer, "用微信");
    let mut told: Vec<(String, &str)> = harvest
        .rejected
        .iter()
        .map(|remark| {
            (
                remark.file.rsplit_once("docs.zip/").unwrap().1.to_owned(),
                remark.problem.en.split(':').next().unwrap(),
            )
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("broken.pdf".to_owned(), "damaged"),
            ("help/img/step.png".to_owned(), "not kept"),
            ("notes.psd".to_owned(), "not read"),
        ]
    );
}

/// A picture as far as its outer shape goes; the data make it another one.
pub(crate) fn png(data: &[u8]) -> Vec<u8> {
    let chunk =
        |name: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], name, data, &[0; 4]].concat();
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
    [b"\x89PNG\r\n\x1a\n", &head[..], &chunk(b"IDAT", data), &chunk(b"IEND", b"")].concat()
}

#[test]
fn pictures_of_an_archive_come_in_with_the_texts_that_show_them() {
    let text = "# 退货\n\n先看 ![第一步](../img/Step%201.png)，再看 ![](../img/gone.png)。\n\n![外面的](https://a.example/x.png)\n";
    let members: [(&str, &[u8]); 7] = [
        ("docs/zh/returns.md", text.as_bytes()),
        ("docs/img/step 1.png", &png(b"1")),
        ("docs/img/unused.png", &png(b"2")),
        ("docs/img/same.png", &png(b"1")),
        ("docs/img/script.png", b"<svg onload=alert(1)>"),
        ("docs/img/logo.svg", b"<svg/>"),
        ("docs/img/half.jpg", &[0xff, 0xd8, 0xff, 0xe0]),
    ];
    let harvest = read_bytes("docs.zip", &zipped(&members));

    let [picture] = &harvest.pictures[..] else { panic!("{:?}", harvest.rejected) };
    assert_eq!(picture.bytes, png(b"1"));
    let answer = &titled(&harvest, "退货").2.answer;
    let shown = format!("先看 ![第一步](/pictures/{})，再看 ![](../img/gone.png)。", picture.name);
    assert!(answer.starts_with(&shown), "{answer}");
    let mut told: Vec<(&str, &str)> = harvest
        .rejected
        .iter()
        .map(|one| (one.file.rsplit_once('/').unwrap().1, one.problem.en.split([':', ';']).next().unwrap()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("half.jpg", "not kept"),
            ("logo.svg", "not imported"),
            ("returns.md", "shows docs/img/gone.png, which the archive lacks"),
            ("script.png", "not kept"),
            ("unused.png", "not kept"),
        ]
    );

    let mut out = Vec::new();
    knowledge::export::pictures(&harvest.pictures, &mut out).unwrap();
    knowledge::export::jsonl(&harvest.entries, &mut out).unwrap();
    let again = read_bytes("out.jsonl", &out);
    assert_eq!(again.rejected, []);
    assert_eq!((&again.pictures, &again.entries), (&harvest.pictures, &harvest.entries));
    let bent = String::from_utf8(out).unwrap().replacen("\"base64\":\"iVBOR", "\"base64\":\"iVBOX", 1);
    let bent = read_bytes("out.jsonl", bent.as_bytes());
    assert_eq!((bent.pictures.len(), bent.rejected.len()), (0, 1), "{:?}", bent.rejected);
}

#[test]
fn an_album_without_end_is_cut_off_and_the_texts_come_in() {
    // Data that packs badly, as photographs do; stored as it is, so that the test is quick.
    let noise = |seed: u32| -> Vec<u8> {
        let mut state = seed + 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..4_500_000).map(|_| next()).collect()
    };
    let pictures: Vec<Vec<u8>> = (0..9).map(|at| png(&noise(at))).collect();
    let names: Vec<String> = (0..9).map(|at| format!("{at}.png")).collect();
    let shown: Vec<String> = names.iter().map(|name| format!("![图]({name})")).collect();
    let text = format!("# 图册\n\n{}", shown.join("\n"));
    let mut members: Vec<(&str, &[u8])> =
        names.iter().zip(&pictures).map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    members.push(("all.md", text.as_bytes()));
    let harvest = read_bytes("photos.zip", &zipped(&members));
    assert_eq!((harvest.entries.len(), harvest.pictures.len()), (1, 7));
    assert_eq!(harvest.rejected.len(), 2, "{:?}", harvest.rejected);
    assert!(harvest.rejected[0].problem.en.contains("split the import"), "{}", harvest.rejected[0]);
}

#[test]
fn names_written_by_chinese_windows_are_read() {
    // The archive says nothing of the encoding; the raw bytes are GBK.
    let mut archive = zipped(&[("AAAA.md", b"# t\n\ntext")]);
    let (name, ..) = encoding_rs::GBK.encode("退货");
    for at in 0..archive.len() - 4 {
        if &archive[at..at + 4] == b"AAAA" {
            archive[at..at + 4].copy_from_slice(&name);
        }
    }
    assert_eq!(read_bytes("x.zip", &archive).entries[0].id.as_str(), "退货");
}

#[test]
fn tricks_with_names_are_refused_by_name() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default();
    for name in ["../up.md", "/etc/passwd.md", "a/../../b.md", "C:/x.md", "ok.md"] {
        archive.start_file(name, plain).unwrap();
        archive.write_all(b"# t\n\ntext").unwrap();
    }
    archive.add_symlink("link.md", "/etc/passwd", plain).unwrap();
    let harvest = read_bytes("x.zip", &archive.finish().unwrap().into_inner());
    let ids: Vec<_> = harvest.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["ok"]);
    let leads_out = harvest.rejected.iter().filter(|remark| remark.problem.en.contains("leads out")).count();
    assert_eq!((leads_out, harvest.rejected.len()), (4, 5), "{:?}", lines(&harvest.rejected));
}

#[test]
fn bombs_are_lines_in_the_report() {
    let zeros = vec![b'0'; 32 << 20];
    let harvest = read_bytes("x.zip", &zipped(&[("bomb.txt", &zeros), ("ok.md", b"# t\n\ntext")]));
    assert_eq!(harvest.entries.len(), 1);
    assert!(harvest.rejected[0].problem.en.contains("200 times"), "{}", harvest.rejected[0]);

    let inner = zipped(&[("ok.md", b"# t\n\ntext")]);
    let nested = read_bytes("x.zip", &zipped(&[("inner.zip", &inner)]));
    assert!(nested.entries.is_empty() && nested.rejected[0].problem.en.contains("inside an archive"));

    let many: Vec<String> = (0..10_001).map(|n| format!("{n}.md")).collect();
    let members: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let harvest = read_bytes("x.zip", &zipped(&members));
    assert_eq!(lines(&harvest.rejected), [(1, "", "not read: more than 10000 files; split the archive")]);
    assert_eq!(harvest.entries, []);

    // Larger than an archive may be: nothing of it is taken, not even what came before.
    let letter =
        |n: u32| if n.is_multiple_of(64) { b'a' + (n.wrapping_mul(2_654_435_761) >> 28) as u8 } else { b'x' };
    let text: Vec<u8> = (0..45_u32 << 20).map(letter).collect();
    let large = read_bytes(
        "x.zip",
        &zipped(&[("0.md", b"# t\n\nx"), ("a.txt", &text), ("b.txt", &text), ("c.txt", &text)]),
    );
    assert_eq!(large.entries, []);
    assert_eq!(lines(&large.rejected), [(1, "", "not read: more than 128 MiB unpacked; split the archive")]);
}

#[test]
fn a_word_bomb_is_a_line_in_the_report() {
    let body =
        format!("<w:document><w:body><w:p><w:t>{}</w:t></w:p></w:body></w:document>", " ".repeat(130 << 20));
    let harvest = read_bytes("x.docx", &zipped(&[("word/document.xml", body.as_bytes())]));
    assert_eq!(
        lines(&harvest.rejected),
        [(1, "", "not read: more than 128 MiB unpacked; split the document")]
    );
}

#[test]
fn a_document_that_is_too_long_becomes_several_articles() {
    let section = |n: usize| format!("第{n}章 内容\n{}\n\n", "字".repeat(9_000));
    let text: String = (1..=9).map(section).collect();
    let harvest = read_bytes("manual.txt", text.as_bytes());
    let ids: Vec<_> = harvest.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["manual", "manual-2", "manual-3"]);
    assert_eq!(harvest.entries[1].texts[&Lang::Zh].title, "manual (2)");
    let all: usize =
        harvest.entries.iter().map(|entry| entry.texts[&Lang::Zh].answer.matches('字').count()).sum();
    assert_eq!(all, 9 * 9_000, "nothing is lost");
}

#[test]
fn a_page_from_the_web_is_known_by_its_address() {
    let page = |url: &str, kind: &str, body: &[u8]| {
        knowledge::import::page(&knowledge::import::WebPage { url, content_type: kind, body }, now())
    };
    let url = "https://shop.example/help/returns.html?v=1";
    let (first, again) = (
        page(url, "text/html; charset=utf-8", b"<h1>Returns</h1><p>7 days"),
        page(url, "text/html", b"<h1>Now</h1>x"),
    );
    assert_eq!(first.entries[0].id, again.entries[0].id);
    assert_eq!(first.entries[0].source, url);
    assert!(first.entries[0].id.as_str().starts_with("web-returns-"), "{}", first.entries[0].id);
    let other = page("https://shop.example/help/returns.html?v=2", "text/html", b"<h1>Returns</h1>x");
    assert_ne!(first.entries[0].id, other.entries[0].id);
    assert!(page(url, "image/png", b"x").rejected[0].problem.en.contains("image/png"));
}
