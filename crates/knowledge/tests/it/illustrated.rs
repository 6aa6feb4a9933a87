//! Documents with pictures: of Word, of a page that carries them, of a page in an archive.

use base64::{Engine, prelude::BASE64_STANDARD};
use knowledge::import::{self, Harvest, WebPage};

use crate::{
    documents::{png, zipped},
    lines, now, read_bytes, titled,
};

/// A Word document with this body and two pictures in it.
fn word(body: &str) -> Vec<u8> {
    let links = r#"<Relationships xmlns="r">
        <Relationship Id="rId1" Type="http://x/relationships/image" Target="media/image1.png"/>
        <Relationship Id="rId2" Type="http://x/relationships/image" Target="media/gone.png"/>
        <Relationship Id="rId3" Type="http://x/relationships/image" Target="/word/media/drawing.emf"/>
        <Relationship Id="rId4" Type="http://x/relationships/image" Target="https://a.example/x.png" TargetMode="External"/>
        <Relationship Id="rId5" Type="http://x/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let document =
        format!(r#"<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><w:body>{body}</w:body></w:document>"#);
    zipped(&[
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/media/image1.png", &png(b"1")),
        ("word/media/drawing.emf", b"\x01\x00\x00\x00"),
    ])
}

fn says(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn drawing(link: &str, alt: &str) -> String {
    format!(r#"<w:r><w:drawing><wp:docPr descr="{alt}"/><a:blip r:embed="{link}"/></w:drawing></w:r>"#)
}

fn the_picture(harvest: &Harvest) -> String {
    let [picture] = &harvest.pictures[..] else { panic!("{:?}", harvest.rejected) };
    assert_eq!(picture.bytes, png(b"1"));
    format!("/pictures/{}", picture.name)
}

#[test]
fn pictures_of_a_word_document_stand_where_they_stood() {
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p>{}</w:p><w:p>{}{}</w:p><w:p>{}{}</w:p><w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        says("先看"),
        drawing("rId1", "第 [一] 步"),
        says("，再按。\u{e000}0\u{e001}"),
        drawing("rId2", "不见了的"),
        says("尺寸"),
        drawing("rId3", ""),
        says("外面的"),
        drawing("rId4", "外图"),
        says("正面"),
        drawing("rId1", "同一张"),
    );
    let harvest = read_bytes("手册.docx", &word(&body));
    let place = the_picture(&harvest);
    let answer = &titled(&harvest, "手册").2.answer;
    assert_eq!(
        *answer,
        format!(
            "先看![第 一 步]({place})，再按。0\n\n不见了的\n\n尺寸\n\n外面的\n\n- 正面：![同一张]({place})"
        )
    );
    assert_eq!(
        lines(&harvest.rejected),
        [
            (1, "image", "not kept: the document lacks word/media/gone.png"),
            (1, "image", "not kept: neither PNG, JPEG, GIF nor WebP, whatever its name says"),
        ]
    );
}

#[test]
fn a_scan_is_a_document_without_text() {
    let harvest = read_bytes("scan.docx", &word(&format!("<w:p>{}</w:p>", drawing("rId1", ""))));
    assert_eq!((harvest.entries.len(), harvest.pictures.len()), (0, 0));
    assert_eq!(lines(&harvest.rejected), [(1, "answer", "the document has no text")]);
}

#[test]
fn a_page_keeps_what_it_carries_in_itself() {
    let image = BASE64_STANDARD.encode(png(b"1"));
    let page = format!(
        "<h1>Setup</h1><p>Press <img alt='the button' src='data:image/png;base64,{image}'> once.\
         <p>See <img src='https://a.example/x.png' alt='far'> too.<img alt='drawn' src='data:image/svg+xml,&lt;svg/&gt;'>"
    );
    let harvest = read_bytes("setup.html", page.as_bytes());
    let place = the_picture(&harvest);
    let answer = &titled(&harvest, "Setup").2.answer;
    assert_eq!(*answer, format!("Press ![the button]({place}) once.\n\nSee too.drawn"));
    assert_eq!(harvest.rejected.len(), 1, "{:?}", harvest.rejected);
    assert!(harvest.rejected[0].problem.en.starts_with("not imported: of pictures PNG"));

    let web = WebPage { url: "https://a.example/setup", content_type: "text/html", body: page.as_bytes() };
    let fetched = import::page(&web, now());
    assert_eq!((fetched.pictures.len(), fetched.rejected.len()), (0, 0), "{:?}", fetched.rejected);
    assert_eq!(titled(&fetched, "Setup").2.answer, "Press once.\n\nSee too.");
}

#[test]
fn a_page_in_an_archive_shows_the_pictures_of_the_archive() {
    let page =
        "<h1>退货</h1><p>先看 <img src='../img/a.png' alt='第一步'>，再看 <img src='b.png' alt='第二步'>。";
    let members: [(&str, &[u8]); 3] = [
        ("zh/returns.html", page.as_bytes()),
        ("img/a.png", &png(b"1")),
        ("zh/manual.docx", &word(&says("按住。"))),
    ];
    let harvest = read_bytes("docs.zip", &zipped(&members));
    let place = the_picture(&harvest);
    assert_eq!(titled(&harvest, "退货").2.answer, format!("先看 ![第一步]({place})，再看 第二步。"));
    assert_eq!(titled(&harvest, "manual").2.answer, "按住。");
    let [missing] = &harvest.rejected[..] else { panic!("{:?}", harvest.rejected) };
    assert!(missing.problem.en.starts_with("shows zh/b.png, which the archive lacks"), "{missing}");
    assert!(missing.file.ends_with("docs.zip/zh/returns.html"), "{missing}");
}
