//! Where knowledge comes from, for programs.

use serde_json::json;
use testkit::{Site, TestServer, eventually};

use crate::shop;

#[tokio::test]
async fn a_program_sees_sources_and_documents_and_has_one_read() {
    let site = Site::open().await;
    site.page("/a", "<h1>Returns</h1><p>Seven days.</p>");
    site.sitemap("/sitemap.xml", &["/a", "/b"]);
    let server = TestServer::around(shop().source("help", &site.url("/sitemap.xml"))).await;
    let source = eventually("the source is read", async || {
        let sources = server.operator_get("/v1/sources").await.json();
        let source = sources["items"][0].clone();
        source["run"].is_object().then_some(source)
    })
    .await;
    assert_eq!((&source["name"], &source["every"]), (&json!("help"), &json!("1d")));
    assert_eq!(source["documents"], json!({ "missing": 1, "read": 1 }));
    assert_eq!(source["run"]["counts"]["new"], 1);
    let first = server.operator_get("/v1/sources/help/documents?limit=1").await.json();
    assert_eq!(
        (first["items"][0]["status"].as_str(), first["next_cursor"].as_str()),
        (Some("missing"), Some("1"))
    );
    let rest = server.operator_get("/v1/sources/help/documents?after=1").await.json();
    assert_eq!(rest["items"][0]["status"], "read");
    assert_eq!(server.operator_sends("POST", "/v1/sources/help/sync", &json!({})).await.status, 202);
    for (method, path) in [("GET", "/v1/sources/none/documents"), ("POST", "/v1/sources/none/sync")] {
        assert_eq!(
            server.operator_sends(method, path, &json!({})).await.refusal(),
            (404, "not_found".to_owned())
        );
    }
    for path in ["/v1/sources", "/v1/sources/help/documents"] {
        assert_eq!(server.get(path).await.refusal(), (401, "unauthorised".to_owned()), "{path}");
    }
}
