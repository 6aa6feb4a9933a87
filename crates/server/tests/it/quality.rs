//! How good the knowledge is, for programs.

use serde_json::{Value, json};
use testkit::{TestDesk, TestServer, eventually};

fn shop() -> testkit::DeskBuilder {
    TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退，详见[规则](#没有这一节)。")
        .knows("请问怎么退货呢", "签收后 15 天内可以退。")
        .knows("怎么开发票", "在订单页申请，也可以打小李手机 13912345678。")
}

async fn findings(server: &TestServer, query: &str) -> Vec<Value> {
    let all = server.operator_get(&format!("/v1/knowledge/findings?fresh=true{query}")).await.json();
    all["items"].as_array().unwrap().clone()
}

fn kinds(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn findings_are_listed_settled_and_put_right() {
    let server = TestServer::around(shop()).await;
    let before = server.operator_get("/v1/knowledge/findings").await.json();
    assert_eq!((&before["checked_version"], &before["items"]), (&json!(0), &json!([])), "not checked yet");

    let found = findings(&server, "").await;
    assert_eq!(kinds(&found), ["contradiction", "personal", "dead_link"], "{found:#?}");
    assert_eq!(kinds(&findings(&server, "&kind=personal").await), ["personal"]);
    assert_eq!(kinds(&findings(&server, "&severity=hint").await), [""; 0]);
    let first = server.operator_get("/v1/knowledge/findings?limit=1").await.json();
    let next = first["next_cursor"].as_str().unwrap();
    assert_eq!(kinds(&findings(&server, &format!("&after={next}")).await), ["personal", "dead_link"]);

    let settle = |one: &Value| format!("/v1/knowledge/findings/{}/settle", one["key"].as_str().unwrap());
    let reason = json!({ "reason": "小李的工作手机" });
    assert_eq!(server.operator_sends("POST", &settle(&found[1]), &reason).await.status, 204);
    assert_eq!(kinds(&findings(&server, "").await), ["contradiction", "dead_link"]);
    let settled = findings(&server, "&state=settled").await;
    assert_eq!((kinds(&settled), &settled[0]["settled"]["reason"]), (vec!["personal"], &reason["reason"]));

    assert_eq!(server.operator_sends("POST", &settle(&found[2]), &json!({ "fix": true })).await.status, 204);
    let left = findings(&server, "&state=all").await;
    assert_eq!(kinds(&left), ["contradiction", "personal"]);
    assert_ne!(left[0]["key"], found[0]["key"], "the text it is about has changed");
    let entry = &server.operator_get("/v1/entries").await.json()["items"][0];
    assert_eq!(entry["texts"]["zh"]["answer"], "签收后 7 天内可以退，详见规则。");
    let cannot = server.operator_sends("POST", &settle(&left[0]), &json!({ "fix": true })).await;
    assert_eq!(cannot.refusal(), (400, "bad_request".to_owned()), "which one is right only people know");

    assert_eq!(server.operator_sends("DELETE", &settle(&found[1]), &json!(null)).await.status, 204);
    assert_eq!(kinds(&findings(&server, "").await), ["contradiction", "personal"]);
    let unknown = server.operator_sends("POST", "/v1/knowledge/findings/f0/settle", &reason).await;
    assert_eq!(unknown.refusal(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn the_value_of_an_entry_follows_its_answers() {
    let server = TestServer::around(shop()).await;
    server.desk.customer("李雷").says("怎么开发票").await;
    server.desk.quiet().await;
    let value = server.operator_get("/v1/entries/e3/value").await.json();
    assert_eq!(value["total"], json!({ "asked": 1, "answered": 1, "helped": 0, "harmed": 0 }));
    assert!(value["used_at"].is_string());
    let listed = server.operator_get("/v1/entries?value=true").await.json();
    assert_eq!(listed["items"][2]["value"]["recent"]["asked"], 1);
    assert_eq!(server.operator_get("/v1/entries").await.json()["items"][2]["value"], Value::Null);
    assert_eq!(server.operator_get("/v1/entries/nobody/value").await.status, 404);
}

#[tokio::test]
async fn entries_are_found_by_the_words_of_their_answers_also_after_an_edit() {
    let server = TestServer::around(shop()).await;
    let ids = async |words: &str| -> Vec<String> {
        let found = server.operator_get(&format!("/v1/entries?q={words}")).await.json();
        found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let found = async |words: &str, expected: &[&str]| {
        eventually(words, async || (ids(words).await == expected).then_some(())).await;
    };
    found("订单页", &["e3"]).await;
    found("签收后", &["e2", "e1"]).await;
    let entry = &server.operator_get("/v1/entries/e3").await.json();
    let mut edited = entry.clone();
    edited["texts"]["zh"]["answer"] = json!("去会员中心申请。");
    let harvest = json!({ "entries": [edited], "rejected": [], "duplicates": [] });
    let done = server.operator_sends("POST", "/v1/entries/import", &harvest).await;
    assert_eq!(done.status, 200, "{}", done.text());
    found("会员中心", &["e3"]).await;
    found("订单页", &[]).await;
}

#[tokio::test]
async fn categories_are_a_tree() {
    let server = TestServer::around(shop()).await;
    let mut entries = server.operator_get("/v1/entries").await.json()["items"].clone();
    for (entry, category) in
        entries.as_array_mut().unwrap().iter_mut().zip(["订单/退货", "订单/退货/海外", "运费"])
    {
        entry["category"] = json!(category);
    }
    let harvest = json!({ "entries": entries, "rejected": [], "duplicates": [] });
    assert_eq!(server.operator_sends("POST", "/v1/entries/import", &harvest).await.status, 200);

    let tree = server.operator_get("/v1/categories").await.json();
    let top = json!({ "category": "订单", "depth": 0, "own": 0, "entries": 2, "branches": 1 });
    assert_eq!((&tree["items"][0], tree["items"].as_array().unwrap().len()), (&top, 4), "{tree}");
    let names = async |query: &str| {
        let found = server.operator_get(&format!("/v1/categories?{query}")).await.json();
        let found = found["items"].as_array().unwrap().clone();
        found.iter().map(|one| one["category"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("below=%E8%AE%A2%E5%8D%95&limit=1").await, ["订单/退货"]);
    assert_eq!(names("after=%E8%AE%A2%E5%8D%95%2F%E9%80%80%E8%B4%A7").await, ["订单/退货/海外", "运费"]);
    let of = async |category: &str| {
        let found = server.operator_get(&format!("/v1/entries?category={category}&limit=1")).await.json();
        (found["items"].as_array().unwrap().len(), found["next_cursor"].is_string())
    };
    assert_eq!(of("%E8%AE%A2%E5%8D%95").await, (1, true));
    assert_eq!(of("").await, (0, false), "none is without");
    assert_eq!(of("nothing").await, (0, false));
}

#[tokio::test]
async fn strangers_see_nothing_of_it() {
    let server = TestServer::around(shop()).await;
    for path in ["/v1/categories", "/v1/knowledge/findings", "/v1/entries/e1/value"] {
        assert_eq!(server.get(path).await.refusal(), (401, "unauthorised".to_owned()), "{path}");
    }
}
