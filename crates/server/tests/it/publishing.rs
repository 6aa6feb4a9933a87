//! Drafts, tests and versions, for programs.

use serde_json::json;
use testkit::TestServer;

use crate::shop;

#[tokio::test]
async fn a_program_drafts_checks_publishes_and_goes_back() {
    let server = TestServer::around(shop()).await;
    let first = server.operator_get("/v1/entries?limit=1").await.json()["items"][0].clone();
    let id = first["id"].as_str().unwrap();
    let title = first["texts"]["zh"]["title"].as_str().unwrap();
    let tests = json!({ "items": [{ "test": title, "expect": id }, { "test": "明天天气怎么样" }] });
    let added = server.operator_sends("POST", "/v1/tests", &tests).await;
    assert_eq!((added.status, added.json()), (200, json!({ "new": 2, "unchanged": 0 })));
    let green = server.operator_sends("POST", "/v1/knowledge/check", &json!({})).await.json();
    assert_eq!((green["passes"].clone(), green["tests"].clone()), (json!(true), json!(2)));

    let mut changed = first.clone();
    changed["texts"]["zh"]["answer"] = json!("新的回答。");
    changed["audience"] = json!({ "plans": ["pro"] });
    let draft = format!("/v1/drafts/{id}");
    let put = server.operator_sends("PUT", &draft, &json!({ "entry": changed, "why": "试试" })).await;
    assert_eq!(put.status, 200, "{}", put.text());
    let told = server.operator_get(&draft).await.json();
    assert_eq!(told["changes"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(server.operator_get("/v1/drafts").await.json()["items"][0]["why"], "试试");

    let held = server.operator_sends("POST", "/v1/knowledge/publish", &json!({})).await;
    assert_eq!(held.refusal(), (409, "red".to_owned()), "only those on the plan would find it");
    let report = held.json()["report"].clone();
    assert_eq!(report["red"][0]["expect"], json!({ "entry": id }), "{report}");
    let reason = json!({ "why": "试试", "override": "知道" });
    let done = server.operator_sends("POST", "/v1/knowledge/publish", &reason).await.json();
    let version = done["version"].as_i64().unwrap();
    assert_eq!(
        server.operator_get(&format!("/v1/entries/{id}")).await.json()["audience"]["plans"],
        json!(["pro"])
    );

    let told = server.operator_get("/v1/knowledge/versions?limit=1").await.json();
    assert_eq!(told["items"][0]["overridden"], "知道");
    let one = server.operator_get(&format!("/v1/knowledge/versions/{version}")).await.json();
    assert_eq!((one["why"].clone(), one["items"][0]["id"].clone()), (json!("试试"), json!(id)));

    let back = json!({ "version": version - 1, "why": "zurück" });
    let gone = server.operator_sends("POST", &format!("/v1/entries/{id}/rollback"), &back).await.json();
    assert_eq!(gone["version"], version + 1);
    assert_eq!(server.operator_get(&format!("/v1/entries/{id}")).await.json()["texts"], first["texts"]);
    let versions = server.operator_get(&format!("/v1/entries/{id}/versions")).await.json();
    assert_eq!(versions["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_words() {
    let server = TestServer::around(shop()).await;
    for (method, path, body, refusal) in [
        ("PUT", "/v1/drafts/x", json!({ "entry": { "texts": {} } }), (400, "bad_request")),
        ("PUT", "/v1/drafts/x", json!({ "entry": null }), (404, "not_found")),
        ("DELETE", "/v1/drafts/x", json!(null), (404, "not_found")),
        ("POST", "/v1/knowledge/publish", json!({}), (404, "not_found")),
        ("POST", "/v1/knowledge/rollback", json!({ "why": "?" }), (400, "bad_request")),
        ("POST", "/v1/knowledge/rollback", json!({ "version": 999 }), (404, "not_found")),
        ("POST", "/v1/entries/x/rollback", json!({ "version": 0 }), (404, "not_found")),
        ("DELETE", "/v1/tests?test=x", json!(null), (404, "not_found")),
    ] {
        let answer = server.operator_sends(method, path, &body).await;
        assert_eq!(answer.refusal(), (refusal.0, refusal.1.to_owned()), "{method} {path}");
    }
    for path in ["/v1/drafts", "/v1/tests", "/v1/knowledge/versions"] {
        assert_eq!(server.get(path).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn what_customers_taught_is_counted_and_forgotten() {
    let server = TestServer::around(shop()).await;
    let none = server.operator_get("/v1/knowledge/lessons").await.json();
    let empty = json!({ "helped": 0, "picked": 0, "sent": 0, "typed": 0, "withdrawn": 0, "forgotten": 0, "used": 0, "last": null });
    assert_eq!(none, empty);
    let forget = "/v1/knowledge/lessons/forget";
    for body in [json!({}), json!({ "all": true, "since": "2026-05-01T09:00:00Z" })] {
        let refused = server.operator_sends("POST", forget, &body).await;
        assert_eq!(refused.refusal(), (400, "bad_request".to_owned()), "{body}");
    }
    for body in [json!({ "all": true }), json!({ "since": "2026-05-01T09:00:00Z" })] {
        let gone = server.operator_sends("POST", forget, &body).await;
        assert_eq!((gone.status, gone.json()), (200, json!({ "forgotten": 0 })));
    }
    assert_eq!(server.post(forget, &[], b"{}").await.status, 401);
}
