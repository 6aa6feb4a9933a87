//! Pictures of the knowledge: served, shown beside answers, and inert.

use serde_json::{Value, json};
use testkit::{TestDesk, TestServer};

const NAME: &str = "444d95f91463552b4241d3a6887571957804d0872edebf508ccf7c43f7564501.png";
const BASE64: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgz44BIgYIBQAWQgNZaagwUQAAAABJRU5ErkJggg==";

fn entry(kind: &str, id: &str, title: &str, answer: &str) -> Value {
    json!({ "id": id, "kind": kind, "texts": { "zh": { "title": title, "answer": answer } }, "updated_at": "2026-01-01T00:00:00Z" })
}

async fn import(server: &TestServer, entries: Value, name: &str) -> testkit::Answer {
    let pictures = json!([{ "picture": name, "base64": BASE64 }]);
    let harvest = json!({ "entries": entries, "rejected": [], "duplicates": [], "pictures": pictures });
    server.operator_sends("POST", "/v1/entries/import", &harvest).await
}

#[tokio::test]
async fn a_picture_is_served_so_that_it_can_do_nothing() {
    let server = TestServer::around(TestDesk::with()).await;
    let text = format!("## 标签\n\n看洗标：![洗标](/pictures/{NAME})\n");
    let done = import(&server, json!([entry("article", "wash", "怎么洗", &text)]), NAME).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(!done.text().contains(BASE64), "who sends a picture need not hear it back");

    let shown = server.get(&format!("/pictures/{NAME}")).await;
    assert_eq!((shown.status, shown.body.len()), (200, 73));
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        assert_eq!(shown.header(name), Some(value), "{name}");
    }
    let strange = NAME.replace(".png", ".gif");
    for other in [strange.as_str(), "x.png", "..%2Foperator", &"0".repeat(64)] {
        assert_eq!(server.get(&format!("/pictures/{other}")).await.status, 404, "{other}");
    }
    let help = server.get("/help/wash").await.text();
    assert!(help.contains(&format!("<img src=\"/pictures/{NAME}\" alt=\"洗标\"")), "{help}");
}

#[tokio::test]
async fn an_answer_has_its_pictures_beside_its_words() {
    let server = TestServer::around(TestDesk::with()).await;
    let picture = format!("![退货按钮](/pictures/{NAME})");
    let entries = json!([
        entry("answer", "returns", "怎么退货", &format!("在订单页点退货。\n\n{picture}")),
        entry(
            "article",
            "care",
            "保养指南",
            &format!("## 羊毛毯怎么洗\n\n羊毛毯要手洗，水温不超过 30 度。{picture}\n")
        ),
    ]);
    assert_eq!(import(&server, entries, NAME).await.status, 200);
    for (question, words) in
        [("怎么退货", "在订单页点退货。"), ("羊毛毯怎么洗", "羊毛毯要手洗，水温不超过 30 度。")]
    {
        let told = server.operator_sends("POST", "/v1/ask", &json!({ "question": question })).await.json();
        assert_eq!(told["text"].as_str().map(str::trim), Some(words), "{told}");
        let beside = json!([{ "url": format!("/pictures/{NAME}"), "alt": "退货按钮" }]);
        assert_eq!(told["pictures"], beside, "{told}");
    }
}

#[tokio::test]
async fn what_is_not_what_its_name_says_is_refused_whole() {
    let server = TestServer::around(TestDesk::with()).await;
    let other = NAME.replace('4', "5");
    let refused = import(&server, json!([entry("answer", "x", "问", "答")]), &other).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text());
    assert_eq!(server.operator_get("/v1/entries").await.json()["items"], json!([]));
}
