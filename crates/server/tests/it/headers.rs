//! What every answer carries.

use server::ServerConfig;
use testkit::TestServer;

use crate::shop;

#[tokio::test]
async fn every_answer_is_safe_by_default() {
    let server = TestServer::around(shop()).await;
    for path in [
        "/",
        "/healthz",
        "/widget.js",
        "/help/e1",
        "/desk",
        "/v1/entries",
        "/no/such/page",
        "/metrics",
        "/openapi.json",
    ] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
        assert!(
            answer.header("permissions-policy").is_some()
                && answer.header("cross-origin-opener-policy").is_some()
        );
    }
}

#[tokio::test]
async fn any_site_may_embed_the_widget_unless_some_are_named() {
    let open = TestServer::around(shop()).await;
    let named =
        ServerConfig { allowed_origins: vec!["https://shop.example".to_owned()], ..ServerConfig::default() };
    let closed = TestServer::configured(shop(), named).await;
    let allowed = async |server: &TestServer, method: &str, path: &str, origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        let answer = server.http().request(method, path, &headers, b"").await.unwrap();
        assert_eq!(
            answer.header("access-control-allow-credentials"),
            None,
            "no cookie ever helps a stranger"
        );
        answer.header("access-control-allow-origin").map(ToOwned::to_owned)
    };
    for path in ["/v1/widget/session", "/v1/widget/messages", "/widget.js"] {
        for method in ["OPTIONS", "GET"] {
            assert_eq!(
                allowed(&open, method, path, "https://any.example").await.as_deref(),
                Some("*"),
                "{method} {path}"
            );
            let ours = allowed(&closed, method, path, "https://shop.example").await;
            assert_eq!(ours.as_deref(), Some("https://shop.example"), "{method} {path}");
            assert_eq!(allowed(&closed, method, path, "https://evil.example").await, None, "{method} {path}");
        }
    }
    for path in ["/desk", "/v1/entries", "/metrics"] {
        assert_eq!(
            allowed(&open, "OPTIONS", path, "https://any.example").await,
            None,
            "{path} is for nobody else"
        );
    }
}

#[tokio::test]
async fn refusals_that_no_handler_worded_are_worded_like_all_others() {
    let server = TestServer::new().await;
    let kind = ("content-type", "application/json");
    let session = "/v1/widget/session";
    let cases = [
        (server.get("/no/such/page").await, 404, "not_found"),
        (server.get(session).await, 405, "method_not_allowed"),
        (server.post(session, &[kind], b"{").await, 400, "bad_request"),
        (server.post(session, &[kind], br#"{"visitor":5}"#).await, 422, "bad_request"),
        (server.post(session, &[], b"{}").await, 415, "unsupported_media_type"),
        (server.get("/v1/widget/socket").await, 400, "bad_request"),
        (server.post(session, &[kind], &vec![b' '; 2 << 20]).await, 413, "too_long"),
    ];
    for (answer, status, code) in cases {
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{}", answer.text());
    }
    assert_eq!(server.get(session).await.header("allow"), Some("POST"), "what helps is kept");
}

#[tokio::test]
async fn those_who_watch_over_the_process_are_answered() {
    let server = TestServer::around(shop()).await;
    assert_eq!((server.get("/healthz").await.status, server.get("/readyz").await.status), (200, 200));
    let metrics = testkit::eventually("violations are counted", async || {
        let text = server.get("/metrics").await.text();
        text.contains("handoff_invariant_violations_total").then_some(text)
    })
    .await;
    let line = metrics.lines().find(|line| line.starts_with("handoff_invariant_violations_total")).unwrap();
    assert_eq!(line, "handoff_invariant_violations_total 0");
    server.visitor().await.say("m-1", "怎么退货").await;
    testkit::eventually("messages and answers are counted", async || {
        let text = server.get("/metrics").await.text();
        (text.contains("messages_received_total") && text.contains("answers_total{rung=\"exact\"}"))
            .then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_widget_is_one_file_that_a_browser_need_not_load_twice() {
    let server = TestServer::new().await;
    let first = server.get("/widget.js").await;
    assert_eq!(first.header("content-type"), Some("text/javascript; charset=utf-8"));
    let tag = first.header("etag").unwrap();
    let again = server.http().request("GET", "/widget.js", &[("if-none-match", tag)], b"").await.unwrap();
    assert_eq!((again.status, again.body.len()), (304, 0));
    let zipped =
        server.http().request("GET", "/widget.js", &[("accept-encoding", "gzip")], b"").await.unwrap();
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert!(zipped.body.len() <= 30_000, "{} bytes on the wire", zipped.body.len());
}
