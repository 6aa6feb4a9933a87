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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_known_of_a_customer_then_counts_until_they_are_forgotten() {
    let desk = TestDesk::with().knows("怎么收到发票", "{name}，发票会寄到您的邮箱。").acts(Vec::default());
    let server = TestServer::around(desk).await;
    let lin = server.signed_in("lin").await;
    assert_eq!(lin.say("m-1", "怎么收到发票").await.status, 200);
    server.desk.quiet().await;
    let id = answers(&server).await.remove(0);
    let customers = server.operator_get("/v1/customers").await.json();
    let customer = customers["items"][0]["id"].as_str().unwrap().to_owned();
    let facts = format!("/v1/customers/{customer}/facts/likes");
    assert_eq!(server.operator_sends("PUT", &facts, &json!({ "value": "青瓷" })).await.status, 204);
    let again = replayed(&server, &id, &json!({})).await;
    assert!(again["was"]["content"]["text"].as_str().unwrap().starts_with("name of lin，"), "{again:#}");
    assert_eq!((&again["same"], &again["notes"]), (&json!(true), &json!([])), "{again:#}");

    let inputs = async || {
        let trace = server.operator_get(&format!("/v1/answers/{id}/trace")).await.json();
        trace["inputs"].clone()
    };
    assert_eq!(inputs().await["record"]["name"], "name of lin");
    let gone = server.operator_sends("POST", &format!("/v1/customers/{customer}/forget"), &json!({})).await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(inputs().await.get("record"), None, "what was known is nowhere any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_catalogue_of_that_day_counts() {
    let server = TestServer::around(TestDesk::with().acts(Vec::default())).await;
    let cup = |cents: i64| {
        let (texts, prices) =
            (json!({ "zh": { "name": "青瓷杯" } }), json!([{ "currency": "CNY", "cents": cents }]));
        json!({ "id": "cup", "texts": texts, "prices": prices })
    };
    let put = async |price: i64| {
        let answer = server.operator_sends("PUT", "/v1/products/cup", &cup(price)).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    };
    put(5_900).await;
    let customer = server.desk.customer("李雷");
    customer.says("青瓷杯多少钱").await;
    server.desk.quiet().await;
    put(7_900).await;
    let id = answers(&server).await.remove(0);
    let again = replayed(&server, &id, &json!({})).await;
    assert!(again["was"]["content"]["text"].as_str().unwrap().contains("59"), "{again:#}");
    assert_eq!((&again["same"], &again["notes"]), (&json!(true), &json!([])), "{again:#}");
    let today = replayed(&server, &id, &json!({ "drafts": true })).await;
    assert!(today["now"]["content"]["text"].as_str().unwrap().contains("79"), "{today:#}");
    assert_eq!((&today["same"], &today["notes"]), (&json!(false), &json!(["catalogue"])));
}

#[tokio::test]
async fn a_shadow_answers_within_the_duties_of_today() {
    let server = TestServer::around(shop()).await;
    let row = json!({ "topic": "test", "duty": "draft", "why": "先由人来看" });
    assert_eq!(server.operator_sends("PUT", "/v1/duty", &row).await.status, 200);
    server.desk.customer("李雷").says("怎么退货").await;
    server.desk.quiet().await;
    let shadow = server.operator_sends("POST", "/v1/shadow", &json!({})).await.json();
    assert_eq!((&shadow["questions"], &shadow["newly_answered"]), (&json!(1), &json!(0)), "{shadow:#}");
    let free = json!({ "topic": "test", "duty": "alone", "why": "机器可以答了" });
    assert_eq!(server.operator_sends("PUT", "/v1/duty", &free).await.status, 200);
    let shadow = server.operator_sends("POST", "/v1/shadow", &json!({})).await.json();
    assert_eq!(shadow["newly_answered"], 1, "{shadow:#}");
}
