//! `/help/{id}`: a source that a customer opens.

use testkit::{TestDesk, TestServer};

#[tokio::test]
async fn an_entry_is_readable_and_its_sections_have_anchors() {
    let shop = TestDesk::with()
        .knows("怎么退货", "签收后 **7 天**内可以退。")
        .article("保修政策", "## 范围\n\n一年。\n\n## 怎么送修\n\n- 点申请售后\n");
    let server = TestServer::around(shop).await;
    let answer = server.get("/help/e1").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(answer.text().contains("怎么退货") && answer.text().contains("<strong>7 天</strong>"));
    let article = server.get("/help/e2?lang=zh").await.text();
    assert!(article.contains("怎么送修") && article.contains("<li>点申请售后</li>"), "{article}");
    assert_eq!(
        server.get("/help/e1?lang=en").await.status,
        200,
        "the other language, where there is only one"
    );
}

#[tokio::test]
async fn markup_in_knowledge_is_inert() {
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) ![i](https://evil.example/p.png) [ok](https://ok.example)";
    let shop = TestDesk::with()
        .knows("<b>怎么退货</b>", evil)
        .article("<i>政策</i>", &format!("## <u>节</u>\n\n{evil}\n"));
    let server = TestServer::around(shop).await;
    for path in ["/help/e1", "/help/e2"] {
        let page = server.get(path).await.text();
        for alive in [
            "<script>alert",
            "<img src=x",
            "href=\"javascript:",
            "<b>怎么",
            "<i>政策",
            "<u>节",
            "src=\"https://evil",
        ] {
            assert!(!page.contains(alive), "{path} holds {alive}: {page}");
        }
        assert!(page.contains("https://ok.example"), "an ordinary link is kept");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_however_it_is_spelt() {
    let server = TestServer::new().await;
    for id in ["nobody", "..%2f..%2fetc%2fpasswd", "%00", "%F0%9F%98%80", "a%20b", "'%20or%201=1--"] {
        assert_eq!(server.get(&format!("/help/{id}")).await.refusal(), (404, "not_found".to_owned()), "{id}");
    }
    assert_eq!(server.get("/help/%ff%fe").await.refusal().0, 400, "no text at all");
    assert_eq!(server.get("/assets/..%2f..%2fCargo.toml").await.refusal().0, 404);
}

#[tokio::test]
async fn a_browser_is_shown_a_page_where_a_source_was() {
    let server = TestServer::new().await;
    for (path, says) in [("/help/nobody", "没有这一页"), ("/goods/nothing?lang=en", "No such page")] {
        let headers = [("accept", "text/html,*/*;q=0.8"), ("accept-language", "zh-CN")];
        let answer = server.http().request("GET", path, &headers, b"").await.expect("an answer");
        assert_eq!(answer.status, 404);
        assert!(answer.text().contains(says), "{path}: {answer:?}");
    }
}
