//! Real input: the insurance questions, imported and asked about in the widget.

use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use testkit::eventually;

use crate::shop::{Shop, shared, skipped};

const FILE: &str = "faq/baoxian_zhidao_zh.jsonl.gz";

#[tokio::test(flavor = "multi_thread")]
async fn insurance_questions_are_answered_in_the_widget() {
    let Some(file) = shared(FILE) else {
        return skipped("insurance questions asked in the widget", "../shared/data is not here");
    };
    let shop = Shop::new();
    let told = shop.run(&["import", file.to_str().unwrap(), "--data", "data", "--json"]).json();
    assert!(told["new"].as_i64().unwrap() > 1_000, "{told}");
    assert_eq!(shop.run(&["import", file.to_str().unwrap(), "--data", "data", "--json"]).json()["new"], 0);

    let server = shop.serve();
    let http = server.http();
    let kind = ("content-type", "application/json");
    for question in questions(&file) {
        let session = http.request("POST", "/v1/widget/session", &[kind], b"{}").await.unwrap();
        let bearer = format!("Bearer {}", session.json()["visitor"].as_str().unwrap());
        let body = json!({ "id": "m-1", "text": question }).to_string();
        let sent = http
            .request("POST", "/v1/widget/messages", &[("authorization", &bearer), kind], body.as_bytes())
            .await;
        assert_eq!(sent.unwrap().status, 200);
        let answer = eventually("an answer", async || {
            let all = http
                .request("GET", "/v1/widget/messages", &[("authorization", &bearer)], b"")
                .await
                .unwrap()
                .json();
            all["events"].as_array()?.iter().find(|event| event["author"] == "assistant").cloned()
        })
        .await;
        assert!(
            answer["rung"] == "exact" || answer["rung"] == "suggest" || answer["rung"] == "clarify",
            "{question}: {answer}"
        );
        assert!(!answer["text"].as_str().unwrap().is_empty());
    }
}

/// Five questions of the file, spread over it, as their authors wrote them.
fn questions(file: &std::path::Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    let question = |at: usize| {
        let row: Value = serde_json::from_str(rows[at * rows.len() / 5 + 7]).unwrap();
        row["question"].as_str().unwrap().to_owned()
    };
    (0..5).map(question).collect()
}
