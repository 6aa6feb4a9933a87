//! Where knowledge comes from: sources with their documents, and files handed in.

use domain::Role;
use testkit::{Site, TestDesk, TestServer, eventually};

use crate::browser::{Browser, signed_in};

/// The page that a file leads to.
async fn hand_in(browser: &Browser, name: &str, body: &str) -> (u16, String) {
    let token = format!(
        "--x\r\ncontent-disposition: form-data; name=\"form_token\"\r\n\r\n{}\r\n",
        browser.form_token
    );
    let file = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{body}\r\n--x--\r\n"
    );
    let answer = browser.raw("/desk/import", "multipart/form-data; boundary=x", &(token + &file)).await;
    match answer.header("location") {
        Some(location) => (303, location.to_owned()),
        None => (answer.status, answer.text()),
    }
}

#[tokio::test]
async fn a_source_is_read_and_its_documents_are_told() {
    let site = Site::open().await;
    site.page("/returns", "<h1>退货</h1><p>七天内可退。</p>");
    site.file("/manual.pdf", "application/pdf", b"%PDF-1.4 nothing");
    site.sitemap("/sitemap.xml", &["/returns", "/gone", "/manual.pdf"]);
    let server = TestServer::around(TestDesk::with().source("帮助", &site.url("/sitemap.xml"))).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    assert!(editor.page("/desk/knowledge").await.contains("href=\"/desk/sources\""));
    let path = "/desk/sources/%E5%B8%AE%E5%8A%A9";
    let page = eventually("the source is read", async || {
        let page = editor.page(path).await;
        page.contains("文档 3 篇").then_some(page)
    })
    .await;
    for part in ["网页不存在", "HTTP 404", "2 篇没有读全", "条目新增 1", "看条目", "每 1 天读取一次"]
        .into_iter()
        .chain(["没有读出：已损坏：没有页的目录；重新打印成 PDF"])
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(editor.page("/desk/sources").await.contains(path));
    site.asked();
    assert_eq!(editor.send(&format!("{path}/sync"), &[]).await.status, 303);
    eventually("it is read again", async || (!site.asked().is_empty()).then_some(())).await;

    editor.submit("/desk/settings/language", &[("lang", "en")]).await;
    let english = editor.page(path).await;
    assert!(english.contains("not read: damaged: it has no table of pages"), "{english}");

    let reader = signed_in(&server, "客服", Role::Agent).await;
    assert!(!reader.page(path).await.contains("现在读取"));
    assert_eq!(reader.send(&format!("{path}/sync"), &[]).await.status, 403);
    assert_eq!(editor.get("/desk/sources/nobody").await.status, 404);
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_written() {
    let server = TestServer::around(TestDesk::with().knows("怎么付款", "用微信。")).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let table = "问题,答案\n怎么退货,七天内\n怎么换货,\n<b>怎么修</b>,寄回\n";
    let (status, at) = hand_in(&editor, "C:\\\\faq.csv", table).await;
    assert_eq!(status, 303, "{at}");
    let page = editor.page(&at).await;
    for part in [
        "faq.csv",
        "还没有写入",
        "新增 2 · 更新 0 · 未变 0 · 未采用 1",
        "怎么退货",
        "faq.csv:3（答案）：没有填：顾客问到了也得不到回答",
        "&#60;b&#62;怎么修",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!editor.page("/desk/knowledge").await.contains("怎么退货"), "nothing is written yet");

    editor.submit(&at, &[]).await;
    eventually("the file is written", async || editor.page(&at).await.contains("已写入").then_some(())).await;
    assert!(editor.page("/desk/knowledge").await.contains("怎么退货"));
    // The same button again changes nothing.
    assert!(editor.submit(&at, &[]).await.contains("已写入"));
}

#[tokio::test]
async fn what_cannot_be_imported_is_said_and_others_may_not() {
    let server = TestServer::around(TestDesk::with()).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let (status, page) = hand_in(&editor, "x.exe", "MZ").await;
    assert_eq!(status, 422);
    assert!(page.contains("不认识这种文件"), "{page}");
    let (_, at) = hand_in(&editor, "broken.pdf", "%PDF-1.4 nothing").await;
    let page = editor.page(&at).await;
    assert!(page.contains("没有可写入的内容"), "{page}");
    assert!(page.contains("broken.pdf:1：已损坏：没有页的目录；重新打印成 PDF"), "{page}");
    editor.submit("/desk/settings/language", &[("lang", "en")]).await;
    let page = editor.page(&at).await;
    assert!(
        page.contains("broken.pdf:1: damaged: it has no table of pages; print it to a new PDF"),
        "{page}"
    );
    editor.submit("/desk/settings/language", &[("lang", "zh")]).await;

    let reader = signed_in(&server, "客服", Role::Agent).await;
    assert_eq!(reader.get("/desk/import").await.status, 403);
    assert_eq!(hand_in(&reader, "x.csv", "q,a\nx,y\n").await.0, 403);
    assert_eq!(reader.get(&at).await.status, 403);
    let other = signed_in(&server, "别人", Role::Editor).await;
    assert_eq!(other.get(&at).await.status, 404, "what another handed in");
    let mut stale = signed_in(&server, "编辑", Role::Editor).await;
    stale.form_token = "no".to_owned();
    assert_eq!(hand_in(&stale, "x.csv", "q,a\nx,y\n").await.0, 403);
}

#[tokio::test]
async fn a_source_that_fails_says_why_in_the_readers_language() {
    let site = Site::open().await;
    site.file("/sitemap.xml", "application/xml", b"<urlset></urlset>");
    let server = TestServer::around(TestDesk::with().source("help", &site.url("/sitemap.xml"))).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let page = eventually("the source was tried", async || {
        let page = editor.page("/desk/sources/help").await;
        page.contains("上次没有读成").then_some(page)
    })
    .await;
    assert!(page.contains("不是站点地图：里面没有网址"), "{page}");
    editor.submit("/desk/settings/language", &[("lang", "en")]).await;
    let page = editor.page("/desk/sources/help").await;
    assert!(page.contains("no sitemap: it lists no addresses") && !page.contains("站点地图"), "{page}");
}
