//! An answer, made again.

use serde_json::{Value, json};
use testkit::{TestDesk, TestServer};

fn shop() -> testkit::DeskBuilder {
    TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("运费多少", "满 99 元包邮。")
        .knows("How do I pay?", "By card.")
}

async fn answers(server: &TestServer) -> Vec<String> {
    let conversations = server.operator_get("/v1/conversations").await.json();
    let mut ids = Vec::new();
    for conversation in conversations["items"].as_array().unwrap() {
        let id = conversation["id"].as_str().unwrap();
        let said = server.operator_get(&format!("/v1/conversations/{id}/messages")).await.json();
        let said = said["items"].as_array().unwrap().clone();
        ids.extend(said.iter().filter_map(|one| one["content"]["answer"].as_str().map(str::to_owned)));
    }
    ids
}

async fn replayed(server: &TestServer, id: &str, otherwise: &Value) -> Value {
    let done = server.operator_sends("POST", &format!("/v1/answers/{id}/replay"), otherwise).await;
    assert_eq!(done.status, 200, "{}", done.text());
    done.json()
}

/// A policy by which hardly anything is sure enough.
fn strict() -> Value {
    json!({
        "version": "strict", "answer_above": 0.999_99, "answer_few_above": 0.999_99, "compose_above": 0.999_99,
        "suggest_above": 0.999_98, "offer_above": 0.999_98
    })
}

#[tokio::test]
async fn the_same_inputs_give_the_same_bytes_also_after_the_knowledge_has_changed() {
    let server = TestServer::around(shop()).await;
    let customer = server.desk.customer("李雷");
    for said in ["你好", "怎么退货", "那运费呢？", "你们卖飞机票吗"] {
        customer.says(said).await;
        server.desk.quiet().await;
    }
    let answers = answers(&server).await;
    assert_eq!(answers.len(), 4);
    let entry = server.operator_get("/v1/entries/e1").await.json();
    let mut edited = entry.clone();
    edited["texts"]["zh"]["answer"] = json!("签收后 15 天内可以退。");
    let harvest = json!({ "entries": [edited], "rejected": [], "duplicates": [] });
    assert_eq!(server.operator_sends("POST", "/v1/entries/import", &harvest).await.status, 200);
    for id in &answers {
        let again = replayed(&server, id, &json!({})).await;
        assert_eq!(again["same"], true, "{again:#}");
        assert_eq!(again["was"]["content"], again["now"]["content"]);
    }
    let drafts = replayed(&server, &answers[1], &json!({ "drafts": true })).await;
    assert_eq!(drafts["same"], false, "the knowledge as it is now says otherwise");
    assert!(drafts["now"]["content"]["text"].as_str().unwrap().contains("15 天"), "{drafts:#}");
}

#[tokio::test]
async fn another_policy_shows_what_would_change_and_nobody_is_told() {
    let server = TestServer::around(shop()).await;
    let customer = server.desk.customer("李雷");
    customer.says("退货怎么退呀").await;
    server.desk.quiet().await;
    let id = answers(&server).await.remove(0);
    let again = replayed(&server, &id, &json!({ "policy": strict() })).await;
    assert_eq!(again["same"], false, "{again:#}");
    assert_eq!(again["now"]["trace"]["rung"], "refuse", "{again:#}");
    assert_eq!(answers(&server).await.len(), 1, "nothing was said to the customer");

    let wanted = json!({ "otherwise": { "policy": strict() } });
    let shadow = server.operator_sends("POST", "/v1/shadow", &wanted).await.json();
    assert_eq!((&shadow["questions"], &shadow["newly_refused"]), (&json!(1), &json!(1)), "{shadow:#}");
    assert_eq!(shadow["cases"][0]["answer"], id.as_str());
    let same = server.operator_sends("POST", "/v1/shadow", &json!({})).await.json();
    assert_eq!((&same["questions"], &same["same"]), (&json!(1), &json!(1)), "{same:#}");
}

#[tokio::test]
async fn what_cannot_be_replayed_says_why() {
    let server = TestServer::around(shop()).await;
    let nobody = server.operator_sends("POST", "/v1/answers/nobody/replay", &json!({})).await;
    assert_eq!(nobody.refusal(), (404, "not_found".to_owned()));
    server.desk.customer("李雷").says("怎么退货").await;
    server.desk.quiet().await;
    let id = answers(&server).await.remove(0);
    let path = format!("/v1/answers/{id}/replay");
    let unknown = server.operator_sends("POST", &path, &json!({ "model": "qwen" })).await;
    assert_eq!(unknown.refusal(), (400, "bad_request".to_owned()));
    let typo = server.operator_sends("POST", &path, &json!({ "polcy": {} })).await;
    assert_eq!(typo.status, 422);
    let said = typo.json()["detail"].as_str().unwrap().to_owned();
    assert!(said.starts_with("the body does not fit: polcy: unknown field"), "{said}");
}
